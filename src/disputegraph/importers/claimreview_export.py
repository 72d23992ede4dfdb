"""Export schema.org ClaimReview: the claims that a fact-checker in the data has reviewed, with its verdicts.

https://schema.org/ClaimReview; what Google asks of it: https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from disputegraph.importers.verdicts import side_of
from disputegraph.model import Claim, Model, Ref, Utterance, kind_named
from disputegraph.store import Store

_SCALE = {"affirms": "5", "neutral": "3", "denies": "1"}
_WORDS = {"affirms": "True", "neutral": "Neither true nor false", "denies": "False"}
_RATING, _NUMBER = "rating", "rating value"  # variables of the ClaimReview importer
_ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class ExportedReviews:
    """The reviews of a dispute.

    Attributes:
        document: JSON-LD with all reviews.
        reviews: how many there are.
        notes: what was left out or had to be put otherwise.
    """

    document: dict[str, Any]
    reviews: int
    notes: tuple[str, ...]


def export_claimreview(store: Store, *, checkers: Collection[str] = ()) -> ExportedReviews:
    """Return the reviews of fact-checkers as schema.org ClaimReview, in the order of the days.

    A review is a statement that gives a verdict (``dg:evaluating``) on a claim, and is told to be a fact-checker's: it
    stands in a document that its voice published, has a coded rating, or passes on who made the claim. What
    `import_claimreview` reads is such. A rating that would be read as another side than that which is coded gives way
    to one of our scale.

    Args:
        store: the dispute.
        checkers: IRIs of actors, of whom every counted statement on a claim is a review.
    """
    return _Reviews(Model.whole(store), checkers).export()


class _Reviews:
    """The reviews of a dispute, while they are written."""

    def __init__(self, model: Model, checkers: Collection[str]) -> None:
        self._model, self._checkers = model, checkers
        self._claims = {claim.iri: claim for claim in model.claims}
        self._said = {said.iri: said for said in model.utterances}
        self._left = Counter[str]()

    def export(self) -> ExportedReviews:
        found = []
        for said in self._model.utterances:
            if not said.claim or not self._is_review(said):
                continue
            if not said.counted:
                self._left["verdicts are withdrawn, or had from others only, and are left out"] += 1
                continue
            found.append(self._review(said, self._claims[said.claim.iri]))
        notes = tuple(f"{count:,} {what}." for what, count in sorted(self._left.items()))
        return ExportedReviews({"@context": "https://schema.org", "@graph": found}, len(found), notes)

    def _is_review(self, said: Utterance) -> bool:
        if said.voice and said.voice.iri in self._checkers:
            return True
        if self._checkers or said.speech_act != "evaluating":
            return False
        facts = self._model.facts
        published = said.document and said.voice and self._published(said.document) == facts.code(said.voice.iri)
        return bool(published or self._coded(said) or self._made_by(said))

    def _published(self, document: Ref) -> int:
        facts = self._model.facts
        return next(iter(facts.pairs("dcterms:publisher").of(facts.code(document.iri))), -1)

    def _made_by(self, said: Utterance) -> list[Utterance]:
        """Return the utterances of the same claim that a review passes on."""
        passed = (self._said[iri] for iri in said.reports if iri in self._said)
        return [one for one in passed if said.claim in one.claims and one.polarity == "affirms"]

    def _review(self, said: Utterance, claim: Claim) -> dict[str, Any]:
        text, language = self._text(claim)
        review: dict[str, Any] = {"@type": "ClaimReview"}
        if said.document:
            page = self._address(said.document)
            label = said.document.label
            review |= {"url": page}
            if label != page and not label.startswith("review of: "):  # made by the importer
                review["name"] = label
        review |= {
            "datePublished": said.date if said.dated_by != "roughly" else None,
            "inLanguage": language,
            "author": said.voice and self._somebody(said.voice),
            "claimReviewed": text,
            "reviewRating": self._rating(said),
            "itemReviewed": self._item(said, claim),
        }
        return {name: value for name, value in review.items() if value}

    def _text(self, claim: Claim) -> tuple[str, str]:
        """Return the claim in full, and its language."""
        facts = self._model.facts
        for value in facts.pairs("dg:paraphrase", "skos:prefLabel").of(facts.code(claim.iri)):
            if facts.terms.text(value) == (claim.paraphrase or claim.label):
                return claim.paraphrase or claim.label, facts.terms.language(value)
        return claim.label, ""

    def _rating(self, said: Utterance) -> dict[str, Any]:
        side = said.polarity or "neutral"
        coded = self._coded(said)
        words, number = coded.get(_RATING, ""), coded.get(_NUMBER, "")
        scale = {"ratingValue": _SCALE[side], "worstRating": "1", "bestRating": "5"}
        as_coded = ({"ratingValue": number} if number else {}) | ({"alternateName": words} if words else {})
        for rating in (as_coded, scale | {"alternateName": words or _WORDS[side]}):
            if rating and self._read(rating) == side:
                return {"@type": "Rating", **rating}
        self._left["ratings in words that would be read as another side stand in ratingExplanation"] += 1
        return {"@type": "Rating", **scale, "alternateName": _WORDS[side], "ratingExplanation": words}

    @staticmethod
    def _read(rating: dict[str, str]) -> str:
        """Return the side as which the importer reads a rating."""
        names = {"ratingValue": "value", "worstRating": "worst", "bestRating": "best", "alternateName": "words"}
        return side_of([{names[name]: [value] for name, value in rating.items()}])[0]

    def _coded(self, said: Utterance) -> dict[str, str]:
        """Return the coded values of rating and number."""
        facts, labels = self._model.facts, self._model.labels
        found = {}
        for node in facts.pairs("dg:hasCodedValue").of(facts.code(said.iri)):
            for variable in facts.pairs("dg:codedVariable").of(node):
                if (name := labels.of(variable)) in (_RATING, _NUMBER):
                    found[name] = facts.text(node, "dg:codedValue")
        return found

    def _item(self, said: Utterance, claim: Claim) -> dict[str, Any]:
        """Return who made the claim: whom the review names, else all whose affirmation of it counts."""
        made = self._made_by(said)
        if not made:
            others = (one for one in claim.utterances if one.counted and one.polarity == "affirms")
            made = [one for one in others if one.voice != said.voice]
        people = list(dict.fromkeys(one.voice for one in made if one.voice))
        days = sorted(one.date for one in made if one.date and one.dated_by == "utterance")
        places = list(dict.fromkeys(one.document for one in made if one.document and one.document != said.document))
        authors = [told for person in people if (told := self._somebody(person))]
        appearances = [self._appearance(place) for place in places]
        item = {
            "@type": "Claim",
            "author": authors[0] if len(authors) == 1 else authors,
            "datePublished": days[0] if days else None,
            "appearance": appearances[0] if len(appearances) == 1 else appearances,
        }
        return {name: value for name, value in item.items() if value}

    def _somebody(self, person: Ref) -> dict[str, Any] | None:
        kind = self._model.kind(person.iri)
        if kind == "UnnamedSource":
            return None
        known = kind_named(kind)
        organised = kind == "Collective" or (known is not None and known.organised)
        type_ = {"@type": "Person" if kind == "Person" else "Organization"} if kind == "Person" or organised else {}
        pages = self._pages(person, "schema:sameAs")
        return {**type_, "name": person.label, **({"sameAs": pages} if pages else {})}

    def _appearance(self, document: Ref) -> dict[str, Any]:
        page = self._address(document)
        name = {"name": document.label} if document.label != page else {}
        return {"@type": "CreativeWork", **({"url": page} if page else {}), **name}

    def _address(self, document: Ref) -> str | None:
        return next(iter(self._pages(document, "schema:url", "dcterms:source", "schema:sameAs")), None)

    def _pages(self, node: Ref, *properties: str) -> list[str]:
        facts = self._model.facts
        values = [one for name in properties for one in facts.texts(facts.code(node.iri), name)]
        return [one for one in values if one.startswith(_ADDRESSES)]
