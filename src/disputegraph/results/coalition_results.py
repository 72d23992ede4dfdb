"""Coalitions as they are shown: what they say, rows of tables, and all figures for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from disputegraph.results.result_tables import FIGURE_COLUMNS, Block, Found, figure_rows, percent

if TYPE_CHECKING:
    from disputegraph.analysis import Coalitions, Optima, Partition

_MOST_ODD = 100
_MOST_HANGING = 20


def coalitions_found(
    found: Partition,
    made: Coalitions | None = None,
    *,
    optima: Optima | None = None,
    called: Mapping[str, str] | None = None,
) -> Found[Coalitions | Partition]:
    """Return coalitions as they are shown.

    Args:
        found: the division.
        made: the coalitions with their evidence, where there are statements.
        optima: the other divisions that are as good, where there are no statements.
        called: labels of the evidence on which most hangs.
    """
    from disputegraph.analysis import read_coalitions

    optima = made.optima if made else optima
    columns, rows = _member_rows(found, made, optima)
    nodes, labels, odd = found.network.nodes, found.network.labels, found.odd_ties
    hanging = made.stability.hangs_on if made and made.stability else ()
    names = {**(called or {}), **dict(zip(nodes, labels, strict=True))}
    return Found(
        made or found,
        read_coalitions(found, made, optima=optima, called=names),
        (
            Block(columns, rows),
            Block(FIGURE_COLUMNS, figure_rows(made.figures) if made else [], "Beside chance"),
            Block(
                ["one", "though", "other"],
                [
                    [labels[a], "agrees with" if sign > 0 else "disagrees with", labels[b]]
                    for a, b, sign in odd[:_MOST_ODD]
                ],
                "Ties that do not fit" + (f" (the first {_MOST_ODD}; -f json has all)" if len(odd) > _MOST_ODD else ""),
            ),
            Block(
                ["what", "without", "pairs change sides", "come apart", "members that change"],
                [
                    [each.what, names.get(each.name, each.name), each.pairs, each.parted,
                     ", ".join(names.get(node, node) for node in each.members)]
                    for each in hanging[:_MOST_HANGING]
                ],
                "What it hangs on" + (f" (the first {_MOST_HANGING})" if len(hanging) > _MOST_HANGING else ""),
            ),
            Block(["member"], [[names[node]] for node in (made.alone if made else ())], "In no coalition"),
        ),
        lambda: _told(found, made, optima),
    )  # fmt: skip


def _member_rows(found: Partition, made: Coalitions | None, optima: Optima | None) -> tuple[list[str], list[list[Any]]]:
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


def _told(found: Partition, made: Coalitions | None, optima: Optima | None) -> dict[str, Any]:
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
