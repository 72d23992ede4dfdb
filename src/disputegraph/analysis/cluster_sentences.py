"""What clusterings say, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from disputegraph.analysis.actor_clustering import Clusters

__all__ = ["read_clusters"]


def read_clusters(found: Sequence[Clusters]) -> str:
    """Say what the best division is, how many methods agree with it, and what modularity does not tell."""
    divided = [each for each in found if each.best is not None]
    if not divided:
        return "There are too few actors that agree with each other to divide them into clusters."
    if len(found) > 1:
        empty = len(found) - len(divided)
        text = f"{len(divided)} of {len(found)} time slices can be divided into clusters."
        return text + (" The others have too few actors." if empty else "")
    (each,) = divided
    best = each.best
    assert best is not None  # noqa: S101  # those without were left out
    same = sum(one.members == best.members for one in each.found)
    method, size = best.method.replace("_", " "), len(each.found)
    quality = "no modularity, since nobody agrees" if best.modularity is None else f"modularity {best.modularity:.4f}"
    text = (
        f"The best of {size} methods, {method}, makes {best.k} clusters and has {quality}; {same} of {size} methods "
        f"divide the {len(each.nodes)} actors in this way. Modularity is above 0 in random networks too, so that it is "
        "no proof of clusters."
    )
    if each.failed:
        left_out = "; ".join(f"{name.replace('_', ' ')} ({why})" for name, why in each.failed.items())
        text += f" Left out: {left_out}."
    return text
