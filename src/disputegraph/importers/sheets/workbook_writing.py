"""Write all of a graph as the sheets of a workbook, which `import_sheet` reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from disputegraph.importers.minting import slug
from disputegraph.importers.sheets.sheet_cells import absolute, survives
from disputegraph.importers.sheets.sheet_division import (
    LISTED,
    SHEETS,
    TEXTS,
    column_of,
    columns_of,
    kind_word,
    sheet_of,
)
from disputegraph.importers.sheets.sheet_entries import UNTYPED
from disputegraph.importers.sheets.sheet_fields import CODED, header_key
from disputegraph.importers.sheets.workbook_cells import CellWriter, Place, field_named
from disputegraph.importers.sheets.written_rows import Sheet, safe_cell
from disputegraph.model import EntryField, Model, entry_forms
from disputegraph.store import Store
from disputegraph.tables import join_list
from disputegraph.vocabulary import PREFIXES

_Row = dict[str, str]
_FIRST = ("kind", "id", "label")
_LAST = ("classes", "evidence", "evidence_sha256", "evidence_id")


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets, header first, with cells that no spreadsheet takes for formulas.

    Attributes:
        sheets: by name; those that have no row are left out, but for that of statements.
        base: the IRI under which to import them again.
        language: the language of labels with which to import them again.
        left_out: what the graph says and the sheets do not, in words.
    """

    sheets: Mapping[str, Sheet]
    base: str
    language: str
    left_out: tuple[str, ...]


def export_workbook(store: Store, *, base: str | None = None) -> Workbook:
    """Return the sheets of a whole graph.

    Args:
        store: the graph.
        base: the IRI under which its names stand; by default where most utterances stand.
    """
    return _Writer(CellWriter(Model.whole(store), base)).workbook()


