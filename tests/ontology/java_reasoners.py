"""HermiT, Pellet and the profile checker of the OWL API in one Java process: the jars that owlready2 carries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rdflib import OWL, Graph, URIRef

from tests.conftest import require

REASONERS = ("hermit", "pellet")


class OwlApi:
    """The OWL API of a Java process."""

    def __init__(self, jvm: Any, folder: Path) -> None:
        self.jvm = jvm
        self._folder = folder
        self._count = 0

    def ontology(self, graph: Graph) -> Any:
        """Return the ontology of a graph, whose imports are not followed."""
        self._count += 1
        path = self._folder / f"{self._count}.owl"
        plain = Graph()
        plain += graph
        plain.remove((None, OWL.imports, None))
        plain.serialize(path, format="xml")
        manager = self.jvm.org.semanticweb.owlapi.apibinding.OWLManager.createOWLOntologyManager()
        return manager.loadOntologyFromOntologyDocument(self.jvm.java.io.File(str(path)))

    def violations(self, ontology: Any, profile: str) -> list[str]:
        """Return what of an ontology is outside a profile: "DL" or "RL"."""
        checker = getattr(self.jvm.org.semanticweb.owlapi.profiles, f"OWL2{profile}Profile")()
        # Days of publication annotate an ontology, and no reasoner reads them. The OWL API takes them for part of its
        # header or for assertions of their own, as the order of its sets has it.
        found = [v for v in checker.checkOntology(ontology).getViolations() if v.getAxiom() is not None]
        return sorted(str(v) for v in found if str(v.getAxiom().getAxiomType()) != "AnnotationAssertion")

    def reasoner(self, name: str, ontology: Any) -> Reasoner:
        if name == "hermit":
            factory = self.jvm.org.semanticweb.HermiT.Reasoner.ReasonerFactory()
        else:
            factory = self.jvm.com.clarkparsia.pellet.owlapiv3.PelletReasonerFactory.getInstance()
        return Reasoner(self.jvm, factory.createReasoner(ontology))


class Reasoner:
    """A reasoner of the OWL API, asked with IRIs."""

    def __init__(self, jvm: Any, reasoner: Any) -> None:
        self._reasoner = reasoner
        self._data = jvm.org.semanticweb.owlapi.apibinding.OWLManager.getOWLDataFactory()
        self._iri = jvm.org.semanticweb.owlapi.model.IRI.create

    def consistent(self) -> bool:
        return bool(self._reasoner.isConsistent())

    def instances(self, kind: URIRef) -> set[URIRef]:
        """Return the individuals that are inferred to be of a class."""
        found = self._reasoner.getInstances(self._data.getOWLClass(self._iri(str(kind))), False)
        return {URIRef(str(node.getIRI())) for node in found.getFlattened()}

    def values(self, node: URIRef, predicate: URIRef) -> set[URIRef]:
        """Return the individuals that a property is inferred to lead to from a node."""
        individual = self._data.getOWLNamedIndividual(self._iri(str(node)))
        prop = self._data.getOWLObjectProperty(self._iri(str(predicate)))
        found = self._reasoner.getObjectPropertyValues(individual, prop)
        return {URIRef(str(value.getIRI())) for value in found.getFlattened()}


@contextmanager
def owl_api(folder: Path) -> Iterator[OwlApi]:
    """Start Java with the OWL API; where Java or a package is missing, fail in CI, else skip."""
    require(shutil.which("java"), "java")
    try:
        import owlready2
        import pyspark
        from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway
    except ImportError as error:
        require(None, str(error.name))
        raise
    jars = [
        path for part in ("pellet", "hermit") for path in sorted((Path(owlready2.__file__).parent / part).glob("*.jar"))
    ]
    (bridge,) = (Path(pyspark.__file__).parent / "jars").glob("py4j-*.jar")
    options = ["-Xmx1g", "-Dlog4j2.level=off"]
    with Path(os.devnull).open("w") as nothing:
        port, token = launch_gateway(
            jarpath=str(bridge), classpath=os.pathsep.join(map(str, jars)), javaopts=options, die_on_exit=True,
            redirect_stdout=nothing, redirect_stderr=nothing, enable_auth=True,
        )  # fmt: skip
        gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port, auth_token=token, auto_convert=True))
        try:
            yield OwlApi(gateway.jvm, folder)
        finally:
            gateway.shutdown()
