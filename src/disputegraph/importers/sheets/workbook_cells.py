"""What the sheets can say of a graph: how a cell tells each value, and how many values of each property are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from disputegraph.importers.minting import Minter
from disputegraph.importers.sheets.sheet_actions import scheme
from disputegraph.importers.sheets.sheet_cells import absolute, cell_text, coded_field, survives, term_of_cell
from disputegraph.importers.sheets.sheet_division import TEXTS
from disputegraph.importers.sheets.sheet_names import Known, Names, Reading
from disputegraph.importers.sheets.written_rows import common_base
from disputegraph.model import EntryField, Model, entry_fields, entry_forms, local_name
from disputegraph.tables import key_of
from disputegraph.vocabulary import PREFIXES

_ANCHOR = ("dg:Anchor", "oa:SpecificResource")
_SELECTOR = ("oa:TextPositionSelector",)
_UNTOLD_NAMES = ("skos:prefLabel", "rdfs:label", "foaf:name", "schema:name")


@dataclass(frozen=True, slots=True)
class Place:
    """An anchor as the sheets can tell it."""

    document: int
    start: int
    end: int
    digest: str
    iri: str


class CellWriter:
    """Tells values in cells, and counts what is told. Nodes are known by their numbers.

    Attributes:
        model: the graph.
        minter: of the IRIs that an import will make.
        language: of most labels.
        kinds: the kind of each node that has a row.
        said: what the graph says of these, by field.
        told: how many values of each property the sheets tell, by prefixed name.
        retagged: of how many they tell the text, and not the language.
    """

    def __init__(self, model: Model, base: str | None) -> None:
        self.model, self._facts, self.text = model, model.facts, model.facts.terms.text
        utterances = sorted(model.said.nodes.tolist(), key=self.text)
        self.minter = Minter(base or common_base(map(self.text, utterances)))
        self.language = _main_language(model)
        self._types = self._facts.stated("rdf:type")
        self.kinds = self._kinds_of_nodes()
        self.said: dict[int, dict[str, list[int]]] = {node: {} for node in self.kinds}
        self.told: Counter[str] = Counter()
        self.retagged: Counter[str] = Counter()
        for field in entry_fields().values():
            pairs = self._facts.stated(field.predicate)
            for node, value in zip(pairs.subjects.tolist(), pairs.values.tolist(), strict=True):
                if node in self.said:
                    self.said[node].setdefault(field.name, []).append(value)
        for node in self._facts.stated("org:memberOf").subjects.tolist():
            if node in self.said:
                self.said[node].setdefault("member_of", [])
        self._references: dict[tuple[int, str], str] = {}
        self._parts: dict[tuple[int, str, str], tuple[str, bool] | None] = {}
        self._places: dict[int, Place | None] = {}
        self._labels: dict[int, str] = {}
        self._directory = Names(Reading(self.minter))
        for node in self.kinds:
            self._directory.add(*self._names(node))

    # ---- which nodes, and what they are called

    def _kinds_of_nodes(self) -> dict[int, str]:
        """Return the kind of each node that has a row, in the order of kinds and IRIs."""
        facts, found = self._facts, dict[int, str]()
        for kind, form in entry_forms().items():
            for node in facts.members(form.classes[0]).tolist():
                found.setdefault(node, kind)
        said = self.model.said.nodes
        for node, heard in zip(said.tolist(), self.model.said.hearsay(said).tolist(), strict=True):
            found.setdefault(node, "ReportedUtterance" if heard else "Utterance")
        for node in self.model.claim_nodes.tolist():
            found.setdefault(node, "Claim")
        # What other vocabularies call a person is one, and so is whoever speaks.
        for node in {*facts.pairs("rdf:type").subjects.tolist(), *self._mentioned()} - found.keys():
            if (kind := self.model.kinds.of(node)) in entry_forms():
                found[node] = kind
        order = {kind: place for place, kind in enumerate(entry_forms())}
        return dict(sorted(found.items(), key=lambda item: (order[item[1]], self.text(item[0]))))

    def _mentioned(self) -> set[int]:
        names = (
            "dg:speaker",
            "dg:onBehalfOf",
            "dg:addressee",
            "dg:claimedAgent",
            "dg:claimedTarget",
            "dg:stanceHolder",
        )
        return {value for name in names for value in self._facts.pairs(name).values.tolist()}

    def _names(self, node: int) -> tuple[Known, list[str]]:
        """Return a node as the import will know it, with the names that its row will give it."""
        kind, said = self.kinds[node], self.said[node]
        label = self.label(node)
        aliases = [self.text(value) for value in said.get("aliases", ()) if self.part(field_named("aliases"), value)]
        identifiers = [self.text(value) for value in said.get("identifier", ())] if kind == "Document" else []
        known = Known(self.iri(node), label or next(iter(identifiers), ""), kind, ("", 0), described=True)
        return known, [name for name in (known.label, *aliases, *identifiers) if name]

    def label(self, node: int) -> str:
        """Return what a node is called in its row; nothing for one that has no name."""
        if node not in self._labels:
            self._labels[node] = self._read_label(node)
        return self._labels[node]

    def _read_label(self, node: int) -> str:
        labels = self.said[node].get("label", [])
        exact = [self.text(value) for value in labels if (part := self.part(field_named("label"), value)) and part[1]]
        if exact:
            return exact[0]
        label = self.model.labels.of(node)
        named = any(self._facts.stated(name).of(node) for name in _UNTOLD_NAMES)
        return label if named and survives(label, listed=False) else ""

    def iri(self, node: int) -> str:
        """Return the IRI of a node; the one that a blank node will have."""
        text = self.text(node)
        return self.minter.base + text[2:] if text.startswith("_:") else text

    def reference(self, node: int, field: EntryField) -> str | None:
        """Return how a cell of a field names a node: by its name, also with the end of its IRI, its id or its IRI."""
        key = (node, field.value)
        if key not in self._references:
            iri, label = self.iri(node), self.label(node) if node in self.kinds else ""
            ways = [label, f"{label} [{local_name(iri)}]"] if label else []
            ways += [self.minter.short(iri), iri]
            self._references[key] = next((way for way in ways if self._means(way, field, iri)), "")
        return self._references[key] or None

    def _means(self, way: str, field: EntryField, iri: str) -> bool:
        found = self._directory.meant(way, field.kinds)
        same = len(found) == 1 and found[0].iri == iri
        return (same or (not found and absolute(way) is not None and way == iri)) and survives(way, listed=True)

    def part(self, field: EntryField, value: int) -> tuple[str, bool] | None:
        """Return what a cell says of a value, and whether reading gives that very value; None where it cannot."""
        key = (value, field.name, field.value)
        if key not in self._parts:
            self._parts[key] = self._made_part(field, value)
        return self._parts[key]

    def _made_part(self, field: EntryField, value: int) -> tuple[str, bool] | None:
        terms = self._facts.terms
        node = terms.is_node(value)
        if field.is_node:
            reference = self.reference(value, field) if node else None
            return (reference, True) if reference else None
        if field.name == "action" and node:
            return self._action(value)
        if node != (field.value in ("iri", "weekday", "class") or field.scheme is not None):
            return None
        text = cell_text(field, terms.text(value), node=node)
        if text is None or not survives(text, listed=field.many or field.value not in TEXTS):
            return None
        try:
            term = term_of_cell(field, text, self.language)
        except ValueError:
            return None
        faithful = _spelling(str(term)) == _spelling(terms.spelt[value])
        return (text, faithful) if faithful or field.value == "label" else None

    def coded_field(self, node: int) -> EntryField:
        """Return the field of a coded value, by the type of its variable."""
        variables = self.said[node].get("coded_variable", ())
        types = [code for variable in variables for code in self.said.get(variable, {}).get("variable_type", ())]
        return coded_field(self.text(types[0]) if types else "")

    def _action(self, node: int) -> tuple[str, bool] | None:
        iri, label = self.text(node), self.model.labels.of(node)
        names = scheme()
        if names.get(key_of(local_name(iri))) == iri:
            return local_name(iri), True
        if self.minter.named("action", label) == iri and survives(label, listed=True) and key_of(label) not in names:
            self._tell_action(node, label)
            return label, True
        return (iri, True) if absolute(iri) else None

    def _tell_action(self, node: int, label: str) -> None:
        """Count what an import says of an act of the dispute's own, once."""
        self.told["rdf:type"] += len(_present(self.types_of(node), ("dg:ActionType", "skos:Concept")))
        for name in ("skos:prefLabel", "skos:definition"):
            values = self._facts.stated(name).of(node)
            self.told[name] += sum(
                self.text(value) == label and self._facts.terms.language(value) == self.language for value in values
            )

    def types_of(self, node: int) -> list[str]:
        """Return the classes of a node, as prefixed names where they have one."""
        return [self._facts.prefixed(self.text(value)) for value in self._types.of(node)]

    def place(self, anchor: int) -> Place | None:
        """Return an anchor of one span of one document with its digest, and count what it says; None for any other."""
        if anchor not in self._places:
            self._places[anchor] = self._read_place(anchor)
        return self._places[anchor]

    def _read_place(self, anchor: int) -> Place | None:
        facts, terms = self._facts, self._facts.terms
        found = [facts.stated(name).of(anchor) for name in ("oa:hasSource", "oa:hasSelector", "dg:exactDigest")]
        if any(len(values) != 1 for values in found) or self.kinds.get(found[0][0]) != "Document":
            return None
        document, selector, digest = (values[0] for values in found)
        bounds = [facts.stated(name).of(selector) for name in ("oa:start", "oa:end")]
        if any(len(values) != 1 or not self.text(values[0]).isdecimal() for values in bounds):
            return None
        start, end = (int(self.text(values[0])) for values in bounds)
        text = self.text(digest)
        if not start < end or len(text) != 64 or set(text) - set("0123456789abcdef"):  # noqa: PLR2004  # SHA-256 in hex
            return None
        iri = self.iri(anchor) if not self.text(anchor).startswith("_:") else ""
        minted = iri or f"{self.iri(document)}-{start}-{end}"
        blank = terms.text(selector).startswith("_:")
        for name in ("oa:hasSource", "dg:exactDigest"):
            self.told[name] += 1
        self.told["rdf:type"] += len(_present(self.types_of(anchor), _ANCHOR))
        if blank or self.text(selector) == minted + "-span":
            self.told["rdf:type"] += len(_present(self.types_of(selector), _SELECTOR))
            for name in ("oa:hasSelector", "oa:start", "oa:end"):
                self.told[name] += 1
        return Place(document, start, end, text, minted)

    def left_out(self) -> tuple[str, ...]:
        """Return what the sheets do not say: of each property, how many of its values."""
        left: Counter[str] = Counter()
        for iri in self._facts.properties():
            name = self._facts.prefixed(iri)
            total = len(self._facts.stated(iri)) + len(self._facts.dropped.get(iri, ()))
            left[local_name(iri)] += total - self.told[name] - self.retagged[name]
            left[f"language of {local_name(iri)}"] += self.retagged[name]
        return tuple(f"{what} ({count:,})" for what, count in sorted((+left).items()))


def field_named(name: str) -> EntryField:
    """Return a field of the table of forms."""
    return entry_fields()[name]


def _present(found: Iterable[str], wanted: Iterable[str]) -> set[str]:
    return set(found) & set(wanted)


def _spelling(term: str) -> tuple[str, str]:
    """Return text and type of a literal or IRI, however an engine abbreviates it."""
    quote = term.rfind('"')
    if term[:1] == '"' and quote > 0:
        return term[1:quote], term[quote + 1 :].lower()
    if term[:1] in "<_":
        return term, ""
    datatype = "boolean" if term in ("true", "false") else "decimal" if "." in term else "integer"
    return term, f"^^<{PREFIXES['xsd']}{datatype}>".lower()


def _main_language(model: Model) -> str:
    """Return the language of most labels; English where they have none."""
    labels = model.facts.stated("skos:prefLabel").values.tolist()
    tags = Counter(
        tag for value in labels if not model.facts.terms.is_node(value) and (tag := model.facts.terms.language(value))
    )
    return tags.most_common(1)[0][0] if tags else "en"
