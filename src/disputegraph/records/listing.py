"""List what a store holds as typed records.

Each listing is one plain SELECT of (node, part, value) rows, grouped here: a query with an OPTIONAL for every part
would multiply the rows wherever a part has several values. What is only counted is counted by the query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from disputegraph.cycle_collector import cycle_collector_paused
from disputegraph.records.labels import Labels, local_name, query_text
from disputegraph.records.model import Actor, Anchor, Claim, Ref, Stance, Utterance
from disputegraph.store.interface import Store
from disputegraph.store.texts import read_texts

__all__ = ["Records"]

_Values = dict[str, list[str]]
"""The values that nodes have."""

_NONE: list[str] = []
_NODES = ("post", "role", "organisation", "workplace")  # facts about actors that are nodes with names of their own
_FEW = 10_000  # nodes whose names are asked for by naming the nodes

# The most specific kind names an actor: its classes come in this order.
_KINDS = ("HospitalTrust", "NewsOrganization", "UnnamedSource", "Person", "Collective", "Organization", "Actor")


class Records:
    """The records of one store, read when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Ref] = {}

    @cached_property
    def labels(self) -> Labels:
        """What nodes are called."""
        return Labels(self._store)

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """Every utterance, by date (undated ones last), then IRI."""
        with cycle_collector_paused():
            return self._utterances()

    def _utterances(self) -> tuple[Utterance, ...]:
        (iris, parts), (anchors, issued) = self._parts("utterances"), self._anchors
        reported_by: _Values = defaultdict(list)
        for iri, reported in parts["reports"].items():
            for other in reported:
                reported_by[other].append(iri)
        claims, speakers, behalf, days = (parts[name] for name in ("claim", "speaker", "behalf", "date"))
        words = [_Locals(parts[name]) for name in ("polarity", "certainty", "act", "mode")]
        made = []
        for iri in iris:
            polarity, certainty, speech_act, quotation_mode = (word[iri] for word in words)
            speaker = speakers.get(iri, _NONE)
            said, printed = min(days.get(iri, _NONE), default=None), min(issued.get(iri, _NONE), default=None)
            made.append(
                Utterance(
                    iri=iri,
                    claim=self._first(claims.get(iri, _NONE)),
                    speaker=self._first(speaker),
                    voice=self._first(behalf.get(iri) or speaker),
                    polarity=polarity,
                    certainty=certainty,
                    speech_act=speech_act,
                    quotation_mode=quotation_mode,
                    cue=min(parts["cue"].get(iri, _NONE), default=None),
                    date=said or printed,
                    dated_by="utterance" if said else "document" if printed else None,
                    addressees=self._refs(parts["addressee"].get(iri, _NONE)),
                    via=self._via(iri, reported_by, parts) if iri in reported_by else (),
                    reports=tuple(sorted(parts["reports"].get(iri, _NONE))),
                    anchors=tuple(anchors.get(iri, ())),
                )
            )
        return tuple(sorted(made, key=lambda utterance: (utterance.date or "9999", utterance.iri)))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim with its utterances, by label."""
        with cycle_collector_paused():
            return self._claims()

    def _claims(self) -> tuple[Claim, ...]:
        said: dict[str, list[Utterance]] = defaultdict(list)
        for utterance in self.utterances:
            if utterance.claim is not None:
                said[utterance.claim.iri].append(utterance)
        iris, parts = self._parts("claims")
        against: dict[str, set[str]] = defaultdict(set)
        for iri, others in parts["contradicts"].items():
            for other in others:  # symmetric, and written once
                against[iri].add(other)
                against[other].add(iri)
        actions = _Locals(parts["action"])
        made = [
            Claim(
                iri=iri,
                label=self.labels[iri],
                paraphrase=min(parts["paraphrase"].get(iri, _NONE), default=None),
                agents=self._refs(parts["agent"].get(iri, _NONE)),
                action=actions[iri],
                targets=self._refs(parts["target"].get(iri, _NONE)),
                issues=self._refs(parts["issue"].get(iri, _NONE)),
                contradicts=self._refs(against.get(iri, ())),
                utterances=tuple(said.get(iri, ())),
            )
            for iri in iris
        ]
        return tuple(sorted(made, key=lambda claim: (claim.label.casefold(), claim.iri)))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor, by name."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for actor, kind in self._read("actors"):
            if actor is not None:
                kinds[actor].add(local_name(kind) if kind is not None else "Actor")
        facts: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
        for actor, fact, value in self._read("actor_facts"):
            if actor is not None and value is not None:
                facts[actor][fact or ""].append(value)
        speaking, spoken_of = self._counts("speaking"), self._counts("spoken_of")
        named = {value for found in facts.values() for fact in _NODES for value in found[fact]}
        labels = self._labels_of({*kinds, *named})
        made = [
            Actor(
                iri=iri,
                label=labels[iri],
                kind=next(kind for kind in _KINDS if kind in of),
                aliases=tuple(sorted(set(facts[iri]["alias"]))),
                posts=tuple(sorted({labels[post] for post in facts[iri]["post"] + facts[iri]["role"]})),
                organisations=_refs(labels, facts[iri]["organisation"]),
                workplaces=_refs(labels, facts[iri]["workplace"]),
                description=min(facts[iri]["description"], default=None),
                identities=tuple(sorted(set(facts[iri]["identity"]))),
                utterances=speaking.get(iri, 0),
                claims_about=spoken_of.get(iri, 0),
            )
            for iri, of in kinds.items()
        ]
        return tuple(sorted(made, key=lambda actor: (actor.label.casefold(), actor.iri)))

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Every stance, by holder and what it is on."""
        iris, parts = self._parts("stances")
        values = _Locals(parts["value"])
        made = [
            Stance(
                iri=iri,
                holder=self._first(parts["holder"].get(iri, _NONE)),
                on=self._refs(parts["on"].get(iri, _NONE)),
                value=values[iri],
                shown_in=tuple(sorted(parts["shown"].get(iri, _NONE))),
            )
            for iri in iris
        ]
        return tuple(sorted(made, key=lambda stance: (stance.holder or Ref("", ""), stance.on, stance.iri)))

    def _labels_of(self, nodes: set[str]) -> Labels:
        """Return labels that hold those of `nodes`: all, if they are at hand or wanted, else no more than these."""
        return self.labels if "labels" in self.__dict__ or len(nodes) > _FEW else Labels(self._store, only=nodes)

    def _read(self, query: str) -> Iterable[tuple[str | None, ...]]:
        return read_texts(self._store.select(query_text(query)))

    def _counts(self, query: str) -> dict[str, int]:
        return {node: int(number) for node, number in self._read(query) if node is not None and number is not None}

    def _parts(self, query: str) -> tuple[list[str], dict[str, _Values]]:
        """Return the nodes that the query lists, and for each part the values of the nodes that have some."""
        nodes: dict[str, None] = {}
        parts: dict[str, _Values] = defaultdict(lambda: defaultdict(list))
        for node, part, value in self._read(query):
            if node is not None:
                nodes[node] = None
                if part is not None and value is not None:
                    parts[part][node].append(value)
        return list(nodes), parts

    @cached_property
    def _anchors(self) -> tuple[dict[str, list[Anchor]], _Values]:
        """Return the anchors of each node in the order of the text, and the dates of their documents."""
        dates: _Values = defaultdict(list)
        for document, date in self._read("issued"):
            if document is not None and date is not None:
                dates[document].append(date[:10])
        anchors: dict[str, set[tuple[str, str, int, int, str]]] = defaultdict(set)
        issued: _Values = defaultdict(list)
        for node, anchor, document, start, end, sha256 in self._read("anchors"):
            if node is None:
                continue
            anchors[node].add((document or "", anchor or "", _number(start), _number(end), sha256 or ""))
            if document in dates:
                issued[node] += dates[document]
        ordered = {
            node: [
                Anchor(document or None, start if start >= 0 else None, end if end >= 0 else None, sha256 or None)
                for document, _, start, end, sha256 in sorted(found, key=lambda row: (row[0], row[2], row[3], row[1]))
            ]
            for node, found in anchors.items()
        }
        return ordered, issued

    def _via(self, iri: str, reported_by: _Values, parts: dict[str, _Values]) -> tuple[Ref, ...]:
        """Return the speakers who passed an utterance on; of several chains the first in order of IRIs."""
        chain: list[Ref] = []
        seen = {iri}
        while following := sorted(set(reported_by.get(iri, ())) - seen):
            iri = following[0]
            seen.add(iri)
            speaker = self._first(parts["behalf"].get(iri) or parts["speaker"].get(iri, _NONE))
            if speaker is not None:
                chain.append(speaker)
        return tuple(chain)

    def _refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        return tuple(sorted(map(self._ref, set(iris)))) if iris else ()

    def _first(self, iris: list[str]) -> Ref | None:
        return self._ref(min(iris)) if iris else None

    def _ref(self, iri: str) -> Ref:
        ref = self._known.get(iri)
        if ref is None:
            ref = self._known[iri] = self.labels.ref(iri)
        return ref


def _refs(labels: Labels, iris: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(sorted(labels.ref(iri) for iri in set(iris)))


class _Locals:
    """The local names of the values that nodes have of one part, of several values the first."""

    def __init__(self, values: _Values) -> None:
        self._values = values
        self._known: dict[str, str] = {}

    def __getitem__(self, node: str) -> str | None:
        values = self._values.get(node)
        if values is None:
            return None
        iri = min(values)
        name = self._known.get(iri)
        if name is None:
            name = self._known[iri] = local_name(iri)
        return name


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else -1
