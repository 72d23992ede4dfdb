"""`disputegraph analyse phases`: the states of a debate over time, and when it passes from one into another."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from disputegraph.cli.analysis_options import analysed_statements, analysis_options, limited_inference
from disputegraph.cli.analysis_output import inference_of, write_analysis
from disputegraph.cli.statement_options import note_undated
from disputegraph.results import FIGURE_COLUMNS, Block, figure_rows


@click.command()
@analysis_options
@click.option("--window", default="months", metavar="UNIT", help="days, weeks, months (default) or years.")
@click.option("--width", type=int, default=12, metavar="N", help="Units in a window; default 12.")
@click.option("--step", type=int, default=1, metavar="N", help="Units from one moment to the next; default 1.")
@click.option("--kernel", default="gaussian", metavar="NAME", help="uniform, triangular, epanechnikov or gaussian "
              "(default).")  # fmt: skip
@click.option("--kind", default="affiliation", metavar="KIND", help="affiliation (default), subtract, congruence …")
@click.option("--normalise", "--normalize", default="none", metavar="HOW", help="none (default) or what fits the kind.")
@click.option("--distance", default="absdiff", metavar="NAME", help="absdiff (default), or spectral for networks of "
              "one sort of node.")  # fmt: skip
@click.option("--k-max", type=int, default=6, metavar="N", help="Largest number of states to try; default 6.")
@click.option("--indent", is_flag=True, help="Leave out moments nearer than half a window to the ends.")
@click.option("--amounts", "to_one", is_flag=True, flag_value=False, default=True, help="Let how much is said tell "
              "moments apart too.")  # fmt: skip
@limited_inference
def phases(
    window: str,
    width: int,
    step: int,
    kernel: str,
    kind: str,
    distance: str,
    k_max: int,
    indent: bool,
    to_one: bool,
    **chosen: Any,
) -> None:
    """When a debate passes from one state into another, by clustering the networks of moving windows."""
    from disputegraph.analysis import phase_figures, phase_transitions, read_phases

    note: dict[str, Any] = {"kernel": kernel, "step": step, "indent": indent, "to_one": to_one}
    with analysed_statements(chosen) as (table, options):
        note_undated(table, "--window")
        asked: dict[str, Any] = {"kind": kind, "distance": distance, "k_max": k_max, **note, **options}
        found = phase_transitions(table, window, width, **asked)
        how = inference_of(chosen)
        figure, size = phase_figures(
            found, table, window, width, inference=how, time_limit=chosen["time_limit"], **asked
        )
    methods = [
        [each.method.replace("_", " "), each.k, each.modularity, "best" if each is found.best else ""]
        for each in found.found
    ]
    titles = [each.method.replace("_", " ") for each in found.found]
    states = [[moment, *(each.states[place] for each in found.found)] for place, moment in enumerate(found.moments)]

    def told() -> dict[str, Any]:
        return {
            "moments": found.moments,
            "transitions": found.transitions,
            "best": found.best.method,
            "methods": [
                {"method": each.method, "k": each.k, "modularity": each.modularity, "states": each.states}
                for each in found.found
            ],
            "distance": found.distance.tolist(),
            "modularity": asdict(figure),
            "n": asdict(size),
            "reason": size.too_little,
        }

    write_analysis(
        chosen,
        read_phases(found, figure, size if how.null else None),
        told,
        Block(["method", "states", "modularity", ""], methods),
        Block(FIGURE_COLUMNS, figure_rows({"modularity": figure}), title="Beside chance"),
        Block(["moment", *titles], states, title="State of each moment"),
    )
