"""The view of coalitions: who agrees and who conflicts with whom over claims, and the coalitions that follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations, product
from typing import Any, TypeAlias

from disputegraph.page.drawing import drawn_view

__all__ = ["coalitions_view"]

Record: TypeAlias = dict[str, Any]
Says: TypeAlias = dict[str, dict[str, dict[str, list[int]]]]
"""Claim → voice → side → places of utterances."""

Pairs: TypeAlias = dict[tuple[str, str], dict[str, list[list[Any]]]]
"""Two voices → ``agree`` or ``conflict`` → claim and places of the one, claim and places of the other."""

_TOP = 60
_SIDES = ("affirms", "denies")


def coalitions_view(data: Record, found: Record | None = None) -> Record:
    """Return the congruence and conflict of voices: one edge a pair, with the claims on which it rests.

    Two voices agree on a claim when both affirm or both deny it, and conflict on it when one affirms what the other
    denies, or when each affirms one of two claims that contradict. A pair with both kinds is mixed, and drawn so.

    Args:
        data: the page's data.
        found: what the analysis says, where there is something to analyse: ``members``, the coalition of each voice
            and how sure it is, and figures of the whole.
    """
    things = {thing["id"]: thing for thing in data["things"]}
    says, busy = _sides(data, things)
    keep = set(sorted(busy, key=lambda key: (-busy[key], key))[:_TOP])
    pairs: Pairs = defaultdict(lambda: defaultdict(list))
    _compare_on_claims(says, keep, pairs)
    _compare_across_contradictions(says, keep, _contradictions(data), pairs)
    edges = [_edge(a, b, kinds) for (a, b), kinds in sorted(pairs.items())]
    analysis = dict(found or {})
    members: dict[str, Record] = analysis.pop("members", {})
    nodes = [
        {"id": key, "label": things[key]["label"], "kind": things[key]["kind"], "value": busy[key]}
        | members.get(key, {})
        for key in sorted({end for pair in pairs for end in pair})
    ]
    groups = {node["id"]: node["coalition"] for node in nodes if "coalition" in node}
    return drawn_view(nodes, edges, groups=groups, total=len(busy), analysis=analysis or None)


def _sides(data: Record, things: Mapping[str, Record]) -> tuple[Says, Counter[str]]:
    """Return who affirms and who denies each claim, with the places of the utterances, and how often a voice does."""
    says: Says = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    busy = Counter[str]()
    for place, utterance in enumerate(data["utterances"]):
        if utterance.get("superseded"):
            continue
        if utterance.get("polarity") in _SIDES and utterance.get("voice") in things:
            for claim in utterance.get("claims", ()):
                says[claim][utterance["voice"]][utterance["polarity"]].append(place)
                busy[utterance["voice"]] += 1
    return says, busy


def _compare_on_claims(says: Says, keep: set[str], pairs: Pairs) -> None:
    for claim, voices in sorted(says.items()):
        for a, b in combinations(sorted(voices.keys() & keep), 2):
            for one, other in product(_SIDES, repeat=2):
                if voices[a].get(one) and voices[b].get(other):
                    kind = "agree" if one == other else "conflict"
                    pairs[a, b][kind].append([claim, voices[a][one], claim, voices[b][other]])


def _compare_across_contradictions(
    says: Says, keep: set[str], contradictions: set[tuple[str, str]], pairs: Pairs
) -> None:
    for claim, other in sorted(contradictions):
        for a, b in product(sorted(says[claim].keys() & keep), sorted(says[other].keys() & keep)):
            left, right = says[claim][a].get("affirms"), says[other][b].get("affirms")
            if a != b and left and right:
                parts = [claim, left, other, right] if a < b else [other, right, claim, left]
                pairs[min(a, b), max(a, b)]["conflict"].append(parts)


def _edge(a: str, b: str, kinds: Mapping[str, list[list[Any]]]) -> Record:
    places = sorted({place for found in kinds.values() for part in found for place in (*part[1], *part[3])})
    return {
        "from": a,
        "to": b,
        "kind": "mixed" if len(kinds) > 1 else next(iter(kinds)),
        "arrows": "",
        "utterances": places,
        "rests": dict(sorted(kinds.items())),
    }


def _contradictions(data: Record) -> set[tuple[str, str]]:
    pairs = set()
    for claim in data["claims"]:
        for other in claim.get("contradicts", ()):
            if other != claim["id"]:
                pairs.add((min(claim["id"], other), max(claim["id"], other)))
    return pairs
