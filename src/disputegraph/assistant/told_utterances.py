"""Utterances as an assistant is told them: whose words, by whom passed on, where they stand, and what counts."""

from __future__ import annotations

from typing import Any

from disputegraph.evidence import Sources
from disputegraph.model import Model, Utterance, side_in_words

_QUOTABLE = ("verified", "re-found")


class TellUtterances:
    """Tells utterances of a dispute."""

    def __init__(self, model: Model, sources: Sources | None) -> None:
        self._model = model
        self._sources = sources
        self._documents: dict[str, dict[str, Any]] = {}

    def told(self, said: Utterance, *, words: bool = True) -> dict[str, Any]:
        """Return one utterance as plain JSON; with `words` and sources at hand, what it says word for word."""
        voice = said.voice.label if said.voice else "somebody who is not named"
        found: dict[str, Any] = {
            "utterance": said.iri,
            "in_short": self.sentence(said),
            "voice": voice,
            "speaker": said.speaker.label if said.speaker else None,
            "side": side_in_words(said.polarity),
            "claim": said.claim.label if said.claim else None,
            "day": said.date,
            "day_is": {"utterance": "the day it was said", "document": "the day its document came out"}.get(
                said.dated_by or "", "known roughly" if said.date else None
            ),
            "quotation": said.quotation_mode,
            "hearsay": said.hearsay,
            "according_to": [ref.label for ref in said.via],
            "counts": said.counted,
            "places": [
                {
                    "document": self.document(anchor.document),
                    "start": anchor.start,
                    "end": anchor.end,
                    "sha256": anchor.sha256,
                }
                | (self._words(anchor.document, anchor.start, anchor.end, anchor.sha256) if words else {})
                for anchor in said.anchors
            ],
        }
        if said.withdrawn:
            found["withdrawn"] = {"day": said.withdrawn_on, "because": said.withdrawn_because}
        return found

    def sentence(self, said: Utterance) -> str:
        """Return who takes which side on what, by whom passed on, and when."""
        voice = said.voice.label if said.voice else "Somebody who is not named"
        through = f", according to {', then '.join(ref.label for ref in said.via)}," if said.via else ""
        heard = " (hearsay)" if said.hearsay and not said.via else ""
        claim = said.claim.label if said.claim else "(no claim)"
        day = f" ({said.date})" if said.date else ""
        marks = " [withdrawn]" if said.withdrawn else "" if said.counted else " [not counted]"
        return f"{voice}{through}{heard} {side_in_words(said.polarity)}: {claim}{day}{marks}"

    def document(self, iri: str | None) -> dict[str, Any] | None:
        """Return title, publisher, day and address of a document."""
        if iri is None:
            return None
        if iri not in self._documents:
            facts, labels = self._model.facts, self._model.labels
            code = facts.code(iri)
            publishers = [labels.of(each) for each in facts.pairs("dcterms:publisher").of(code)]
            self._documents[iri] = {
                "title": labels[iri],
                "iri": iri,
                "publisher": "; ".join(publishers) or None,
                "day": facts.terms.text(self._model.documents.date(code)) or None,
                "address": facts.text(code, "schema:url") or (iri if iri.startswith(("http:", "https:")) else None),
            }
        return self._documents[iri]

    def digest(self, document: str) -> str | None:
        """Return the digest of a document's text, if it is recorded."""
        facts = self._model.facts
        return facts.text(facts.code(document), "dg:textDigest") or None

    def _words(self, document: str | None, start: int | None, end: int | None, sha256: str | None) -> dict[str, Any]:
        if self._sources is None or document is None or start is None or end is None or sha256 is None:
            return {}
        quote = self._sources.quote(self.digest(document), start, end, sha256)
        if quote is None:
            return {"status": "no text of this document is at hand"}
        return {"status": quote.status} | ({"words": quote.text} if quote.status in _QUOTABLE else {})
