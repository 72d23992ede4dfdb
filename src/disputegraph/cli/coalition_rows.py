"""Coalitions as `disputegraph analyse coalitions` shows them: rows of a table, and all figures for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from disputegraph.cli.analysis_output import percent

if TYPE_CHECKING:
    from disputegraph.analysis import Coalitions, Optima, Partition

__all__ = ["coalition_of", "coalitions_told", "member_rows"]


def member_rows(found: Partition, made: Coalitions | None, optima: Optima | None) -> tuple[list[str], list[list[Any]]]:
    """Return the table of members."""
    nodes, labels = found.network.nodes, found.network.labels
    coalition = coalition_of(found)
    either = optima.either if optima else frozenset()
    shares = made.shares if made else {}
    members = [place for place, node in enumerate(nodes) if node in coalition]
    order = sorted(members, key=lambda place: (found.components[place], coalition[nodes[place]], labels[place]))
    notes = {
        place: ", ".join(
            ["in either coalition"] * (place in either)
            + ["single statement"] * bool(made and nodes[place] in made.single)
        )
        for place in order
    }
    rows = [
        [coalition[nodes[p]], found.components[p] + 1, labels[p], percent(shares.get(nodes[p])), notes[p]]
        for p in order
    ]
    return ["coalition", "part", "member", "share of draws", "note"], rows


def coalitions_told(found: Partition, made: Coalitions | None, optima: Optima | None) -> dict[str, Any]:
    """Return all figures of coalitions, for JSON."""
    nodes, labels = found.network.nodes, found.network.labels
    coalition = coalition_of(found)
    told: dict[str, Any] = {
        "index": found.index,
        "lower_bound": found.bound,
        "proven": found.proven,
        "optima": {
            "count": optima.count,
            "exact": optima.exact,
            "within_one_tie": optima.near,
            "within_one_tie_exact": optima.near_exact,
        }
        if optima
        else None,
        "coalitions": [[nodes[place] for place in members] for members in found.members],
        "misfits": [{"source": nodes[a], "target": nodes[b], "sign": sign} for a, b, sign in found.odd_ties],
        "members": [
            {
                "node": node,
                "label": labels[place],
                "coalition": coalition.get(node),
                "part": int(found.components[place]) + 1 if node in coalition else None,
                "share": made.shares.get(node) if made else None,
                "either": place in optima.either if optima else None,
                "single_statement": bool(made and node in made.single),
            }
            for place, node in enumerate(nodes)
        ],
    }
    if made is None:
        return told
    return told | {
        "in_no_coalition": list(made.alone),
        "n": asdict(made.n),
        "reason": made.n.too_little,
        "drawn": made.drawn,
        **{name: {**asdict(each), "over_optima": made.ranges.get(name)} for name, each in made.figures.items()},
        "hangs_on": asdict(made.stability) if made.stability else None,
    }


def coalition_of(found: Partition) -> dict[str, int]:
    """Return the coalition of every node that has ties, numbered from 1."""
    nodes = found.network.nodes
    return {nodes[place]: number for number, members in enumerate(found.members, start=1) for place in members}
