"""Query files: SPARQL with a comment header from which listings, parameters and documentation are made.

A header is the run of ``# field: text`` lines at the top of the file. Fields are ``title``, ``question`` or ``rule``,
``severity``, ``message``, and, any number of times, ``column NAME`` and ``parameter NAME``. A line that begins with
``#`` and two or more blanks continues the field above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from disputegraph.errors import UsageError, file_errors, nearest
from disputegraph.resources import ontology_folder
from disputegraph.sparql.guard import examine

_FIELD = re.compile(r"#\s?(?P<field>[a-z]+)(?:\s+(?P<of>\w+))?:\s*(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A SPARQL query with what its header says.

    Attributes:
        name: the file's name without suffix, by which the command line knows it.
        path: where it is.
        text: the whole SPARQL text, header included.
        fields: the header's plain fields, such as title, question, rule, severity, message.
        columns: what each column of the result is, in the header's order.
        parameters: what each variable that a caller may bind stands for.
    """

    name: str
    path: Path
    text: str
    fields: dict[str, str]
    columns: dict[str, str]
    parameters: dict[str, str]

    @property
    def title(self) -> str:
        """The title; the file's name where the header has none."""
        return self.fields.get("title", self.name)

    @property
    def question(self) -> str:
        """The question that the query answers, or an empty string."""
        return self.fields.get("question", "")

    def to_dict(self) -> dict[str, object]:
        """Return what the header says, as plain JSON."""
        return {name: getattr(self, name) for name in ("name", "title", "question", "parameters", "columns")}


def read_query_file(path: Path) -> QueryFile:
    """Return the query in `path` with its header.

    Raises:
        DataError: the file is not there, cannot be read, or is not UTF-8 text.
    """
    with file_errors(path):
        text = path.read_text(encoding="utf-8-sig")
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    parameters: dict[str, str] = {}
    last: tuple[dict[str, str], str] | None = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _FIELD.fullmatch(line):
            group = {"column": columns, "parameter": parameters}.get(match["field"], fields)
            key = match["of"] if group is not fields and match["of"] else match["field"]
            group[key] = match["text"].strip()
            last = (group, key)
        elif last is not None and line.startswith("#  "):
            last[0][last[1]] += " " + line[1:].strip()
    return QueryFile(path.stem, path, text, fields, columns, parameters)


def read_query_folder(folder: Path) -> dict[str, QueryFile]:
    """Return the queries of a folder by name, sorted."""
    return {path.stem: read_query_file(path) for path in sorted(folder.glob("*.rq"))}


@cache
def query_text(package: str, name: str) -> str:
    """Return the SPARQL text of one of the queries that a package itself asks, kept in its folder `queries`."""
    return (Path(__file__).parents[1] / package / "queries" / f"{name}.rq").read_text(encoding="utf-8")


@cache
def named_queries() -> dict[str, QueryFile]:
    """Return the queries that come with the ontology, by name."""
    return read_query_folder(ontology_folder() / "queries")


def find_query(query: str) -> QueryFile:
    """Return the query that a user means.

    Args:
        query: the name of a named query, the path of a ``.rq`` or ``.sparql`` file, or SPARQL text.

    Raises:
        QueryError: the file cannot be read.
        UsageError: it is neither a name nor a file nor SPARQL; the nearest names are given.
    """
    known = named_queries()
    if query in known:
        return known[query]
    one_line = "\n" not in query
    if one_line and (query.endswith((".rq", ".sparql")) or _is_file(query)):
        return read_query_file(Path(query))
    if not one_line or re.search(r"[\s{}]", query.strip()) or examine(query).form:
        return QueryFile("query", Path("query"), query, {}, {}, {})
    raise UsageError(
        f"there is no query named '{query}', and it is neither a file nor SPARQL text.{nearest(query, known)} "
        "'disputegraph queries' lists the names."
    )


def is_named(query: QueryFile) -> bool:
    """Return whether a query is one of those that come with the ontology."""
    return query in named_queries().values()


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # too long for a path, so it is a query
        return False
