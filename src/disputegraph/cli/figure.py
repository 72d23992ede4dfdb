"""`disputegraph figure`: figures for print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.limits import limit_options, limit_rows
from disputegraph.cli.output import chosen_format
from disputegraph.cli.over_coders import coders_drawn, over_option, versions_of
from disputegraph.cli.statement_options import (
    chosen_options,
    chosen_statements,
    network_options,
    note_undated,
    statement_options,
)
from disputegraph.errors import UsageError

_FORMATS = ("pdf", "svg", "png")


@click.command()
@click.argument("kind", metavar="KIND")
@data_options
@click.option("-o", "--output", required=True, metavar="FILE", help="The figure: FILE.pdf, .svg or .png.")
@click.option("--columns", type=click.Choice(["one", "two"]), default="one", show_default=True, help="Width of the "
              "figure: one column of a journal (89 mm) or two (183 mm).")  # fmt: skip
@click.option("--most", type=click.IntRange(1), metavar="N", help="Show N rows, or actors, at most; default: what "
              "stays readable.")  # fmt: skip
@click.option("--caption", metavar="FILE", help="Write the caption to FILE; default: standard output.")
@click.option("--between", default="voices", metavar="NODES", help="voices (default), speakers, organisations.")
@over_option("Compare over claims (default) or issues.")
@click.option("--ties", default="statements", metavar="WHAT", help="Ties of coalitions and polarisation from "
              "statements (default), portrayal, or both.")  # fmt: skip
@click.option("--window", default="months", metavar="UNIT", help="Time slices of polarisation: days, weeks, months "
              "(default) or years.")  # fmt: skip
@click.option("--width", type=click.IntRange(1), default=1, metavar="N", help="Units in a time slice; default 1.")
@click.option("--step", type=click.IntRange(1), metavar="N", help="Units from one slice to the next; default: the "
              "width, with --kernel 1.")  # fmt: skip
@click.option("--kernel", metavar="NAME", help="Polarisation in moving windows that weigh statements by their distance "
              "from the middle: uniform, triangular, epanechnikov or gaussian.")  # fmt: skip
@click.option("--time-limit", type=float, default=60.0, metavar="SECONDS", help="For coalitions and polarisation; "
              "default 60.")  # fmt: skip
@network_options
@statement_options
@limit_options
def figure(
    kind: str,
    output: str,
    columns: str,
    most: int | None,
    caption: str | None,
    ties: str,
    window: str,
    width: int,
    step: int | None,
    kernel: str | None,
    time_limit: float,
    **chosen: Any,
) -> None:
    """Draw a figure for print, and say what its caption must.

    KIND is one of network (actors by coalition), matrix (voices and claims), claims (support and opposition per
    claim), timeline, polarisation (over time, with its interval), dendrogram (congruence) and positions (ideal points,
    with their intervals). Figures are vector graphics that stay readable in greyscale, with fonts embedded, and the
    same bytes for the same data. They need matplotlib: pip install 'disputegraph[figures]'.
    """
    from disputegraph.analysis import read_baseline
    from disputegraph.figures import figure as draw
    from disputegraph.rdf import open_output, write_text

    if output == "-":
        raise UsageError("standard output is for the caption; name the file of the figure: -o figure.pdf.")
    form = chosen_format(None, output, {each: each for each in _FORMATS}, "")
    if not form:
        raise UsageError(f"{output}: name the format by the suffix: .pdf, .svg or .png.")
    with _statements(chosen) as (table, coders, options):
        if kind in ("timeline", "polarisation"):
            note_undated(table, kind)
        of_positions = kind == "polarisation"
        told = read_baseline(table, chosen["baseline"], chosen["drop_consensual"], of_positions=of_positions)
        made = draw(
            table, kind, width=columns, most=most, ties=ties, window=window, every=width, step=step, kernel=kernel,
            time_limit=time_limit, note=(_chosen_by(chosen) + told).strip(), coders=coders, **options,
        )  # fmt: skip
        data = made.file(form)
    with open_output(output) as stream:
        stream.write(data)
    write_text(caption, made.caption + "\n")
    click.echo(f"Wrote {output}" + (f" and {Path(caption)}" if caption else ""), err=True)


@contextmanager
def _statements(chosen: dict[str, Any]) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Give the chosen statements, whose they are if coders are drawn, and the options of the network."""
    if coders_drawn():
        with versions_of(chosen) as found:
            yield found
        return
    with open_data() as store:
        limit_rows(store)
        loaded, table = chosen_statements(store, chosen)
        yield table, None, {**chosen_options(chosen), "universe": loaded}


def _chosen_by(chosen: dict[str, Any]) -> str:
    """Return how statements were chosen, in words for the caption."""
    told = [f"{name} {chosen[name]}" for name in ("since", "until") if chosen[name]]
    told += [f"{name} {each}" for name in ("include", "exclude") for each in chosen[name]]
    told += [f"hearsay {chosen['hearsay']}"] if chosen["hearsay"] != "news" else []
    return f"Statements chosen by: {', '.join(told)}." if told else ""
