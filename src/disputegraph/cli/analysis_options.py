"""What the analyses in files of their own share: their options, and the statements that these choose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.analysis_output import note_baseline
from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.limits import limit_options, limit_rows
from disputegraph.cli.output import output_option
from disputegraph.cli.statement_options import (
    chosen_options,
    chosen_statements,
    network_options,
    note_undated,
    option_group,
    statement_options,
)

if TYPE_CHECKING:
    from disputegraph.model import StatementTable
    from disputegraph.networks import Slice

__all__ = [
    "analysed_slices",
    "analysed_statements",
    "analysis_options",
    "common_options",
    "inference_options",
    "limited_inference",
    "window_options",
]

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
    click.option(
        "--time-limit", type=float, default=60.0, metavar="SECONDS", help="For shuffles and draws; default 60."
    ),
)
window_options = option_group(
    click.option("--window", metavar="UNIT", help="Analyse time slices: days, weeks, months or years."),
    click.option("--width", type=int, default=1, metavar="N", help="Units in a time slice; default 1."),
    click.option(
        "--step", type=int, metavar="N", help="Units from one slice to the next; below the width they overlap."
    ),
)


@contextmanager
def analysed_statements(chosen: dict[str, Any]) -> Iterator[tuple[StatementTable, dict[str, Any]]]:
    """Open the data, and give the chosen statements with the options of the network."""
    with open_data() as store:
        limit_rows(store)
        everything, table = chosen_statements(store, chosen)
        note_baseline(chosen, table)
        yield table, {**chosen_options(chosen), "universe": everything}


def analysed_slices(
    table: StatementTable, chosen: dict[str, Any], *, window: str | None, width: int, step: int | None
) -> list[Slice | None]:
    """Return the time slices that the options ask for; None alone where they ask for none."""
    from disputegraph.networks import slices

    if window is None:
        return [None]
    note_undated(table, "--window")
    ends = {name: chosen[name] for name in ("since", "until") if chosen["dna_compat"]}
    return list(slices(table, window, width, step=step, dna_compat=chosen["dna_compat"], **ends))
