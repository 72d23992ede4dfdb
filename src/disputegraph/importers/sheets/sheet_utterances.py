"""Write the utterances of a sheet into a graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from disputegraph.evidence import digest, normalise
from disputegraph.importers.sheets.sheet_documents import Documents
from disputegraph.importers.sheets.sheet_names import SPEAKING_DOCUMENT, Known, Names, Reading
from disputegraph.importers.sheets.sheet_statements import Statement
from disputegraph.importers.sheets.withdrawn_cells import add_withdrawal
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.importers.written_dates import iso_date
from disputegraph.model import REPORTED, entry_fields
from disputegraph.tables import shown

_PREDICATES = {
    "polarity": "dg:polarity",
    "certainty": "dg:certainty",
    "speech_act": "dg:speechAct",
    "quotation_mode": "dg:quotationMode",
}


class Emitter:
    """Turns statements into triples."""

    def __init__(self, reading: Reading, names: Names, documents: Documents, file: str, *, keep_quotes: bool) -> None:
        self._minter, self._problems, self._language = reading.minter, reading.problems, reading.language
        self._given_iri, self._names, self._documents = reading.given, names, documents
        self._file, self._keep_quotes = file, keep_quotes
        self._coders: dict[str, str] = {}
        self._variables: dict[str, str] = {}
        self._given: dict[str, Statement] = {}

    def keep(self, statements: Iterable[Statement]) -> None:
        """Note the ids that rows have, so that no other row gets one of them."""
        for statement in statements:
            if statement.identifier:
                with suppress(ValueError):  # told where the IRI is made
                    self._given.setdefault(self._minter.given(statement.identifier), statement)

    def check_voices(self, statements: Iterable[Statement]) -> None:
        """Report things that speak: a hospital is a place, and says nothing."""
        for statement in statements:
            for column, known in _voices(statement):
                if known.kind not in (*entry_fields()["speaker"].kinds, SPEAKING_DOCUMENT, "Elsewhere"):
                    self._problems.error(
                        f"'{known.label}' is not an actor ({known.kind.lower()}), and cannot be one here.",
                        self._file,
                        statement.row,
                        column,
                    )

    def note_mixed_voices(self, statements: Iterable[Statement]) -> None:
        """Warn of speakers who are coded with an organisation in some rows and without one in others."""
        rows: dict[str, tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
        for statement in statements:
            rows[statement.speaker.iri][statement.behalf is None].append(statement)
        for with_one, alone in rows.values():
            if not with_one or not alone:
                continue
            bodies = Counter(one.behalf.label for one in with_one if one.behalf)
            names = " or ".join(f"'{name}'" for name in sorted(bodies))
            more = f" and {len(alone) - 1:,} more" if len(alone) > 1 else ""
            text = (
                f"'{alone[0].speaker.label}' speaks for {names} in {len(with_one):,} row{'s' * (len(with_one) > 1)}, "
                f"and for nobody in this one{more}: two voices. Fill on_behalf_of if it is one."
            )
            self._problems.warn(text, self._file, alone[0].row, "on_behalf_of")

    def identity(self, statement: Statement) -> str:
        """Return what makes an utterance this one and no other."""
        return f"id:{statement.identifier}" if statement.identifier else self.content(statement)

    def content(self, statement: Statement) -> str:
        """Return what an utterance without an id is known by."""
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
            parts = [rest] if rest else []
            iri = self._minter.from_parts("utterance", identity, *parts)
            # Another row may have said this when it got its id, and say something else since.
            while iri in self._given:
                parts.append("again")
                iri = self._minter.from_parts("utterance", identity, *parts)
            return iri
        iri = self._given_iri(statement.identifier, (self._file, statement.row), "id") or ""
        if not iri:
            return self._minter.from_parts("utterance", identity)
        if (first := self._given.setdefault(iri, statement)).identifier != statement.identifier:
            self._problems.error(
                f"'{statement.identifier}' is the id of row {first.row} too.", self._file, statement.row, "id"
            )
        return iri

    def emit(self, triples: Triples, statements: Iterable[tuple[str, Statement]]) -> int:
        """Add utterances with the chain of those who passed them on, and return how many say something."""
        told = list(statements)
        said = {iri for iri, _ in told}
        for iri, statement in told:
            if statement.withdrawn:
                by = [later for name in statement.withdrawn.by if (later := self._later(name, iri, statement, said))]
                add_withdrawal(triples, iri, statement.withdrawn, by, self._language)
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
        return len(told)

    def _later(self, name: str, iri: str, statement: Statement, said: Collection[str]) -> str | None:
        """Return the IRI of the statement that takes one back; that there is none of that id is a problem."""
        try:
            later = self._minter.given(name)
        except ValueError:
            later = ""
        elsewhere = self._names.by_iri(later) if later else None
        if later != iri and (later in said or "://" in name or (elsewhere and "Utterance" in elsewhere.kind)):
            return later
        text = f"'{name}' is the id of no other statement; name the one that takes this one back, or write why alone."
        self._problems.error(text, self._file, statement.row, "withdrawn")
        return None

    def finish(self, triples: Triples) -> None:
        """Add the coders and variables that were met."""
        for coder, name in self._coders.items():
            triples.named(coder, name, "dg:Coder", language=self._language)
        for name, variable in self._variables.items():
            triples.variable(variable, name, language=self._language)

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
        if iso_date(statement.date):
            triples.add(iri, _property("dg:saidOn", heard), literal(statement.date, "date"))
        elif statement.date:
            triples.add(iri, "dg:saidRoughly", literal(statement.date))
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
            triples.coded_text(iri, column, variable, value)

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


def _voices(statement: Statement) -> Iterable[tuple[str, Known]]:
    yield "speaker", statement.speaker
    if statement.behalf:
        yield "on_behalf_of", statement.behalf
    yield from (("addressee", known) for known in statement.addressees)
    yield from (("via", known) for known in statement.via)
