"""Whether a file beside the sheets speaks of what the sheets speak of: the two meet by IRI alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from disputegraph.importers.triples import Triples
from disputegraph.rdf import read_quads, source_of_path
from disputegraph.vocabulary import DG, PREFIXES


def unmet_file(path: Path, triples: Triples, base: str) -> str | None:
    """Return what to say if a file has names, and none of them is in a graph; None if they meet or there is nothing.

    Args:
        path: a file of RDF, such as the dispute.ttl beside the sheets.
        triples: what was imported.
        base: where its names stand.

    Raises:
        DataError: the file cannot be read.
    """
    said = list(read_quads(source_of_path(path)))
    disputes = {str(quad.subject) for quad in said if quad.object == DG.Dispute}
    shared = tuple(PREFIXES.values())
    names = {iri for iri in _names(said) if not iri.startswith(shared) and f"<{iri}>" not in disputes}
    if not names:
        return None
    known = _names(triples.quads())
    if names & known:
        return None
    example = min(names)
    place = "" if example.startswith(base) else f" The sheets' names stand under {base}: is the prefix another?"
    return f"{path} meets nothing: none of its {len(names):,} names, such as <{example}>, is in the sheets.{place}"


def _names(quads: Iterable[Quad]) -> set[str]:
    terms = (term for quad in quads for term in (quad.subject, quad.object))
    return {term.value for term in terms if isinstance(term, NamedNode)}
