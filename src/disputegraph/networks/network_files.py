"""Write networks for other tools: GraphML, GEXF, edge lists, matrices, JSON, UCINET DL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from disputegraph.errors import UsageError, nearest
from disputegraph.networks.drawn_networks import drawn_graph, known_of_nodes
from disputegraph.networks.network_graphs import graph_of
from disputegraph.networks.network_weights import Weights
from disputegraph.tables import to_cell

if TYPE_CHECKING:
    from disputegraph.networks.network_graphs import Graph

Attributes: TypeAlias = Mapping[str, Mapping[str, Any]]

SUFFIXES = {"graphml": "graphml", "gexf": "gexf", "csv": "csv", "json": "json", "dl": "ucinet", "txt": "ucinet"}
"""The format for each suffix of a file."""

# What XML 1.0 cannot hold, not even escaped (section 2.2, production Char).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_network(weights: Weights, stream: IO[bytes], form: str, *, attributes: Attributes | None = None) -> None:
    """Write a network.

    Args:
        weights: the finished numbers, see `weigh`.
        stream: a binary file.
        form: ``graphml``; ``gexf`` (with the dates of nodes and edges); ``csv``, one line an edge; ``matrix``, a CSV
            table with labels; ``json``, node-link data as networkx reads them; ``ucinet``, a DL full matrix. GraphML
            and GEXF are for programs that draw; see `drawn_graph`.
        attributes: further attributes by node, for GraphML, GEXF and JSON.

    Raises:
        UsageError: `form` is none of these.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown format '{form}'.{nearest(form, FORMATS)} There are {', '.join(FORMATS)}.")
    further = {"attributes": attributes} if attributes and form in ("graphml", "gexf", "json") else {}
    FORMATS[form](weights, stream, **further)


def _write_graphml(weights: Weights, stream: IO[bytes], attributes: Attributes | None = None) -> None:
    import networkx as nx

    graph = _for_xml(drawn_graph(weights, attributes=attributes))
    for told in _each(graph):
        if colour := _rgb(told):  # as Gephi and Gephi Lite read colours
            told["r"], told["g"], told["b"] = colour
    nx.write_graphml_xml(graph, stream, encoding="utf-8", prettyprint=True)


def _write_gexf(weights: Weights, stream: IO[bytes], attributes: Attributes | None = None) -> None:
    from networkx.readwrite.gexf import GEXFWriter

    graph = _for_xml(drawn_graph(weights, dates=True, attributes=attributes))
    for node, told in graph.nodes(data=True):
        told["label"] = told.get("label", node)
    for told in _each(graph):
        if colour := _rgb(told):
            told["viz"] = {"color": {**dict(zip("rgb", colour, strict=True)), "a": 1.0}}
        if "x" in told and "y" in told:
            told.setdefault("viz", {})["position"] = {"x": told.pop("x"), "y": told.pop("y"), "z": 0.0}
    writer = GEXFWriter(graph, encoding="utf-8", prettyprint=True, version="1.2draft")
    # The same bytes on every day.
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(stream)


def _each(graph: Graph) -> Iterator[dict[str, Any]]:
    """Yield the attributes of each node and of each edge."""
    yield from (told for _, told in graph.nodes(data=True))
    yield from (told for _, _, told in graph.edges(data=True))


def _rgb(told: Mapping[str, Any]) -> tuple[int, ...]:
    """Return red, green and blue of a colour; nothing where it is not one."""
    colour = str(told.get("colour", ""))
    return tuple(bytes.fromhex(colour[1:])) if re.fullmatch("#[0-9A-Fa-f]{6}", colour) else ()


def _for_xml(graph: Graph) -> Graph:
    """Return the graph with labels that XML can hold."""
    for _, attributes in graph.nodes(data=True):
        for name, value in attributes.items():
            if isinstance(value, str):
                attributes[name] = _NO_XML.sub("\ufffd", value)
    return graph


def edge_rows(weights: Weights) -> Iterator[list[object]]:
    """Yield the edge list of a network as rows: the names of the columns, then a row an edge."""
    names = [name for name in weights.parts if name not in ("count", "unsided")]
    yield ["source", "target", "source_label", "target_label", "weight", "count", *names]
    columns = [weights.values(matrix).tolist() for matrix in (weights.matrix, *map(weights.parts.__getitem__, names))]
    ends = zip(*(places.tolist() for places in weights.pattern), strict=True)
    for (row, column), count, weight, *others in zip(ends, weights.count.tolist(), *columns, strict=True):
        source, target = weights.nodes[row], weights.columns[column]
        labels = weights.labels[source], weights.labels[target]
        yield [source, target, *labels, _number(weight), count, *map(_number, others)]


def node_link(weights: Weights) -> dict[str, Any]:
    """Return a network as node-link data, as networkx reads them, with the dates of its edges."""
    import networkx as nx

    data: dict[str, Any] = nx.node_link_data(graph_of(weights, dates=True), edges="edges")
    return data


def _write_edges(weights: Weights, stream: IO[bytes]) -> None:
    _write_rows(edge_rows(weights), stream)


def _write_matrix(weights: Weights, stream: IO[bytes]) -> None:
    labels = enumerate(_titles(weights, weights.nodes))
    rows = ([label, *map(_number, weights.matrix[[row], :].toarray().ravel().tolist())] for row, label in labels)
    _write_rows(chain([["", *_titles(weights, weights.columns)]], rows), stream)


def _write_rows(rows: Iterable[list[object]], stream: IO[bytes]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([to_cell(value) if isinstance(value, str) else value for value in row] for row in rows)
    stream.write(text.getvalue().encode())


def _write_ucinet(weights: Weights, stream: IO[bytes]) -> None:
    """Write UCINET's DL full matrix, laid out as Discourse Network Analyzer does."""
    height, width = weights.matrix.shape
    rows, columns = (_dl_labels(_titles(weights, nodes)) for nodes in (weights.nodes, weights.columns))
    if weights.bipartite:
        lines = [f"dl nr = {height}, nc = {width}, format = fullmatrix", "row labels:", *rows, "col labels:", *columns]
    else:
        lines = [f"dl n = {height}, format = fullmatrix", "labels:", *rows]
    lines.append("data:")
    for row in range(height):
        numbers = weights.matrix[[row], :].toarray().ravel().tolist()
        lines.append("".join(f" {_number(value)}" for value in numbers))
    stream.write(("\n".join(lines) + "\n").encode())


def _write_json(weights: Weights, stream: IO[bytes], attributes: Attributes | None = None) -> None:
    data = node_link(weights)
    known = known_of_nodes(weights, attributes)
    for node in data["nodes"]:
        node.update(known[node["id"]])
    stream.write(json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")


def _titles(weights: Weights, nodes: Sequence[str]) -> list[str]:
    """Return labels; where two nodes share one, the IRI stands behind it, so that no two rows are called the same."""
    seen: dict[str, int] = {}
    for node in nodes:
        seen[weights.labels[node]] = seen.get(weights.labels[node], 0) + 1
    return [label if seen[label := weights.labels[node]] == 1 else f"{label} <{node}>" for node in nodes]


def _dl_labels(labels: list[str]) -> list[str]:
    return ['"' + re.sub(r"[\"'\s]+", " ", label.replace('"', "").replace("'", "")) + '"' for label in labels]


def _number(value: float) -> float:
    return int(value) if value.is_integer() else value


FORMATS: dict[str, Callable[..., None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "csv": _write_edges,
    "matrix": _write_matrix,
    "json": _write_json,
    "ucinet": _write_ucinet,
}
