"""Send documents to a server in pieces: by the Graph Store Protocol where it speaks it, else by SPARQL Update."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from disputegraph.errors import DataError, DisputeGraphError, QueryError, UsageError
from disputegraph.rdf import Source, blank_nodes, mentions_blank_node, read_all
from disputegraph.store.server_session import RefusedError, Server

PIECE = 10_000
"""Quads in one request, or more where blank nodes hang together."""

_DEFAULT = DefaultGraph()


@dataclass(frozen=True, slots=True)
class _Door:
    """Where and how a server takes data: by "store" (Graph Store Protocol) or "update"."""

    kind: str
    address: str
    media_type: str = "application/n-triples"
    needs_graph: bool = False


def upload(
    address: str,
    sources: Sequence[Source],
    *,
    graph: str | None = None,
    user: str | None = None,
    allow_network: bool = False,
    piece: int = PIECE,
) -> int:
    """Send `sources` to the server at `address` and return how many triples were sent.

    The requests are not one transaction. Sending the same again changes nothing but that blank nodes are doubled.

    Args:
        address: the query endpoint, the update endpoint, or the graph store.
        sources: the documents.
        graph: IRI of the graph that takes what stands in the documents' default graphs.
        user: who sends it; see `server_session`.
        allow_network: let JSON-LD fetch its contexts.
        piece: how many quads go into one request.

    Raises:
        DataError: a source cannot be read, or the server cannot be reached, fails, or takes no data; the text says
            how much it has taken.
        UsageError: the server needs a graph to be named.
    """
    server = Server(address, user=user)
    target = NamedNode(graph) if graph else _DEFAULT
    sent, under_way = 0, 0
    try:
        door = _door(server, graph)
        for batch in _batches(read_all(sources, allow_network=allow_network), piece):
            for name, part in _by_graph(batch, target).items():
                under_way = len(part)
                _send(server, door, name, part)
                sent, under_way = sent + len(part), 0
    except DisputeGraphError as error:
        if isinstance(error, RefusedError):
            under_way = 0
        if sent or under_way:
            raise DataError(f"{error}{_what_is_there(sent, under_way)}") from None
        raise
    finally:
        server.close()
    return sent


def _what_is_there(sent: int, under_way: int) -> str:
    """Return what the server may now hold, after `sent` triples and a request of more that was not acknowledged."""
    doubt = f"; of {under_way:,} more it has not said whether it has taken them" if under_way else ""
    again = " Load again when it is mended: that adds what is missing, but blank nodes once more."
    return f" The server has taken {sent:,} triples{doubt}.{again}"


def _door(server: Server, graph: str | None) -> _Door:
    parts = urlsplit(server.address)
    path = parts.path.rstrip("/")

    def at(new: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, new, "", ""))

    last = path.rpartition("/")[2]
    if last in ("update", "statements"):
        return _Door("update", server.address)
    if last in ("store", "data", "service") or "graph-crud" in last:
        return _Door("store", server.address, "text/turtle" if "graph-crud" in last else "application/n-triples")
    with server.send("GET", server.address, params={"query": "ASK {}"}) as answer:
        product = answer.headers.get("Server", "").lower()
    if "virtuoso" in product:
        if graph is None:
            raise UsageError("Virtuoso keeps no triples outside of named graphs; name one with --graph IRI.")
        return _Door("store", at(path.removesuffix("sparql") + "sparql-graph-crud-auth"), "text/turtle", True)
    if last in ("query", "sparql"):
        return _Door("update", at(path.removesuffix(last) + "update"))
    return _Door("update", server.address)


def _send(server: Server, door: _Door, graph: NamedNode | BlankNode | DefaultGraph, quads: Sequence[Quad]) -> None:
    text = pyoxigraph.serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES) or b""
    if door.kind == "store":
        if isinstance(graph, BlankNode):
            raise UsageError("a graph named by a blank node cannot be sent to a graph store; give it an IRI.")
        named = {"graph": graph.value} if isinstance(graph, NamedNode) else {"default": ""}
        if door.needs_graph:
            named = {"graph-uri": named["graph"]}
        _post(server, door.address, text, door.media_type, named)
        return
    body = text if graph == _DEFAULT else b"GRAPH %s {\n%s}" % (str(graph).encode(), text)
    _post(server, door.address, b"INSERT DATA {\n%s}" % body, "application/sparql-update")


def _post(server: Server, address: str, text: bytes, media_type: str, params: Mapping[str, str] | None = None) -> None:
    try:
        server.send("POST", address, params=params, data=text, content_type=media_type).close()
    except QueryError as error:
        raise RefusedError(str(error).replace("does not take the query", "does not take the data")) from None


def _by_graph(
    quads: Iterable[Quad], target: NamedNode | DefaultGraph
) -> dict[NamedNode | BlankNode | DefaultGraph, list[Quad]]:
    found: dict[NamedNode | BlankNode | DefaultGraph, list[Quad]] = {}
    for quad in quads:
        name = target if quad.graph_name == _DEFAULT else quad.graph_name
        assert not isinstance(name, Triple)  # noqa: S101  # no graph is named by one
        found.setdefault(name, []).append(quad)
    return found


def _batches(quads: Iterable[Quad], piece: int) -> Iterator[list[Quad]]:
    """Yield the quads in batches, those of blank nodes that hang together in one: a label means nothing beyond it."""
    batch: list[Quad] = []
    for group in _groups(quads):
        batch += group
        if len(batch) >= piece:
            yield batch
            batch = []
    if batch:
        yield batch


def _groups(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    blank = []
    for quad in quads:
        if mentions_blank_node(quad):
            blank.append(quad)
        else:
            yield [quad]
    if not blank:
        return
    from networkx.utils import UnionFind

    together: UnionFind[BlankNode] = UnionFind()
    groups = defaultdict(list)
    for quad in blank:
        together.union(*blank_nodes(quad))
    for quad in blank:
        groups[together[next(blank_nodes(quad))]].append(quad)
    yield from groups.values()
