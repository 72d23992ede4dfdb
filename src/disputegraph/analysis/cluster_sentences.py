"""What clusters, phases and backbones say, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from disputegraph.analysis.actor_clustering import Clusters
from disputegraph.analysis.concept_backbone import Backbone, Dropped
from disputegraph.analysis.phase_states import Phases
from disputegraph.analysis.plain_sentences import compared_with_chance
from disputegraph.analysis.resampling import Size, Tested

_MOST_DAYS = 8
_SURE = 0.05


def read_clusters(
    found: Sequence[Clusters], figures: Sequence[Tested | None] = (), sizes: Sequence[Size | None] = ()
) -> str:
    """Say what the best division is, how many methods agree with it, and what modularity chance gives.

    Args:
        found: the clusters, one for each time slice.
        figures: the modularity of the best of each beside chance.
        sizes: how much data there is in each.
    """
    divided = [each for each in found if each.best is not None]
    if not divided:
        return "There are too few actors that agree with each other to divide them into clusters."
    if len(found) > 1:
        empty = len(found) - len(divided)
        text = f"{len(divided)} of {len(found)} time slices can be divided into clusters."
        text += " The others have too few actors." if empty else ""
        tested = [each for each in figures if each is not None and each.p is not None]
        sure = sum(each.p is not None and each.p < _SURE for each in tested)
        return text + (
            f" In {sure} of {len(tested)} that can be compared modularity is more than chance gives (p < {_SURE:g})."
            if tested else ""
        )  # fmt: skip
    (each,) = divided
    best = each.best
    assert best is not None  # noqa: S101  # those without were left out
    same = sum(one.members == best.members for one in each.found)
    method, size = best.method.replace("_", " "), len(each.found)
    quality = "no modularity, since nobody agrees" if best.modularity is None else f"modularity {best.modularity:.4f}"
    text = (
        f"The best of {size} methods, {method}, makes {best.k} cluster{'s' * (best.k > 1)} and has {quality}; "
        f"{same} of {size} methods divide the {len(each.nodes)} actors in this way. Modularity is above 0 in random "
        "networks too, so that it does not prove that there are clusters."
    )
    text += compared_with_chance("Modularity", figures[0], sizes[0]) if figures and sizes else ""
    if each.failed:
        left_out = "; ".join(f"{name.replace('_', ' ')} ({why})" for name, why in each.failed.items())
        text += f" Left out: {left_out}."
    return text


def read_phases(found: Phases, figure: Tested | None = None, size: Size | None = None) -> str:
    """Say how many states there are and when one follows another, and what that does not tell."""
    best = found.best
    same = sum(each.states == best.states for each in found.found)
    quality = "" if best.modularity is None else f" (modularity {best.modularity:.4f})"
    days = ", ".join(found.transitions[:_MOST_DAYS])
    more = len(found.transitions) - _MOST_DAYS
    return (
        f"The {len(found.moments)} moments fall into {best.k} states{quality}; the state changes at {days}"
        f"{f' and {more} more' if more > 0 else ''}. {same} of {len(found.found)} methods divide them in this way. "
        "Neighbouring windows share statements, so that a transition is dated to within half a window only, "
        "and states are found in steady debates too."
    ) + compared_with_chance("Modularity", figure, size, "documents that exchange their days")


def read_backbone(found: Backbone) -> str:
    """Say which claims are the backbone, and how far the network over them is from that over all."""
    sure = "of all sets of claims" if found.proven else "that swapping claims leads to; a better one may exist"
    many = len(found.claims)
    these = f"these {many} claims" if many > 1 else "this one claim"
    return (
        f"Over {these} the network of actors is nearest to that over all: the loss is {found.loss:.4f} (0 the same, 2 "
        f"the farthest), over the other claims {found.redundant_loss:.4f}. It is the best {sure}."
    )


def read_nested_backbone(found: Sequence[Dropped]) -> str:
    """Say in what order claims can be dropped."""
    if not found:
        return "There are no claims on which actors take sides, so there is no backbone."
    return (
        f"The {len(found)} claim{'s' * (len(found) > 1)}, in the order in which they can be dropped: the loss says "
        "how far the network of actors over those that remain is from that over all (0 the same, 2 the farthest, 1 if "
        "none remains). Those at the end are the backbone."
    )
