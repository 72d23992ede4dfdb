"""`disputegraph analyse clusters`: actors divided by several methods, with the modularity of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from disputegraph.cli.analysis_options import analysed_slices, analysed_statements, analysis_options, window_options
from disputegraph.cli.analysis_output import Block, write_analysis

if TYPE_CHECKING:
    from disputegraph.analysis import Clustering, Clusters

__all__ = ["clusters"]


@click.command()
@analysis_options
@window_options
@click.option("-k", "--clusters", "number", type=int, default=0, metavar="N", help="Number of clusters; 0 (default) "
              "takes the one with the largest modularity.")  # fmt: skip
@click.option("--k-max", type=int, default=5, metavar="N", help="Largest number of clusters to try; default 5.")
@click.option("--method", "methods", multiple=True, metavar="NAME", help="Only this method; repeatable: single, "
              "average, complete, ward, equivalence, concor_one_mode, concor_two_mode, louvain, "
              "greedy_modularity.")  # fmt: skip
@click.option("--seed", type=int, default=0, metavar="N", help="Of Louvain's random order; default 0.")
def clusters(
    number: int,
    k_max: int,
    methods: tuple[str, ...],
    seed: int,
    window: str | None,
    width: int,
    step: int | None,
    **chosen: Any,
) -> None:
    """Which clusters of actors several methods find, with modularity, over time slices too."""
    from disputegraph.analysis import CLUSTERINGS, actor_clusters, read_clusters

    found = []
    with analysed_statements(chosen) as (table, options):
        for each in analysed_slices(table, chosen, window=window, width=width, step=step):
            days: dict[str, Any] = {"first": each.first, "last": each.last} if each else {}
            cut = each.table if each else table
            asked: dict[str, Any] = {"k": number, "k_max": k_max, "seed": seed, "methods": methods or CLUSTERINGS}
            found.append(actor_clusters(cut, **asked, **days, **options))
    blocks = [_over_time(found)] if window else _of_methods(found[0])
    write_analysis(chosen, read_clusters(found), lambda: {"results": [_told(each) for each in found]}, *blocks)


def _of_methods(found: Clusters) -> list[Block]:
    rows = [
        [each.method.replace("_", " "), each.k, each.modularity, each.unweighted, "best" if each is found.best else ""]
        for each in found.found
    ]
    titles = [each.method.replace("_", " ") for each in found.found]
    members = [[found.labels[node], *(each.members[node] for each in found.found)] for node in found.nodes]
    return [
        Block(["method", "clusters", "modularity", "unweighted", ""], rows),
        Block(["actor", *titles], members, title="Cluster of each actor"),
    ]


def _over_time(found: list[Clusters]) -> Block:
    rows = []
    for each in found:
        best = each.best
        told = (
            [best.method.replace("_", " "), best.k, best.modularity, best.unweighted] if best else ["none"] + [None] * 3
        )
        rows.append([each.first, each.last, len(each.nodes), *told, _groups(each, best) if best else ""])
    return Block(["first", "last", "actors", "method", "clusters", "modularity", "unweighted", "members"], rows)


def _groups(found: Clusters, best: Clustering) -> str:
    groups: dict[int, list[str]] = {}
    for node in found.nodes:
        groups.setdefault(best.members[node], []).append(found.labels[node])
    return " | ".join(", ".join(group) for group in groups.values())


def _told(found: Clusters) -> dict[str, Any]:
    return {
        **({"first": found.first, "last": found.last} if found.first else {}),
        "actors": {node: found.labels[node] for node in found.nodes},
        "best": asdict(found.best) if found.best else None,
        "methods": [asdict(each) for each in found.found],
        "failed": dict(found.failed),
    }
