"""Write JSON-LD as node objects with their types and lists, compacted with disputegraph's own context.

The nodes are those of the algorithm "Serialize RDF as JSON-LD" (JSON-LD 1.1 API, section 8.4), with neither native
types nor `rdfDirection`. Of the context the document holds what it uses, inline, so that nobody has to fetch it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from disputegraph.errors import LimitError, UsageError
from disputegraph.rdf.compact_terms import CompactTerms, PrefixMeansScheme
from disputegraph.vocabulary import RDF

MAX_TRIPLES = 5_000_000
"""Triples of a document. All are held in memory, about 400 bytes each, since any may make a node part of a list."""

_IN_MEMORY = 64 << 20  # bytes of text; what is longer waits on disk for its context
_PLAIN = "http://www.w3.org/2001/XMLSchema#string"
_TYPE, _FIRST, _REST, _NIL, _LIST, _JSON = (
    RDF.base + name for name in ("type", "first", "rest", "nil", "List", "JSON")
)

Value: TypeAlias = "NamedNode | BlankNode | Literal | _List"
Node: TypeAlias = dict[str, list[Value]]
"""The values of a node by property."""

Graph: TypeAlias = dict[str, Node]
"""Nodes by their IRI, or by their label with `_:` before it."""


class _List(NamedTuple):
    """A list that stands as such, its nodes taken away; a member is the only value of its node's `rdf:first`."""

    members: list[list[Value]]


class _Use(NamedTuple):
    """The place where a node is the value of another."""

    graph: str
    name: str
    node: Node
    property: str
    place: int


def write_jsonld(quads: Iterable[Quad], output: IO[bytes], *, prefixes: Mapping[str, str]) -> None:
    """Write quads as one JSON-LD 1.1 document: its context, and a node on each line.

    Raises:
        UsageError: there is a triple term, which JSON-LD cannot hold.
        LimitError: there are more than `MAX_TRIPLES`.
    """
    graphs = _gathered(quads)
    _make_lists(graphs)
    terms = CompactTerms(prefixes)
    while True:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                for place, node in enumerate(_node_objects(graphs, terms)):
                    body.write(b",\n  " if place else b"\n  ")
                    body.write(json.dumps(node, ensure_ascii=False).encode())
            except PrefixMeansScheme as met:
                terms = terms.but_for(met.prefix)
                continue
            lines = (f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in terms.context().items())
            output.write(b'{\n  "@context": {\n' + ",\n".join(lines).encode() + b'\n  },\n  "@graph": [')
            body.seek(0)
            while piece := body.read(1 << 20):
                output.write(piece)
            output.write(b"\n]}\n")
            return


def _gathered(quads: Iterable[Quad]) -> dict[str, Graph]:
    """Return the graphs by name, the default graph's name being empty."""
    graphs: dict[str, Graph] = {"": {}}
    names: dict[str, str] = {}  # one text for all places where a name stands
    for number, quad in enumerate(quads):
        if number == MAX_TRIPLES:
            raise LimitError(
                f"there are more than {MAX_TRIPLES:,} triples, and JSON-LD is made of them in memory. "
                "Write turtle, trig, ntriples or nquads."
            )
        value = quad.object
        if isinstance(value, Triple) or isinstance(quad.subject, Triple):
            raise UsageError(
                "the data has a triple term (RDF 1.2), which jsonld cannot hold. "
                "Write turtle, trig, ntriples or nquads."
            )
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else _name(quad.graph_name)
        subject, predicate = _name(quad.subject), quad.predicate.value
        node = graphs.setdefault(graph, {}).setdefault(names.setdefault(subject, subject), {})
        node.setdefault(names.setdefault(predicate, predicate), []).append(value)
    for nodes in graphs.values():
        for node in nodes.values():
            for name, values in node.items():
                if len(values) > 1:
                    node[name] = list(dict.fromkeys(values))
    return graphs


def _name(term: NamedNode | BlankNode) -> str:
    return term.value if isinstance(term, NamedNode) else f"_:{term.value}"


