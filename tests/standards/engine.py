"""The engine alone, asked as the command is: what passes here may not fail through us."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["bare_engine"]

_RDF = {
    ".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML, ".jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
_ROWS = {"json": QueryResultsFormat.JSON, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
_NO_ROWS = '{"head":{"vars":[]},"results":{"bindings":[]}}'


def bare_engine(command: str, file: str, *words: str) -> tuple[int, str, str]:
    """Do what `convert FILE --to nquads --base IRI` or `query FILE -d DATA -f FORMAT` is asked for; a `Command`."""
    try:
        return 0, (_converted if command == "convert" else _answered)(Path(file), *words), ""
    except SyntaxError as error:
        return 3, "", str(error)
    except (RuntimeError, OSError):
        return 0, _NO_ROWS, ""  # it is SPARQL, though it cannot be answered


def _converted(file: Path, _: str, __: str, ___: str, base: str, *contexts: str) -> str:
    quads = pyoxigraph.parse(path=str(file), format=_RDF[file.suffix], base_iri=base)
    return (pyoxigraph.serialize(quads, None, RdfFormat.N_QUADS) or b"").decode()


def _answered(file: Path, _: str, data: str, __: str, form: str) -> str:
    store = pyoxigraph.Store()
    store.load(path=data, format=_RDF[Path(data).suffix], base_iri=Path(data).as_uri())
    answer = store.query(file.read_text(encoding="utf-8"), base_iri=file.as_uri())
    if isinstance(answer, pyoxigraph.QueryTriples):
        return (answer.serialize(None, RdfFormat.N_TRIPLES) or b"").decode()
    return (answer.serialize(None, _ROWS[form]) or b"").decode()
