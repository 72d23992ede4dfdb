"""The remote store: any server that speaks the SPARQL 1.1 Protocol (W3C Recommendation 2013)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

import pyoxigraph
import requests
from pyoxigraph import DefaultGraph, Quad, QueryBoolean, QueryResultsFormat

from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.rdf import FORMATS, Format, screened, source_of_path
from disputegraph.sparql import examine, tokenise
from disputegraph.store.interface import Answer, Store
from disputegraph.store.query_answers import Rows, Triples
from disputegraph.store.server_session import Body, Server

_TSV = "text/tab-separated-values"  # about half as long as JSON
_JSON_OR_XML = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_RESULTS = {
    _TSV: QueryResultsFormat.TSV,
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_LONGEST_GET = 1500  # characters of a query that go into an address
_ASKED = "__ASK_RETVAL"  # how Virtuoso answers ASK in JSON: as a row


class RemoteStore(Store):
    """The data of a SPARQL server, asked over HTTP; answers are streamed."""

    can_infer = False

    def __init__(
        self, address: str, *, user: str | None = None, allow_network: bool = False, timeout: float | None = None
    ) -> None:
        self._server = Server(address, user=user, timeout=timeout)
        self._user = user
        self.location = self._server.address
        self.allow_network = allow_network
        self._writes_tsv = True  # until it shows that it does not

    @property
    def prefixes(self) -> Mapping[str, str]:
        """None: a server does not tell which prefixes its data was written with."""
        return MappingProxyType({})

    def load(self, path: Path, *, format: str | None = None, base: str | None = None) -> None:
        """Send an RDF file to the server; raises as `uploading.upload`."""
        from disputegraph.store.uploading import upload

        upload(self.location, [source_of_path(path, format=format, base=base)], user=self._user)

    def quads(self) -> Iterator[Quad]:
        """Yield the triples of the default graph, and the quads of named graphs that are not part of it."""
        # By SELECT, since of what CONSTRUCT gives some servers lose literals.
        for row in self.select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }"):
            yield _quad(row["s"], row["p"], row["o"], DefaultGraph())
        if "default-graph-uri=" in self.location:
            return  # the user has said which graph is the data
        apart = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
        if self.ask(apart):
            for row in self.select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"):
                yield _quad(row["s"], row["p"], row["o"], row["g"])

    def __len__(self) -> int:
        (row,) = self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return int(row["n"].value)

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    def _answer(
        self, query: str, *, prefixes: Mapping[str, str], base: str | None, path: str | None, infer: bool
    ) -> Answer:
        if infer:
            raise UsageError(
                f"{self.location}: inference needs the data in memory, and a server's are not fetched for it. Ask "
                "without --infer, or fetch them: disputegraph query 'CONSTRUCT WHERE { ?s ?p ?o }' -o data.nt"
            )
        # The prologue stands on the first line, so that the lines a server complains of are the query's own.
        used = {token.text.partition(":")[0] for token in tokenise(query) if token.kind == "name"}
        head = f"BASE <{base}> " if base else ""
        head += "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name in used)
        asked = head + query
        form = examine(query, path=path).form
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._read(self._ask(asked, _GRAPH), graph=True)
        if form == "SELECT" and self._writes_tsv:
            answer = self._ask(asked, f"{_TSV}, {_JSON_OR_XML}")
            body = self._server.body(answer)
            if _media_type(answer) != _TSV or _is_sound(answer, body):
                return self._read(answer, body, graph=False)
            answer.close()
            self._writes_tsv = False
        return self._read(self._ask(asked, _JSON_OR_XML), graph=False)

    def _ask(self, query: str, accept: str) -> requests.Response:
        if len(query) <= _LONGEST_GET:
            return self._server.send("GET", self.location, params={"query": query}, accept=accept)
        return self._server.send("POST", self.location, data={"query": query}, accept=accept)

    def _read(self, answer: requests.Response, body: Body | None = None, *, graph: bool) -> Answer:
        media_type = _media_type(answer)
        if cut := answer.headers.get("X-SPARQL-MaxRows"):
            answer.close()
            raise LimitError(
                f"{self.location}: the server cuts its answers at {cut} rows, and this one has more. Ask for less, or "
                "raise the server's limit (Virtuoso: ResultSetMaxRows)."
            )
        if answer.headers.get("X-SQL-State"):  # Virtuoso, whose time for a query was up
            said = answer.headers.get("X-SQL-Message", "")[:200]
            answer.close()
            raise LimitError(
                f"{self.location}: the server stopped at a limit of its own and sends a part of the answer ({said}). "
                "Ask for less, or raise the server's limit (Virtuoso: MaxQueryExecutionTime)."
            )
        stream = cast("IO[bytes]", body or self._server.body(answer))  # all that is asked of it is read
        form = _format_of(media_type)
        if media_type in _RESULTS and not graph:
            with self._failing():
                found = pyoxigraph.parse_query_results(stream, _RESULTS[media_type])
                if isinstance(found, QueryBoolean):
                    return found
                if [variable.value for variable in found.variables] == [_ASKED]:
                    return _truth(next(found)[_ASKED].value in ("1", "true"))
                return Rows(found, self._failing)
        if form is not None and form.name != "jsonld" and graph:  # that is not asked for, and would have to be bounded
            watched = screened(stream, form, self.location)
            triples = (quad.triple for quad in pyoxigraph.parse(watched, form.engine, base_iri=self.location))
            return Triples(triples, self._failing)
        answer.close()
        wanted = "a graph" if graph else "SPARQL results"
        what = "a web page" if "html" in media_type else f"'{media_type or 'nothing that it names'}'"
        raise DataError(
            f"answers with {what} and not with {wanted}. Is this the address of the endpoint itself? It often ends in "
            "/sparql or /query.",
            path=self.location,
        )

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise DataError(f"the answer is broken, or breaks off: {error}.", path=self.location) from None


def _media_type(answer: requests.Response) -> str:
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _is_sound(answer: requests.Response, body: Body) -> bool:
    """Return whether an answer in TSV can be relied on.

    TSV has no mark at its end, so the transfer must tell where that is. Virtuoso (7.2) writes something else by that
    name, without languages and datatypes, and without the question marks of the header; behind a proxy that hides its
    name it is known by these.
    """
    told = "Content-Length" in answer.headers or "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    named = "virtuoso" in answer.headers.get("Server", "").lower()
    return told and not named and body.peek()[:1] in (b"?", b"\n")


def _format_of(media_type: str) -> Format | None:
    return next((form for form in FORMATS if media_type in form.media_types), None)


def _truth(value: bool) -> QueryBoolean:
    text = b'{"head":{},"boolean":%s}' % (b"true" if value else b"false")
    found = pyoxigraph.parse_query_results(text, QueryResultsFormat.JSON)
    assert isinstance(found, QueryBoolean)  # noqa: S101  # so it stands above
    return found


def _quad(subject: object, predicate: object, value: object, graph: object) -> Quad:
    return Quad(subject, predicate, value, graph)  # type: ignore[arg-type]  # a server's rows hold no more than RDF
