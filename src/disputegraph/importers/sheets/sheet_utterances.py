"""Write the utterances of a sheet into a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from disputegraph.evidence import digest, normalise
from disputegraph.importers.minting import Minter, slug
from disputegraph.importers.sheets.sheet_documents import Documents
from disputegraph.importers.sheets.sheet_names import Known, Names
from disputegraph.importers.sheets.sheet_statements import Statement
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.model import REPORTED, entry_fields
from disputegraph.tables import Problems, shown

__all__ = ["Emitter"]

_PREDICATES = {
    "polarity": "dg:polarity",
    "certainty": "dg:certainty",
    "speech_act": "dg:speechAct",
    "quotation_mode": "dg:quotationMode",
}


class Emitter:
    """Turns statements into triples."""

    def __init__(
        self,
        minter: Minter,
        names: Names,
        documents: Documents,
        problems: Problems,
        file: str,
        *,
        keep_quotes: bool,
        language: str,
    ) -> None:
        self._minter, self._names, self._documents, self._problems = minter, names, documents, problems
        self._file = file
        self._keep_quotes, self._language = keep_quotes, language
        self._coders: dict[str, str] = {}
        self._variables: dict[str, str] = {}
        self._given: dict[str, int] = {}

    def check_voices(self, statements: Iterable[Statement]) -> None:
        """Report things that speak: a hospital is a place, and says nothing."""
        for statement in statements:
            for column, known in _voices(statement):
                if known.kind not in (*entry_fields()["speaker"].kinds, "Elsewhere"):
                    self._problems.error(
                        f"'{known.label}' is not an actor ({known.kind.lower()}), and cannot be one here.",
                        self._file,
                        statement.row,
                        column,
                    )

    def identity(self, statement: Statement) -> str:
        """Return what makes an utterance this one and no other."""
        if statement.identifier:
            return f"id:{statement.identifier}"
        spans = ";".join(f"{start}-{end}" for start, end, _ in statement.spans)
        return "\x1f".join(
            (
                statement.document.iri,
                statement.date,
                statement.speaker.iri,
                statement.behalf.iri if statement.behalf else "",
                ";".join(sorted(known.iri for known in statement.addressees)),
                ";".join(known.iri for known in statement.via),
                statement.claim.iri,
                statement.words.get("polarity", ""),
                spans or (digest(normalise(statement.quote)) if statement.quote else ""),
            )
        )

    def rest(self, statement: Statement) -> str:
        """Return what a statement says beyond its identity."""
        told = (statement.words, statement.texts, statement.coded, statement.further)
        return repr(tuple(sorted(part.items()) for part in told if part or part is not statement.further))

    def mint(self, statement: Statement, identity: str, rest: str) -> str:
        """Return the IRI of a statement's utterance."""
        if not statement.identifier:
            return self._minter.from_parts("utterance", identity, *([rest] if rest else []))
        try:
            iri = self._minter.given(statement.identifier)
        except ValueError:
            self._problems.error(f"'{statement.identifier}' cannot be part of an IRI.", self._file, statement.row, "id")
            return self._minter.from_parts("utterance", identity)
        if iri in self._given:
            self._problems.error(
                f"'{statement.identifier}' is the id of row {self._given[iri]} too.", self._file, statement.row, "id"
            )
        self._given[iri] = statement.row
        return iri

    def emit(self, triples: Triples, statements: Iterable[tuple[str, Statement]]) -> int:
        """Add utterances with the chain of those who passed them on, and return how many say something."""
        count = 0
        for iri, statement in statements:
            count += 1
            anchors: dict[str, list[str]] = defaultdict(list)
            for document, spans in [(statement.document, statement.spans), *statement.elsewhere]:
                anchors[document.iri] += [self._documents.anchor(document, span) for span in spans]
            self._utterance(triples, iri, statement)
            self._attest(triples, iri, anchors)
            reported = iri
            for place, reporter in enumerate(statement.via, start=1):
                report = f"{iri}-via-{place}"
                heard = place < len(statement.via)
                triples.typed(report, "dg:ReportedUtterance" if heard else "dg:Utterance")
                triples.add_iri(report, _property("dg:speaker", heard), reporter.iri)
                triples.add_iri(report, "dg:reports", reported)
                self._attest(triples, report, anchors)
                reported = report
        return count

    def finish(self, triples: Triples) -> None:
        """Add the coders and variables that were met."""
        for coder, name in self._coders.items():
            triples.typed(coder, "dg:Coder")
            triples.add(coder, "skos:prefLabel", literal(name, language=self._language))
        for name, variable in self._variables.items():
            add_variable(triples, variable, name, self._language)

    def _utterance(self, triples: Triples, iri: str, statement: Statement) -> None:
        heard = bool(statement.via)
        triples.typed(iri, "dg:ReportedUtterance" if heard else "dg:Utterance")
        triples.add_iri(iri, _property("dg:speaker", heard), statement.speaker.iri)
        if statement.behalf:
            triples.add_iri(iri, _property("dg:onBehalfOf", heard), statement.behalf.iri)
        for known in statement.addressees:
            triples.add_iri(iri, _property("dg:addressee", heard), known.iri)
        triples.add_iri(iri, _property("dg:addressesClaim", heard), statement.claim.iri)
        for column, word in statement.words.items():
            triples.add(iri, _property(_PREDICATES[column], heard), term(f"dg:{word}"))
        if statement.date:
            triples.add(iri, _property("dg:saidOn", heard), literal(statement.date, "date"))
        texts = statement.texts
        if "intensity" in texts:
            triples.add(iri, _property("dg:intensity", heard), literal(texts["intensity"], "integer"))
        if "cue" in texts:
            triples.add(iri, "dg:cue", literal(texts["cue"]))
        if "coder" in texts:
            name = shown(texts["coder"])
            described = self._names.one(name, ("Coder",), (self._file, statement.row), "coder")
            coder = described.iri if described else self._minter.named("coder", name)
            if described is None:
                self._coders[coder] = min(name, self._coders.get(coder, name))
            triples.add_iri(iri, "dg:codedBy", coder)
        if self._keep_quotes and statement.quote:
            triples.add(iri, "schema:text", literal(normalise(statement.quote)))
        self.add_codes(triples, iri, statement.coded)

    def add_codes(self, triples: Triples, iri: str, coded: Mapping[str, str]) -> None:
        """Add the values that an utterance has in columns that are not a field."""
        for column, value in coded.items():
            variable = self._variables.setdefault(column, self._minter.named("variable", column))
            add_coded_text(triples, iri, column, variable, value)

    def _attest(self, triples: Triples, iri: str, anchors: Mapping[str, list[str]]) -> None:
        """Add where an utterance stands: its anchors by document, or the document alone."""
        for document, found in anchors.items():
            for anchor in found:
                triples.add_iri(iri, "dg:evidence", anchor)
            if not found:
                triples.add_iri(iri, "dg:documentedIn", document)


def _property(name: str, heard: bool) -> str:
    """Return the property of an utterance, or that of a reported utterance which means the same."""
    return REPORTED.get(name, name) if heard else name


def add_variable(triples: Triples, variable: str, name: str, language: str) -> None:
    """Add a variable of plain text, which a column that is not a field is."""
    triples.typed(variable, "dg:Variable")
    triples.add(variable, "skos:prefLabel", literal(name, language=language))
    triples.add(variable, "dg:variableType", term("dg:textVariable"))


def add_coded_text(triples: Triples, iri: str, column: str, variable: str, value: str) -> None:
    """Add the value that a node has for a variable of plain text."""
    node = f"{iri}-{slug(column) or 'value'}-{variable.rpartition('-')[2]}"
    triples.add_iri(iri, "dg:hasCodedValue", node)
    triples.typed(node, "dg:CodedValue")
    triples.add_iri(node, "dg:codedVariable", variable)
    triples.add(node, "dg:codedValue", literal(value))


def _voices(statement: Statement) -> Iterable[tuple[str, Known]]:
    yield "speaker", statement.speaker
    if statement.behalf:
        yield "on_behalf_of", statement.behalf
    yield from (("addressee", known) for known in statement.addressees)
    yield from (("via", known) for known in statement.via)
