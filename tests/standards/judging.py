"""Run a case of a suite through the command, as one who sees nothing but its output, and judge what comes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from .cases import Case

__all__ = ["Command", "judged"]

Command = Callable[..., tuple[int, str, str]]
"""Runs the command with the given words: exit code, standard output, standard error."""

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF = {
    ".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
}  # fmt: skip
_RESULTS = {
    ".srx": pyoxigraph.QueryResultsFormat.XML,
    ".srj": pyoxigraph.QueryResultsFormat.JSON,
    ".tsv": pyoxigraph.QueryResultsFormat.TSV,
}


def judged(case: Case, command: Command, scratch: Path) -> str | None:
    """Return None where the command does what the case asks, else what it did instead."""
    return _rdf(case, command) if case.kind == "rdf" else _query(case, command, scratch)


def _rdf(case: Case, command: Command) -> str | None:
    code, out, err = command("convert", str(case.action), "--to", "nquads", "--base", case.base, *case.words)
    if not case.good:
        return None if code == 3 else f"accepted: exit code {code}"
    if code != 0:
        return f"refused: {err.strip()[-200:]}"
    found = _canonical(_parsed(out.encode(), RdfFormat.N_QUADS))
    if case.result is not None:
        wanted = _canonical(pyoxigraph.parse(path=str(case.result), format=_RDF[case.result.suffix], lenient=True))
        if found != wanted:
            return "another graph"
    return None


def _query(case: Case, command: Command, scratch: Path) -> str | None:
    text = case.action.read_text(encoding="utf-8")
    graph = re.search(r"^\s*(CONSTRUCT|DESCRIBE)\b", _bare(text), re.IGNORECASE | re.MULTILINE)
    form = "ntriples" if graph else "json"
    if case.result is not None and case.result.suffix in (".csv", ".tsv"):
        form = case.result.suffix[1:]
    data = _dataset(case, scratch, text)
    code, out, err = command("query", str(case.action), "-d", str(data), "-f", form)
    if not case.good:
        return None if code == 3 else f"accepted: exit code {code}"
    if code != 0:
        return f"refused: {err.strip()[-200:]}"
    if case.result is None:
        return None
    if form == "csv":
        same = _cells(out) == _cells(case.result.read_text(encoding="utf-8"))
    elif graph:
        wanted_graph = pyoxigraph.parse(path=str(case.result), format=_RDF[case.result.suffix])
        same = _canonical(_parsed(out.encode(), RdfFormat.N_TRIPLES)) == _canonical(wanted_graph)
    else:
        found = _answer(pyoxigraph.parse_query_results(out.encode(), _RESULTS[".tsv" if form == "tsv" else ".srj"]))
        wanted_rows = _expected(case.result)
        if case.lax and not isinstance(found, bool) and not isinstance(wanted_rows, bool):
            found, wanted_rows = _once(found), _once(wanted_rows)
        same = _alike(found, wanted_rows) or _alike(_as_values(found), _as_values(wanted_rows))
    return None if same else "another answer"


def _bare(query: str) -> str:
    return re.sub(r"#[^\n]*|\"[^\"\n]*\"|<[^>\n]*>", "", query)


def _cells(text: str) -> Counter[frozenset[tuple[str, str]]]:
    """Return the rows of a CSV text; SELECT * leaves the order of columns open, and blank nodes have any name."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return Counter(frozenset((name, re.sub(r"^_:.*", "_:", cell)) for name, cell in row.items()) for row in rows)


def _dataset(case: Case, scratch: Path, query: str) -> Path:
    """Return the file of the data: the case's own where there is one, else all graphs in one."""
    graphs = dict(case.graphs)
    for iri in re.findall(r"FROM\s+(?:NAMED\s+)?<([^>]*)>", query, re.IGNORECASE):
        path = case.action.parent / iri
        if path.exists():
            graphs[path.as_uri()] = path
    if len(case.data) == 1 and not graphs:
        return case.data[0]
    quads = [quad for path in case.data for quad in _file(path)]
    for iri, path in graphs.items():
        quads += [Quad(q.subject, q.predicate, q.object, NamedNode(iri)) for q in _file(path)]
    data = scratch / "data.nq"
    pyoxigraph.serialize(quads, str(data), RdfFormat.N_QUADS)
    return data


def _file(path: Path) -> Iterable[Quad]:
    return pyoxigraph.parse(path=str(path), format=_RDF[path.suffix], base_iri=path.as_uri(), rename_blank_nodes=True)


def _parsed(text: bytes, form: RdfFormat) -> Iterable[Quad]:
    # The engine lets IRIs pass in Turtle that it refuses in N-Quads; which, is not what is asked here.
    return pyoxigraph.parse(text, form, lenient=True)


def _canonical(quads: Iterable[Quad]) -> set[Quad]:
    dataset = Dataset([Quad(q.subject, q.predicate, _plain(q.object), q.graph_name) for q in quads])
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _plain(term: object) -> object:
    # Language tags are compared without regard to case (RDF 1.1 Concepts, section 3.3).
    if isinstance(term, Literal) and term.language:
        return Literal(term.value, language=term.language.lower())
    return term


Rows = bool | list[dict[str, object]]


def _answer(found: object) -> Rows:
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: _plain(row[name]) for name in names if row[name] is not None} for row in found]


def _expected(path: Path) -> Rows:
    if path.suffix in _RESULTS:
        return _answer(pyoxigraph.parse_query_results(path.read_bytes(), _RESULTS[path.suffix]))
    graph = Dataset(_file(path))

    def values(subject: object, name: str) -> list[object]:
        found = graph.quads_for_subject(subject)
        return [quad.object for quad in found if quad.predicate.value == RS + name]

    (result,) = {quad.subject for quad in graph if getattr(quad.object, "value", "") == RS + "ResultSet"}
    if truth := values(result, "boolean"):
        return truth[0].value == "true"  # type: ignore[attr-defined]
    rows = []
    for solution in values(result, "solution"):
        bindings = values(solution, "binding")
        rows.append({values(one, "variable")[0].value: _plain(values(one, "value")[0]) for one in bindings})  # type: ignore[attr-defined]
    return rows


def _as_values(rows: Rows) -> Rows:
    """Return rows with each literal spelt as a store spells its value, which is all that an engine keeps of it."""
    if isinstance(rows, bool):
        return rows
    store, node = pyoxigraph.Store(), NamedNode("v:")

    def value(term: object) -> object:
        if not isinstance(term, Literal):
            return term
        store.clear()
        store.add(Quad(node, node, term))
        (quad,) = store
        return quad.object

    return [{name: value(term) for name, term in row.items()} for row in rows]


def _once(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _alike(found: Rows, wanted: Rows) -> bool:
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if len(found) != len(wanted):
        return False
    return _as_graph(found) == _as_graph(wanted)


def _as_graph(rows: list[dict[str, object]]) -> tuple[object, ...]:
    """Return rows in a form in which two are equal if they are alike but for the names of blank nodes."""
    plain = [row for row in rows if not any(isinstance(term, BlankNode) for term in row.values())]
    blank = [row for row in rows if any(isinstance(term, BlankNode) for term in row.values())]
    quads = [
        Quad(BlankNode(f"row{number}"), NamedNode(f"v:{name}"), term, DefaultGraph())  # type: ignore[arg-type]
        for number, row in enumerate(blank)
        for name, term in row.items()
    ]
    return Counter(frozenset(row.items()) for row in plain), _canonical(quads), len(blank)
