"""Open a DNA database in a file, read-only, and refuse what is not one; on servers see `dna_server`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from disputegraph.errors import DataError, LimitError, file_errors

# Tables and the columns we read. A file that lacks one is no DNA 3 database.
SCHEMA = {
    "SETTINGS": ("Property", "Value"),
    "CODERS": ("ID", "Name"),
    "DOCUMENTS": ("ID", "Title", "Text", "Coder", "Author", "Source", "Section", "Notes", "Type", "Date"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "DataType", "StatementTypeId"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"),
    "ENTITIES": ("ID", "VariableId", "Value", "Red", "Green", "Blue", "ChildOf"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
    "ATTRIBUTEVARIABLES": ("ID", "VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
}
MOST_BYTES = 4 * 2**30
LONGEST_VALUE = 64 * 2**20
WAIT = 2.0  # seconds for another program to let go of the file


class Database(Protocol):
    """What is asked by SQL: a file of SQLite, or a server."""

    def execute(self, query: str, /) -> Iterable[Any]:
        """Return the rows of a query."""


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for reading; nothing in it is changed, and nothing in it is run.

    Raises:
        DataError: the file is no SQLite database, is encrypted, locked, damaged, or of another version of DNA.
        LimitError: it is larger than 4 GiB.
    """
    name = str(path)
    _check_head(path, name)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            database.text_factory = lambda content: content.decode("utf-8", "replace")
            # Views and triggers of a hostile file get no functions to call, and none is read (see below).
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA query_only = ON")
            _check_schema(database, name)
            yield database
    except sqlite3.DatabaseError as error:
        raise _explained(error, name) from None


def rows(database: Database, table: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table of `SCHEMA` by ID, with the columns listed there."""
    columns = SCHEMA[table]
    order = columns[0] if columns[0] in ("ID", "Property") else ", ".join(columns[:2])
    yield from database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}")  # noqa: S608  # our names


def _check_head(path: Path, name: str) -> None:
    with file_errors(path):
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(16)
    if size > MOST_BYTES:
        raise LimitError(f"{name}: {size / 2**30:.1f} GiB, and at most {MOST_BYTES // 2**30} GiB are read.")
    if head == b"SQLite format 3\0":
        return
    if not head:
        raise DataError("is empty; a DNA database is an SQLite file.", path=name)
    if head.startswith((b"<?xml", b"<graphml")):
        raise DataError(
            "is XML. A GraphML network needs the suffix .graphml; DNA 1 files need DNA 2 to open.", path=name
        )
    if head.isascii() and head.decode().isprintable():
        raise DataError("is text, not an SQLite database, as a .dna file is.", path=name)
    raise DataError(
        "is no SQLite database, or an encrypted one. DNA writes plain SQLite files; decrypt it first.", path=name
    )


def _check_schema(database: sqlite3.Connection, name: str) -> None:
    # Only real tables count: a view of a table's name could run any query.
    tables = {str(row[0]).upper() for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    columns = {table: database.execute(f"PRAGMA table_info({table})") for table in tables & set(SCHEMA)}
    told = {table: {str(row[1]).upper() for row in found} for table, found in columns.items()}
    check_tables(database, name, {table: told.get(table, set()) for table in tables})


def check_tables(database: Database, name: str, tables: Mapping[str, set[str]]) -> None:
    """Refuse a database that lacks a table or a column of DNA 3, or that another version wrote.

    Args:
        database: to be asked for the version.
        name: what it is called in messages.
        tables: its tables, not its views, with their columns, all in capital letters.

    Raises:
        DataError: it is not a database of DNA 3.
    """
    missing = sorted(set(SCHEMA) - tables.keys())
    if missing:
        dna_2 = "DNA 2 wrote it; open it once with DNA 3, which converts it. " if "STATEMENTTYPES" in tables else ""
        raise DataError(
            f"is a database, but no DNA 3 database: it has no table {', '.join(missing)}. {dna_2}".strip(), path=name
        )
    for table, columns in SCHEMA.items():
        lacking = [column for column in columns if column.upper() not in tables[table]]
        if lacking:
            raise DataError(f"the table {table} has no column {', '.join(lacking)}; DNA 3 writes one.", path=name)
    version = next((str(row[1]) for row in rows(database, "SETTINGS") if row[0] == "version"), "")
    if version and not version.startswith("3."):
        raise DataError(
            f"was written by DNA {version}, and DNA 3 is read. Open it once with DNA 3, which converts it.", path=name
        )


def _explained(error: sqlite3.DatabaseError, name: str) -> DataError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return DataError("is locked by another program; close it in DNA and try again.", path=name)
    if "not a database" in text or "malformed" in text:
        return DataError(f"is damaged or encrypted: {text}. Restore it from a backup.", path=name)
    if "too big" in text:
        return DataError(f"holds a value above {LONGEST_VALUE // 2**20} MiB, which no document is.", path=name)
    return DataError(f"cannot be read: {text}.", path=name)
