"""Whether some wording stands in the sources at hand, and whose words it is by the coding."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rapidfuzz import fuzz

from disputegraph.assistant.told_utterances import TellUtterances
from disputegraph.errors import UsageError
from disputegraph.evidence import Locator, Sources, SourceText, normalise
from disputegraph.model import Model, Utterance

_FEWEST_WORDS = 3
_MOST_PLACES = 10
_ALIKE = 75.0  # percent of an alignment from which a passage is worth showing beside wording that was not found


class WordingSearch:
    """Looks wording up in the sources of a dispute."""

    def __init__(self, model: Model, sources: Sources, tell: TellUtterances) -> None:
        self._sources, self._tell = sources, tell
        self._locator = Locator()
        self._anchored: dict[str, list[tuple[int, int, Utterance]]] = defaultdict(list)
        self._document: dict[str, str] = {}
        for said in model.utterances:
            for anchor in said.anchors:
                if anchor.document and anchor.start is not None and anchor.end is not None and anchor.sha256:
                    span = (anchor.start, anchor.end, anchor.sha256)
                    text = sources.text_of(tell.digest(anchor.document), spans=[span])
                    place = sources.find(text, *span) if text else None
                    if text and place:
                        self._document[text.digest] = anchor.document
                        end = place.start + anchor.end - anchor.start
                        self._anchored[text.digest].append((place.start, end, said))

    def verify(self, words: str) -> dict[str, Any]:
        """Return where wording stands: ``exact`` as given, ``alike`` but for marks and white space, or ``not found``.

        Raises:
            UsageError: it is too short to tell anything.
        """
        wording = normalise(words).strip()
        if len(wording.split()) < _FEWEST_WORDS:
            raise UsageError(f"give at least {_FEWEST_WORDS} words: shorter wording stands in many texts.")
        places = [
            (text, span, found.exact)
            for text in self._sources.texts
            for found in (self._locator.locate(text.text, wording),)
            for span in found.spans
        ]
        if not places:
            return {"found": "not found", "texts_searched": len(self._sources.texts), **self._nearest(wording)}
        return {
            "found": "exact" if any(exact for _, _, exact in places) else "alike",
            "texts_searched": len(self._sources.texts),
            "times": len(places),
            "places": [self._place(text, *span) for text, span, _ in places[:_MOST_PLACES]],
        }

    def _place(self, text: SourceText, start: int, end: int) -> dict[str, Any]:
        inside = [said for first, last, said in self._anchored[text.digest] if first <= start and end <= last]
        partly = [said for first, last, said in self._anchored[text.digest] if first < end and start < last]
        document = self._document.get(text.digest)
        return {
            "document": self._tell.document(document) if document else {"title": text.name, "iri": None},
            "start": start,
            "end": end,
            "words": text.text[start:end],
            "words_of": [self._tell.told(said, words=False) for said in inside],
            "overlaps_words_of": [self._tell.told(said, words=False) for said in partly if said not in inside],
            "coded": bool(partly),
        }

    def _nearest(self, wording: str) -> dict[str, Any]:
        best = None
        for text in self._sources.texts:
            found = fuzz.partial_ratio_alignment(wording, text.text, score_cutoff=_ALIKE)
            if found and (best is None or found.score > best[0]):
                best = (found.score, text, found.dest_start, found.dest_end)
        if best is None:
            return {}
        score, text, start, end = best
        return {"nearest": self._place(text, start, end) | {"alike_percent": round(score)}}
