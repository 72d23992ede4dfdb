"""The view of coalitions: who agrees and who conflicts with whom over claims, and the coalitions that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from disputegraph.networks import Weights
from disputegraph.page.drawing import drawn_view

Record: TypeAlias = dict[str, Any]
Said: TypeAlias = dict[str, dict[str, list[int]]]
"""Claim → side → places of utterances."""

Part: TypeAlias = list[Any]
"""A claim and places of one voice's utterances on it, a claim and places of the other's."""

_TOP = 60
_SIDES = ("denies", "affirms")  # by the value of the level


def coalitions_view(data: Record, weights: Weights, short: Callable[[str], str], found: Record | None = None) -> Record:
    """Return the agreement and conflict of voices: one edge a pair, with the claims on which it rests.

    The pairs are the edges of the signed network. A pair with congruence and conflict is mixed, and drawn so.

    Args:
        data: the page's data.
        weights: the signed network of its voices.
        short: gives the page's identifier of an IRI.
        found: what the analysis says, where there is something to analyse: ``members``, the coalition of each voice
            and how sure it is, and figures of the whole.
    """
    says = _says(data, weights, short)
    busy = {short(node): count for node, count in weights.statements.items()}
    keep = set(sorted(busy, key=lambda key: (-busy[key], key))[:_TOP])
    against = {claim["id"]: set(claim.get("contradicts", ())) - {claim["id"]} for claim in data["claims"]}
    for claim, others in list(against.items()):
        for other in others:
            against[other].add(claim)
    edges = list(_edges(weights, says, against, short, keep))
    analysis = dict(found or {})
    members: dict[str, Record] = analysis.pop("members", {})
    labels = {short(node): weights.labels[node] for node in weights.nodes}
    kinds = {short(node): kind for node, kind in weights.kinds.items()}
    nodes = [
        {"id": key, "label": labels[key], "kind": kinds[key], "value": busy[key]} | members.get(key, {})
        for key in sorted({end for edge in edges for end in (edge["from"], edge["to"])})
    ]
    groups = {node["id"]: node["coalition"] for node in nodes if "coalition" in node}
    return drawn_view(nodes, edges, groups=groups, total=len(busy), analysis=analysis or None)


def _says(data: Record, weights: Weights, short: Callable[[str], str]) -> dict[str, Said]:
    """Return what each voice affirms and denies, with the places of its utterances in the page's data."""
    place_of = {utterance["id"]: place for place, utterance in enumerate(data["utterances"])}
    incidence = weights.incidence
    says: dict[str, Said] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    utterances = incidence.table.column("utterance").list()
    columns = (incidence.rows.tolist(), incidence.columns.tolist(), incidence.levels.tolist(), utterances)
    for row, column, level, utterance in zip(*columns, strict=True):
        voice, claim, side = short(weights.nodes[row]), short(incidence.across[column]), _SIDES[level]
        says[voice][claim][side].append(place_of[short(utterance or "")])
    return says


def _edges(
    weights: Weights, says: dict[str, Said], against: dict[str, set[str]], short: Callable[[str], str], keep: set[str]
) -> Iterator[Record]:
    # That all agree on a claim is beyond no baseline, and joins nobody.
    disputed = weights.counting.get("congruence", np.ones(len(weights.incidence.across))) != 0
    disputes = {short(claim) for claim, there in zip(weights.incidence.across, disputed, strict=True) if there}
    rows, columns = (places.tolist() for places in weights.pattern)
    agreed, opposed = (weights.values(weights.parts[name]).tolist() for name in ("congruence", "conflict"))
    ends = [
        tuple(sorted((short(weights.nodes[a]), short(weights.nodes[b])))) for a, b in zip(rows, columns, strict=True)
    ]
    for (one, other), agree, conflict in sorted(zip(ends, agreed, opposed, strict=True)):
        if not keep.issuperset((one, other)):
            continue
        numbers = {"agree": agree, "conflict": conflict}
        said = says[one], says[other]
        rests = {kind: _parts(kind, *said, against, disputes) for kind, number in numbers.items() if number}
        places = {place for parts in rests.values() for part in parts for place in (*part[1], *part[3])}
        yield {
            "from": one,
            "to": other,
            "kind": "mixed" if len(rests) > 1 else next(iter(rests)),
            "arrows": "",
            "utterances": sorted(places),
            "rests": rests,
        }


def _parts(
    kind: str,
    mine: dict[str, dict[str, list[int]]],
    theirs: dict[str, dict[str, list[int]]],
    against: dict[str, set[str]],
    disputed: set[str],
) -> list[Part]:
    """Return the claims on which two voices agree or conflict, with the utterances of each."""
    parts: list[Part] = []
    for claim in sorted(mine.keys() & theirs.keys() & disputed):
        for one, other in product(_SIDES[::-1], repeat=2):
            left, right = mine[claim].get(one), theirs[claim].get(other)
            if left and right and (one == other) == (kind == "agree"):
                parts.append([claim, left, claim, right])
    if kind == "conflict":
        for claim in sorted(mine.keys() & against.keys()):
            for contrary in sorted(against[claim]):
                left, right = mine[claim].get("affirms"), theirs.get(contrary, {}).get("affirms")
                if left and right:
                    parts.append([claim, left, contrary, right])
    return parts
