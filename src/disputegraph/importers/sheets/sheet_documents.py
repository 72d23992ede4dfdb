"""The documents of a sheet: their dates, their texts, and the places of quotations in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from disputegraph.evidence import NORMALISATION, Locator, Sources, SourceText, digest
from disputegraph.importers.sheets.forked_names import forked_names
from disputegraph.importers.sheets.sheet_names import At, Known, Names, Reading, did_you_mean, where
from disputegraph.importers.triples import Triples, literal
from disputegraph.importers.written_dates import iso_date, iso_guess, iso_period
from disputegraph.tables import key_of, shown, whole

Span = tuple[int, int, str]
"""Start and end of a place in a text, in code points, and its SHA-256."""


@dataclass(slots=True)
class Document:
    """One document as the sheet tells of it.

    Attributes:
        iri: its IRI.
        name: what the sheet calls it.
        source: its text, where the folder of sources has one.
        facts: what columns say of it: the column, the value, and the row that said it first.
        told: which of these the document's own row in the sheet of documents says; None where it has no such row.
    """

    iri: str
    name: str
    source: SourceText | None
    facts: dict[str, tuple[str, At]] = field(default_factory=dict)
    told: frozenset[str] | None = None


class Documents:
    """The documents met so far."""

    def __init__(self, reading: Reading, names: Names, sources: Sources | None) -> None:
        self._reading, self._names, self._sources, self._problems = reading, names, sources, reading.problems
        self._declared: dict[str, Document] = {}
        self._known: dict[tuple[str, str], Document] = {}
        self._met: dict[tuple[str, str], Document] = {}
        self.anchors: dict[str, tuple[str, Span]] = {}
        self._unplaced: Counter[str] = Counter()
        self._locator = Locator()

    def declare(self, known: Known, told: Mapping[str, tuple[str, At]]) -> None:
        """Add a document that has a row of its own, with what that says by column."""
        sha256 = told["document_sha256"][0] if "document_sha256" in told else None
        source = self._sources.text_of(sha256, names=[known.label]) if self._sources else None
        self._declared[known.iri] = Document(known.iri, known.label, source, dict(told), frozenset(told))

    def meet(self, name: str, identifier: str, sha256: str, at: At) -> Document:
        """Return the document of that name; an identifier sets its IRI, and a digest tells which text is its."""
        document = self._met.get((name, identifier))
        if document is not None:
            return document
        key = (key_of(name), identifier)
        own = self._names.one(identifier or name, ("Document",), at, "document") if self._declared else None
        document = self._declared[own.iri] if own else self._known.get(key)
        if document is None:
            given = self._reading.given(identifier, at, "document_id") if identifier else None
            iri = given or self._reading.minter.named("document", name)
            source = self._sources.text_of(sha256 or None, names=[name]) if self._sources else None
            if self._sources and source is None:
                unread = self._sources.unread(name)
                text = f"no text of '{name}' is in {self._sources.folder}; name its file so, or correct the name."
                text += did_you_mean(name, [known.name for known in self._sources.texts])
                if unread:
                    text = f"{unread}."
                report = self._problems.error if self._reading.strict or unread else self._problems.warn
                report(text, *at, "document")
            document = self._known[key] = Document(iri, shown(name), source)
        if document.told is None:
            document.name = min(document.name, shown(name))
        self._met[name, identifier] = document
        return document

    def tell_forks(self, at: Mapping[str, list[At]]) -> None:
        """Warn of documents that may be another one mistyped; see `Claims.tell_forks`."""
        named = {document.name: document for document in (*self._known.values(), *self._declared.values())}
        for pair in forked_names(named):
            rare, other = sorted((named[name] for name in pair), key=lambda one: len(at.get(one.iri, ())))
            if rare.told is None and (rows := at.get(rare.iri)):
                text = f"'{rare.name}' is another document than '{other.name}'. Are they one? Then write one name."
                self._problems.warn(text, *rows[0], "document")

    def count(self) -> int:
        """Return how many documents there are."""
        return len(self._known) + len(self._declared)

    def named(self, name: str, at: At) -> Document:
        """Return the document of that name, whatever its identifier; one not met so far is met."""
        key = key_of(name)
        if self._declared and self._names.find(name, ("Document",)):
            return self.meet(name, "", "", at)
        known = next((document for (other, _), document in self._known.items() if other == key), None)
        return known or self.meet(name, "", "", at)

    def learn(self, document: Document, column: str, value: str, at: At) -> None:
        """Note what a column says of a document; a different value than before is a problem."""
        if not value:
            return
        if column == "document_date":
            if iso_date(value) is None and iso_period(value) is None:
                text = f"'{value}' cannot be taken as a date. {iso_guess(value)}"
                self._problems.error(text, *at, column)
                return
            value = value.replace(" ", "T")
        said = document.facts.setdefault(column, (value, at))
        if said[0] != value:
            self._problems.error(
                f"'{value}' for '{document.name}', and {where(said[1], at)} has '{said[0]}'.", *at, column
            )

    def place_quote(self, document: Document, quote: str, start: str, at: At) -> list[Span]:
        """Return where a quotation stands; nowhere, or more than once without a start, is a problem."""
        if document.source is None:
            self._unplaced[at[0]] += 1
            return []
        text = document.source.text
        places = self._locator.locate(text, quote)
        wanted = [span for span in places.spans if not start or str(span[0]) == whole(start)]
        if len(wanted) == 1:
            left, right = wanted[0]
            return [(left, right, digest(text[left:right]))]
        if not places.spans:
            message = f"stands nowhere in {document.source.name}.{_nearest_passage(text, quote)}"
        elif wanted or not start:
            starts = ", ".join(str(span[0]) for span in places.spans[:8])
            message = (
                f"occurs {len(places.spans)} times in {document.source.name}, at {starts}. "
                "Say which in the column 'start', or quote more."
            )
        else:
            message = f"does not stand at {start} in {document.source.name}, but at {places.spans[0][0]}."
        self._problems.error(message, *at, "quote")
        return []

    def place_span(
        self,
        document: Document,
        place: tuple[str, str, str],
        at: At,
        columns: tuple[str, str, str] = ("start", "end", "sha256"),
    ) -> Span | None:
        """Return a place that the sheet gives by numbers, checked against the text or taken with its digest."""
        start, end, sha256 = place
        left, right = int(whole(start) or -1), int(whole(end) or -1)
        if not 0 <= left < right:
            self._problems.error(
                f"'{start}' to '{end}' is not a place: both are whole numbers, and the end is the larger.",
                *at,
                columns[0],
            )
            return None
        if document.source is None:
            if len(sha256) == 64 and not set(sha256) - set("0123456789abcdef"):  # noqa: PLR2004  # SHA-256 in hex
                return left, right, sha256
            self._problems.error(
                "a place without its text cannot be checked. Give the texts with --sources, or a column "
                f"'{columns[2]}'.",
                *at,
                columns[0],
            )
            return None
        text = document.source.text
        if right > len(text):
            self._problems.error(
                f"{right} is beyond the {len(text):,} characters of {document.source.name}.", *at, columns[1]
            )
            return None
        found = digest(text[left:right])
        if sha256 and found != sha256:
            self._problems.error(
                f"the words at {left}-{right} of {document.source.name} are not those that the digest was made from; "
                "the text has changed. Correct start and end, or clear the digest.",
                *at,
                columns[2],
            )
            return None
        return left, right, found

    def anchor(self, document: Document, span: Span, iri: str = "", at: At = ("", 0)) -> str:
        """Return the IRI of the anchor for a place, which is remembered to be written; one may be given."""
        iri = iri or f"{document.iri}-{span[0]}-{span[1]}"
        if self.anchors.setdefault(iri, (document.iri, span)) != (document.iri, span):
            text = f"'{iri}' is the id of another place as well; give this one an id of its own, or none."
            self._problems.error(text, *at, "evidence_id")
        return iri

    def finish(self, triples: Triples) -> None:
        """Add all documents and anchors to the graph, and warn of quotations that could not be placed."""
        for file, unplaced in self._unplaced.items():
            self._problems.warn(
                f"{unplaced:,} quotations have no place, since there is no text to look them up in. "
                "Give the texts with --sources.",
                file,
            )
        for document in (*self._known.values(), *self._declared.values()):
            self._add(triples, document)
        for iri, (document_iri, span) in self.anchors.items():
            add_anchor(triples, iri, document_iri, span)

    def _add(self, triples: Triples, document: Document) -> None:
        language = self._reading.language
        facts = {column: value for column, (value, _) in document.facts.items() if column not in (document.told or ())}
        if document.told is None:
            triples.named(document.iri, document.name, "dg:Document", language=language)
            triples.add(document.iri, "dcterms:identifier", literal(document.name))
        if "document_title" in facts:
            triples.add(document.iri, "dcterms:title", literal(facts["document_title"], language=language))
        if "document_date" in facts:
            issued = facts["document_date"]
            precision = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(issued), "dateTime")
            triples.add(document.iri, "dcterms:issued", literal(issued, precision))
        if document.told is not None and "document_sha256" in document.told:
            return
        if document.source is not None:
            add_text(triples, document.iri, document.source.digest, len(document.source.text))
        elif "document_sha256" in facts:
            length = int(whole(facts.get("document_length", "0")) or 0) or None
            add_text(triples, document.iri, facts["document_sha256"], length)


def add_anchor(triples: Triples, iri: str, document: str, span: Span) -> None:
    """Add an anchor with its selector, which has a name of its own so that no blank nodes are needed."""
    start, end, sha256 = span
    triples.typed(iri, "dg:Anchor", "oa:SpecificResource")
    triples.add_iri(iri, "oa:hasSource", document)
    triples.add_iri(iri, "oa:hasSelector", iri + "-span")
    triples.add(iri, "dg:exactDigest", literal(sha256))
    triples.typed(iri + "-span", "oa:TextPositionSelector")
    triples.add(iri + "-span", "oa:start", literal(start, "integer"))
    triples.add(iri + "-span", "oa:end", literal(end, "integer"))


def add_text(triples: Triples, document: str, sha256: str, length: int | None) -> None:
    """Add by what a document's text is known."""
    triples.add(document, "dg:textDigest", literal(sha256))
    if length is not None:
        triples.add(document, "dg:textLength", literal(length, "integer"))
    triples.add(document, "dg:textNormalization", literal(NORMALISATION))


def _nearest_passage(text: str, quote: str) -> str:
    from rapidfuzz import fuzz

    if len(text) > 200_000 or len(quote) > 2_000:  # noqa: PLR2004  # beyond, the search costs more than it tells
        return ""
    best = fuzz.partial_ratio_alignment(quote, text, score_cutoff=75)
    if best is None:
        return ""
    return f" The nearest passage is at {best.dest_start}-{best.dest_end}."
