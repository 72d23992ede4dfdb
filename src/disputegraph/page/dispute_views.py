"""The views of a dispute: who says what about whom, and actors with claims.

An edge lists its utterances by their place in the data; a filter leaves those it shows, and the number drawn on an
edge is their count. A view has all edges of the dispute, but opens with its busiest nodes where there are many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from disputegraph.page.drawing import drawn_view

Record = dict[str, Any]
Bundles = dict[tuple[str, str, str, bool], list[int]]
"""Source, target and kind of an edge, and whether it is hearsay → places of its utterances."""

_LOOKS: dict[str, str] = {"mixed": "mixedTone"}
"""Lines of a tone that are called otherwise, since two coalitions that agree and clash are joined by a mixed line."""

_MANY_ACTORS = 100
_MANY_CLAIMS = 60
"""Nodes above which a view opens with the most active part of the dispute: more words find no room on the stage."""

_TOP_ACTORS = 60
_TOP_CLAIMS = 30
_TOP_VOICES = 20
_FEW_EDGES = 160


def about_whom(utterance: Record, claims: Mapping[str, Record], actors: set[str]) -> list[str]:
    """Return the actors an utterance speaks of.

    These are the agents of its claims; of a claim without an agent, or whose agent is the voice itself, the targets
    that are actors; and the voice itself where that leaves nobody.
    """
    found: list[str] = []
    for key in utterance.get("claims", ()):
        claim = claims.get(key, {})
        named = (*claim.get("agents", ()), *claim.get("subjects", ()))
        agents = [actor for actor in named if actor in actors]
        others = [actor for actor in agents if actor != utterance.get("voice")]
        targets = [actor for actor in claim.get("targets", ()) if actor in actors and actor != utterance.get("voice")]
        found += others or targets or agents
    return list(dict.fromkeys(found))


def whom_view(data: Record) -> Record:
    """Return the view of actors: one edge for each pair and tone, one more for what is hearsay, and ties."""
    things = {thing["id"]: thing for thing in data["things"]}
    claims = {claim["id"]: claim for claim in data["claims"]}
    actors = {key for key, thing in things.items() if thing.get("actor")}
    bundles: Bundles = defaultdict(list)
    for place, utterance in _counted(data, things):
        voice = utterance["voice"]
        for actor in about_whom(utterance, claims, actors):
            tone: str = utterance["tone"]
            bundles[voice, actor, _LOOKS.get(tone, tone), bool(utterance.get("hearsay"))].append(place)
    for voice, source, place in _passed_on(data, things):
        bundles[voice, source, "reports", False].append(place)
    folds: Mapping[str, str] = data.get("folds", {})
    joint = _folded(bundles, folds)
    busy = Counter[str]()
    for (source, target, *_), places in joint.items():
        busy.update(dict.fromkeys({source, target}, len(places)))
    edges, drawn = _edges(bundles), set(busy)
    if len(busy) > _MANY_ACTORS:
        drawn = _busiest(busy, _TOP_ACTORS)
    else:
        joined = {frozenset((edge["from"], edge["to"])) for edge in edges}
        shown = drawn | folds.keys() if folds else drawn
        ties = [tie for tie in _ties(data["things"], shown) if frozenset((tie["from"], tie["to"])) not in joined]
        drawn |= {folds.get(end, end) for tie in ties for end in (tie["from"], tie["to"])}
        edges += ties
    nodes = [_node(things[key], busy[key]) for key in sorted(drawn)]
    return drawn_view(nodes, edges, total=len(busy), least=_least(_edges(joint), drawn), folds=folds)


def claims_view(data: Record) -> Record:
    """Return the view of actors and claims: who affirms, denies or addresses which, and which claims contradict."""
    things = {thing["id"]: thing for thing in data["things"]}
    claims = {claim["id"]: claim | {"kind": "Claim"} for claim in data["claims"]}
    bundles: Bundles = defaultdict(list)
    for place, utterance in _counted(data, things):
        for key in utterance.get("claims", ()):
            if key in claims:
                side = utterance.get("polarity", "neutral")
                bundles[utterance["voice"], key, side, bool(utterance.get("hearsay"))].append(place)
    folds: Mapping[str, str] = data.get("folds", {})
    joint = _folded(bundles, folds)
    busy = Counter[str](dict.fromkeys(claims, 0))
    for (voice, key, *_), places in joint.items():
        busy.update({voice: len(places), key: len(places)})
    introduced = [(claim, key) for key in things for claim in things[key].get("introducedBy", ()) if claim in claims]
    if len(busy) > _MANY_CLAIMS:
        drawn = _busiest({key: busy[key] for key in claims}, _TOP_CLAIMS)
        heard = Counter[str]()
        for (voice, key, *_), places in joint.items():
            if key in drawn:
                heard[voice] += len(places)
        drawn |= _busiest(heard, _TOP_VOICES)
    else:
        drawn = {*busy, *(key for _, key in introduced)}
    ties = [
        _tie(key, other, kind)
        for kind in ("contradicts", "supports")
        for key in sorted(claims)
        for other in claims[key].get(kind, ())
        if other in claims and other != key
    ]
    ties += [_tie(claim, key, "introduces") for claim, key in introduced]
    nodes = [_node(claims.get(key) or things[key], busy[key]) for key in sorted(drawn, key=lambda k: (k in things, k))]
    return drawn_view(nodes, _edges(bundles) + ties, total=len(busy), folds=folds)


def _folded(bundles: Bundles, folds: Mapping[str, str]) -> Bundles:
    """Return bundles between organisations instead of their people: an utterance counts once in each."""
    if not folds:
        return bundles
    found: dict[tuple[str, str, str, bool], set[int]] = defaultdict(set)
    for (source, target, kind, heard), places in bundles.items():
        found[folds.get(source, source), folds.get(target, target), kind, heard].update(places)
    return {key: sorted(places) for key, places in found.items()}


def _counted(data: Record, things: Mapping[str, Record]) -> Iterable[tuple[int, Record]]:
    """Return place and record of the utterances that count and have a voice; acts of passing on count nowhere."""
    left_out = ("superseded", "uncounted", "relay")
    for place, utterance in enumerate(data["utterances"]):
        if utterance.get("voice") in things and not any(map(utterance.get, left_out)):
            yield place, utterance


def _passed_on(data: Record, things: Mapping[str, Record]) -> Iterable[tuple[str, str, int]]:
    """Return who passes on, whose words, and the place of these words; what is withdrawn is left out."""
    place_of = {utterance["id"]: place for place, utterance in enumerate(data["utterances"])}
    for utterance in data["utterances"]:
        for inner in utterance.get("reports", ()):
            place = place_of.get(inner, -1)
            words = data["utterances"][place] if place >= 0 else {}
            ends = (utterance.get("voice"), words.get("voice"))
            withdrawn = utterance.get("superseded") or words.get("superseded")
            if things.keys() >= set(ends) and ends[0] != ends[1] and not words.get("relay") and not withdrawn:
                yield str(ends[0]), str(ends[1]), place


def _busiest(busy: Mapping[str, int], top: int) -> set[str]:
    return set(sorted(busy, key=lambda key: (-busy[key], key))[:top])


def _edges(bundles: Bundles) -> list[Record]:
    return [
        {"from": source, "to": target, "kind": kind, "utterances": places} | ({"via": True} if heard else {})
        for (source, target, kind, heard), places in sorted(bundles.items())
    ]


def _ties(things: Sequence[Record], shown: set[str]) -> list[Record]:
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
    return {"from": source, "to": target, "kind": kind, "utterances": []}


def _node(record: Record, value: int) -> Record:
    node = {"id": record["id"], "label": record["label"], "kind": record["kind"], "value": value}
    if record.get("introducedBy"):
        node["known"] = "claim"  # known only through a claim: drawn dashed
    return node


def _least(edges: Iterable[Record], drawn: set[str]) -> int:
    """Return the smallest count of utterances at which no more than a readable number of edges is drawn."""
    within = (len(edge["utterances"]) for edge in edges if edge["from"] in drawn and edge["to"] in drawn)
    counts = sorted(within, reverse=True)
    return counts[_FEW_EDGES] + 1 if len(counts) > _FEW_EDGES and counts[_FEW_EDGES] else 1
