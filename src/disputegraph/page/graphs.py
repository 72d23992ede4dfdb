"""The graphs of the page: who says what about whom, and actors with claims.

An edge lists its utterances by their place in the data; a filter leaves those it shows, and the number drawn on an
edge is their count. The page's JavaScript derives edges by the same rules when a reader expands a node of a big
dispute (`template/derive.js`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from disputegraph.page.drawing import draw

__all__ = ["LIMIT", "about_whom", "claims_view", "whom_view"]

Record = dict[str, Any]

LIMIT = 300
"""Nodes above which a view opens with the most talked-about part of the dispute."""

_TOP_ACTORS = 60
_TOP_CLAIMS = 60
_FEW_EDGES = 160


def about_whom(utterance: Record, claims: Mapping[str, Record], actors: set[str]) -> list[str]:
    """Return the actors an utterance speaks of.

    These are the agents of its claims; of a claim without an agent, or whose agent is the voice itself, the targets
    that are actors; and the voice itself where that leaves nobody.
    """
    found: list[str] = []
    for key in utterance.get("claims", ()):
        claim = claims.get(key, {})
        agents = [actor for actor in claim.get("agents", ()) if actor in actors]
        others = [actor for actor in agents if actor != utterance.get("voice")]
        targets = [actor for actor in claim.get("targets", ()) if actor in actors and actor != utterance.get("voice")]
        found += others or targets or agents
    return list(dict.fromkeys(found))


def whom_view(data: Record) -> Record:
    """Return the view of actors: one edge for each pair and tone, hearsay and ties beside them."""
    things = {thing["id"]: thing for thing in data["things"]}
    claims = {claim["id"]: claim for claim in data["claims"]}
    actors = {key for key, thing in things.items() if thing.get("actor")}
    bundles: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    voices = {utterance["id"]: utterance.get("voice") for utterance in data["utterances"]}
    for place, utterance in enumerate(data["utterances"]):
        voice = utterance.get("voice")
        if voice not in things or utterance.get("superseded"):
            continue
        for actor in about_whom(utterance, claims, actors):
            bundles[voice, actor, utterance["tone"]].append(place)
        for inner in utterance.get("reports", ()):
            if voices.get(inner) in things and voices[inner] != voice:
                bundles[voice, str(voices[inner]), "reports"].append(place)
    busy = Counter[str]()
    for (source, target, _), places in bundles.items():
        busy.update({source: len(places)})
        if target != source:
            busy.update({target: len(places)})
    shown = _first(busy, LIMIT, _TOP_ACTORS)
    edges = _edges(bundles, shown)
    drawn = {*shown}
    if len(busy) <= LIMIT:
        joined = {frozenset((edge["from"], edge["to"])) for edge in edges}
        ties = [tie for tie in _ties(data["things"], drawn) if frozenset((tie["from"], tie["to"])) not in joined]
        drawn |= {end for tie in ties for end in (tie["from"], tie["to"])}
        edges += ties
    nodes = [_node(things[key], busy[key]) for key in sorted(drawn)]
    least = _least(edges)
    # Weaker edges are derived in the page when a reader asks for a lower count.
    edges = [edge for edge in edges if not edge["utterances"] or len(edge["utterances"]) >= least]
    return draw(nodes, edges, total=len(busy), shown=len(nodes), least=least)


def claims_view(data: Record) -> Record:
    """Return the view of actors and claims: who affirms or denies what, and which claims contradict."""
    things = {thing["id"]: thing for thing in data["things"]}
    claims = {claim["id"]: claim for claim in data["claims"]}
    bundles: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, utterance in enumerate(data["utterances"]):
        for key in () if utterance.get("superseded") else utterance.get("claims", ()):
            if key in claims and utterance.get("voice") in things:
                bundles[utterance["voice"], key, utterance.get("polarity", "neutral")].append(place)
    busy_claims, busy_voices = Counter[str](dict.fromkeys(claims, 0)), Counter[str]()
    for (voice, key, _), places in bundles.items():
        busy_claims[key] += len(places)
        busy_voices[voice] += len(places)
    big = len(busy_claims) + len(busy_voices) > LIMIT
    shown = _first(busy_claims, 0 if big else LIMIT, _TOP_CLAIMS)
    edges = _edges(bundles, shown, ends="to")
    if big:
        edges = _of_busiest_voices(edges)
    speakers = {edge["from"] for edge in edges}
    edges += [
        _tie(key, other, kind)
        for kind in ("contradicts", "supports")
        for key in sorted(shown)
        for other in claims[key].get(kind, ())
        if other in shown and other != key
    ]
    through = [] if big else [(claim, key) for key in things for claim in things[key].get("introducedBy", ())]
    introduced = [_tie(claim, key, "introduces") for claim, key in through if claim in shown]
    nodes = [_node(claims[key] | {"kind": "Claim"}, busy_claims[key]) for key in sorted(shown)]
    others = speakers | {edge["to"] for edge in introduced}
    nodes += [_node(things[key], busy_voices[key]) for key in sorted(others)]
    return draw(nodes, edges + introduced, total=len(busy_claims) + len(busy_voices), shown=len(nodes), least=1)


def _of_busiest_voices(edges: list[Record]) -> list[Record]:
    count = Counter[str]()
    for edge in edges:
        count[edge["from"]] += len(edge["utterances"])
    keep = _first(count, 0, _TOP_ACTORS // 2)
    return [edge for edge in edges if edge["from"] in keep]


def _first(busy: Counter[str], limit: int, top: int) -> set[str]:
    """Return all keys when there are few, else those with most utterances."""
    if len(busy) <= limit:
        return set(busy)
    return set(sorted(busy, key=lambda key: (-busy[key], key))[:top])


def _edges(bundles: Mapping[tuple[str, str, str], list[int]], shown: set[str], *, ends: str = "both") -> list[Record]:
    return [
        {"id": f"{source} > {target} : {kind}", "from": source, "to": target, "kind": kind, "utterances": places}
        for (source, target, kind), places in sorted(bundles.items())
        if target in shown and (ends == "to" or source in shown)
    ]


def _ties(things: Iterable[Record], shown: set[str]) -> list[Record]:
    """Return plain ties (works at, part of, member) that join an actor of the view to another or to a hospital."""
    places = {thing["id"] for thing in things if thing.get("actor") or thing["kind"] == "Hospital"}
    found: dict[tuple[str, str], Record] = {}
    for thing in things:
        source = thing["id"]
        for fact in thing.get("facts", ()):
            for end in (fact.get("to"), fact.get("at")):
                if end in places and source in places and end != source and (source in shown or end in shown):
                    found.setdefault((source, end), _tie(source, end, "tie") | {"relation": fact["relation"]})
    return list(found.values())


def _tie(source: str, target: str, kind: str) -> Record:
    return {"id": f"{source} > {target} : {kind}", "from": source, "to": target, "kind": kind, "utterances": []}


def _node(record: Record, value: int) -> Record:
    node = {"id": record["id"], "label": record["label"], "kind": record["kind"], "value": value}
    if record.get("introducedBy"):
        node["known"] = "claim"  # known only through a claim: drawn dashed
    return node


def _least(edges: Iterable[Record]) -> int:
    """Return the smallest count of utterances at which no more than a readable number of edges is drawn."""
    counts = sorted((len(edge["utterances"]) for edge in edges if edge["utterances"]), reverse=True)
    return counts[_FEW_EDGES] + 1 if len(counts) > _FEW_EDGES else 1
