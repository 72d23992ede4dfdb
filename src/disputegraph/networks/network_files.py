"""Write networks for other tools: GraphML, GEXF, edge lists, matrices, JSON, UCINET DL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING

from disputegraph.errors import UsageError, nearest
from disputegraph.networks.network_graphs import graph_of
from disputegraph.networks.network_weights import Weights
from disputegraph.tables import to_cell

if TYPE_CHECKING:
    from disputegraph.networks.network_graphs import Graph

__all__ = ["FORMATS", "SUFFIXES", "write_network"]

SUFFIXES = {"graphml": "graphml", "gexf": "gexf", "csv": "csv", "json": "json", "dl": "ucinet", "txt": "ucinet"}
"""The format for each suffix of a file."""

# What XML 1.0 cannot hold, not even escaped (section 2.2, production Char).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_network(weights: Weights, stream: IO[bytes], form: str) -> None:
    """Write a network.

    Args:
        weights: the finished numbers, see `weigh`.
        stream: a binary file.
        form: ``graphml``; ``gexf`` (with the dates of nodes and edges); ``csv``, one line an edge; ``matrix``, a CSV
            table with labels; ``json``, node-link data as networkx reads them; ``ucinet``, a DL full matrix.

    Raises:
        UsageError: `form` is none of these.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown format '{form}'.{nearest(form, FORMATS)} There are {', '.join(FORMATS)}.")
    FORMATS[form](weights, stream)


def _write_graphml(weights: Weights, stream: IO[bytes]) -> None:
    import networkx as nx

    nx.write_graphml_xml(_for_xml(graph_of(weights)), stream, encoding="utf-8", prettyprint=True)


def _write_gexf(weights: Weights, stream: IO[bytes]) -> None:
    from networkx.readwrite.gexf import GEXFWriter

    graph = _for_xml(graph_of(weights, dates=True))
    for node, attributes in graph.nodes(data=True):
        attributes["label"] = attributes.get("label", node)
    writer = GEXFWriter(graph, encoding="utf-8", prettyprint=True, version="1.2draft")
    # The same bytes on every day.
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(stream)


def _for_xml(graph: Graph) -> Graph:
    """Return the graph with labels that XML can hold."""
    for _, attributes in graph.nodes(data=True):
        for name, value in attributes.items():
            if isinstance(value, str):
                attributes[name] = _NO_XML.sub("\ufffd", value)
    return graph


def _write_edges(weights: Weights, stream: IO[bytes]) -> None:
    rows, columns = weights.pattern
    names = [name for name in weights.parts if name not in ("count", "unsided")]
    parts = [weights.values(weights.parts[name]).tolist() for name in names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["source", "target", "source_label", "target_label", "weight", "count", *names])
    across, labels = weights.columns, weights.labels
    for row, column, weight, count, *others in zip(
        rows.tolist(),
        columns.tolist(),
        weights.values(weights.matrix).tolist(),
        weights.count.tolist(),
        *parts,
        strict=True,
    ):
        source, target = weights.nodes[row], across[column]
        ends = [to_cell(text) for text in (source, target, labels[source], labels[target])]
        writer.writerow([*ends, _number(weight), count, *map(_number, others)])
    stream.write(text.getvalue().encode())


def _write_matrix(weights: Weights, stream: IO[bytes]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["", *map(to_cell, _titles(weights, weights.columns))])
    for row, label in enumerate(_titles(weights, weights.nodes)):
        writer.writerow([to_cell(label), *map(_number, weights.matrix[[row], :].toarray().ravel().tolist())])
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


def _write_json(weights: Weights, stream: IO[bytes]) -> None:
    import networkx as nx

    data = nx.node_link_data(graph_of(weights, dates=True), edges="edges")
    stream.write(json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")


def _titles(weights: Weights, nodes: Sequence[str]) -> list[str]:
    """Return labels; where two nodes share one, the IRI stands behind it, so that no two rows are called the same."""
    seen: dict[str, int] = {}
    for node in nodes:
        seen[weights.labels[node]] = seen.get(weights.labels[node], 0) + 1
    return [label if seen[label := weights.labels[node]] == 1 else f"{label} <{node}>" for node in nodes]


def _dl_labels(labels: list[str]) -> list[str]:
    return ['"' + re.sub(r"[\"'\s]+", " ", label.replace('"', "").replace("'", "")) + '"' for label in labels]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


FORMATS: dict[str, Callable[[Weights, IO[bytes]], None]] = {
    "graphml": _write_graphml,
    "gexf": _write_gexf,
    "csv": _write_edges,
    "matrix": _write_matrix,
    "json": _write_json,
    "ucinet": _write_ucinet,
}
