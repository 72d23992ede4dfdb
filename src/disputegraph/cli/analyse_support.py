"""`disputegraph analyse support`: support and opposition by claim or by actor, as DNA's bar plot counts them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from disputegraph.cli.analysis_options import analysed_statements, analysis_options
from disputegraph.cli.analysis_output import write_analysis
from disputegraph.results import Block

_COLUMNS = ("affirms", "denies", "neutral", "unsided", "affirms_hearsay", "denies_hearsay", "neutral_hearsay",
            "unsided_hearsay", "statements")  # fmt: skip


@click.command()
@analysis_options
@click.option("--by", type=click.Choice(["claims", "actors"]), default="claims", show_default=True, help="Count by "
              "claim (or what --over names), or by actor (what --between names).")  # fmt: skip
def support(by: str, **chosen: Any) -> None:
    """Support and opposition by claim or by actor: the counts behind DNA's bar plot.

    'disputegraph figure claims' draws them.
    """
    from disputegraph.analysis import read_support
    from disputegraph.analysis import support as count

    with analysed_statements(chosen) as (table, options):
        found = count(table, by=by, **options)
    # A column that says nothing is not shown, but CSV and JSON always have the same ones.
    whole = chosen["given"] == "csv" or (chosen["given"] is None and str(chosen["output"]).endswith(".csv"))
    shown = [name for name in _COLUMNS if whole or name == "statements" or any(getattr(e, name) for e in found)]
    rows = [[each.label, *(getattr(each, name) for name in shown)] for each in found]
    titles = ["claim" if by == "claims" else "actor", *(name.replace("_", " ") for name in shown)]
    write_analysis(
        chosen,
        read_support(found),
        lambda: {"results": [{**asdict(each), "statements": each.statements} for each in found]},
        Block(titles, rows),
    )
