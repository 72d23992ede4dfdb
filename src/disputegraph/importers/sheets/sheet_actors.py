"""Read the sheet of actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from disputegraph.importers.sheets.sheet_division import columns_of, kind_meant
from disputegraph.importers.sheets.sheet_entries import Entries
from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, arrange
from disputegraph.importers.sheets.sheet_names import (
    ARRANGEMENTS,
    SPEAKING_DOCUMENT,
    STATUSES,
    Known,
    Names,
    Reading,
    did_you_mean,
)
from disputegraph.importers.sheets.sheet_words import meaning, terms
from disputegraph.importers.triples import Triples, literal, term
from disputegraph.tables import Table, key_of, shown, split_list

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
    table: Table,
    reading: Reading,
    names: Names,
    triples: Triples,
    *,
    mapping: Mapping[str, str],
    entries: Entries | None,
) -> ActorSheet:
    """Declare every actor of a sheet in `names`, and add what it says of them to `triples`.

    Relations are returned, since the other end may be somebody whom only the statements tell more of; and so are
    arrangements that no document attests, since only the claims tell whether anybody speaks of them.

    Args:
        table: the sheet.
        reading: what the import shares.
        names: who and what has a name.
        triples: the graph.
        mapping: from column to field, as the user gave it.
        entries: where further columns go, and rows with an id, which say all there is to say; of a workbook only.
    """
    fields = ACTOR_FIELDS if entries is None else columns_of("actors")
    places, others = arrange(table.header, fields, mapping, table.name, reading.problems)
    for column in others:
        text = f"is not a field.{did_you_mean(column, [field.name for field in fields])}"
        reading.problems.warn(f"{text} Its cells are kept as attributes of the actors.", table.name, 1, column)
    reader = _ActorReader(table.name, reading, names)
    read: list[tuple[int, Known, _Cells]] = []
    basic = {field.name for field in ACTOR_FIELDS}
    for row in table.rows:
        cells = {name: row.cells[place] for name, place in places.items() if row.cells[place]}
        at = (table.name, row.number)
        coded = {column: row.cells[place] for column, place in others.items() if row.cells[place]}
        if entries is not None and "id" in cells and kind_meant(cells.get("kind", "")):
            entry = entries.declare("actors", cells, at)
            if entry is not None:
                _add_attributes(triples, reading, entry.iri, coded)
        elif (known := reader.declare(cells, row.number)) is not None:
            read.append((row.number, known, cells))
            _add_attributes(triples, reading, known.iri, coded)
            further = {column: cell for column, cell in cells.items() if column not in basic}
            if entries is not None and further:
                entries.more("actors", known.kind, known.iri, further, at)
    sheet = ActorSheet(reader)
    for number, known, cells in read:
        if known.kind in ARRANGEMENTS and not cells.get("documented_in"):
            sheet.unattested.append((number, known, cells))
        elif known.kind != "Elsewhere":
            sheet.add(triples, number, known, cells)
    return sheet


def _add_attributes(triples: Triples, reading: Reading, iri: str, coded: Mapping[str, str]) -> None:
    """Add what further columns say of an actor, such as a party, as values of variables of that name."""
    for column, value in coded.items():
        variable = reading.minter.named("variable", column)
        triples.coded_text(iri, column, variable, value)
        triples.variable(variable, column, language=reading.language)


def add_known(triples: Triples, known: Known, language: str) -> None:
    """Add the class and label of somebody or something; what is described elsewhere is left to that place."""
    if known.kind == "Elsewhere":
        return
    if known.kind in ARRANGEMENTS:
        _add_arrangement(triples, known)
    elif known.kind == SPEAKING_DOCUMENT:
        triples.typed(known.iri, "dg:Document")
        triples.typed(known.iri, "dg:Actor")
    else:
        triples.typed(known.iri, f"dg:{known.kind}")
    if known.kind == "Hospital":
        triples.typed(known.iri, "org:Site")
    if known.kind == "Issue":
        triples.typed(known.iri, "skos:Concept")
    triples.add(known.iri, "skos:prefLabel", literal(known.label, language=language))


def _add_arrangement(triples: Triples, known: Known) -> None:
    """Add what an arrangement or planned action is, or is said to be where no document attests it."""
    kind = "dg:PlannedAction" if known.kind == "PlannedAction" else "dg:Arrangement"
    status = STATUSES.get(known.kind)
    if known.document is None:
        triples.typed(known.iri, "dg:ClaimedThing")
        triples.add(known.iri, "dg:claimedKind", term(kind))
        if status:
            triples.add(known.iri, "dg:claimedStatus", term(f"dg:{status}"))
        return
    triples.typed(known.iri, kind)
    if status:
        node = f"{known.iri}-{status}"
        triples.add_iri(known.iri, "dg:hasStatus", node)
        triples.typed(node, "dg:Status")
        triples.add(node, "dg:statusValue", term(f"dg:{status}"))


@dataclass(frozen=True, slots=True)
class _ActorReader:
    """Reads the rows of one sheet of actors."""

    file: str
    reading: Reading
    names: Names

    def declare(self, cells: _Cells, row: int) -> Known | None:
        """Return the actor of a row by its names, or None if the row has a problem."""
        named = split_list(cells.get("name", ""))
        label = shown(named[0]) if named else ""
        if len(named) > 1:
            text = "names several; write a row for each, or other names of one into aliases. Within a name: \\;."
            self._wrong(text, row, "name")
        kind = meaning("kind", cells.get("kind") or "actor")
        identifier = cells.get("id", "")
        if not label:
            self._wrong("is empty, and an actor needs a name.", row, "name")
        if kind is None:
            hint = did_you_mean(cells["kind"], terms("kind"))
            self._wrong(f"'{cells['kind']}' is not a kind.{hint} Kinds: {', '.join(terms('kind'))}.", row, "kind")
        if kind == "Elsewhere" and not identifier:
            self._wrong("what is described elsewhere needs its id.", row, "id")
        if not label or kind is None:
            return None
        iri = self.reading.given(identifier, (self.file, row), "id") if identifier else None
        aliases = [alias for alias in split_list(cells.get("aliases", "")) if key_of(alias) != key_of(label)]
        return self.names.declare(label, kind, aliases, iri, place=(self.file, row))

    def describe(self, triples: Triples, known: Known, cells: _Cells, row: int) -> None:
        """Add other names, pages about the same and the description."""
        for alias in split_list(cells.get("aliases", "")):
            if shown(alias) not in ("", known.label):
                triples.add(known.iri, "skos:altLabel", literal(shown(alias), language=self.reading.language))
        for address in split_list(cells.get("same_as", "")):
            node = _address(address)
            if node is None:
                self._wrong(f"'{address}' is not an address such as https://…", row, "same_as")
            elif known.kind == "UnnamedSource":
                self._wrong("an unnamed source is never identified with anyone.", row, "same_as")
            else:
                triples.add(known.iri, "schema:sameAs", node)
        if document := cells.get("documented_in", ""):
            if known.kind in ARRANGEMENTS:
                known.document = (document, (self.file, row))
            else:
                self._wrong(
                    f"'{known.label}' is neither an arrangement (proposal, agreement) nor a planned action.",
                    row,
                    "documented_in",
                )
        description = cells.get("description", "")
        if known.kind == "UnnamedSource":
            triples.add(known.iri, "dg:sourceDescription", literal(description or known.label))
        elif description:
            triples.add(known.iri, "skos:note", literal(description, language=self.reading.language))

    def relations(self, known: Known, cells: _Cells, row: int) -> Iterator[Relation]:
        """Yield the relations of an actor; the other ends may be met here for the first time."""
        for column, (predicate, kinds, lacking) in _RELATIONS.items():
            for name in split_list(cells.get(column, "")):
                if known.kind in kinds:
                    yield known, predicate, self.names.meet(name, column, self.file, row)
                else:
                    self._wrong(f"'{known.label}' is {lacking}.", row, column)

    def _wrong(self, message: str, row: int, column: str) -> None:
        self.reading.problems.error(message, self.file, row, column)


def _address(text: str) -> NamedNode | None:
    try:
        return NamedNode(text) if text.startswith(("http://", "https://", "urn:")) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ActorSheet:
    """What was read of a sheet of actors."""

    reader: _ActorReader
    relations: list[Relation] = field(default_factory=list)
    unattested: list[tuple[int, Known, _Cells]] = field(default_factory=list)

    def add(self, triples: Triples, number: int, known: Known, cells: _Cells) -> None:
        """Add what a row says to the graph."""
        self.reader.describe(triples, known, cells, number)
        add_known(triples, known, self.reader.reading.language)
        self.relations.extend(self.reader.relations(known, cells, number))

    def add_claimed(self, triples: Triples) -> None:
        """Add the arrangements of which claims speak. The others are left out with a warning.

        Nothing would say of these that they exist, not even somebody's word.
        """
        for number, known, cells in self.unattested:
            if known.roles & {"subject", "target"}:
                self.add(triples, number, known, cells)
            else:
                text = f"'{known.label}' is attested by no document, and no claim names it: it is left out."
                self.reader.reading.problems.warn(text, self.reader.file, number, "name")
