"""`disputegraph analyse ideal-points` and `correspondence`: where actors stand by what they affirm and deny."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from disputegraph.cli.analysis_options import analysed_statements, analysis_options
from disputegraph.cli.analysis_output import write_analysis
from disputegraph.cli.data import option_group
from disputegraph.results import FIGURE_COLUMNS, Block, figure_rows, interval_text

_null = option_group(
    click.option("--null", type=click.IntRange(0), default=200, show_default=True, metavar="N", help="Shuffles of who "
                 "holds which position on a claim, for what chance gives; 0 for none."),
    click.option("--seed", type=click.IntRange(0), default=0, metavar="N", help="Of the random numbers; default 0."),
)  # fmt: skip


@click.command("ideal-points")
@analysis_options
@click.option("--positive", metavar="ACTOR", help="The actor whose position is to be positive; by default the one "
              "farthest from 0.")  # fmt: skip
@click.option("--threshold", type=float, default=1.0, metavar="SHARE", help="Share of an actor's statements on a claim "
              "that must say the same for an answer; default 1: who says both gives none.")  # fmt: skip
@click.option("--draws", type=int, default=1000, show_default=True, metavar="N", help="Draws that each of four chains "
              "keeps.")  # fmt: skip
@_null
def ideal_points(positive: str | None, threshold: float, draws: int, null: int, seed: int, **chosen: Any) -> None:
    """Where actors stand on one dimension, by a two-parameter item-response model, with intervals."""
    from disputegraph.analysis import ideal_points as fit
    from disputegraph.analysis import read_ideal_points

    how: dict[str, Any] = {"positive": positive, "threshold": threshold, "draws": draws, "null": null, "seed": seed}
    with analysed_statements(chosen) as (table, options):
        found = fit(table, **how, **options)
    actors = [
        [each.label, each.position, interval_text(each.interval), each.answers, "few answers" if each.few else ""]
        for each in found.actors
    ]
    claims = [
        [each.label, each.discrimination, interval_text(each.discrimination_interval), each.difficulty,
         interval_text(each.difficulty_interval), each.affirms, each.denies]
        for each in found.claims
    ]  # fmt: skip
    columns = ("claim", "discrimination", "its 95% interval", "difficulty", "its 95% interval", "affirm", "deny")
    write_analysis(
        chosen,
        read_ideal_points(found),
        lambda: asdict(found),
        Block(["actor", "position", "95% interval", "answers", ""], actors),
        Block(columns, claims, "Claims"),
        Block(FIGURE_COLUMNS, figure_rows({"first axis": found.first_axis}), "Beside chance"),
    )


@click.command()
@analysis_options
@click.option("--axes", type=int, default=2, show_default=True, metavar="N", help="Axes to give coordinates on.")
@click.option("--min-actors", type=int, default=2, show_default=True, metavar="N", help="Leave out sides of claims "
              "that fewer actors take.")  # fmt: skip
@_null
def correspondence(axes: int, min_actors: int, null: int, seed: int, **chosen: Any) -> None:
    """Correspondence analysis of actors by sides of claims: the axes along which they differ most."""
    from disputegraph.analysis import correspondence as find
    from disputegraph.analysis import read_correspondence

    with analysed_statements(chosen) as (table, options):
        found = find(table, axes=axes, min_actors=min_actors, null=null, seed=seed, **options)
    shown = len(found.actors[0].coordinates)
    titles = [f"axis {number + 1}" for number in range(shown)]
    parts = [f"contribution {number + 1}" for number in range(shown)]
    actors = [
        [each.label, *each.coordinates, *each.contributions, each.mass, each.claims, "few claims" if each.few else ""]
        for each in found.actors
    ]
    sides = [[each.label, each.side, *each.coordinates, *each.contributions, each.mass] for each in found.sides]
    inertias = [
        [f"axis {number + 1}", inertia, share]
        for number, (inertia, share) in enumerate(zip(found.inertias, found.shares, strict=True))
    ]
    write_analysis(
        chosen,
        read_correspondence(found),
        lambda: asdict(found),
        Block(["actor", *titles, *parts, "mass", "claims", ""], actors),
        Block(["claim", "side", *titles, *parts, "mass"], sides, "Sides of claims"),
        Block(["", "inertia", "share"], inertias, "Inertia"),
        Block(FIGURE_COLUMNS, figure_rows({"first inertia": found.first}), "Beside chance"),
    )
