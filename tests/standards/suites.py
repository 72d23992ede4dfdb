"""The W3C's test suites: where they are, and what their manifests say."""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from tests.conftest import require

from .cases import Case
from .jsonld_cases import jsonld_cases

__all__ = ["cases", "suites_folder"]

# Releases that carry suites as the W3C published them, and the folders below "test" that hold them: RDF 1.1, SPARQL
# 1.0 and SPARQL 1.1; JSON-LD 1.1.
CARRIERS = {"rdflib-5.0.0.tar.gz": ("DAWG/", "w3c/", "rdf/"), "rdflib-6.1.1.tar.gz": ("jsonld/1.1/",)}

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
OLD = Namespace("http://www.w3.org/2000/10/rdf-tests/rdfcore/testSchema#")

# Suite -> its manifest, and the address its files had when they were published, against which they resolve.
SYNTAXES = {
    "turtle": ("w3c/turtle/manifest.ttl", "http://www.w3.org/2013/TurtleTests/"),
    "trig": ("w3c/trig/manifest.ttl", "http://www.w3.org/2013/TriGTests/"),
    "ntriples": ("w3c/nt/manifest.ttl", "http://www.w3.org/2013/N-TriplesTests/"),
    "nquads": ("w3c/nquads/manifest.ttl", "http://www.w3.org/2013/N-QuadsTests/"),
}
RDFXML = ("rdf/Manifest.rdf", "http://www.w3.org/2000/10/rdf-tests/rdfcore/")
SPARQL = {"sparql10": "DAWG/data-r2", "sparql11": "DAWG/data-sparql11"}

_SYNTAX = {
    "PositiveSyntaxTest": True, "PositiveSyntaxTest11": True,
    "NegativeSyntaxTest": False, "NegativeSyntaxTest11": False,
}  # fmt: skip


def suites_folder(cache_folder: Path) -> Path:
    """Return the folder of the suites, unpacked from what `make suites` fetched; without it, fail in CI, else skip."""
    if given := os.environ.get("DISPUTEGRAPH_W3C"):
        return Path(given)
    for name in CARRIERS:
        require((cache_folder / name).exists(), f"{cache_folder.name}/{name}, which 'make suites' fetches,")
    folder = cache_folder / "suites"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache_folder) as place:
            for archive, wanted in CARRIERS.items():
                _unpack(cache_folder / archive, wanted, Path(place) / "suites")
            with suppress(OSError):  # another worker was first
                (Path(place) / "suites").rename(folder)
    return folder


def _unpack(archive: Path, wanted: tuple[str, ...], folder: Path) -> None:
    with tarfile.open(archive) as packed:
        for member in packed:
            inside = member.name.partition("/test/")[2]
            if member.isfile() and inside.startswith(wanted):
                target = (folder / inside).resolve()
                assert target.is_relative_to(folder.resolve())
                target.parent.mkdir(parents=True, exist_ok=True)
                content = packed.extractfile(member)
                assert content is not None
                target.write_bytes(content.read())


def cases(suite: str, folder: Path) -> Iterator[Case]:
    """Yield the tests of a suite."""
    if suite in SYNTAXES:
        yield from _syntax_cases(suite, folder)
    elif suite == "rdfxml":
        yield from _rdfxml_cases(folder)
    elif suite == "jsonld":
        yield from jsonld_cases(folder / "jsonld" / "1.1")
    else:
        for manifest in sorted((folder / SPARQL[suite]).rglob("manifest*.ttl")):
            yield from _query_cases(suite, manifest)


def _entries(manifest: Path, base: str) -> Iterator[tuple[Graph, URIRef, set[str]]]:
    graph = Graph().parse(manifest, format="turtle", publicID=base)
    for entries in graph.objects(None, MF.entries):
        for entry in Collection(graph, entries):
            kinds = {str(kind).rpartition("#")[2] for kind in graph.objects(entry, RDF.type)}
            yield graph, entry, kinds  # type: ignore[misc]  # entries are named


def _syntax_cases(suite: str, folder: Path) -> Iterator[Case]:
    inside, base = SYNTAXES[suite]
    manifest = folder / inside
    for graph, entry, kinds in _entries(manifest, base + "manifest.ttl"):
        action = str(graph.value(entry, MF.action))
        result = graph.value(entry, MF.result)
        yield Case(
            f"{suite}/{entry.rpartition('#')[2]}",
            "rdf",
            manifest.parent / action.removeprefix(base),
            action,
            good=not any("Negative" in kind for kind in kinds),
            result=manifest.parent / str(result).removeprefix(base) if result else None,
        )


def _rdfxml_cases(folder: Path) -> Iterator[Case]:
    inside, base = RDFXML
    graph = Graph().parse(folder / inside, format="xml")
    for kind, good in ((OLD.PositiveParserTest, True), (OLD.NegativeParserTest, False)):
        for test in sorted(graph.subjects(RDF.type, kind)):
            if str(graph.value(test, OLD.status)) != "APPROVED":
                continue
            action = str(graph.value(test, OLD.inputDocument))
            result = graph.value(test, OLD.outputDocument)
            path = folder / "rdf" / action.removeprefix(base)
            if path.suffix == ".rdf" and path.exists():
                output = folder / "rdf" / str(result).removeprefix(base) if result else None
                yield Case(f"rdfxml/{str(test).removeprefix(base)}", "rdf", path, action, good, output)


def _query_cases(suite: str, manifest: Path) -> Iterator[Case]:
    base = manifest.parent.as_uri() + "/"
    for graph, entry, kinds in _entries(manifest, manifest.as_uri()):
        name = f"{suite}/{manifest.parent.name}/{str(entry).rpartition('#')[2].rpartition('/')[2]}"
        action = graph.value(entry, MF.action)
        syntax = next((good for kind, good in _SYNTAX.items() if kind in kinds), None)
        if syntax is not None and isinstance(action, URIRef):
            if not str(action).endswith(".ru"):
                yield Case(name, "query", _path(action), str(action), good=syntax)
            continue
        asked = graph.value(action, QT.query) if action is not None else None
        result = graph.value(entry, MF.result)
        if asked is None or not isinstance(result, URIRef) or (action, QT.serviceData, None) in graph:
            continue  # updates, the protocol, and federation
        data = tuple(_path(one) for one in graph.objects(action, QT.data))
        graphs = {str(one): _path(one) for one in graph.objects(action, QT.graphData) if isinstance(one, URIRef)}
        lax = (entry, MF.resultCardinality, MF.LaxCardinality) in graph
        yield Case(name, "query", _path(asked), urljoin(base, str(asked)), True, _path(result), data, graphs, lax)


@cache
def _path(iri: object) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))
