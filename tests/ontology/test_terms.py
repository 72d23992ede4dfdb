"""Core, health module, actions and alignment: well-formed, labelled, within OWL 2 RL, known to Python."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, SKOS

from disputegraph import vocabulary
from disputegraph.vocabulary import ACT, DG, PREFIXES

NS = Namespace("https://w3id.org/disputegraph/ns#")
VANN = Namespace("http://purl.org/vocab/vann/")
FILES = ["disputegraph.ttl", "health.ttl", "actions.ttl", "alignment.ttl", "shapes.ttl"]
HEALTH = {NS.Hospital, NS.HospitalTrust}
# OWL 2 Profiles, section 4.2.1, as far as it is not numbers and binary we have no use for.
RL_DATATYPES = {
    XSD.integer,
    XSD.string,
    XSD.boolean,
    XSD.decimal,
    XSD.dateTime,
    XSD.anyURI,
    XSD.nonNegativeInteger,
    RDFS.Literal,
}
RL_CONSTRUCTS = {
    "Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "SymmetricProperty",
    "IrreflexiveProperty", "AsymmetricProperty", "AllDisjointClasses", "members", "inverseOf", "propertyChainAxiom",
    "disjointWith", "versionIRI", "priorVersion", "versionInfo", "imports", "deprecated",
}  # fmt: skip


@pytest.fixture(scope="module")
def core(ontology: Path) -> Graph:
    """The core and the health module, which shares its namespace."""
    return Graph().parse(ontology / "disputegraph.ttl").parse(ontology / "health.ttl")


@pytest.fixture(scope="module")
def actions(ontology: Path) -> Graph:
    return Graph().parse(ontology / "actions.ttl")


@pytest.fixture(scope="module")
def alignment(ontology: Path) -> Graph:
    return Graph().parse(ontology / "alignment.ttl")


def terms(graph: Graph, *types: URIRef) -> set[URIRef]:
    return {s for t in types for s in graph.subjects(RDF.type, t) if isinstance(s, URIRef) and s.startswith(NS)}


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_oxigraph_read_the_same_graph(ontology: Path, name: str) -> None:
    path = ontology / name
    turtle = pyoxigraph.serialize(pyoxigraph.parse(path=path), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert turtle is not None
    assert isomorphic(Graph().parse(path), Graph().parse(data=turtle, format="nt"))


def test_every_term_is_labelled_defined_and_at_home(core: Graph) -> None:
    everything = terms(core, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)
    assert len(everything) > 100
    for term in everything:
        labels = list(core.objects(term, RDFS.label))
        assert any(isinstance(label, Literal) and label.language == "en" for label in labels), term
        assert len(list(core.objects(term, SKOS.definition))) == 1, term
        home = "health" if term in HEALTH else "ns"
        assert (term, RDFS.isDefinedBy, URIRef(f"https://w3id.org/disputegraph/{home}")) in core, term


def test_every_value_stands_in_one_scheme_under_a_top_of_it(core: Graph) -> None:
    for value in terms(core, SKOS.Concept):
        (scheme,) = core.objects(value, SKOS.inScheme)
        top = core.value(value, SKOS.broader) or value
        assert (scheme, SKOS.hasTopConcept, top) in core
        assert (top, SKOS.topConceptOf, scheme) in core
        assert ((value, SKOS.topConceptOf, scheme) in core) == (top == value)
        assert core.value(value, SKOS.prefLabel) == core.value(value, RDFS.label)


def test_every_action_is_labelled_defined_and_grouped(actions: Graph) -> None:
    scheme = URIRef("https://w3id.org/disputegraph/action")
    tops = set(actions.objects(scheme, SKOS.hasTopConcept))
    concepts = set(actions.subjects(RDF.type, NS.ActionType))
    assert len(concepts) >= 35
    names: dict[str, URIRef] = {}
    for concept in concepts:
        assert (concept, SKOS.inScheme, scheme) in actions
        assert len(list(actions.objects(concept, SKOS.definition))) == 1, concept
        assert ((concept, SKOS.topConceptOf, scheme) in actions) == (concept in tops), concept
        assert any(top in actions.transitive_objects(concept, SKOS.broader) for top in tops), concept
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in actions.objects(concept, predicate):
                assert names.setdefault(str(label), concept) == concept, f"two actions are called {label}"
        assert actions.value(concept, SKOS.prefLabel)


def test_notations_are_typed_by_their_scheme(actions: Graph) -> None:
    notation = "https://w3id.org/disputegraph/notation/"
    patterns = {notation + "cameo": r"\d{3,4}", notation + "plover": "[A-Z]+"}
    found = list(actions.objects(None, SKOS.notation))
    assert len(found) > 20
    for code in found:
        assert isinstance(code, Literal)
        assert re.fullmatch(patterns[str(code.datatype)], str(code)), code


def test_metadata(core: Graph) -> None:
    head = URIRef("https://w3id.org/disputegraph/ns")
    for prop in (
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified, DCTERMS.license,
        OWL.versionInfo, OWL.versionIRI, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri,
    ):  # fmt: skip
        assert core.value(head, prop) is not None, prop
    version = core.value(head, OWL.versionInfo)
    assert core.value(head, OWL.versionIRI) == URIRef(f"{head}/{version}")
    assert str(core.value(head, VANN.preferredNamespaceUri)) == DG.base
    assert str(core.value(head, VANN.preferredNamespacePrefix)) == "dg"


@pytest.mark.parametrize("name", ["disputegraph.ttl", "health.ttl", "alignment.ttl"])
def test_only_constructs_of_owl_2_rl(ontology: Path, name: str) -> None:
    graph = Graph().parse(ontology / name)
    used = {str(n).rpartition("#")[2] for t in graph for n in t if isinstance(n, URIRef) and n.startswith(str(OWL))}
    assert used <= RL_CONSTRUCTS
    for prop in graph.subjects(RDF.type, OWL.DatatypeProperty):
        assert set(graph.objects(prop, RDFS.range)) <= RL_DATATYPES, prop
    # Every class expression is a name: nothing anonymous but the disjointness axioms and lists.
    for node in graph.objects(None, RDFS.subClassOf):
        assert not isinstance(node, BNode)


def test_every_property_is_of_one_kind_and_every_foreign_term_declared(core: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for one, other in combinations(kinds, 2):
        assert not set(core.subjects(RDF.type, one)) & set(core.subjects(RDF.type, other))
    declared = {s for t in (*kinds, OWL.Class) for s in core.subjects(RDF.type, t)}
    builtin = (str(RDF), str(RDFS), str(OWL), str(XSD))
    for _, predicate, _ in core:
        assert predicate in declared or str(predicate).startswith(builtin), predicate
    for predicate in (RDFS.domain, RDFS.range):
        for node in core.objects(None, predicate):
            assert node in declared or str(node).startswith(builtin), node


def test_claimed_properties_lead_to_no_asserted_relation(core: Graph, alignment: Graph) -> None:
    both = core + alignment
    claimed = {p for p in terms(core, OWL.ObjectProperty, OWL.DatatypeProperty) if p.startswith(NS + "claimed")}
    assert len(claimed) == 20
    for prop in {*claimed, NS.mentions, NS.introducedBy}:
        # Mentions says only that a claim speaks of it; the subject of a claim is its agent where it is an actor.
        assert set(both.objects(prop, RDFS.subPropertyOf)) <= {NS.mentions, NS.claimedSubject}, prop
        assert not list(both.objects(prop, OWL.inverseOf)) + list(both.subjects(OWL.inverseOf, prop))
        assert not list(both.objects(prop, OWL.equivalentProperty))
    chains = set(both.subjects(OWL.propertyChainAxiom))
    assert chains == {NS.documentedIn}  # none that leads from a speaker to a claim


def test_alignment_speaks_only_of_core_terms_and_mints_none(core: Graph, alignment: Graph) -> None:
    known = {s for s in core.subjects() if isinstance(s, URIRef)}
    for s, p, o in alignment:
        if p in (RDFS.subClassOf, RDFS.subPropertyOf):
            assert s in known, s
            assert not o.startswith(NS), o
    assert not terms(alignment, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def test_python_and_the_ontology_list_the_same_terms(core: Graph, actions: Graph) -> None:
    def names(found: set[URIRef]) -> tuple[str, ...]:
        return tuple(sorted(term.removeprefix(NS) for term in found))

    assert names(terms(core, OWL.Class)) == vocabulary.CLASSES
    assert names(terms(core, OWL.ObjectProperty, OWL.DatatypeProperty)) == vocabulary.PROPERTIES
    assert names(terms(core, SKOS.Concept, SKOS.ConceptScheme)) == vocabulary.VALUES
    listed = {str(c).removeprefix(ACT.base) for c in actions.subjects(RDF.type, NS.ActionType)}
    assert tuple(sorted(listed)) == vocabulary.ACTIONS


def test_prefixes_are_those_the_ontology_uses(ontology: Path) -> None:
    known = dict(PREFIXES)
    for path in sorted(ontology.glob("*.ttl")):
        for prefix, iri in re.findall(r"@prefix (\w+): <([^>]+)>", path.read_text(encoding="utf-8")):
            assert known.setdefault(prefix, iri) == iri, f"{path.name}: {prefix}"


# Terms that data never state: a reading with --infer adds them.
INFERRED = {"mentions", "hasMember", "narrowerClaim", "reportedBy", "reportedVoice", "voice"}


def test_the_good_dispute_uses_every_term(core: Graph, good: Path) -> None:
    graph = Graph().parse(good)
    unused = {*core.subjects(OWL.deprecated), *(NS[name] for name in INFERRED)}
    properties = terms(core, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert properties - set(graph.predicates()) == unused & properties
    classes = terms(core, OWL.Class) - {NS.ActionType, NS.Statement}
    assert classes - set(graph.objects(None, RDF.type)) == unused & classes


def test_an_unknown_term_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match="Did you mean 'Claim'"):
        DG.Clain  # noqa: B018
    with pytest.raises(AttributeError, match="no term 'xyzzy'"):
        ACT.term("xyzzy")
    assert not hasattr(DG, "__wrapped__")


def test_namespaces_give_nodes_and_take_them_back() -> None:
    assert DG.Claim == pyoxigraph.NamedNode(DG.base + "Claim")
    assert ACT.term("cause-failure").value.endswith("/cause-failure")
    assert vocabulary.SKOS.prefLabel.value == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert DG.local(DG.affirms) == "affirms"
    assert DG.local("https://example.org/x") is None
    assert DG.claimedAgent in DG
    assert DG.base + "nothing" not in DG
    assert "Claim" in dir(DG)
