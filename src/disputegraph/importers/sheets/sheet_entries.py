"""Rows that say of one thing what its form has: read, looked up when all names are known, and put into the graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from disputegraph.importers.sheets.sheet_actions import Actions
from disputegraph.importers.sheets.sheet_cells import absolute, coded_field, term_of_cell
from disputegraph.importers.sheets.sheet_claims import Claims
from disputegraph.importers.sheets.sheet_division import LISTED, SHEETS, TEXTS, field_in, kind_meant, kind_word
from disputegraph.importers.sheets.sheet_documents import Document, Documents, Span
from disputegraph.importers.sheets.sheet_names import ASIDE, At, Known, Names, Reading, did_you_mean, iri_kind
from disputegraph.importers.triples import Triples
from disputegraph.model import ACTOR, EntryField, entry_fields, entry_forms
from disputegraph.tables import shown, split_list
from disputegraph.vocabulary import PREFIXES

UNTYPED = "untyped"
"""In the column `classes`: the thing has no class."""

Value = NamedNode | Literal | Known

_MADE = ("Issue", "Collective")
_ACTED = ("Person", "Organization")
_PLACE = re.compile(r"(?P<document>.+?)\s+(?P<start>\d+)-(?P<end>\d+)(?:\s+(?P<sha256>[0-9a-f]{64}))?", re.DOTALL)
_PLACES = ("evidence", "evidence_sha256", "evidence_id")
_OF_DOCUMENTS = {
    "issued": "document_date", "title": "document_title", "text_digest": "document_sha256",
    "text_length": "document_length",
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What one row says of one thing.

    Attributes:
        kind: a kind of the table of forms.
        iri: the thing's IRI; empty until it is known.
        at: where the row stands.
        cells: what it says, by the column's name.
        fields: the same by field: the column, and the cell.
        classes: the classes to add.
        values: what the fields say, once it is looked up.
        spans: places in the document of the row, beside those in the column evidence.
        anchors: the IRIs of its evidence.
    """

    kind: str
    iri: str
    at: At
    cells: dict[str, str]
    fields: dict[str, tuple[str, str]]
    classes: list[NamedNode] = field(default_factory=list)
    values: list[tuple[EntryField, Value]] = field(default_factory=list)
    spans: list[tuple[Document, Span]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)