class _Writer:
    """Nodes are known by their numbers."""

    def __init__(self, cells: CellWriter) -> None:
        self._cells = cells
        self._in_columns: set[int] = set()

    def workbook(self) -> Workbook:
        rows: dict[str, list[_Row]] = defaultdict(list)
        for node, kind in self._cells.kinds.items():
            if kind != "CodedValue":
                rows[sheet_of(kind)].append(self._row(node, kind))
        for node, kind in self._cells.kinds.items():
            if kind == "CodedValue" and node not in self._in_columns:
                rows[sheet_of(kind)].append(self._row(node, kind))
        sheets = {"statements": self._statements(rows.pop("statements", []))}
        sheets |= {name: _sheet(name, rows[name]) for name in SHEETS if name in rows}
        return Workbook(sheets, self._cells.minter.base, self._cells.language, self._cells.left_out())

    # ---- rows

    def _row(self, node: int, kind: str) -> _Row:
        sheet, said = sheet_of(kind), self._cells.said[node]
        row = {
            "kind": kind_word(kind),
            "id": self._cells.minter.short(self._cells.iri(node)),
            "classes": self._classes(node, kind),
        }
        for name, values in said.items():
            field, column = field_named(name), column_of(sheet, kind, name)
            if column is None or field.value == "evidence":
                continue
            coded = name == "has_coded_value" and sheet == "statements"
            self._write(row, node, field, column, self._columns_of_codes(node, values, row) if coded else values)
        label = column_of(sheet, kind, "label")
        if label and label not in row and (text := self._cells.label(node)):
            row[label] = text
        places = sorted(
            (place for anchor in said.get("evidence", ()) if (place := self._cells.place(anchor))),
            key=lambda place: (self._cells.text(place.document), place.start, place.end, place.digest),
        )
        if sheet == "statements":
            places = self._places_of_statement(row, node, places)
            row["quote"] = self._quote(node)
        self._write_places(row, places)
        return {column: cell for column, cell in row.items() if cell}

    def _write(self, row: _Row, node: int, field: EntryField, column: str, values: Iterable[int]) -> None:
        if field.name == "coded_value":
            field = self._cells.coded_field(node)
        parts = [part for value in values if (part := self._cells.part(field, value)) is not None]
        exact = [text for text, faithful in parts if faithful]
        if field.name == "member_of":
            parts, exact = self._member_of(node, field)
        # A text in another language, or in none, stands where there is no other: its language is counted as not told.
        texts = exact if exact or field.many else [text for text, _ in parts[:1]]
        if field.many and field.value == "label":
            texts = [text for text, _ in parts]
        if field.name == "label":
            exact = exact[:1]  # SKOS allows one in a language
            texts = exact or [text for text in [self._cells.label(node)] if text]
        if not texts:
            return
        one = not field.many and len(texts) == 1
        row[column if field.many or one else column + LISTED] = (
            texts[0] if one and field.value in TEXTS else join_list(texts)
        )
        if field.name != "member_of":
            self._cells.told[field.predicate] += len(exact)
            self._cells.retagged[field.predicate] += min(len(texts), len(parts)) - len(exact)

    def _member_of(self, node: int, field: EntryField) -> tuple[list[tuple[str, bool]], list[str]]:
        """Return the memberships, which are of one property in collectives and of another elsewhere."""
        found = []
        for name, collective in (("dg:memberOf", True), ("org:memberOf", False)):
            for value in self._cells.model.facts.stated(name).of(node):
                reference = (
                    self._cells.reference(value, field) if self._cells.model.facts.terms.is_node(value) else None
                )
                if reference and (self._cells.kinds.get(value) == "Collective") is collective:
                    found.append(reference)
                    self._cells.told[name] += 1
        return [(text, True) for text in found], found

    def _classes(self, node: int, kind: str) -> str:
        """Return the classes of a node where they are not those of its kind."""
        found = self._cells.types_of(node)
        written = [name for name in found if name.partition(":")[0] in PREFIXES or absolute(name)]
        self._cells.told["rdf:type"] += len(written)
        return "" if set(written) == set(entry_forms()[kind].classes) else join_list(written) or UNTYPED

    # ---- evidence

    def _write_places(self, row: _Row, places: Sequence[Place], before: Sequence[Place] = ()) -> None:
        document = field_named("documented_in")
        names = [f"{self._cells.reference(place.document, document)} {place.start}-{place.end}" for place in places]
        row["evidence"] = join_list(names)
        row["evidence_sha256"] = join_list(place.digest for place in places)
        if any(
            place.iri != f"{self._cells.iri(place.document)}-{place.start}-{place.end}" for place in (*before, *places)
        ):
            row["evidence_id"] = join_list(self._cells.minter.short(place.iri) for place in (*before, *places))
        self._cells.told["dg:evidence"] += len(places) + len(before)

    def _places_of_statement(self, row: _Row, node: int, places: list[Place]) -> list[Place]:
        """Write the places in the first document as columns of their own, and return the others."""
        said = self._cells.said[node]
        if not places and not said.get("evidence"):
            # The document of a row without places is that which attests the utterance.
            field, values = field_named("documented_in"), said.get("documented_in", [])
            known = [value for value in values if self._cells.part(field, value)]
            document = next((value for value in known if self._cells.kinds.get(value) == "Document"), None)
            if document is not None:
                row["document"] = self._cells.reference(document, field) or ""
                others = [self._cells.reference(value, field) for value in known if value != document]
                row["documented_in"] = join_list(filter(None, others))
        if not places:
            return []
        first = self._first_document(node, places)
        here = [place for place in places if place.document == first]
        there = [place for place in places if place.document != first]
        row["document"] = self._cells.reference(first, field_named("documented_in")) or ""
        row["start"] = join_list(str(place.start) for place in here)
        row["end"] = join_list(str(place.end) for place in here)
        row["sha256"] = join_list(place.digest for place in here)
        self._write_places(row, there, here)
        return there

    def _quote(self, node: int) -> str:
        """Return the words that were kept of an utterance; an import keeps them again if it is asked to."""
        quotes = self._cells.model.facts.stated("schema:text").of(node)
        text = self._cells.text(quotes[0]) if quotes else ""
        if not survives(text, listed=False):
            return ""
        self._cells.told["schema:text"] += 1
        return text

    def _first_document(self, node: int, places: Sequence[Place]) -> int:
        table = self._cells.model.said.anchors
        held = {place.document for place in places}
        return next(table.lists[0][place] for place in table.rows[node] if table.lists[0][place] in held)

    # ---- statements

    def _columns_of_codes(self, node: int, values: Iterable[int], row: _Row) -> list[int]:
        """Write the coded values that a column of their own can tell, and return the others."""
        rest = []
        for value in values:
            told = self._code_in_column(node, value)
            if told is None:
                rest.append(value)
                continue
            row[CODED + told[0]] = told[1]
            self._in_columns.add(value)
            for name in ("dg:hasCodedValue", "dg:codedVariable", "dg:codedValue", "rdf:type"):
                self._cells.told[name] += 1
        return rest

    def _code_in_column(self, node: int, value: int) -> tuple[str, str] | None:
        """Return variable and value where an import of a column gives the very nodes."""
        said = self._cells.said.get(value, {})
        variables, texts = said.get("coded_variable", []), said.get("coded_value", [])
        if set(said) != {"coded_variable", "coded_value"} or len(variables) != 1 or len(texts) != 1:
            return None
        variable, name = variables[0], self._cells.label(variables[0]) if variables[0] in self._cells.kinds else ""
        part = self._cells.part(field_named("coded_value"), texts[0])
        iri = self._cells.minter.named("variable", name) if name else ""
        if part is None or self._cells.iri(variable) != iri or self._cells.types_of(value) != ["dg:CodedValue"]:
            return None
        plain = self._cells.said[variable].keys() == {"label", "variable_type"} and survives(name, listed=False)
        kind = [self._cells.text(code) for code in self._cells.said[variable].get("variable_type", ())]
        expected = f"{self._cells.iri(node)}-{slug(name) or 'value'}-{iri.rpartition('-')[2]}"
        if not plain or kind != [PREFIXES["dg"] + "textVariable"] or self._cells.iri(value) != expected:
            return None
        return name, part[0]

    def _statements(self, rows: list[_Row]) -> Sheet:
        names = [field.name for field in columns_of("statements")]
        order = {name: place for place, name in enumerate(names)}
        used = {column for row in rows for column in row}
        basic = ("document", "date", "speaker", "on_behalf_of", "addressee", "claim", "polarity")
        last = [name for name in ("sha256", "evidence_sha256", "evidence_id", "classes", "kind", "id") if name in used]
        columns = [name for name in names if (name in used or name in basic) and name not in last]
        codes = sorted(column for column in used if column not in order)
        understood = {header_key(key) for field in columns_of("statements") for key in (field.name, *field.also)}
        headers = {
            column: column if header_key(column[len(CODED) :]) in understood else column[len(CODED) :]
            for column in codes
        }
        rows.sort(
            key=lambda row: (
                row.get("document", ""),
                row.get("start", "").rjust(9, "0"),
                row.get("kind"),
                row.get("id"),
            )
        )
        ordered = [*columns, *codes, *last, *(name for name in ("kind", "id") if name not in last)]
        return _written(ordered, rows, headers)


def _sheet(name: str, rows: list[_Row]) -> Sheet:
    """Return a sheet with the columns that are used: kind, id, fields in the order of the forms, machinery."""
    used = {column for row in rows for column in row}
    first = ("name", "kind", "id") if name == "actors" else _FIRST
    fields = dict.fromkeys(column for kind in SHEETS[name] for column in _columns_of_kind(name, kind))
    columns = [column for column in first if column in used or column != "label"]
    middle = [*fields, *sorted(used - fields.keys() - {*columns, *_LAST})]
    columns += [column for column in middle if column in used and column not in columns]
    return _written([*columns, *(column for column in _LAST if column in used)], rows, {})


def _columns_of_kind(sheet: str, kind: str) -> Iterable[str]:
    for name in entry_forms()[kind].fields:
        if name != "evidence" and (column := column_of(sheet, kind, name)):
            yield column
            yield column + LISTED


def _written(columns: Sequence[str], rows: Iterable[_Row], headers: Mapping[str, str]) -> Sheet:
    header = [safe_cell(headers.get(column, column)) for column in columns]
    return [header, *([safe_cell(row.get(column, "")) for column in columns] for row in rows)]
