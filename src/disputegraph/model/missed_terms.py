"""Notes on a query that may miss what it looks for: nodes of sub-classes, terms that do not exist, and empty paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from disputegraph.errors import nearest
from disputegraph.rdf import short_iri
from disputegraph.sparql import QueryTerms, terms_of
from disputegraph.store import Axioms, Store, ontology_terms
from disputegraph.vocabulary import ACT, DG, PREFIXES

_MOST_NAMED = 6  # sub-classes in a note


def query_notes(query: str, store: Store, *, infers: bool) -> list[str]:
    """Return notes on a query, each a sentence or two.

    Args:
        query: SPARQL text.
        store: what is asked. Where inference is cheap, the nodes that the query does not match are counted in it; else
            the classes and properties are named, whether there are such data or not.
        infers: whether the query is answered with inference, so that no note on what follows is needed.
    """
    terms = terms_of(query, {**PREFIXES, **store.prefixes})
    notes = [*_unknown_terms(terms.named), *_absent_ends(terms.ends, store)]
    if not infers:
        axioms = store.axioms()
        notes += _missed_classes(terms, axioms, store)
        notes += _missed_properties(terms, axioms, store, both_ways="^" in query)
    return notes


def _unknown_terms(named: Collection[str]) -> Iterator[str]:
    known = ontology_terms()
    for iri in named:
        for namespace in (DG.base, ACT.base):
            if iri.startswith(namespace) and iri != namespace and iri not in known:
                near = [_short(term) for term in sorted(known) if term.startswith(namespace)]
                yield f"the ontology has no term {_short(iri)}.{nearest(_short(iri), near, most=1)}"


def _absent_ends(ends: Collection[str], store: Store) -> Iterator[str]:
    """Yield a note for each node at an end of a path that may be empty, and of which the data say nothing."""
    for iri in ends:
        if not store.ask(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}"):
            yield (
                f"{_short(iri)} is not in the data, so that a path with '*' or '?' does not find it from itself, "
                "though by SPARQL 1.1, section 9.3, it would."
            )


def _missed_classes(terms: QueryTerms, axioms: Axioms, store: Store) -> Iterator[str]:
    for name in terms.classes:
        subs = sorted(axioms.sub_classes.get(name, ()))
        if not subs:
            continue
        if store.infers_cheaply:
            values = " ".join(f"<{sub}>" for sub in subs)
            rows = store.select(
                f"SELECT ?class (COUNT(*) AS ?n) {{ {{ VALUES ?class {{ {values} }} ?s a ?class }} "
                f"MINUS {{ ?s a <{name}> }} }} GROUP BY ?class ORDER BY DESC(?n) ?class"
            )
            found = [f"{_short(row['class'].value)} ({int(row['n'].value):,})" for row in rows]
        else:
            found = [_short(sub) for sub in subs]
        if found:
            rest = ["others"] if len(found) > _MOST_NAMED else []
            yield (
                f"'a {_short(name)}' does not match nodes of its sub-classes: {_and([*found[:_MOST_NAMED], *rest])}. "
                f"{_advice(store)}"
            )


def _missed_properties(terms: QueryTerms, axioms: Axioms, store: Store, *, both_ways: bool) -> Iterator[str]:
    """Yield a note for each property that follows from others; of inverses only where the query reads none itself."""
    for name in terms.named:
        sources = sorted(one for one in axioms.sources.get(name, ()) if not (one.inverse and both_ways))
        if name == DG.voice.value:
            ways = ["dg:onBehalfOf", "dg:speaker"]
            pattern = f"{{ ?s <{DG.speaker.value}> ?o }} UNION {{ ?s <{DG.onBehalfOf.value}> ?o }}"
            missed = f"{{ {pattern} }} MINUS {{ ?s <{name}> ?said }}"
        elif sources:
            ways = [_short(one.property) + (" the other way round" if one.inverse else "") for one in sources]
            pattern = " UNION ".join(
                f"{{ ?o <{one.property}> ?s }}" if one.inverse else f"{{ ?s <{one.property}> ?o }}" for one in sources
            )
            missed = f"{{ {pattern} }} MINUS {{ ?s <{name}> ?o }}"
        else:
            continue
        if not store.infers_cheaply or store.ask(f"ASK {{ {missed} }}"):
            yield f"{_short(name)} does not match what follows from {_and(ways)}. {_advice(store)}"


def _advice(store: Store) -> str:
    if store.can_infer:
        return "With --infer it does."
    return "A server is not asked to infer; name these too."


def _short(iri: str) -> str:
    return short_iri(NamedNode(iri), PREFIXES)


def _and(texts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
