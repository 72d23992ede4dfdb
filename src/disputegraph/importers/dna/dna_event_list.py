"""DNA's event list: a CSV file with a row for each statement, as DNA 3 exports it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from disputegraph.importers.dna.dna_content import Content, Document, Entity, Statement, StatementType, Variable
from disputegraph.tables import Problems, Row, read_table, whole

_BEFORE = ("statement_id", "time")
_BEHIND = (
    "start_position", "stop_position", "text", "coder", "document_id", "document_title", "document_author",
    "document_source", "document_section", "document_type",
)  # fmt: skip
_TYPE = 1
_LONGEST_ENTITY = 190
"""Characters of the longest short text that DNA stores."""


def is_event_list(path: Path) -> bool:
    """Return whether a file begins with the header of DNA's event list."""
    if not path.is_file() or path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return False
    with path.open("rb") as stream:
        head = stream.readline(10_000).decode("utf-8-sig", "replace")
    return all(name in head for name in (*_BEFORE, "stop_position", "document_id", "document_title"))


def read_event_list(path: Path) -> Content:
    """Return the content of an event list; the texts of documents are not in it.

    Variables are what stands between the time and the start position: boolean where all values are 0 or 1, integer
    where all are whole numbers, else short or, where they are long, long text.

    Raises:
        ProblemsError: rows are ragged, or times, ids or documents cannot be read.
        DataError: the file cannot be read at all.
    """
    problems = Problems()
    table = read_table(path, problems, raw=True)
    missing = [name for name in (*_BEFORE, *_BEHIND) if name not in table.header]
    for name in missing:
        problems.error("is missing, and DNA's event list has it.", table.name, 1, name)
    rows = list(table.rows)
    problems.stop_if_any()
    place = {name: number for number, name in enumerate(table.header)}
    names = [name for name in table.header if name not in (*_BEFORE, *_BEHIND)]
    variables = tuple(
        Variable(number, name, _kind([row.cells[place[name]] for row in rows]))
        for number, name in enumerate(names, start=1)
    )
    content = Content({}, [], [StatementType(_TYPE, "DNA Statement", variables)], {}, [], Counter(), has_texts=False)
    reader = _Rows(content, place, problems, table.name)
    for row in rows:
        reader.read(row, variables)
    problems.stop_if_any()
    return content


class _Rows:
    """Reads rows into a content, with every entity, coder and document once."""

    def __init__(self, content: Content, place: dict[str, int], problems: Problems, file: str) -> None:
        self._content, self._place, self._problems, self._file = content, place, problems, file
        self._entities: dict[tuple[int, str], Entity] = {}
        self._documents: dict[int, Document] = {}
        self._statements: set[int] = set()

    def read(self, row: Row, variables: Sequence[Variable]) -> None:
        """Take one row."""
        numbers = {name: self._number(row, name) for name in ("statement_id", "document_id")}
        coder = self._number(row, "coder", needed=False)
        seconds = self._seconds(row)
        identifier, document = numbers["statement_id"], numbers["document_id"]
        if identifier is None or document is None or seconds is None:
            return
        if identifier in self._statements:
            self._problems.error(f"{identifier} stands twice.", self._file, row.number, "statement_id")
            return
        self._statements.add(identifier)
        if coder is not None:
            self._content.coders.setdefault(coder, f"Coder {coder}")
        if document not in self._documents:
            self._documents[document] = self._document(row, document, seconds)
            self._content.documents.append(self._documents[document])
        elif self._documents[document].date != seconds:
            self._problems.error(
                f"document {document} has another time in an earlier row.", self._file, row.number, "time"
            )
        statement = Statement(identifier, _TYPE, document, 0, 0, coder)
        for variable in variables:
            if cell := self._cell(row, variable.name):
                statement.values[variable.id] = self._value(variable, cell)
        self._content.statements.append(statement)

    def _value(self, variable: Variable, cell: str) -> Entity | str | bool | int:
        if variable.kind == "boolean":
            return cell == "1"
        if variable.kind == "integer":
            return int(cell)
        if variable.kind == "long text":
            return cell
        key = variable.id, cell
        if key not in self._entities:
            entity = Entity(len(self._entities) + 1, variable.id, cell, "#000000", None)
            self._entities[key] = self._content.entities[entity.id] = entity
        return self._entities[key]

    def _document(self, row: Row, identifier: int, seconds: int) -> Document:
        title, author, source, section, kind = (
            self._cell(row, f"document_{name}") for name in ("title", "author", "source", "section", "type")
        )
        return Document(identifier, title, "", None, author, source, section, "", kind, seconds)

    def _cell(self, row: Row, column: str) -> str:
        return row.cells[self._place[column]]

    def _number(self, row: Row, column: str, *, needed: bool = True) -> int | None:
        cell = self._cell(row, column)
        number = whole(cell)
        if number is None and (cell or needed):
            self._problems.error(f"'{cell}' is not a whole number.", self._file, row.number, column)
        return None if number is None else int(number)

    def _seconds(self, row: Row) -> int | None:
        cell = self._cell(row, "time")
        try:
            return calendar.timegm(dt.datetime.fromisoformat(cell).timetuple())
        except ValueError:
            self._problems.error(
                f"'{cell}' is not a time such as 2005-01-26 00:00:00, as DNA writes it.", self._file, row.number, "time"
            )
            return None


def _kind(cells: Sequence[str]) -> str:
    values = {cell for cell in cells if cell}
    if values and values <= {"0", "1"}:
        return "boolean"
    if values and all(whole(value) is not None for value in values):
        return "integer"
    return "long text" if any(len(value) > _LONGEST_ENTITY for value in values) else "short text"
