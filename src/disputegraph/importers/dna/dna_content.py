"""The content of a DNA database as records, its tables joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from disputegraph.importers.dna.dna_database import Database, rows
from disputegraph.tables import shown, whole


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a statement type; `kind` is short text, long text, boolean or integer."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class StatementType:
    """A form that coders fill in."""

    id: int
    label: str
    variables: tuple[Variable, ...]


@dataclass(slots=True)
class Entity:
    """One value of a short text variable, with its attributes by name; an empty `value` stands for no value."""

    id: int
    variable: int
    value: str
    colour: str
    parent: int | None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `date` is in seconds since 1970, UTC; None where it is missing or not a number."""

    id: int
    title: str
    text: str
    coder: int | None
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: int | None


@dataclass(slots=True)
class Statement:
    """One coded span, in UTF-16 units of the document's text, with its values by variable.

    A value is an Entity, a text, a bool or an int.
    """

    id: int
    type: int
    document: int
    start: int
    stop: int
    coder: int | None
    values: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All of a database that a graph keeps; passwords, permissions, colours of the interface are never read.

    `odd` counts the values that fit no variable of their kind, and are taken as empty, by what is wrong with them.
    An event list has no texts of documents, so that its statements have no place in them.
    """

    coders: dict[int, str]
    documents: list[Document]
    types: list[StatementType]
    entities: dict[int, Entity]
    statements: list[Statement]
    odd: Counter[str]
    has_texts: bool = True


def read_content(database: Database) -> Content:
    """Return the content of an open database."""
    variables: dict[int, list[Variable]] = defaultdict(list)
    for id_, name, kind, type_ in rows(database, "VARIABLES"):
        variables[_int(type_)].append(Variable(_int(id_), _text(name), _text(kind)))
    types = [
        StatementType(_int(row[0]), _text(row[1]), tuple(variables[_int(row[0])]))
        for row in rows(database, "STATEMENTTYPES")
    ]
    entities = {}
    for id_, variable, value, red, green, blue, parent in rows(database, "ENTITIES"):
        colour = f"#{_int(red):02x}{_int(green):02x}{_int(blue):02x}"
        entities[_int(id_)] = Entity(_int(id_), _int(variable), _text(value), colour, _maybe(parent))
    names = {_int(row[0]): _text(row[2]) for row in rows(database, "ATTRIBUTEVARIABLES")}
    for entity, variable, value in rows(database, "ATTRIBUTEVALUES"):
        if _int(entity) in entities and _text(value):
            entities[_int(entity)].attributes[names.get(_int(variable), f"attribute {variable}")] = _text(value)
    statements = {}
    odd = Counter[str]()
    for id_, type_, document, start, stop, coder in rows(database, "STATEMENTS"):
        statements[_int(id_)] = Statement(
            _int(id_), _int(type_), _int(document), _int(start), _int(stop), _maybe(coder)
        )
    for table, read in (
        ("DATABOOLEAN", lambda value: {"0": False, "1": True}.get(whole(_text(value)) or "")),
        ("DATAINTEGER", _maybe),
        ("DATASHORTTEXT", lambda value: entities.get(_int(value))),
        ("DATALONGTEXT", _text),
    ):
        for statement, variable, value in rows(database, table):
            if _int(statement) in statements:
                values, known = statements[_int(statement)].values, read(value)
                odd[f"values of {table} are none (NULL, or out of range), and are taken as empty"] += known is None
                if values.setdefault(_int(variable), known) != known:
                    odd["values are given to a variable of a statement that has another; the first counts"] += 1
    documents = []
    for id_, title, text, coder, *others, date in rows(database, "DOCUMENTS"):
        author, source, section, notes, kind = (_text(value) for value in others)
        told = (author, source, section, notes, kind, _maybe(date))
        documents.append(Document(_int(id_), shown(_text(title)), _text(text), _maybe(coder), *told))
    coders = {_int(row[0]): shown(_text(row[1])) for row in rows(database, "CODERS")}
    return Content(coders, documents, types, entities, list(statements.values()), odd)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _int(value: object) -> int:
    return _maybe(value) or 0


def _maybe(value: object) -> int | None:
    number = whole(str(value)) if isinstance(value, int | float | str) else None
    return None if number is None else int(number)
