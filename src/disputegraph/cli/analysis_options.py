"""What the analyses in files of their own share: their options, and the statements that these choose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from disputegraph.cli.analysis_output import note_baseline
from disputegraph.cli.data import data_options, open_data, option_group
from disputegraph.cli.limits import limit_options, limit_rows
from disputegraph.cli.output import output_option
from disputegraph.cli.over_coders import coders_drawn
from disputegraph.cli.statement_options import (
    chosen_options,
    chosen_statements,
    network_options,
    note_undated,
    statement_options,
)
from disputegraph.errors import UsageError

if TYPE_CHECKING:
    from disputegraph.model import StatementTable

common_options = option_group(
    data_options,
    click.option("--between", default="voices", metavar="NODES", help="voices (default), speakers, organisations, or "
                 "any field."),
    statement_options,
    click.option("-f", "--format", "given", type=click.Choice(["table", "json", "csv", "markdown", "latex"]),
                 help="Default: by the suffix of FILE, else table."),
    output_option,
    limit_options,
)  # fmt: skip
analysis_options = option_group(
    common_options,
    click.option("--over", default=None, metavar="FIELD", help="Compare over claims (default), issues, or any field."),
    network_options,
    click.option("--dna-compat", is_flag=True, help="Compute as Discourse Network Analyzer 3.1.2 does, quirks "
                 "included."),
)  # fmt: skip
inference_options = option_group(
    click.option("--null", type=click.IntRange(0), default=200, show_default=True, metavar="N", help="Shuffles of who "
                 "holds which position on a claim, for what chance gives (expected, z, p); 0 for none."),
    click.option("--bootstrap", type=click.IntRange(0), default=200, show_default=True, metavar="N", help="Draws of "
                 "documents (of utterances where there is one document) for the 95% interval; 0 for none."),
    click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="Of the random numbers; default 0."),
)  # fmt: skip
limited_inference = option_group(
    inference_options,
    click.option("--time-limit", type=float, default=60.0, metavar="SECONDS", help="For shuffles and draws; default "
                 "60."),
)  # fmt: skip
window_options = option_group(
    click.option("--window", metavar="UNIT", help="Cut into time slices: days, weeks, months or years."),
    click.option("--width", type=int, default=1, metavar="N", help="Units in a time slice; default 1."),
    click.option("--step", type=int, metavar="N", help="Units from one slice to the next; below the width they "
                 "overlap. Default: the width; with --kernel 1."),
    click.option("--kernel", metavar="NAME", help="With --window: weigh statements by their distance from the middle "
                 "of a moving window: uniform, triangular, epanechnikov or gaussian."),
)  # fmt: skip


@contextmanager
def analysed_statements(chosen: dict[str, Any]) -> Iterator[tuple[StatementTable, dict[str, Any]]]:
    """Open the data, and give the chosen statements with the options of the network."""
    if coders_drawn():
        raise UsageError("--over coders is for network, coalitions and polarisation.")
    with open_data() as store:
        limit_rows(store)
        everything, table = chosen_statements(store, chosen)
        note_baseline(chosen, table)
        yield table, {**chosen_options(chosen), "universe": everything}


class Cut(NamedTuple):
    """A time slice, or the whole: its statements, its days for the record, and options of the network."""

    table: StatementTable
    days: dict[str, Any]
    options: dict[str, Any]


def analysed_slices(
    table: StatementTable,
    chosen: dict[str, Any],
    *,
    window: str | None,
    width: int,
    step: int | None,
    kernel: str | None,
) -> list[Cut]:
    """Return the time slices that the options ask for; the whole alone where they ask for none."""
    from disputegraph.networks import kernel_slices, slices

    if window is None:
        if step or kernel:
            raise UsageError("--kernel and --step are about time slices; name their unit by --window, as in days.")
        return [Cut(table, {}, {})]
    note_undated(table, "--window")
    if kernel:
        made = kernel_slices(table, kernel, window, width, step=1 if step is None else step)
        return [
            Cut(each.table, {"first": each.first, "last": each.last, "moment": each.middle}, {"amounts": amounts})
            for each, amounts in made
        ]
    compat = chosen.get("dna_compat", False)
    ends = {name: chosen[name] for name in ("since", "until") if compat}
    cut = slices(table, window, width, step=step, dna_compat=compat, **ends)
    return [Cut(each.table, {"first": each.first, "last": each.last}, {}) for each in cut]
