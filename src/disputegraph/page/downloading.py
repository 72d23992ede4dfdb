"""The data that a page carries for those who want them: the library's stable Turtle, packed."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

from disputegraph.model import Facts
from disputegraph.rdf import format_named, write_stable
from disputegraph.store import Store

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions


_TIDY = 50_000  # quads up to which the Turtle is set out for reading
_PIECE = 50_000  # lines that are packed at once
_APART = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
# IRIs, blank nodes, and literals that are neither numbers nor hold control characters.
_SAME = re.compile(r'(?:<(?!<)|_|")[^\x00-\x1f\x7f\ufffe\uffff]*')


def packed_data(store: Store, facts: Facts) -> dict[str, str]:
    """Return all quads of the store as ``packed`` (gzip in base64) and the ``suffix`` of a file for them.

    They are Turtle, or where there are named graphs TriG; many are N-Triples, which is Turtle, or N-Quads.

    The same data give the same text: it is sorted and the archive bears no time. One line for each triple takes a
    tenth of the time and memory of Turtle set out for reading.

    Args:
        store: the data.
        facts: all facts of the default graph; where that is all there is, the store is not read again.
    """
    size = len(store)
    many = size > _TIDY
    lines: Iterable[bytes]
    if many and size == len(facts.rows[0]) and not store.ask(_APART):
        named, lines = False, _sorted_lines(facts)
    else:
        quads = list(store.quads())
        # Not by asking: a server may keep in a graph of its own what is the default graph to us.
        named = any(quad.graph_name != DefaultGraph() for quad in quads)
        plain = io.BytesIO()
        if many:
            lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
        else:
            write_stable(quads, plain, format_named("trig" if named else "turtle"), prefixes=store.prefixes)
            lines = [plain.getvalue()]
    packer = zlib.compressobj(6, wbits=31)  # gzip without a time
    pieces = [*map(packer.compress, lines), packer.flush()]
    packed = base64.b64encode(b"".join(pieces)).decode("ascii")
    return {"suffix": ("nq" if many else "trig") if named else "ttl", "packed": packed}


def _sorted_lines(facts: Facts) -> Iterator[bytes]:
    """Yield the triples as lines of N-Triples, in code point order, some thousands at a time."""
    spelt = _n_triples(facts.terms.spelt)
    ranks = np.empty(len(spelt), dtype=np.int32)
    # No term goes on, where another ends, with a letter below the space that ends it in a line.
    ranks[sorted(range(len(spelt)), key=spelt.__getitem__)] = np.arange(len(spelt), dtype=np.int32)
    order = np.lexsort([ranks[column] for column in reversed(facts.rows)])
    for start in range(0, len(order), _PIECE):
        columns = (column[order[start : start + _PIECE]].tolist() for column in facts.rows)
        yield "".join([f"{spelt[s]} {spelt[p]} {spelt[o]} .\n" for s, p, o in zip(*columns, strict=True)]).encode()


def _n_triples(spelt: list[str]) -> list[str]:
    """Return terms as SPARQL TSV spells them in the spelling of N-Triples."""
    spelt = spelt.copy()
    odd = [place for place, text in enumerate(spelt) if not _SAME.fullmatch(text)]
    table = "\n".join(["?term", *(spelt[place] for place in odd), ""]).encode()
    terms = (row[0] for row in cast("QuerySolutions", parse_query_results(table, QueryResultsFormat.TSV)))
    for place, term in zip(odd, terms, strict=True):
        spelt[place] = f"<<( {term} )>>" if isinstance(term, Triple) else str(term)
    return spelt
