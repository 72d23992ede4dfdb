"""The nodes that DNA's entities, variables and coders become."""

from __future__ import annotations

from pyoxigraph import NamedNode

from disputegraph.importers.dna.dna_content import Content, Entity, StatementType, Variable
from disputegraph.importers.dna.dna_roles import Roles
from disputegraph.importers.minting import Minter, slug
from disputegraph.importers.triples import Object, Triples, literal, term
from disputegraph.tables import shown, stands_for_nothing

_KINDS = {"speaker": ("person", "dg:Person"), "on_behalf_of": ("organization", "dg:Organization")}
_TYPES = {
    "boolean": "dg:booleanVariable",
    "integer": "dg:integerVariable",
    "short text": "dg:categoryVariable",
    "long text": "dg:textVariable",
}


class Nodes:
    """Mints and describes nodes, each when it is first needed.

    An entity is known by the role of its variable and its exact value, so that the same person in two statement types
    is one actor, while a person and an organisation of the same name stay two.
    """

    def __init__(
        self, content: Content, roles: dict[int, Roles], minter: Minter, triples: Triples, language: str
    ) -> None:
        self._content, self._minter, self._triples, self._language = content, minter, triples, language
        self._variables: dict[int, tuple[StatementType, Variable, str]] = {}
        for type_ in content.types:
            own = {name: getattr(roles[type_.id], name) for name in ("speaker", "on_behalf_of", "claim")}
            for variable in type_.variables:
                role = next((name for name, with_role in own.items() if with_role == variable), "")
                self._variables[variable.id] = (type_, variable, role)
        self._described: set[str] = set()
        self._claims: set[str] = set()
        self._labels: dict[str, str] = {}

    def coder(self, id_: int | None) -> str | None:
        """Return the node of a coder; None where nobody is named."""
        name = self._content.coders.get(id_) if id_ is not None else None
        if not name:
            return None
        iri = self._minter.exact("coder", name)
        if self._fresh(iri):
            self._triples.named(iri, name, "dg:Coder")
        return iri

    def entity(self, entity: Entity) -> str:
        """Return the node of an entity: a person, an organisation, a claim, or a concept of a controlled list."""
        _, variable, role = self._variables[entity.variable]
        iri = self.entity_iri(entity)
        if role in _KINDS:
            self._describe(iri, entity, _KINDS[role][1])
        elif role == "claim" and iri in self._claims:
            pass
        else:
            self._describe(iri, entity, "skos:Concept")
            self._triples.add_iri(iri, "dcterms:isPartOf", self.variable(variable.id))
        return iri

    def entity_iri(self, entity: Entity) -> str:
        """Return the IRI of an entity."""
        _, variable, role = self._variables[entity.variable]
        kind = _KINDS[role][0] if role in _KINDS else "claim" if role == "claim" else slug(variable.name) or "value"
        return self._minter.exact(kind, entity.value)

    def claim(self, value: Entity | str) -> str:
        """Return the node of a claim: the concept of a controlled list, or a text of a coder's own."""
        iri = self._minter.exact("claim", value if isinstance(value, str) else value.value)
        if iri not in self._claims:
            self._claims.add(iri)
            text = shown(value if isinstance(value, str) else value.value)
            self._triples.named(iri, text, "dg:Claim", language=self._language)
            self._triples.add(iri, "dg:paraphrase", literal(text, language=self._language))
            if isinstance(value, Entity):
                self._attributes(iri, value)
        return iri

    def variable(self, id_: int) -> str:
        """Return the node of a variable."""
        type_, variable, _ = self._variables[id_]
        iri = self._minter.exact("variable", f"{type_.label} {variable.name}")
        if self._fresh(iri):
            self._triples.named(iri, variable.name, "dg:Variable", language=self._language)
            self._triples.add(iri, "dc:type", literal(type_.label))
            if variable.kind in _TYPES:
                self._triples.add(iri, "dg:variableType", term(_TYPES[variable.kind]))
        return iri

    def coded(self, node: str, id_: int, value: Entity | str | bool | int) -> None:
        """Give a node the value that a coder gave to one of its variables."""
        variable = self.variable(id_)
        if isinstance(value, Entity):
            self._coded(node, variable, "dg:codedEntity", NamedNode(self.entity(value)))
        elif isinstance(value, bool):
            self._coded(node, variable, "dg:codedValue", literal("true" if value else "false", "boolean"))
        elif isinstance(value, int):
            self._coded(node, variable, "dg:codedValue", literal(value, "integer"))
        else:
            self._coded(node, variable, "dg:codedValue", literal(value))

    def describe_all(self) -> None:
        """Describe every entity and coder, those that no statement uses too."""
        for entity in self._content.entities.values():
            if shown(entity.value) and entity.variable in self._variables:
                role = self._variables[entity.variable][2]
                if role not in _KINDS or not stands_for_nothing(entity.value):
                    self.entity(entity)
        for coder in self._content.coders:
            self.coder(coder)

    def _coded(self, node: str, variable: str, predicate: str, value: Object) -> None:
        self._triples.coded(node, f"{node}-{variable.removeprefix(self._minter.base)}", variable, value, predicate)

    def _describe(self, iri: str, entity: Entity, class_: str) -> None:
        if not self._fresh(f"{iri} {entity.id}"):
            return
        self._triples.typed(iri, class_)
        label = self._labels.setdefault(iri, shown(entity.value))
        named = "skos:prefLabel" if label == shown(entity.value) else "skos:altLabel"
        self._triples.add(iri, named, literal(shown(entity.value), language=self._language))
        self._attributes(iri, entity)

    def _attributes(self, iri: str, entity: Entity) -> None:
        """Add colour, parent and attributes; Alias and Notes have properties of their own, others are variables."""
        if entity.colour != "#000000":
            self._triples.add(iri, "schema:color", literal(entity.colour))
        parent = self._content.entities.get(entity.parent) if entity.parent is not None else None
        if parent is not None and shown(parent.value) and parent.variable in self._variables:
            self._triples.add_iri(iri, "skos:broader", self.entity_iri(parent))
        for name, value in sorted(entity.attributes.items()):
            if name.casefold() == "alias":
                self._triples.add(iri, "skos:altLabel", literal(value, language=self._language))
            elif name.casefold() == "notes":
                self._triples.add(iri, "skos:note", literal(value, language=self._language))
            else:
                owner = self._variables[entity.variable][1].name
                variable = self._minter.exact("attribute", f"{owner} {name}")
                if self._fresh(variable):
                    self._triples.variable(variable, name, language=self._language)
                    self._triples.add(variable, "dc:type", literal(owner))
                self._coded(iri, variable, "dg:codedValue", literal(value))

    def _fresh(self, iri: str) -> bool:
        fresh = iri not in self._described
        self._described.add(iri)
        return fresh
