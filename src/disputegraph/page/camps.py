"""The view of camps: who agrees and who conflicts with whom over claims, and the coalitions that follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from disputegraph.page.drawing import draw

__all__ = ["camps_view"]

Record = dict[str, Any]

_TOP = 60
_SIDES = ("affirms", "denies")


def camps_view(data: Record, camps: Record | None = None) -> Record:
    """Return the congruence and conflict of voices: one edge a pair, with the claims on which it rests.

    Two voices agree on a claim when both affirm or both deny it, and conflict on it when one affirms what the other
    denies, or when each affirms one of two claims that contradict. A pair with both kinds is mixed, and drawn so.

    Args:
        data: the page's data.
        camps: camp and sureness of voices, where the analysis has found them.
    """
    things = {thing["id"]: thing for thing in data["things"]}
    says: dict[str, dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    busy = Counter[str]()
    for place, utterance in enumerate(data["utterances"]):
        if utterance.get("polarity") in _SIDES and utterance.get("voice") in things:
            for claim in utterance.get("claims", ()):
                says[claim][utterance["voice"]][utterance["polarity"]].append(place)
                busy[utterance["voice"]] += 1
    keep = set(sorted(busy, key=lambda key: (-busy[key], key))[:_TOP])
    pairs: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for claim, voices in sorted(says.items()):
        present = sorted(voices.keys() & keep)
        for place, a in enumerate(present):
            for b in present[place + 1 :]:
                for one in _SIDES:
                    for other in _SIDES:
                        if voices[a].get(one) and voices[b].get(other):
                            kind = "agree" if one == other else "conflict"
                            pairs[a, b][kind].append([claim, voices[a][one], claim, voices[b][other]])
    for claim, other in sorted(_contradictions(data)):
        for a in sorted(says[claim].keys() & keep):
            for b in sorted(says[other].keys() & keep):
                left, right = says[claim][a].get("affirms"), says[other][b].get("affirms")
                if a != b and left and right:
                    parts = [claim, left, other, right] if a < b else [other, right, claim, left]
                    pairs[min(a, b), max(a, b)]["conflict"].append(parts)
    camp_of = {voice: found["camp"] for voice, found in (camps or {}).get("members", {}).items()}
    edges = []
    for (a, b), kinds in sorted(pairs.items()):
        kind = "mixed" if len(kinds) > 1 else next(iter(kinds))
        rests = {name: found for name, found in sorted(kinds.items())}
        places = sorted({place for found in kinds.values() for part in found for place in [*part[1], *part[3]]})
        edges.append(
            {"id": f"{a} = {b}", "from": a, "to": b, "kind": kind, "arrows": "", "utterances": places, "rests": rests}
        )
    shown = {end for edge in edges for end in (edge["from"], edge["to"])}
    nodes = [
        {"id": key, "label": things[key]["label"], "kind": things[key]["kind"], "value": busy[key]}
        | (camps or {}).get("members", {}).get(key, {})
        for key in sorted(shown)
    ]
    groups = {key: camp for key, camp in camp_of.items() if key in shown}
    about = {name: value for name, value in (camps or {}).items() if name != "members"}
    return draw(nodes, edges, groups=groups, total=len(busy), shown=len(nodes), least=1, analysis=about or None)


def _contradictions(data: Record) -> set[tuple[str, str]]:
    pairs = set()
    for claim in data["claims"]:
        for other in claim.get("contradicts", ()):
            if other != claim["id"]:
                pairs.add((min(claim["id"], other), max(claim["id"], other)))
    return pairs
