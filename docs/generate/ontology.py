"""The reference page of the ontology: every term with its definition, an example, and what it is aligned with."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from disputegraph.resources import bundled_dispute, ontology_file
from disputegraph.vocabulary import PREFIXES

__all__ = ["ontology_page"]

DG = Namespace(PREFIXES["dg"])
ACT = Namespace(PREFIXES["act"])
_ONTOLOGY = URIRef("https://w3id.org/disputegraph/ns")
_MATCHES = (
    (RDFS.subClassOf, "narrower than"),
    (RDFS.subPropertyOf, "narrower than"),
    (OWL.equivalentClass, "the same as"),
    (OWL.equivalentProperty, "the same as"),
    (SKOS.exactMatch, "matches exactly"),
    (SKOS.closeMatch, "close to"),
    (SKOS.broadMatch, "narrower than"),
    (SKOS.narrowMatch, "broader than"),
    (SKOS.relatedMatch, "related to"),
)


def ontology_page() -> str:
    """Return the page as Markdown."""
    core = Graph().parse(ontology_file("core")).parse(ontology_file("health"))
    actions = Graph().parse(ontology_file("actions"))
    alignment, data = Graph().parse(ontology_file("alignment")), Graph().parse(bundled_dispute())
    graphs = Graphs(core, actions, alignment, data)
    classes = _terms(core, OWL.Class)
    properties = _terms(core, OWL.ObjectProperty) + _terms(core, OWL.DatatypeProperty)
    lines = [
        "# The ontology",
        "",
        str(core.value(_ONTOLOGY, DCTERMS.description)),
        "",
        f"Namespace `{DG}`, prefix `dg:`. Version {core.value(_ONTOLOGY, OWL.versionInfo)} "
        f"(`{core.value(_ONTOLOGY, OWL.versionIRI)}`). Licence: <{core.value(_ONTOLOGY, DCTERMS.license)}>.",
        f"{len(classes)} classes, {len(properties)} properties. `disputegraph ontology core` (and `health`) prints the Turtle; this "
        "page is made from it.",
        "",
        "![The classes and what ties them](classes.svg)",
        "",
        "Boxes are classes, with the classes below them; arrows are properties, from the class that has them to the "
        "class they lead to. Dashed arrows say what a claim is about: nothing there is asserted. Left out are inverses, "
        "the properties of hearsay (`dg:reportedSpeaker` beside `dg:speaker`, and so on), and properties of anything.",
        "",
        "## Classes",
        "",
        *(line for term in classes for line in graphs.section(term)),
        "## Properties",
        "",
        *(line for term in properties for line in graphs.section(term)),
        "## Values",
        "",
        *graphs.schemes(core),
        "## Kinds of acts",
        "",
        "What a claim says that somebody did (`dg:claimedAction`); `disputegraph ontology actions` prints the Turtle.",
        "",
        *graphs.acts(),
    ]
    return "\n".join(lines) + "\n"


def _terms(graph: Graph, kind: URIRef) -> list[URIRef]:
    found = {term for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef) and term.startswith(str(DG))}
    return sorted(found, key=lambda term: str(term).lower())


class Graphs:
    """The graphs that the page is made from."""

    def __init__(self, core: Graph, actions: Graph, alignment: Graph, data: Graph) -> None:
        self.core, self.actions, self.alignment, self.data = core, actions, alignment, data

    def section(self, term: URIRef) -> list[str]:
        """Return what is told of one class or property."""
        lines = [f"### `{short(term)}` {{ #{local(term)} }}", "", self._text(term, SKOS.definition)]
        notes = [self._text(term, SKOS.scopeNote), self._text(term, SKOS.changeNote)]
        lines += [f"\n{note}" for note in notes if note]
        facts = []
        for name, predicate in (("broader class", RDFS.subClassOf), ("from", RDFS.domain), ("to", RDFS.range),
                                ("inverse of", OWL.inverseOf)):  # fmt: skip
            values = [self._linked(value) for value in self._iris(self.core, term, predicate)]
            if values:
                facts.append(f"{name}: {', '.join(values)}")
        example = self._text(term, SKOS.example)
        if example:
            facts.append(f"example: {escape(example, quote=False)}")
        if used := self._used(term):
            facts.append(f"in the bundled dispute: {used}")
        facts += self._aligned(term)
        return [*lines, "", *(f"- {fact}" for fact in facts), ""]

    def schemes(self, core: Graph) -> list[str]:
        """Return the value schemes with their concepts."""
        lines = []
        for scheme in sorted(core.subjects(RDF.type, SKOS.ConceptScheme)):
            label = core.value(scheme, SKOS.prefLabel) or core.value(scheme, RDFS.label) or local(scheme)
            lines += [f"### {label} {{ #{local(scheme)} }}", "", self._text(scheme, SKOS.definition), ""]
            lines += ["| value | meaning |", "|---|---|"]
            for concept in sorted(core.subjects(SKOS.inScheme, scheme)):
                lines.append(f"| `{short(concept)}` | {_cell(self._text(concept, SKOS.definition))} |")
            lines.append("")
        return lines

    def acts(self) -> list[str]:
        """Return the kinds of acts as a table."""
        lines = ["| act | meaning | broader | codes elsewhere |", "|---|---|---|---|"]
        for act in sorted(term for term in self.actions.subjects(RDF.type) if str(term).startswith(str(ACT))):
            definition = self.actions.value(act, SKOS.definition) or self.actions.value(act, SKOS.prefLabel) or ""
            broader = ", ".join(f"`{local(one)}`" for one in self._iris(self.actions, act, SKOS.broader))
            codes = ", ".join(sorted(str(code) for code in self.actions.objects(act, SKOS.notation)))
            lines.append(f"| `{short(act)}` | {_cell(str(definition))} | {broader} | {_cell(codes)} |")
        return [*lines, ""]

    def _text(self, term: URIRef, predicate: URIRef) -> str:
        values = self.core.objects(term, predicate)
        return " ".join(sorted(str(value) for value in values if isinstance(value, Literal)))

    @staticmethod
    def _iris(graph: Graph, term: URIRef, predicate: URIRef) -> Iterable[URIRef]:
        return sorted(value for value in graph.objects(term, predicate) if isinstance(value, URIRef))

    @staticmethod
    def _linked(value: URIRef) -> str:
        return f"[`{short(value)}`](#{local(value)})" if value.startswith(str(DG)) else f"`{short(value)}`"

    def _used(self, term: URIRef) -> str:
        """Return a node of the bundled dispute that shows the term at work."""
        nodes = sorted(self.data.subjects(RDF.type, term))
        if nodes:
            name = self.data.value(nodes[0], SKOS.prefLabel) or short(nodes[0])
            return f"{len(nodes)}, such as “{escape(str(name), quote=False)}”"
        pairs = sorted((subject, value) for subject, value in self.data.subject_objects(term))
        if not pairs:
            return ""
        subject, value = pairs[0]
        shown = str(value) if isinstance(value, Literal) else short(value)
        return f"`{short(subject)} {short(term)} {shown[:60]}`"

    def _aligned(self, term: URIRef) -> list[str]:
        lines = []
        for predicate, words in _MATCHES:
            others = list(self._iris(self.alignment, term, predicate))
            others += [value for value in self._iris(self.core, term, predicate) if not value.startswith(str(DG))]
            if others:
                lines.append(f"{words}: {', '.join(f'`{short(value)}`' for value in dict.fromkeys(others))}")
        return lines


_NAMES = {**PREFIXES, "ex": "https://w3id.org/disputegraph/data/junior-doctors-2016/",
          "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/", "sioc": "http://rdfs.org/sioc/ns#"}  # fmt: skip


def short(term: URIRef) -> str:
    """Return a term as a prefixed name where a prefix fits."""
    best = max(
        (name for name in _NAMES if str(term).startswith(_NAMES[name])), key=lambda n: len(_NAMES[n]), default=""
    )
    return f"{best}:{str(term)[len(_NAMES[best]) :]}" if best else str(term)


def local(term: URIRef) -> str:
    """Return the last part of an IRI."""
    return str(term).rstrip("/#").replace("#", "/").rpartition("/")[2]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
