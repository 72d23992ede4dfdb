"""Read the GraphML that DNA writes, which is a dialect of visone's that networkx does not understand.

The dialect has keys without a name (visone's and yFiles' drawing data) and an untyped key on the graph; these are
passed over, save for the colours, which are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from disputegraph.errors import DataError, LimitError, file_errors

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import networkx as nx

MOST_BYTES = 256 * 2**20
_GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
_TYPES: dict[str, Any] = {"int": int, "long": int, "double": float, "float": float, "boolean": lambda t: t == "true"}


def read_dna_graphml(path: Path) -> nx.Graph[str]:
    """Return the network in a GraphML file of DNA, visone or any other program.

    Nodes keep their IDs (``n12``) and have the attributes that the file declares (name, variable, frequency, and
    attributes of the entities), ``color`` where one is drawn, and ``bipartite`` 0 or 1 in networks of two variables.
    Edges have ``weight`` and ``color``; where two join one pair, the network is a MultiGraph that has both, as networkx
    reads them.

    Raises:
        DataError: the file is not well-formed GraphML.
        LimitError: it is larger than 256 MiB.
    """
    import networkx as nx

    root = _parsed(path)
    graph = root.find(f"{_GRAPHML}graph")
    if root.tag != f"{_GRAPHML}graphml" or graph is None:
        raise DataError("is XML, but no GraphML with a graph in it.", path=str(path))
    keys = {
        key.get("id", ""): (key.get("attr.name", ""), _TYPES.get(key.get("attr.type", ""), str))
        for key in root.iter(f"{_GRAPHML}key")
        if key.get("attr.name")
    }
    edges = list(graph.iter(f"{_GRAPHML}edge"))
    usual = graph.get("edgedefault") == "directed"
    ways = {{"true": True, "false": False}.get(edge.get("directed", ""), usual) for edge in edges}
    _check_kept(root, path, mixed=len(ways) > 1)
    directed = next(iter(ways), usual)
    ends = [(edge.get("source", ""), edge.get("target", "")) for edge in edges]
    parallel = len({pair if directed else tuple(sorted(pair)) for pair in ends}) < len(ends)
    kinds: dict[tuple[bool, bool], type[nx.Graph[str]]] = {
        (False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph, (True, True): nx.MultiDiGraph
    }  # fmt: skip
    network = kinds[directed, parallel]()
    for node in graph.iter(f"{_GRAPHML}node"):
        if (name := _required(node, "id", path)) in network:
            raise DataError(f"two nodes have the id '{name}'.", path=str(path))
        network.add_node(name, **_attributes(node, keys, path, drawn="Fill"))
    for edge in edges:
        source, target = _required(edge, "source", path), _required(edge, "target", path)
        for end in (source, target):
            if end not in network:
                raise DataError(f"an edge leads to '{end}', and no node has that id.", path=str(path))
        network.add_edge(source, target, **_attributes(edge, keys, path, drawn="LineStyle"))
    variables = list(dict.fromkeys(data["variable"] for _, data in network.nodes(data=True) if "variable" in data))
    if len(variables) == 2:  # noqa: PLR2004  # rows and columns
        for _, data in network.nodes(data=True):
            if "variable" in data:
                data["bipartite"] = variables.index(data["variable"])
    return network


def _check_kept(root: Element, path: Path, *, mixed: bool) -> None:
    """Refuse what a plain network would lose."""
    if mixed:
        raise DataError("has directed and undirected edges, and a network has one kind.", path=str(path))
    if len(root.findall(f"{_GRAPHML}graph")) > 1:
        raise DataError("holds several graphs; write each into a file of its own.", path=str(path))
    if next(root.iter(f"{_GRAPHML}hyperedge"), None) is not None:
        raise DataError("has hyperedges, which a network of pairs cannot hold.", path=str(path))


def _parsed(path: Path) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import parse

    try:
        with file_errors(path):
            if path.stat().st_size > MOST_BYTES:
                raise LimitError(f"{path}: above {MOST_BYTES // 2**20} MiB.")
            root = parse(path).getroot()
    except ParseError as error:
        line, column = error.position
        raise DataError(f"is not well-formed XML: {error.msg}.", path=str(path), line=line, column=column + 1) from None
    except DefusedXmlException as error:
        raise DataError(f"declares entities, which no network needs: {error}.", path=str(path)) from None
    if root is None:
        raise DataError("is empty.", path=str(path))
    return root


def _attributes(element: Element, keys: dict[str, tuple[str, Any]], path: Path, *, drawn: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for data in element.findall(f"{_GRAPHML}data"):
        name, read = keys.get(data.get("key", ""), ("", str))
        if name:
            try:
                value = read((data.text or "").strip())
                if found.setdefault(name, value) != value:
                    raise DataError(f"'{name}' is given twice, as {found[name]} and as {value}.", path=str(path))
            except ValueError:
                raise DataError(f"'{data.text}' is not a value of '{name}'.", path=str(path)) from None
    for part in element.iter():
        if part.tag.rpartition("}")[2] == drawn and part.get("color"):
            found.setdefault("color", str(part.get("color")).lower())
    return found


def _required(element: Element, name: str, path: Path) -> str:
    value = element.get(name)
    if value is None:
        raise DataError(f"a {element.tag.rpartition('}')[2]} has no '{name}'.", path=str(path))
    return value
