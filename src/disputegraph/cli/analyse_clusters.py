"""`disputegraph analyse clusters`: actors divided by several methods, with the modularity of each."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.analysis_options import (
    analysed_slices,
    analysed_statements,
    analysis_options,
    limited_inference,
    window_options,
)
from disputegraph.cli.analysis_output import inference_of, write_analysis
from disputegraph.results import FIGURE_COLUMNS, Block, figure_rows, interval_text

if TYPE_CHECKING:
    from disputegraph.analysis import Clustering, Clusters, Size, Tested


@click.command()
@analysis_options
@window_options
@click.option("-k", "--clusters", "number", type=int, default=0, metavar="N", help="Number of clusters; 0 (default) "
              "takes the one with the largest modularity.")  # fmt: skip
@click.option("--k-max", type=int, default=5, metavar="N", help="Largest number of clusters to try; default 5.")
@click.option("--method", "methods", multiple=True, metavar="NAME", help="Only this method; repeatable: single, "
              "average, complete, ward, equivalence, concor_one_mode, concor_two_mode, louvain, "
              "greedy_modularity.")  # fmt: skip
@limited_inference
def clusters(
    number: int,
    k_max: int,
    methods: tuple[str, ...],
    window: str | None,
    width: int,
    step: int | None,
    kernel: str | None,
    **chosen: Any,
) -> None:
    """Which clusters of actors several methods find, with modularity, over time slices too."""
    from disputegraph.analysis import CLUSTERINGS, actor_clusters, cluster_figures, read_clusters

    found, figures, sizes = [], [], []
    how, deadline = inference_of(chosen), time.monotonic() + chosen["time_limit"]
    with analysed_statements(chosen) as (table, options):
        slices = analysed_slices(table, chosen, window=window, width=width, step=step, kernel=kernel)
        for place, each in enumerate(slices):
            asked: dict[str, Any] = {"k": number, "k_max": k_max, "seed": how.seed, "methods": methods or CLUSTERINGS}
            found.append(actor_clusters(each.table, **asked, **each.days, **options, **each.options))
            left = max(deadline - time.monotonic(), 0.0) / (len(slices) - place)
            tested, size = cluster_figures(
                found[-1], each.table, inference=how, time_limit=left, **asked, **options, **each.options
            )
            figures.append(tested)
            sizes.append(size)
    best = [each.get("best") for each in figures]
    blocks = [_over_time(found, best)] if window else _of_methods(found[0], figures[0])
    results = zip(found, figures, sizes, strict=True)
    write_analysis(
        chosen,
        read_clusters(found, best, sizes if how.null else ()),
        lambda: {"results": [_told(*each) for each in results]},
        *blocks,
    )


def _of_methods(found: Clusters, figures: dict[str, Tested]) -> list[Block]:
    rows = [
        [each.method.replace("_", " "), each.k, each.modularity, each.unweighted, "best" if each is found.best else ""]
        for each in found.found
    ]
    titles = [each.method.replace("_", " ") for each in found.found]
    members = [[found.labels[node], *(each.members[node] for each in found.found)] for node in found.nodes]
    return [
        Block(["method", "clusters", "modularity", "unweighted", ""], rows),
        Block(["method", *FIGURE_COLUMNS[1:]], figure_rows(figures), title="Modularity beside chance"),
        Block(["actor", *titles], members, title="Cluster of each actor"),
    ]


def _over_time(found: list[Clusters], figures: list[Tested | None]) -> Block:
    rows = []
    kernel = any(each.moment for each in found)
    for each, tested in zip(found, figures, strict=True):
        best = each.best
        told = (
            [best.method.replace("_", " "), best.k, best.modularity, best.unweighted] if best else ["none"] + [None] * 3
        )
        chance = [interval_text(tested.interval), tested.expected, tested.z, tested.p] if tested else [None] * 4
        rows.append(
            [
                *[each.moment] * kernel,
                each.first,
                each.last,
                len(each.nodes),
                *told,
                *chance,
                _groups(each, best) if best else "",
            ]
        )
    columns = [
        "first",
        "last",
        "actors",
        "method",
        "clusters",
        "modularity",
        "unweighted",
        *FIGURE_COLUMNS[2:],
        "members",
    ]
    return Block(columns, rows)


def _groups(found: Clusters, best: Clustering) -> str:
    groups: dict[int, list[str]] = {}
    for node in found.nodes:
        groups.setdefault(best.members[node], []).append(found.labels[node])
    return " | ".join(", ".join(group) for group in groups.values())


def _told(found: Clusters, figures: dict[str, Tested], size: Size) -> dict[str, Any]:
    beside = {name: asdict(each) for name, each in figures.items()}
    return {
        **({"first": found.first, "last": found.last} if found.first else {}),
        **({"moment": found.moment} if found.moment else {}),
        "actors": {node: found.labels[node] for node in found.nodes},
        "best": asdict(found.best) if found.best else None,
        "methods": [asdict(each) for each in found.found],
        "failed": dict(found.failed),
        "modularity": beside.pop("best", None),
        "beside_chance": beside,
        "n": asdict(size),
        "reason": size.too_little,
    }