def _make_lists(graphs: dict[str, Graph]) -> None:
    """Put lists in the place of their first nodes, where nothing else is said of any of their nodes."""
    uses: dict[str, _Use | None] = dict.fromkeys(graphs)  # None: used more than once, or as a graph's name
    ends: list[_Use] = []
    for graph, nodes in graphs.items():
        for name, node in nodes.items():
            for prop, values in node.items():
                for place, value in enumerate(values):
                    if isinstance(value, BlankNode):
                        label = _name(value)
                        uses[label] = None if label in uses else _Use(graph, name, node, prop, place)
                    elif prop != _TYPE and isinstance(value, NamedNode) and value.value == _NIL:
                        ends.append(_Use(graph, name, node, prop, place))
    for use in ends:
        members: list[list[Value]] = []
        while _is_link(use) and (before := uses.get(use.name)) is not None and before.graph == use.graph:
            members.append(use.node[_FIRST])
            del graphs[use.graph][use.name]
            use = before  # noqa: PLW2901  # it walks from the end of the list to its head
        use.node[use.property][use.place] = _List(members[::-1])


def _is_link(use: _Use) -> bool:
    """Return whether a node that leads to the rest of a list does nothing else."""
    node = use.node
    if use.property != _REST or not use.name.startswith("_:") or node.keys() - {_TYPE} != {_FIRST, _REST}:
        return False
    types = node.get(_TYPE, [])
    return len(node[_FIRST]) == len(node[_REST]) == 1 and (not types or types == [NamedNode(_LIST)])


def _node_objects(graphs: dict[str, Graph], terms: CompactTerms) -> Iterator[dict[str, Any]]:
    default = graphs[""]
    for name, node in default.items():
        written = _node_object(name, node, terms)
        if name in graphs:
            written["@graph"] = [_node_object(*item, terms) for item in graphs[name].items()]
        yield written
    for name, nodes in graphs.items():
        if name and name not in default:
            yield {
                terms.keyword("@id"): terms.reference(name),
                "@graph": [_node_object(*item, terms) for item in nodes.items()],
            }


def _node_object(name: str, node: Node, terms: CompactTerms) -> dict[str, Any]:
    written: dict[str, Any] = {terms.keyword("@id"): terms.reference(name)}
    for prop, values in node.items():
        for value in values:
            if prop == _TYPE and isinstance(value, NamedNode | BlankNode):
                _add(written, terms.keyword("@type"), terms.vocabulary_reference(_name(value)))
            else:
                _write_value(written, prop, value, terms)
    return written


def _write_value(written: dict[str, Any], prop: str, value: Value, terms: CompactTerms) -> None:
    """Add a value to a node object under the term that suits it best."""
    if isinstance(value, NamedNode | BlankNode):
        if key := terms.term_for(prop, "@vocab"):
            _add(written, key, terms.vocabulary_reference(_name(value)))
        elif key := terms.term_for(prop, "@id"):
            _add(written, key, terms.reference(_name(value)))
        else:
            _add(written, terms.plain_term(prop), _value_object(value, terms))
    elif isinstance(value, Literal):
        if value.language and not value.direction and (key := terms.term_for(prop, "@language")):
            _add(written.setdefault(key, {}), value.language, value.value)
        elif not value.language and (key := terms.term_for(prop, value.datatype.value)):
            _add(written, key, value.value)
        else:
            _add(written, terms.plain_term(prop), _value_object(value, terms))
    else:
        _add(written, terms.plain_term(prop), _value_object(value, terms))


def _value_object(value: Value, terms: CompactTerms) -> Any:
    """Return a value as it stands where no term says of what type it is."""
    if isinstance(value, _List):
        return {"@list": [_value_object(member, terms) for (member,) in value.members]}
    if isinstance(value, NamedNode | BlankNode):
        return {terms.keyword("@id"): terms.reference(_name(value))}
    if value.direction:
        return {"@value": value.value, "@language": value.language, "@direction": str(value.direction)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == _PLAIN:
        return value.value
    if datatype == _JSON:
        try:
            parsed = json.loads(value.value)
            json.dumps(parsed, allow_nan=False)
            return {"@value": parsed, terms.keyword("@type"): "@json"}
        except (ValueError, RecursionError):
            pass  # not JSON, and kept as it is
    return {"@value": value.value, terms.keyword("@type"): terms.vocabulary_reference(datatype)}


def _add(place: dict[str, Any], key: str, value: Any) -> None:
    """Add a value under a key: alone, or behind those that are there."""
    if key not in place:
        place[key] = value
    elif isinstance(place[key], list):
        place[key].append(value)
    else:
        place[key] = [place[key], value]
