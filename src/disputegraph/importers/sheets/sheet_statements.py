"""Read the rows of a sheet of statements into utterances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from disputegraph.importers.sheets.sheet_claims import Claim, Claims
from disputegraph.importers.sheets.sheet_documents import Document, Documents, Span
from disputegraph.importers.sheets.sheet_fields import STATEMENT_FIELDS
from disputegraph.importers.sheets.sheet_names import Known, Names, Reading, did_you_mean
from disputegraph.importers.sheets.sheet_words import meaning, terms
from disputegraph.importers.sheets.withdrawn_cells import Withdrawn, read_withdrawn
from disputegraph.importers.written_dates import iso_date, iso_guess, rough_date
from disputegraph.tables import Row, split_list, whole

_CLAIM_COLUMNS = (
    "paraphrase", "subject", "agent", "action", "target", "modality", "evaluation", "negated", "issue", "contradicts",
)  # fmt: skip
_DOCUMENT_COLUMNS = ("document_date", "document_title", "document_sha256", "document_length")
_WORD_COLUMNS = ("polarity", "certainty", "speech_act", "quotation_mode")


@dataclass(slots=True)
class Statement:
    """One row, its names resolved.

    Attributes:
        row: the row it stands in.
        identifier: its IRI or a part of it, where the sheet gives one.
        document: where it stands.
        claim: which claim it addresses.
        speaker: who said it.
        behalf: for whom.
        addressees: to whom.
        via: who passed it on, the first who heard it first.
        date: the day, ISO 8601; a time known roughly, EDTF; or empty.
        words: the terms of the controlled columns, by column.
        texts: further plain values, by column: intensity, cue, coder.
        quote: the quotation as the sheet has it.
        spans: places in the document.
        coded: values of columns that are not a field, by column.
        further: cells of columns that a workbook alone has, by column.
        elsewhere: further documents in which it stands, with the places there, from other rows of its id.
        withdrawn: that it no longer stands.
    """

    row: int
    identifier: str
    document: Document
    claim: Claim
    speaker: Known
    behalf: Known | None
    addressees: list[Known]
    via: list[Known]
    date: str
    words: dict[str, str]
    texts: dict[str, str]
    quote: str
    spans: list[Span]
    coded: dict[str, str] = field(default_factory=dict)
    further: dict[str, str] = field(default_factory=dict)
    elsewhere: list[tuple[Document, list[Span]]] = field(default_factory=list)
    withdrawn: Withdrawn | None = None

    def differing(self, other: Statement) -> list[str]:
        """Return the columns in which another row says something else than this one; where it stands is left out."""
        names = ("claim", "speaker", "behalf", "date", "addressees", "via", "withdrawn")
        found = ["on_behalf_of" if name == "behalf" else name.removesuffix("es") for name in names
                 if (said := getattr(other, name)) and said != getattr(self, name)]  # fmt: skip
        for mine, said in ((self.words, other.words), (self.texts, other.texts), (self.coded, other.coded)):
            found += [column for column, value in said.items() if mine.get(column) != value]
        return found + [column for column, value in other.further.items() if self.further.get(column) != value]


class RowReader:
    """Reads rows; what is wrong with a row goes to the problems, all of it and not only the first."""

    def __init__(
        self,
        file: str,
        places: Mapping[str, int],
        others: Mapping[str, int],
        values: Mapping[str, str],
        *,
        reading: Reading,
        names: Names,
        claims: Claims,
        documents: Documents,
    ) -> None:
        self._values = {value.casefold(): word for value, word in values.items()}
        self._unknown: dict[tuple[str, str], list[int]] = {}
        self._places, self._others = dict(places), dict(others)
        self._names, self._claims, self._documents = names, claims, documents
        self._problems, self._file = reading.problems, file
        self._words: dict[tuple[str, str], str | None] = {}
        self._dates: dict[str, str | None] = {}
        present = self._places.keys()
        known = {field.name for field in STATEMENT_FIELDS}
        self._further = {column: place for column, place in places.items() if column not in known}
        self._claim_columns = [column for column in _CLAIM_COLUMNS if column in present]
        self._document_columns = [column for column in _DOCUMENT_COLUMNS if column in present]
        self._word_columns = [column for column in _WORD_COLUMNS if column in present]

    def document(self, row: Row) -> Document | None:
        """Return the document of a row, if it names one; what the row says of it and of the claim is noted."""
        at = (self._file, row.number)
        cells = {column: row.cells[place] for column, place in self._places.items() if row.cells[place]}
        said = [column for column in self._claim_columns if column in cells]
        if said and "claim" in cells:
            claim = self._claims.meet(cells["claim"], cells.get("claim_id", ""), at)
            for column in said:
                self._claims.learn(claim, column, cells[column], at)
        if "document" not in cells:
            return None
        sha256 = cells.get("document_sha256", "")
        document = self._documents.meet(cells["document"], cells.get("document_id", ""), sha256, at)
        for column in self._document_columns:
            self._documents.learn(document, column, cells.get(column, ""), at)
        return document

    def coded(self, row: Row) -> dict[str, str]:
        """Return the values of the columns that are not a field."""
        return {column: row.cells[place] for column, place in self._others.items() if row.cells[place]}

    def read(self, row: Row) -> Statement | None:
        """Return the statement of a row, or None if it has a problem."""
        cells, places, number, at = row.cells, self._places, row.number, (self._file, row.number)

        def cell(column: str) -> str:
            place = places.get(column)
            return cells[place] if place is not None else ""

        speaker_name, behalf = (self._one_name(cell(column), column, number) for column in ("speaker", "on_behalf_of"))
        missing = [column for column in ("document", "speaker", "claim", "polarity") if not cell(column)]
        for column in missing:
            self._problems.error("is empty, and every statement needs one.", *at, column)
        words = self._read_words(cell, number)
        date = self._read_date(cell("date"), number)
        texts = self._read_texts(cell, number)
        if missing:
            return None
        document = self._documents.meet(cell("document"), cell("document_id"), cell("document_sha256"), at)
        for column in self._document_columns:
            self._documents.learn(document, column, cell(column), at)
        claim = self._claims.meet(cell("claim"), cell("claim_id"), at)
        for column in self._claim_columns:
            if value := cell(column):
                self._claims.learn(claim, column, value, at)
        speaker = self._names.meet(speaker_name, "speaker", *at)
        via = [self._names.meet(name, "via", *at) for name in split_list(cell("via"))]
        self._check_chain([speaker, *via], number)
        return Statement(
            number,
            cell("id"),
            document,
            claim,
            speaker,
            self._names.meet(behalf, "on_behalf_of", *at) if behalf else None,
            [self._names.meet(name, "addressee", *at) for name in split_list(cell("addressee"))],
            via,
            date,
            words,
            texts,
            cell("quote"),
            self.spans(document, cell, number),
            self.coded(row),
            {column: cells[place] for column, place in self._further.items() if cells[place]},
            withdrawn=self._read_withdrawn(cell("withdrawn"), number),
        )

    def _read_words(self, cell: Callable[[str], str], row: int) -> dict[str, str]:
        found = {}
        for column in self._word_columns:
            word = cell(column)
            if not word:
                continue
            key = (column, word)
            if key not in self._words:
                said = self._values.get(word.casefold(), word) if column == "polarity" else word
                self._words[key] = meaning(column, said)
            term = self._words[key]
            if term is None:
                self._unknown.setdefault(key, []).append(row)
            else:
                found[column] = term
        return found

    def _read_withdrawn(self, text: str, row: int) -> Withdrawn | None:
        try:
            return read_withdrawn(text)
        except ValueError as error:
            self._problems.error(str(error), self._file, row, "withdrawn")
            return None

    def finish(self) -> None:
        """Tell of each word that no column of words has, once and with the number of its rows."""
        for (column, word), rows in self._unknown.items():
            hint = did_you_mean(word, terms(column))
            if word == "0":
                hint = " In some codings 0 means no, in others no side; write denies or neutral."
            if column == "polarity" and (word == "0" or not hint):
                meant = "denies" if word == "0" else "affirms"
                hint += f" Or say what it means in all rows, as in --value '{word}={meant}'."
            often = f" It stands in {len(rows):,} rows, here first." if len(rows) > 1 else ""
            self._problems.error(
                f"'{word}' is not one of: {', '.join(terms(column))}.{hint}{often}", self._file, rows[0], column
            )

    def _read_date(self, text: str, row: int) -> str:
        if not text:
            return ""
        if text not in self._dates:
            self._dates[text] = iso_date(text) or rough_date(text)
        day = self._dates[text]
        if day is None:
            self._problems.error(f"'{text}' cannot be taken as a date. {iso_guess(text)}", self._file, row, "date")
        return day or ""

    def _read_texts(self, cell: Callable[[str], str], row: int) -> dict[str, str]:
        found = {column: value for column in ("cue", "coder", "intensity") if (value := cell(column))}
        if "intensity" in found:
            if (number := whole(found["intensity"])) is None:
                self._problems.error(f"'{found['intensity']}' is not a whole number.", self._file, row, "intensity")
            else:
                found["intensity"] = number
        length = cell("document_length")
        if length and (whole(length) or "-").startswith("-"):
            self._problems.error(f"'{length}' is not a whole number.", self._file, row, "document_length")
        return found

    def _one_name(self, cell: str, column: str, row: int) -> str:
        """Return the only name in a cell; several are a problem, since they would become one more person."""
        names = split_list(cell)
        if len(names) > 1:
            self._problems.error(
                f"names several: {', '.join(names)}. Write a row for each; a semicolon within a name is written \\;.",
                self._file,
                row,
                column,
            )
        return names[0] if names else ""

    def _check_chain(self, chain: list[Known], row: int) -> None:
        seen: set[int] = set()
        for known in chain:
            if id(known) in seen:
                self._problems.error(
                    f"is a loop: '{known.label}' passes on its own words. Leave the speaker and repetitions out.",
                    self._file,
                    row,
                    "via",
                )
                return
            seen.add(id(known))

    def spans(self, document: Document, cell: Callable[[str], str], row: int) -> list[Span]:
        """Return the places that a row gives by a quotation, or by start and end."""
        quote, starts, ends = cell("quote"), split_list(cell("start")), split_list(cell("end"))
        if quote and not ends:
            return self._documents.place_quote(document, quote, starts[0] if starts else "", (self._file, row))
        if not starts and not ends:
            return []
        if len(starts) != len(ends):
            self._problems.error(
                f"{len(starts)} starts and {len(ends)} ends; each place needs both.", self._file, row, "end"
            )
            return []
        digests = split_list(cell("sha256")) or [""] * len(starts)
        if len(digests) != len(starts):
            self._problems.error(f"{len(digests)} digests for {len(starts)} places.", self._file, row, "sha256")
            return []
        at = (self._file, row)
        spans = [self._documents.place_span(document, place, at) for place in zip(starts, ends, digests, strict=True)]
        return sorted(span for span in spans if span is not None)
