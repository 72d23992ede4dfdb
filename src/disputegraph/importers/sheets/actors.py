"""Read the sheet of actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import NamedNode

from disputegraph.importers.cells import split_list
from disputegraph.importers.minting import Minter
from disputegraph.importers.problems import Problems
from disputegraph.importers.sheets.fields import ACTOR_FIELDS, arrange
from disputegraph.importers.sheets.names import Known, Names, did_you_mean
from disputegraph.importers.sheets.words import meaning, terms
from disputegraph.importers.tables import Row, read_table
from disputegraph.importers.triples import Triples, literal

__all__ = ["Relation", "add_known", "read_actors"]

_Cells = dict[str, str]
Relation = tuple[Known, str, Known]
"""Who stands in which relation (a prefixed name) to whom."""

_ORGANIZATIONS = ("Organization", "HospitalTrust", "NewsOrganization")
_RELATIONS = {
    "represents": ("dg:represents", _ORGANIZATIONS, "no organization, and only organizations represent others"),
    "close_to": ("dg:closeTo", ("UnnamedSource",), "named; only an unnamed source is close to somebody"),
    "member_of": (
        "org:memberOf",
        (*_ORGANIZATIONS, "Person", "Collective", "UnnamedSource", "Actor"),
        "no actor, so it belongs to nobody",
    ),
}


def read_actors(
    path: Path,
    names: Names,
    triples: Triples,
    minter: Minter,
    problems: Problems,
    *,
    mapping: Mapping[str, str],
    encoding: str | None,
    language: str,
) -> list[Relation]:
    """Declare every actor of a sheet in `names`, add what it says of them to `triples`, and return their relations.

    Relations are returned, since the other end may be somebody whom only the statements tell more of.
    """
    table = read_table(path, problems, encoding=encoding, worksheet="actors")
    places, others = arrange(table.header, ACTOR_FIELDS, mapping, table.name, problems)
    for column in others:
        problems.warn("is no column of a sheet of actors, and is left out.", table.name, 1, column)
    rows: list[tuple[Row, Known, _Cells]] = []
    for row in table.rows:
        cells = {name: row.cells[place] for name, place in places.items()}
        known = _declare(cells, row.number, table.name, names, minter, problems)
        if known is not None:
            rows.append((row, known, cells))
    relations: list[Relation] = []
    for row, known, cells in rows:
        if known.kind == "Elsewhere":
            if not cells.get("id"):
                problems.error("what is described elsewhere needs its id.", table.name, row.number, "id")
            continue
        add_known(triples, known, language)
        _describe(triples, known, cells, row.number, table.name, problems, language)
        relations += _relations(known, cells, row.number, table.name, names, problems)
    return relations


def add_known(triples: Triples, known: Known, language: str) -> None:
    """Add the class and label of somebody or something; what is described elsewhere is left to that place."""
    if known.kind == "Elsewhere":
        return
    triples.typed(known.iri, f"dg:{known.kind}")
    if known.kind == "Hospital":
        triples.typed(known.iri, "org:Site")
    if known.kind == "Issue":
        triples.typed(known.iri, "skos:Concept")
    triples.add(known.iri, "skos:prefLabel", literal(known.label, language=language))


def _declare(cells: _Cells, row: int, file: str, names: Names, minter: Minter, problems: Problems) -> Known | None:
    label = " ".join(cells.get("name", "").split())
    if not label:
        problems.error("is empty, and an actor needs a name.", file, row, "name")
        return None
    kind: str | None = "Actor"
    if cells.get("kind"):
        kind = meaning("kind", cells["kind"])
        if kind is None:
            problems.error(
                f"'{cells['kind']}' is no kind.{did_you_mean(cells['kind'], terms('kind'))} "
                f"Kinds: {', '.join(terms('kind'))}.",
                file,
                row,
                "kind",
            )
            return None
    iri = None
    if cells.get("id"):
        try:
            iri = minter.given(cells["id"])
        except ValueError:
            problems.error(f"'{cells['id']}' can be no part of an IRI.", file, row, "id")
            return None
    aliases = [alias for alias in split_list(cells.get("aliases", "")) if alias != label]
    return names.declare(label, str(kind), aliases, iri, (file, row), problems)


def _describe(
    triples: Triples,
    known: Known,
    cells: _Cells,
    row: int,
    file: str,
    problems: Problems,
    language: str,
) -> None:
    for alias in split_list(cells.get("aliases", "")):
        if alias != known.label:
            triples.add(known.iri, "skos:altLabel", literal(alias, language=language))
    for address in split_list(cells.get("same_as", "")):
        node = _address(address)
        if node is None:
            problems.error(f"'{address}' is no address such as https://…", file, row, "same_as")
        elif known.kind == "UnnamedSource":
            problems.error("an unnamed source is never identified with anyone.", file, row, "same_as")
        else:
            triples.add(known.iri, "schema:sameAs", node)
    description = cells.get("description", "")
    if known.kind == "UnnamedSource":
        triples.add(known.iri, "dg:sourceDescription", literal(description or known.label))
    elif description:
        triples.add(known.iri, "skos:note", literal(description, language=language))


def _relations(
    known: Known, cells: _Cells, row: int, file: str, names: Names, problems: Problems
) -> Iterator[Relation]:
    for column, (predicate, kinds, lacking) in _RELATIONS.items():
        for name in split_list(cells.get(column, "")):
            if known.kind in kinds:
                yield known, predicate, names.meet(name, column, file, row)
            else:
                problems.error(f"'{known.label}' is {lacking}.", file, row, column)


def _address(text: str) -> NamedNode | None:
    try:
        return NamedNode(text) if text.startswith(("http://", "https://", "urn:")) else None
    except ValueError:
        return None
