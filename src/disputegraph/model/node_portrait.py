"""Everything that a dispute knows of one actor, claim, utterance or other node, as plain JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, TypeVar

from disputegraph.errors import UsageError
from disputegraph.model.dispute_model import Model
from disputegraph.model.node_labels import local_name
from disputegraph.model.quotation import Quotation, SourceTexts
from disputegraph.model.records import Actor, Claim, Stance, Utterance
from disputegraph.store import Store

_Record = TypeVar("_Record")


def portrait(iri: str, store: Store, *, sources: SourceTexts | None = None) -> dict[str, Any]:
    """Return what is known of an actor, a claim, an utterance, a document, or another node, as plain JSON.

    Only what hangs together with the node is read. Of an actor, ``says`` is all in its voice or from its mouth,
    hearsay and withdrawn words included (``counted`` is false then), and ``is_said_of_it`` what others say.

    Args:
        iri: the node.
        store: the dispute.
        sources: source texts; with them every utterance carries its quotes, each with the status of its anchor
            (verified, re-found, ambiguous, lost).

    Raises:
        UsageError: the dispute says nothing of that node.
    """
    return Portraits(Model.around(store, iri), sources=sources).of(iri)


class Portraits:
    """The portraits of all nodes of one model.

    Args:
        model: the dispute, or as much of it as hangs together with the nodes that are asked for.
        sources: source texts, from which the quotes are taken.
        surroundings: what of a source stands before and after a quote; without it quotes stand alone.
    """

    def __init__(
        self,
        model: Model,
        *,
        sources: SourceTexts | None = None,
        surroundings: Callable[[Quotation], tuple[str, str]] | None = None,
    ) -> None:
        self.model = model
        self._sources, self._surroundings = sources, surroundings
        self._told: dict[str, dict[str, Any]] = {}

    def of(self, iri: str) -> dict[str, Any]:
        """Return the portrait of a node; raises UsageError where the dispute says nothing of it."""
        model = self.model
        iri = model.facts.terms.text(model.facts.code(iri)) or iri  # of a blank node its stable name
        if claim := self._claims.get(iri):
            return {"type": "Claim"} | claim.to_dict() | {"utterances": self._all(claim.utterances)}
        if actor := self._actors.get(iri):
            return {
                "type": "Actor",
                **actor.to_dict(),
                "is_document": any(kind.name == "Document" for kind in model.kinds.all_of(model.facts.code(iri))),
                "stances": [
                    {
                        "on": [ref.label for ref in stance.on],
                        "on_iri": [ref.iri for ref in stance.on],
                        "value": stance.value,
                        "shown_in": list(stance.shown_in),
                    }
                    for stance in self._stances.get(iri, ())
                ],
                "says": self._all(self._says.get(iri, ())),
                "is_said_of_it": self._said_of(iri, but=iri),
                "passes_on": self._all(self._passes_on.get(iri, ())),
            }
        if utterance := self._utterances.get(iri):
            return {"type": "Utterance"} | self._of_utterance(utterance)
        facts = _facts(model, iri)
        if model.kind(iri) == "Document" or iri in self._stands_in:
            return {
                "type": "Document",
                "iri": iri,
                "label": model.labels[iri],
                "date": model.facts.terms.text(model.documents.date(model.facts.code(iri))) or None,
                "facts": facts,
                "utterances": self._all(self._stands_in.get(iri, ())),
            }
        if not facts:
            raise UsageError(f"the data says nothing of <{iri}>.")
        return {
            "type": "Thing",
            "iri": iri,
            "label": model.labels[iri],
            "facts": facts,
            "stances": [
                {"holder": stance.holder.label, "holder_iri": stance.holder.iri, "value": stance.value}
                for stance in self._stances_on.get(iri, ())
                if stance.holder
            ],
            "is_said_of_it": self._said_of(iri),
        }

    def _all(self, utterances: Iterable[Utterance]) -> list[dict[str, Any]]:
        return [self._of_utterance(utterance) for utterance in utterances]

    def _of_utterance(self, utterance: Utterance) -> dict[str, Any]:
        if (found := self._told.get(utterance.iri)) is not None:
            return found
        found = self._told[utterance.iri] = utterance.to_dict()
        found["superseded_by_label"] = [self._sentence(iri) for iri in utterance.superseded_by]
        for anchor in found["anchors"]:
            anchor["document_label"] = self.model.labels[anchor["document"]] if anchor["document"] else None
        if self._sources:
            found["quotes"] = self._quotes(utterance, self._sources)
        facts = self.model.facts
        kept = facts.text(facts.code(utterance.iri), "schema:text")
        if kept and not any(quote["text"] for quote in found.get("quotes", ())):
            found["kept"] = kept  # the words that the graph itself keeps
        return found

    def _said_of(self, iri: str, *, but: str | None = None) -> list[dict[str, Any]]:
        """Return the claims about a node with what is said on them; what `but` says itself is left out."""
        return [
            {"claim": claim.label, "claim_iri": claim.iri, "utterances": self._all(others)}
            for claim in self._about.get(iri, ())
            if (others := [said for said in claim.utterances if but not in _speakers(said)]) or but is None
        ]

    # ---- what belongs to which node; each in the order of the model

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.iri: claim for claim in self.model.claims}

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.iri: actor for actor in self.model.actors}

    @cached_property
    def _utterances(self) -> dict[str, Utterance]:
        return {said.iri: said for said in self.model.utterances}

    @cached_property
    def _stances(self) -> dict[str, list[Stance]]:
        return _by(self.model.stances, lambda stance: {stance.holder.iri} if stance.holder else set())

    @cached_property
    def _stances_on(self) -> dict[str, list[Stance]]:
        return _by(self.model.stances, lambda stance: {ref.iri for ref in stance.on})

    @cached_property
    def _says(self) -> dict[str, list[Utterance]]:
        return _by(self.model.utterances, _speakers)

    @cached_property
    def _passes_on(self) -> dict[str, list[Utterance]]:
        return _by(self.model.utterances, lambda said: {ref.iri for ref in said.via})

    @cached_property
    def _stands_in(self) -> dict[str, list[Utterance]]:
        found = _by(self.model.utterances, lambda said: {one.document for one in said.anchors if one.document})
        # In the order of the text; of what has no place in it, in that of the model.
        return {iri: sorted(some, key=partial(_start, iri)) for iri, some in found.items()}

    @cached_property
    def _about(self) -> dict[str, list[Claim]]:
        return _by(
            self.model.claims, lambda claim: {ref.iri for ref in (*claim.subjects, *claim.targets, *claim.issues)}
        )

    def _sentence(self, iri: str) -> str:
        """Return who takes which side on what in an utterance, and when."""
        text = self.model.called(iri) or self.model.labels[iri]
        said = self._utterances.get(iri)
        return f"{text} ({said.date})" if said and said.date else text

    def _quotes(self, utterance: Utterance, sources: SourceTexts) -> list[dict[str, Any]]:
        """Return one entry for each anchor of an utterance; of one that names no place in the text, an empty one."""
        found = []
        for anchor in utterance.anchors:
            if anchor.document is None or anchor.start is None or anchor.end is None or anchor.sha256 is None:
                found.append({"status": "", "text": ""})
                continue
            facts = self.model.facts
            digest = facts.text(facts.code(anchor.document), "dg:textDigest") or None
            quote = sources.quote(digest, anchor.start, anchor.end, anchor.sha256)
            entry = {"status": quote.status, "text": quote.text} if quote else {"status": "lost", "text": ""}
            if quote and quote.text and self._surroundings:
                entry["before"], entry["after"] = self._surroundings(quote)
            found.append(entry)
        return found


def _speakers(utterance: Utterance) -> set[str]:
    return {ref.iri for ref in (utterance.speaker, utterance.voice) if ref}


def _start(document: str, said: Utterance) -> int:
    starts = [one.start for one in said.anchors if one.document == document and one.start is not None]
    return min(starts, default=-1)


def _by(records: Iterable[_Record], owners: Callable[[_Record], set[str]]) -> dict[str, list[_Record]]:
    """Return the records of each owner, in their order."""
    found: dict[str, list[_Record]] = defaultdict(list)
    for record in records:
        for owner in owners(record):
            found[owner].append(record)
    return found


def _facts(model: Model, iri: str) -> list[dict[str, str]]:
    """Return what is said of a node, as property and value in words."""
    code, facts = model.facts.code(iri), model.facts
    found = []
    for property_ in facts.properties() if code >= 0 else ():
        for value in facts.pairs(property_).of(code):
            text = model.labels.of(value) if facts.terms.is_node(value) else facts.terms.text(value)
            found.append({"property": local_name(property_), "value": text})
    return sorted(found, key=lambda fact: (fact["property"], fact["value"]))