class Entries:
    """The rows read so far."""

    def __init__(
        self, reading: Reading, *, names: Names, actions: Actions, claims: Claims, documents: Documents
    ) -> None:
        self._reading, self._minter, self._problems = reading, reading.minter, reading.problems
        self._names, self._actions, self._claims, self._documents = names, actions, claims, documents
        self._language = reading.language
        self._all: list[Entry] = []
        self._declared: dict[str, Entry] = {}
        self._coders: dict[str, str] = {}
        self._strange: dict[tuple[str, str, str], list[tuple[str, int]]] = {}

    def __len__(self) -> int:
        return len(self._declared)

    def declare(self, sheet: str, cells: Mapping[str, str], at: At) -> Entry | None:
        """Take a row that says all there is to say of a thing; None if the row has a problem."""
        alone = SHEETS[sheet][0] if len(SHEETS[sheet]) == 1 else ""
        kind = kind_meant(cells["kind"]) if cells.get("kind") else alone
        if not kind:
            words = [kind_word(kind) for kind in SHEETS[sheet]]
            text = (
                f"'{cells['kind']}' is not a kind.{did_you_mean(cells['kind'], words)}"
                if "kind" in cells
                else "is empty."
            )
            self._problems.error(f"{text} Kinds of this sheet: {', '.join(words)}.", *at, "kind")
            return None
        entry = self._entry(sheet, kind, cells, at)
        iri = self._iri(entry)
        if iri is None:
            return None
        entry.iri = iri
        self._declared.setdefault(iri, entry)
        if (other := self._names.by_iri(iri)) is not None:
            row = f"{other.declared[0]}, row {other.declared[1]}" if other.declared else "another row"
            text = f"<{iri}> is described in {row} too. Give one of the two another id, or say it in one row."
            self._problems.error(text, *at, "id")
            return None
        classes = split_list(cells.get("classes", "")) or list(entry_forms()[kind].classes)
        entry.classes = [node for name in classes if name != UNTYPED and (node := self._class(name, at))]
        self._name(entry)
        return entry

    def more(self, sheet: str, kind: str, iri: str, cells: Mapping[str, str], at: At) -> Entry:
        """Take further columns of a row whose thing other columns describe; its IRI may be told later."""
        entry = self._entry(sheet, kind, cells, at)
        entry.iri = iri
        return entry

    def know(self, identifier: str, at: At) -> None:
        """Note the id of an utterance that other columns describe, so that rows can name it."""
        try:
            iri = self._minter.given(identifier) if identifier else ""
        except ValueError:
            return  # told where the IRI is made
        if iri and self._names.by_iri(iri) is None:
            self._names.add(Known(iri, "", "Utterance", at, described=True), ())

    def resolve(self) -> None:
        """Look up what all the rows say; names that are not known become known by it, as those of statements do."""
        for entry in self._all:
            for name, (column, cell) in entry.fields.items():
                field_ = self._coded(entry) if name == "coded_value" else entry_fields()[name]
                self._read(entry, field_, column, cell)
            self._read_places(entry)
        for (file, column, text), found in self._strange.items():
            name, row = found[0]
            more = f"; so are {len(found) - 1:,} below" if len(found) > 1 else ""
            self._problems.warn(f"'{name}' is {text}{more}.", file, row, column)

    def emit(self, triples: Triples) -> None:
        """Add everything to the graph, when every name has its IRI."""
        for entry in self._all:
            if not entry.iri:
                continue
            for node in entry.classes:
                triples.add(entry.iri, "rdf:type", node)
            for field_, value in entry.values:
                collective = isinstance(value, Known) and value.kind == "Collective"
                predicate = "org:memberOf" if field_.name == "member_of" and not collective else field_.predicate
                if isinstance(value, Known):
                    triples.add_iri(entry.iri, predicate, value.iri)
                else:
                    triples.add(entry.iri, predicate, value)
            for anchor in entry.anchors:
                triples.add_iri(entry.iri, "dg:evidence", anchor)
        for iri, name in self._coders.items():
            triples.named(iri, name, "dg:Coder", language=self._language)

    # ---- taking rows

    def _entry(self, sheet: str, kind: str, cells: Mapping[str, str], at: At) -> Entry:
        known = entry_fields()
        fields: dict[str, tuple[str, str]] = {}
        for column, cell in cells.items():
            name = field_in(sheet, kind, column.removesuffix(LISTED))
            here = entry_forms()[kind].fields if sheet == "statements" else known
            if name in here and known[name].value != "evidence":
                if name in fields:
                    text = f"says a second time what the column '{fields[name][0]}' says; clear one of the two."
                    self._problems.error(text, *at, column)
                fields[name] = (column, cell)
        entry = Entry(kind, "", at, dict(cells), fields)
        self._all.append(entry)
        return entry

    def _iri(self, entry: Entry) -> str | None:
        if identifier := entry.cells.get("id", ""):
            return self._reading.given(identifier, entry.at, "id")
        acts = entry.kind in entry_fields()["speaker"].kinds
        word = iri_kind(entry.kind) if acts or entry.kind in ("Hospital", "Issue") else entry.kind.lower()
        if "label" in entry.fields:
            return self._minter.named(word, entry.fields["label"][1])
        return self._minter.from_parts(word, *(f"{column}={cell}" for column, cell in sorted(entry.cells.items())))

    def _name(self, entry: Entry) -> None:
        label = shown(entry.fields.get("label", ("", ""))[1])
        aliases = split_list(entry.fields.get("aliases", ("", ""))[1])
        if entry.kind == "Document" and not label:
            label = shown(entry.fields.get("identifier", ("", ""))[1])
        known = Known(entry.iri, label, entry.kind, entry.at, identified=True, described=True)
        names = [name for name in (label, *aliases) if name]
        if entry.kind == "Document" and "identifier" in entry.fields:
            names.append(entry.fields["identifier"][1])
        self._names.add(known, names)
        if entry.kind not in ASIDE:
            self._names.labels += names
        if entry.kind == "Claim":
            self._claims.declare(known, {column: (cell, entry.at) for column, cell in entry.fields.values()})
        elif entry.kind == "Document":
            told = {
                _OF_DOCUMENTS[name]: (entry.fields[name][1], entry.at) for name in _OF_DOCUMENTS if name in entry.fields
            }
            self._documents.declare(known, told)

    def _class(self, name: str, at: At) -> NamedNode | None:
        prefix, _, local = name.partition(":")
        try:
            return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)
        except ValueError:
            self._problems.error(f"'{name}' is not a class, such as dg:Person or an IRI.", *at, "classes")
            return None

    # ---- looking up

    def _read(self, entry: Entry, field_: EntryField, column: str, cell: str) -> None:
        one = not field_.many and not column.endswith(LISTED)
        parts = [cell] if one and field_.value in TEXTS else split_list(cell)
        if one and len(parts) > 1:
            text = f"names several: {', '.join(parts)}. There can be one; a semicolon within a name is written \\;."
            self._problems.error(text, *entry.at, column)
            return
        for part in parts:
            if field_.is_node:
                value: Value | None = self._node(field_, part, column, entry.at)
            elif field_.name == "action":
                value = absolute(part)
                if value is None:
                    self._actions.meet(part, *entry.at)
                    value = NamedNode(self._actions.iri(part))
            else:
                value = self._term(field_, part, column, entry.at)
            if value is not None:
                entry.values.append((field_, value))

    def _coded(self, entry: Entry) -> EntryField:
        """Return the field of a coded value, by the type of its variable."""
        name = entry.fields.get("coded_variable", ("", ""))[1]
        rows = [self._declared[known.iri] for known in self._names.find(name, ("Variable",))]
        if not rows or "variable_type" not in rows[0].fields:
            return coded_field("")
        column, cell = rows[0].fields["variable_type"]
        word = self._term(entry_fields()["variable_type"], cell, column, rows[0].at)
        return coded_field(word.value if word else "")

    def _term(self, field_: EntryField, text: str, column: str, at: At) -> NamedNode | Literal | None:
        try:
            return term_of_cell(field_, text, self._language)
        except ValueError as error:
            self._problems.error(str(error), *at, column)
            return None

    def _node(self, field_: EntryField, name: str, column: str, at: At) -> Value | None:
        """Return the node that a name or an id means; an actor, an issue or a document that is not known is made."""
        kinds = field_.kinds
        if known := self._names.chosen(name, self._names.meant(name, kinds), at, column):
            known.roles.add(field_.name)
            if kinds and known.kind not in kinds and known.declared and known.kind != "Elsewhere":
                key = (at[0], column, f"{_article(known.kind)}, and {_wanted(kinds)} is wanted")
                self._strange.setdefault(key, []).append((name, at[1]))
            return known
        if (node := absolute(name)) is not None:
            return node
        if kinds == ("Document",):
            return NamedNode(self._documents.meet(name, "", "", at).iri)
        if kinds == ("Coder",):
            iri = self._minter.named("coder", name)
            self._coders[iri] = min(shown(name), self._coders.get(iri, shown(name)))
            return NamedNode(iri)
        if (claim := self._claims.find(name)) and (not kinds or "Claim" in kinds):
            return NamedNode(claim.iri)
        if column == "claim":
            return NamedNode(self._claims.meet(name, "", at).iri)
        if not kinds or set(kinds) & {*_ACTED, *_MADE}:
            return self._names.meet(name, field_.name, *at)
        known_names = self._claims.labels() if "Claim" in kinds else self._names.called(kinds)
        text = f"'{name}' is the name or id of no {_wanted(kinds).partition(' ')[2]}.{did_you_mean(name, known_names)}"
        self._problems.error(text, *at, column)
        return None

    # ---- evidence

    def _read_places(self, entry: Entry) -> None:
        """Read the evidence: places in documents, their digests and their ids, in columns side by side."""
        places, digests, ids = (split_list(entry.cells.get(column, "")) for column in _PLACES)
        count = len(entry.spans) + len(places)
        for column, parts, wanted in (("evidence_sha256", digests, len(places)), ("evidence_id", ids, count)):
            if parts and len(parts) != wanted:
                self._problems.error(f"{len(parts)} for {wanted} places.", *entry.at, column)
                return
        spans = [*entry.spans]
        for number, place in enumerate(places):
            match = _PLACE.fullmatch(place)
            if match is None:
                text = f"'{place}' is not a place; write the document, and from where to where: Gazette 120-151."
                self._problems.error(text, *entry.at, "evidence")
                return
            document = self._documents.meet(match["document"], "", "", entry.at)
            digest = match["sha256"] or (digests[number] if digests else "")
            columns = ("evidence", "evidence", "evidence_sha256")
            span = self._documents.place_span(document, (match["start"], match["end"], digest), entry.at, columns)
            if span is None:
                return
            spans.append((document, span))
        for number, (document, span) in enumerate(spans):
            iri = (self._reading.given(ids[number], entry.at, "evidence_id") or "") if ids else ""
            entry.anchors.append(self._documents.anchor(document, span, iri, entry.at))


def _wanted(kinds: Collection[str]) -> str:
    return _article(next(iter(kinds)) if "Person" not in kinds else ACTOR)


def _article(kind: str) -> str:
    word = kind_word(kind) or "name of unknown kind"
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
