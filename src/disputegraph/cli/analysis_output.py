"""What `disputegraph analyse` writes: a reading, and below it tables, or both as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from disputegraph.cli.output import chosen_format, table_text, write_csv, write_json, write_shown, write_table
from disputegraph.cli.printed_tables import PRINTED, latex_table, markdown_table
from disputegraph.cli.shown_text import shown_text
from disputegraph.errors import UsageError
from disputegraph.results import FIGURE_COLUMNS, Block, Found, figure_rows, interval_text, records

if TYPE_CHECKING:
    from disputegraph.analysis import Inference, Size, Tested
    from disputegraph.model import StatementTable

_SINK = "disputegraph.analyses"
_SUFFIXES = {"json": "json", "txt": "table", "csv": "csv", "md": "markdown", "tex": "latex"}


class Analysed(NamedTuple):
    """An analysis that is not written yet: what it says, all figures, and its tables."""

    reading: str
    told: dict[str, Any]
    blocks: list[Block]


@contextmanager
def collected_analyses() -> Iterator[list[Analysed]]:
    """Give a list into which `write_analysis` puts analyses, instead of writing them, until the block ends."""
    meta = click.get_current_context().meta
    found: list[Analysed] = []
    meta[_SINK] = found
    try:
        yield found
    finally:
        del meta[_SINK]


def write_analysis(chosen: dict[str, Any], reading: str, told: Callable[[], dict[str, Any]], *blocks: Block) -> None:
    """Write an analysis in the format that was chosen."""
    sink = click.get_current_context().meta.get(_SINK)
    if sink is not None:
        sink.append(Analysed(reading, told(), [block for block in blocks if block.rows]))
        return
    output = chosen["output"]
    reading += chosen.get("read_baseline", "")
    form = chosen_format(chosen["given"], output, _SUFFIXES, "table")
    if form == "json":
        write_json({"reading": reading, **told()}, output=output)
        return
    if form in PRINTED:
        _write_printed(form, reading, [block for block in blocks if block.rows], output)
        return
    shown = [(block, [[_rounded(value) for value in row] for row in block.rows]) for block in blocks if block.rows]
    if output not in (None, "-"):
        texts = [table_text(block.columns, rows, title=block.title) for block, rows in shown]
        write_shown("\n".join([reading + "\n", *texts]), output=output)
        return
    click.echo(shown_text(reading))
    for block, rows in shown:
        click.echo()
        write_table(block.columns, rows, title=block.title)


def write_found(chosen: dict[str, Any], found: Found[Any]) -> None:
    """Write what an analysis found; see `write_analysis`."""
    write_analysis(chosen, found.reading, found.figures, *found.tables)


def _write_printed(form: str, reading: str, blocks: Sequence[Block], output: str | None) -> None:
    """Write the tables for print; as CSV the first one alone, with all digits, since a file of CSV holds one table."""
    if form == "csv":
        if not blocks:
            raise UsageError(f"there is no table to write as CSV. {reading}")
        write_csv(blocks[0].columns, blocks[0].rows, output=output)
        if len(blocks) > 1:
            click.echo(f"Note: CSV holds the first of {len(blocks)} tables; -f json has all of them.", err=True)
        return
    made = {"markdown": markdown_table, "latex": latex_table}[form]
    texts = [made(block.columns, block.rows, block.title) for block in blocks]
    lead = [reading + "\n"] if form == "markdown" else []
    write_shown("\n".join([*lead, *texts]), output=output)


def write_actors(
    chosen: dict[str, Any],
    reading: str,
    found: Sequence[Any],
    columns: Sequence[str],
    name: str,
    figures: Mapping[str, Tested],
    size: Size,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    *further: Block,
) -> None:
    """Write records of actors below their reading, and below these one figure of each beside chance.

    Args:
        chosen: the options of the command.
        reading: what the result says.
        found: the records.
        columns: which of their fields the table has; JSON has all.
        name: the figure that is compared with chance.
        figures: it, by node.
        size: how much data there is.
        ranges: its least and greatest number over the best divisions.
        further: tables below these.
    """
    over = ranges or {}
    rows = [[getattr(each, column) for column in columns] for each in found]
    labels = {each.node: each.label for each in found}
    beside = [
        [labels[node], *row[1:], interval_text(over.get(node))]
        for node in labels
        for row in figure_rows({node: figures[node]})
    ]
    last = ["over best divisions"] if over else []
    write_analysis(
        chosen,
        reading,
        lambda: {
            "results": [
                {
                    **each,
                    name: {
                        **asdict(figures[each["node"]]),
                        **({"over_optima": over.get(each["node"])} if over else {}),
                    },
                }
                for each in records(found)
            ],
            "n": asdict(size),
            "reason": size.too_little,
        },
        Block([column.replace("_", " ") for column in columns], rows),
        Block(
            ["label", name, *FIGURE_COLUMNS[2:], *last],
            beside if over else [row[:-1] for row in beside],
            "Beside chance",
        ),
        *further,
    )


def note_baseline(chosen: dict[str, Any], table: StatementTable, *, of_positions: bool = False) -> None:
    """Keep with the options what the reading must say of them: what agreement is compared with, what is left out."""
    from disputegraph.analysis import read_baseline

    baseline, share = chosen.get("baseline", "none"), chosen.get("drop_consensual")
    chosen["read_baseline"] = read_baseline(table, baseline, share, of_positions=of_positions)


def inference_of(chosen: Mapping[str, Any]) -> Inference:
    """Return the shuffles and draws that the options of a command ask for."""
    from disputegraph.analysis import Inference

    return Inference(chosen["null"], chosen["bootstrap"], chosen["seed"])


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
