"""The options that choose which statements count, and how, for networks and analyses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.data import note_broken, option_group
from disputegraph.errors import UsageError

if TYPE_CHECKING:
    from disputegraph.model import StatementTable
    from disputegraph.store import Store

_NOT_COUNTED = {
    "news": "{statements} not counted: the documents have them only through somebody who is not a news "
    "organisation (--hearsay all counts them).",
    "none": "{statements} not counted: the documents have them only through somebody else.",
}


statement_options = option_group(
    click.option("--since", metavar="DATE", help="First day of the statements, as 2016-02-10, 2016-02 or 2016."),
    click.option("--until", metavar="DATE", help="Last day, month or year of the statements, to its end."),
    click.option("--include", multiple=True, metavar="FIELD=VALUE", help="Keep only statements with this value; "
                 "repeatable: values of one field are alternatives, several fields must all fit."),
    click.option("--exclude", multiple=True, metavar="FIELD=VALUE", help="Leave out statements with this value, as in "
                 "via=BBC; repeatable, any of them excludes."),
    click.option("--hearsay", type=click.Choice(["news", "all", "none"]), default="news", help="Which hearsay "
                 "counts as said by those who are reported to have said it: what news organisations pass on "
                 "(news, default), all, or none."),
)  # fmt: skip
"""The options that `chosen_statements` reads."""

baseline_options = option_group(
    click.option("--baseline", type=click.Choice(["none", "expected"]), default="none", help="Of agreement and "
                 "conflict: none (default: all counts), or expected: what is beyond that which the margins of each "
                 "claim let expect, so that truisms do not count."),
    click.option("--drop-consensual", type=float, metavar="SHARE", help="Leave out claims on which at least this share "
                 "of the voices take one side, such as 0.9."),
)  # fmt: skip
"""What agreement is compared with, and which claims nobody fights over."""

network_options = option_group(
    click.option("--duplicates", default="include", metavar="WITHIN", help="Within what a repeated statement counts "
                 "once: include (default: all count), document, week, month, year, range."),
    click.option("--qualifier", default="polarity", metavar="FIELD", help="How a statement stands to its claim: "
                 "polarity (default), intensity, or a coded variable."),
    click.option("--min-statements", type=int, default=0, metavar="N", help="Leave out nodes with fewer statements."),
    click.option("--no-contradictions", "contradictions", is_flag=True, flag_value=False, default=True, help="Do not "
                 "count it as conflict where two actors affirm claims that contradict each other."),
    baseline_options,
)  # fmt: skip
"""The options of `NetworkOptions` that networks and analyses share, each by its name there."""


def chosen_options(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a network among those of a command."""
    from disputegraph.networks import NetworkOptions

    return {name: chosen[name] for name in NetworkOptions.__annotations__ if name in chosen}


def chosen_statements(
    store: Store, chosen: Mapping[str, Any], *, withdrawn: bool = False, coded_apart: bool = False
) -> tuple[StatementTable, StatementTable]:
    """Return all statements, and those that the options let through.

    Claims on which nearly all agree are left out last (`drop_consensual`), and their number goes with the table.
    With `dna_compat` the first are only those within the dates, as in DNA, and what two coders coded alike counts
    twice; so it does with `coded_apart`, for what draws one coder or the other.

    How much hearsay and how many undated statements are left out, and how many utterances break rules, notes on
    standard error say. A network of hearsay counts all of it.

    Raises:
        UsageError: a filter is not of the form FIELD=VALUE, or names what is not there.
    """
    from disputegraph.model import statements
    from disputegraph.networks import coded_once, select, without_consensual

    rule: Any = "all" if chosen.get("kind") == "hearsay" else chosen["hearsay"]
    table = statements(store, withdrawn=withdrawn, hearsay=rule)
    if table.uncounted:
        click.echo(f"Note: {_NOT_COUNTED[rule].format(statements=_are(table.uncounted, 'statement'))}", err=True)
    note_broken(table.broken)
    note_undated(table, *(f"--{name}" for name in ("since", "until") if chosen[name]))
    loaded = select(table, since=chosen["since"], until=chosen["until"])
    kept = select(
        loaded,
        include=_pairs(chosen["include"], "--include"),
        exclude=_pairs(chosen["exclude"], "--exclude"),
    )
    once = None if chosen.get("dna_compat") or coded_apart else coded_once(kept)
    if once is not None and (again := len(kept) - len(once)):
        are = _are(again, "statement")
        click.echo(f"Note: {are} coded alike by two coders from the same words, and counted once.", err=True)
        kept = kept.take(once)
    if (share := chosen.get("drop_consensual")) is not None:
        if chosen["qualifier"] != "polarity":
            raise UsageError("--drop-consensual goes by who affirms and who denies, and not by another --qualifier.")
        kept = without_consensual(kept, share, between=chosen["between"])
    return (loaded if once is None else table), kept


def counted(number: int, what: str) -> str:
    """Return a number with what it counts, given in the singular."""
    return f"{number:,} {what}{'s' * (number != 1)}"


def _are(count: int, what: str) -> str:
    return f"{counted(count, what)} {'is' if count == 1 else 'are'}"


def note_undated(table: StatementTable, *options: str) -> None:
    """Say how many statements these options leave out since they have no date, or none that can be read."""
    counts = table.undated if options else (0, 0)
    hows = ("without a date", "with a date that cannot be read")
    parts = [f"{count:,} statement{'s' * (count > 1)} {how}" for count, how in zip(counts, hows, strict=True) if count]
    verb = "is" if sum(counts) == 1 else "are"
    if parts:
        click.echo(f"Note: {' and '.join(parts)} {verb} left out by {' and '.join(options)}.", err=True)


def _pairs(filters: Iterable[str], option: str) -> dict[str, list[str]]:
    from disputegraph.networks import node_field

    fields: dict[str, list[str]] = {}
    for text in filters:
        field, equals, value = text.partition("=")
        if not equals or not field.strip() or not value.strip():
            raise UsageError(f"'{option} {text}' is not of the form FIELD=VALUE, as in via=BBC.")
        fields.setdefault(node_field(field.strip()), []).append(value.strip())
    return fields
