"""List what a store holds as typed records.

Each listing is one plain SELECT of (node, part, value) rows, grouped here: a query with an OPTIONAL for every part
would multiply the rows wherever a part has several values.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from disputegraph.records.labels import Labels, _key, local_name, query_text
from disputegraph.records.model import Actor, Anchor, Claim, Ref, Stance, Utterance
from disputegraph.store.interface import Store

__all__ = ["Records"]

_Parts = dict[str, list[str]]

# The most specific kind names an actor: its classes come in this order.
_KINDS = ("HospitalTrust", "NewsOrganization", "UnnamedSource", "Person", "Collective", "Organization", "Actor")


class Records:
    """The records of one store, read when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def labels(self) -> Labels:
        """What nodes are called."""
        return Labels(self._store)

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance, by date (undated ones last), then IRI."""
        parts, anchors, issued = self._parts("utterances"), *self._anchors
        reported_by: dict[str, list[str]] = defaultdict(list)
        for iri, found in parts.items():
            for reported in found["reports"]:
                reported_by[reported].append(iri)
        made = []
        for iri, found in parts.items():
            speaker, voice = self._first(found["speaker"]), self._first(found["behalf"] or found["speaker"])
            said, printed = min(found["date"], default=None), min(issued.get(iri, ()), default=None)
            made.append(
                Utterance(
                    iri=iri,
                    claim=self._first(found["claim"]),
                    speaker=speaker,
                    voice=voice,
                    polarity=_local(found["polarity"]),
                    certainty=_local(found["certainty"]),
                    speech_act=_local(found["act"]),
                    quotation_mode=_local(found["mode"]),
                    cue=min(found["cue"], default=None),
                    date=said or printed,
                    dated_by="utterance" if said else "document" if printed else None,
                    addressees=self._refs(found["addressee"]),
                    via=self._via(iri, reported_by, parts),
                    reports=tuple(sorted(found["reports"])),
                    anchors=tuple(anchors.get(iri, ())),
                )
            )
        return tuple(sorted(made, key=lambda utterance: (utterance.date or "9999", utterance.iri)))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim with its utterances, by label."""
        said: dict[str, list[Utterance]] = defaultdict(list)
        for utterance in self.utterances:
            if utterance.claim is not None:
                said[utterance.claim.iri].append(utterance)
        parts = self._parts("claims")
        against: dict[str, set[str]] = defaultdict(set)
        for iri, found in parts.items():
            for other in found["contradicts"]:  # symmetric, and written once
                against[iri].add(other)
                against[other].add(iri)
        made = [
            Claim(
                iri=iri,
                label=self.labels[iri],
                paraphrase=min(found["paraphrase"], default=None),
                agents=self._refs(found["agent"]),
                action=_local(found["action"]),
                targets=self._refs(found["target"]),
                issues=self._refs(found["issue"]),
                contradicts=self._refs(sorted(against[iri])),
                utterances=tuple(said[iri]),
            )
            for iri, found in parts.items()
        ]
        return tuple(sorted(made, key=lambda claim: (claim.label.casefold(), claim.iri)))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor, by name."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for solution in self._store.select(query_text("actors")):
            kind = solution["kind"]
            kinds[_key(solution["actor"])].add(local_name(kind.value) if kind is not None else "Actor")
        facts: dict[str, _Parts] = defaultdict(lambda: defaultdict(list))
        for solution in self._store.select(query_text("actor_facts")):
            facts[_key(solution["actor"])][solution["fact"].value].append(_key(solution["value"]))
        speaks: dict[str, int] = defaultdict(int)
        for utterance in self.utterances:
            for ref in {utterance.speaker, utterance.voice} - {None}:
                speaks[ref.iri] += 1  # type: ignore[union-attr]  # None was taken out
        about: dict[str, int] = defaultdict(int)
        for claim in self.claims:
            for ref in {*claim.agents, *claim.targets}:
                about[ref.iri] += 1
        made = [
            Actor(
                iri=iri,
                label=self.labels[iri],
                kind=next(kind for kind in _KINDS if kind in of),
                aliases=tuple(sorted(set(facts[iri]["alias"]))),
                posts=tuple(sorted({self.labels[post] for post in facts[iri]["post"] + facts[iri]["role"]})),
                organisations=self._refs(facts[iri]["organisation"]),
                workplaces=self._refs(facts[iri]["workplace"]),
                description=min(facts[iri]["description"], default=None),
                identities=tuple(sorted(set(facts[iri]["identity"]))),
                utterances=speaks[iri],
                claims_about=about[iri],
            )
            for iri, of in kinds.items()
        ]
        return tuple(sorted(made, key=lambda actor: (actor.label.casefold(), actor.iri)))

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Every stance, by holder and what it is on."""
        made = [
            Stance(
                iri=iri,
                holder=self._first(found["holder"]),
                on=self._refs(found["on"]),
                value=_local(found["value"]),
                shown_in=tuple(sorted(found["shown"])),
            )
            for iri, found in self._parts("stances").items()
        ]
        return tuple(sorted(made, key=lambda stance: (stance.holder or Ref("", ""), stance.on, stance.iri)))

    def _parts(self, query: str) -> dict[str, _Parts]:
        """Return, for each node that the query lists, the values of each part."""
        node = query.removesuffix("s")
        parts: dict[str, _Parts] = {}
        for solution in self._store.select(query_text(query)):
            found = parts.setdefault(_key(solution[node]), defaultdict(list))
            if solution["part"] is not None:
                found[solution["part"].value].append(_key(solution["value"]))
        return parts

    @cached_property
    def _anchors(self) -> tuple[dict[str, list[Anchor]], dict[str, list[str]]]:
        """Return the anchors of each node in the order of the text, and the dates of their documents."""
        anchors: dict[str, set[tuple[str, str, int, int, str]]] = defaultdict(set)
        issued: dict[str, list[str]] = defaultdict(list)
        for solution in self._store.select(query_text("anchors")):
            node = _key(solution["node"])
            values = {name: solution[name] for name in ("anchor", "document", "start", "end", "sha256", "issued")}
            text = {name: "" if value is None else _key(value) for name, value in values.items()}
            anchors[node].add(
                (text["document"], text["anchor"], _number(text["start"]), _number(text["end"]), text["sha256"])
            )
            if text["issued"]:
                issued[node].append(text["issued"][:10])
        ordered = {
            node: [
                Anchor(document or None, start if start >= 0 else None, end if end >= 0 else None, sha256 or None)
                for document, _, start, end, sha256 in sorted(found, key=lambda row: (row[0], row[2], row[3], row[1]))
            ]
            for node, found in anchors.items()
        }
        return ordered, issued

    def _via(self, iri: str, reported_by: dict[str, list[str]], parts: dict[str, _Parts]) -> tuple[Ref, ...]:
        """Return the speakers who passed an utterance on; of several chains the first in order of IRIs."""
        chain: list[Ref] = []
        seen = {iri}
        while following := sorted(set(reported_by.get(iri, ())) - seen):
            iri = following[0]
            seen.add(iri)
            speaker = self._first(parts[iri]["behalf"] or parts[iri]["speaker"])
            if speaker is not None:
                chain.append(speaker)
        return tuple(chain)

    def _refs(self, iris: list[str]) -> tuple[Ref, ...]:
        return tuple(sorted(self.labels.ref(iri) for iri in set(iris)))

    def _first(self, iris: list[str]) -> Ref | None:
        return self.labels.ref(min(iris)) if iris else None


def _local(iris: list[str]) -> str | None:
    return local_name(min(iris)) if iris else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1
