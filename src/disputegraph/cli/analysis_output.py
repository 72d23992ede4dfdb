"""What `disputegraph analyse` writes: a reading, and below it tables, or both as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from disputegraph.cli.output import chosen_format, table_text, write_json, write_shown, write_table
from disputegraph.cli.shown_text import shown_text

if TYPE_CHECKING:
    from disputegraph.analysis import Inference

__all__ = ["Block", "inference_of", "interval_text", "percent", "records", "write_analysis", "write_records"]


class Block(NamedTuple):
    """A table below the reading; one without rows is not shown."""

    columns: Sequence[str]
    rows: list[list[Any]]
    title: str | None = None


def write_analysis(chosen: dict[str, Any], reading: str, told: Callable[[], dict[str, Any]], *blocks: Block) -> None:
    """Write an analysis in the format that was chosen.

    Args:
        chosen: the options of the command.
        reading: what the result says, in plain words.
        told: gives all figures, for JSON.
        blocks: the tables to show otherwise.
    """
    output = chosen["output"]
    if chosen_format(chosen["given"], output, {"json": "json", "txt": "table"}, "table") == "json":
        write_json({"reading": reading, **told()}, output=output)
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


def write_records(chosen: dict[str, Any], reading: str, found: Sequence[Any], columns: Sequence[str]) -> None:
    """Write records below their reading; the table has these columns, and JSON all of them."""
    rows = [[getattr(each, column) for column in columns] for each in found]
    block = Block([column.replace("_", " ") for column in columns], rows)
    write_analysis(chosen, reading, lambda: {"results": records(found)}, block)


def records(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return dataclasses as dictionaries; `dataclasses.asdict` would copy all that is in them."""
    return [{field.name: getattr(each, field.name) for field in fields(each)} for each in found]


def percent(share: float | None) -> str:
    """Return a share as a percentage, or an empty text for none."""
    return "" if share is None else f"{share:.0%}"


def interval_text(interval: tuple[float, float] | None) -> str:
    """Return the two ends of an interval, or an empty text for none."""
    return "" if interval is None else f"{interval[0]:.3g} to {interval[1]:.3g}"


def inference_of(chosen: Mapping[str, Any]) -> Inference:
    """Return the shuffles and draws that the options of a command ask for."""
    from disputegraph.analysis import Inference

    return Inference(chosen["null"], chosen["bootstrap"], chosen["seed"])


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
