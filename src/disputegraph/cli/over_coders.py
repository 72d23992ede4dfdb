"""``--over coders``: figures with intervals over the versions of coders, beside those over utterances."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.cli.data import named_data, say_notes
from disputegraph.cli.output import table_text, write_csv, write_json, write_shown
from disputegraph.cli.statement_options import chosen_options, chosen_statements
from disputegraph.errors import UsageError
from disputegraph.rdf import PROJECT_FILE

if TYPE_CHECKING:
    from disputegraph.analysis import Interval, Spread, VersionRows
    from disputegraph.model import StatementTable

_Function = TypeVar("_Function", bound=Callable[..., Any])
_DRAWN = "disputegraph.coders_drawn"
_FORMATS = ("table", "csv", "json")


def over_option(what: str) -> Callable[[_Function], _Function]:
    """Give a command ``--over`` (as ``over``) and ``--draws``; `coders_drawn` tells whether it names the coders."""

    def decorate(function: _Function) -> _Function:
        function = click.option(
            "--draws", type=click.IntRange(1), default=200, show_default=True, metavar="N",
            help="With --over coders: draws of each kind.",
        )(function)  # fmt: skip
        return click.option(
            "--over", multiple=True, metavar="WHAT", callback=_split,
            help=f"{what} coders: with intervals over what coders of a project coded apart from each other, and "
            "over utterances (docs/agreement.md); may be given beside another.",
        )(function)  # fmt: skip

    return decorate


def _split(ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    ctx.meta[_DRAWN] = "coders" in values
    others = [value for value in values if value != "coders"]
    if len(others) > 1:
        raise click.BadParameter(f"'{others[0]}' and '{others[1]}' exclude each other.")
    return others[0] if others else None


def coders_drawn() -> bool:
    """Return whether the user asked for intervals over coders."""
    return bool(click.get_current_context().meta.get(_DRAWN))


@contextmanager
def versions_of(chosen: Mapping[str, Any]) -> Iterator[tuple[StatementTable, VersionRows, dict[str, Any]]]:
    """Open the versions of the project that was named, and give the chosen statements, whose they are, and the options.

    Raises:
        UsageError: not one project was named, or options that do not go with draws.
    """
    from disputegraph.analysis import version_rows
    from disputegraph.coding import coder_versions

    data = named_data()
    if len(data) != 1 or not Path(data[0], PROJECT_FILE).is_file():
        raise UsageError("--over coders reads the codings of one project, made apart from each other: -d DIR.")
    if chosen.get("duplicates", "include") != "include":
        raise UsageError(
            "--over coders draws utterances again, so that repeated ones must count; leave out --duplicates."
        )
    versions = coder_versions(data[0])
    say_notes(versions.notes)
    coders = {document: tuple(by) for document, by in versions.coded.items()}
    store, origin = versions.store()
    with store:
        loaded, table = chosen_statements(store, chosen, coded_apart=True)
        rows = version_rows(table, origin, coders)
        who, many = ", ".join(versions.coders), "document" if len(coders) == 1 else "documents"
        elsewhere = f"{len(rows.fixed)} statements of other documents are in every draw."
        notes = [f"{who} coded {len(coders)} {many} apart from each other; {elsewhere}"]
        if rows.uncounted:
            notes.append(
                f"Nothing that counts is coded of {rows.uncounted} of them yet; in the figures themselves stands there "
                "what the coder coded whose name comes first."
            )
        say_notes(notes)
        yield table, rows, {**chosen_options(chosen), "universe": loaded}


def share_of_time(chosen: Mapping[str, Any]) -> float:
    """Return the seconds of one division, so that all of them together take what --time-limit allows."""
    limit: float = chosen["time_limit"] / (3 * chosen["draws"] + 1)
    return limit


def note_unproven(divided: int, proven: int) -> None:
    """Say how many divisions may not be the best."""
    if proven < divided:
        many = f"{divided - proven:,} of {divided:,} divisions are not proven optimal in the time they had"
        say_notes([f"{many}; --time-limit gives all of them together more."])


def write_spreads(
    found: Sequence[tuple[tuple[str, ...], Spread]],
    names: tuple[str, ...],
    *,
    given: str | None,
    output: str | None,
    share: bool,
) -> None:
    """Write figures with their intervals.

    Args:
        found: the figures, each with what it is of.
        names: what the parts of that are called.
        given: the format.
        output: the file.
        share: the figures are 0 or 1: also give their share over the draws.
    """
    from disputegraph.cli.output import chosen_format

    form = chosen_format(given, output, {"csv": "csv", "json": "json", "txt": "table"}, "table")
    if form not in _FORMATS:
        raise UsageError(f"figures over coders are written as {', '.join(_FORMATS)}, and not as {form}.")
    kinds = ("utterances", "coders", "both")
    if form == "json":
        write_json(
            [
                {
                    **dict(zip(names, key, strict=True)),
                    "value": each.value,
                    "mean": each.mean,
                    **{kind: _ends(getattr(each, kind)) for kind in kinds},
                }
                for key, each in found
            ],
            output=output,
        )
        return
    columns = [*names, "value", *(["share"] if share else [])]
    if form == "csv":
        columns += [f"{kind}_{end}" for kind in kinds for end in ("low", "high")]
        write_csv(columns, (_row(key, each, kinds, share=share) for key, each in found), output=output)
        return
    rows = [
        [
            *key,
            _figure(each.value),
            *([_figure(each.mean)] if share else []),
            *(_range(getattr(each, kind)) for kind in kinds),
        ]
        for key, each in found
    ]
    write_shown(table_text([*columns, *kinds], rows, title="95% intervals over draws"), output=output)


def _row(key: tuple[str, ...], each: Spread, kinds: tuple[str, ...], *, share: bool) -> list[Any]:
    intervals = [getattr(each, kind) for kind in kinds]
    ends = [end for one in intervals for end in ((one.low, one.high) if one else (None, None))]
    return [*key, each.value, *([each.mean] if share else []), *ends]


def _ends(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {name: getattr(interval, name) for name in ("low", "high", "draws", "undefined")}


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _range(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:.3g} to {interval.high:.3g}"
