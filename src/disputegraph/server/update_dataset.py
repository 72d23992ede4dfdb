"""The dataset of a request for an update: using-graph-uri and using-named-graph-uri (SPARQL 1.1 Protocol, 2.2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from disputegraph.errors import QueryError, UsageError
from disputegraph.sparql import Token, tokenise


def without_silent_loads(update: str) -> str:
    """Return an update whose LOAD SILENT operations do nothing, as where nothing can be fetched.

    SPARQL 1.1 Update, section 3.1.4: with SILENT the operation succeeds though the document cannot be had.

    Examples:
        >>> without_silent_loads("LOAD SILENT <http://example.org/> INTO GRAPH <urn:g> ; CLEAR ALL")
        'INSERT DATA {} ; CLEAR ALL'
    """
    tokens = list(tokenise(update))
    pieces, copied, depth = [], 0, 0
    for place, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        words = [each.text.upper() if each.kind == "word" else each.kind for each in tokens[place : place + 6]]
        if depth == 0 and words[:2] == ["LOAD", "SILENT"] and words[2:3] in (["iri"], ["name"]):
            into = words[3:5] == ["INTO", "GRAPH"] and words[5:6] in (["iri"], ["name"])
            last = tokens[place + (5 if into else 2)]
            pieces += [update[copied : token.start], "INSERT DATA {}"]
            copied = last.start + len(last.text)
    return "".join([*pieces, update[copied:]])


def with_dataset(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return an update whose operations with a WHERE find their solutions in these graphs, by clauses of its own.

    Raises:
        QueryError: the update names a dataset itself, which the protocol forbids.
        UsageError: one of the graphs is not an IRI.

    Examples:
        >>> with_dataset("DELETE WHERE { ?s ?p 1 }", ["http://example.org/g"], [])
        'DELETE { ?s ?p 1 } USING <http://example.org/g> WHERE { ?s ?p 1 }'
    """
    if not default_graphs and not named_graphs:
        return update
    clauses = "".join(f"USING {_iri(iri)} " for iri in default_graphs)
    clauses += "".join(f"USING NAMED {_iri(iri)} " for iri in named_graphs)
    tokens = list(tokenise(update))
    pieces, copied, depth = [], 0, 0
    for place, token in enumerate(tokens):
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise QueryError(f"using-graph-uri in the request and {word} in the update exclude each other.")
        if word == "WHERE":
            pieces.append(update[copied : token.start])
            if place and tokens[place - 1].text.upper() == "DELETE":
                # The short form has no place for a dataset. Written out, its pattern is its template too.
                pieces.append(f"{update[tokens[place + 1].start : _end(tokens, place + 1)]} ")
            pieces.append(clauses)
            copied = token.start
    pieces.append(update[copied:])
    return "".join(pieces)


def _end(tokens: Sequence[Token], opening: int) -> int:
    """Return where the group ends that begins with the brace at `opening`."""
    depth = 0
    for token in tokens[opening:]:
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0:
            return token.start + len(token.text)
    return tokens[-1].start + len(tokens[-1].text)


def _iri(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError:
        raise UsageError(f"'{text}' is not an IRI of a graph.") from None
