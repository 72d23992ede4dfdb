"""`disputegraph analyse backbone`: the few claims over which the network of actors looks as it does over all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from disputegraph.cli.analysis_options import analysed_statements, analysis_options
from disputegraph.cli.analysis_output import write_analysis
from disputegraph.errors import UsageError
from disputegraph.results import Block


@click.command()
@analysis_options
@click.option("--size", type=int, metavar="N", help="The best backbone of N claims; by default claims are dropped one "
              "after another (nested).")  # fmt: skip
@click.option("--penalty", type=float, metavar="P", help="The best backbone of any size, with this price of size.")
@click.option("--kind", default="subtract", metavar="KIND", help="Network of actors; default subtract.")
@click.option("--normalise", "--normalize", default="average", metavar="HOW", help="Default average.")
def backbone(size: int | None, penalty: float | None, kind: str, **chosen: Any) -> None:
    """Which claims a debate hangs on: over them the network of actors looks as it does over all."""
    from disputegraph.analysis import find_backbone, nested_backbone, read_backbone, read_nested_backbone

    if size is not None and penalty is not None:
        raise UsageError("--size fixes the number of claims, and --penalty seeks it; give one of them.")
    with analysed_statements(chosen) as (table, options):
        if size is None and penalty is None:
            dropped = nested_backbone(table, kind=kind, **options)
            rows = [[each.label, each.loss, each.redundant_loss, each.statements] for each in dropped]
            block = Block(["dropped", "loss", "redundant loss", "statements left"], rows)
            told: dict[str, Any] = {"dropped": [asdict(each) for each in dropped]}
            reading = read_nested_backbone(dropped)
        else:
            found = find_backbone(table, size=size, penalty=penalty, kind=kind, **options)
            block = Block(["claim"], [[label] for label in found.labels], title="Backbone")
            told, reading = asdict(found), read_backbone(found)
    write_analysis(chosen, reading, lambda: told, block)
