"""What a store says, as pairs of numbers, one table a property.

All properties that a listing needs are read by one SELECT of (subject, property, value) rows, or where much is read by
two at once. A query with an OPTIONAL for every property would multiply its rows wherever one has several values; joined
and grouped here, nothing is multiplied, and no engine looks rows up one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from pyoxigraph import NamedNode

from disputegraph.model.columns import Column
from disputegraph.model.fact_reading import read_all_codes
from disputegraph.model.kinds import iri_of
from disputegraph.model.pairs import Pairs, joined, pairs_of
from disputegraph.model.properties import NODE_VALUED, REPORTED
from disputegraph.model.term_codes import Codes, TermCodes
from disputegraph.store import Store, stable_names
from disputegraph.vocabulary import PREFIXES

_NONE = np.empty(0, dtype=np.int32)
_TYPE = iri_of("rdf:type")
_T = TypeVar("_T")
# The engine joins two sub-SELECTs by hash, in the order of its index of subjects; VALUES beside the pattern would
# make it look each property up on its own, and naming the property in every row costs a third more.
_EVERYTHING = (
    "SELECT ?s ?n ?o WHERE { { SELECT ?s ?p ?o WHERE { ?s ?p ?o } } { SELECT ?p ?n WHERE { VALUES (?p ?n) { %s } } } }"
)
_INNER = {
    "dg:evidence": "value", "oa:hasSelector": "value", "dg:hasCodedValue": "value", "oa:hasSource": "subject",
    "oa:start": "subject", "dg:codedVariable": "subject", "org:member": "subject",
}  # fmt: skip
"""Where blank nodes stand that nobody is shown: to name them would cost time for nothing."""
_NODE_VALUED = {iri_of(name) for name in NODE_VALUED}


class Facts:
    """The facts of a store, read as they are asked for.

    Attributes:
        store: where they are.
        terms: the terms that were read.
        dropped: the subjects of literals that stood where only a node means something, by property.
        rows: subjects, properties and values of all triples, where they were read at once.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.terms = TermCodes()
        self.dropped: dict[str, Codes] = {}
        self._pairs: dict[str, Pairs] = {}
        self._as_one: dict[tuple[str, ...], Pairs] = {}
        self._members: dict[str, Codes] = {}
        self._complete = False
        self._inner: set[int] = set()
        self._named: dict[str, str] = {}
        self.rows: tuple[Codes, Codes, Codes] = (_NONE, _NONE, _NONE)

    @classmethod
    def everything(cls, store: Store) -> Facts:
        """Return all facts of a store, read at once: what needs nearly all is served best so."""
        terms = TermCodes()
        counted = store.select("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)")
        numbered = [f"({row['p']} {terms[str(row['p'])]})" for row in counted]
        queries = [_EVERYTHING % " ".join(some) for some in _shared_out(numbered, store.together)]
        return cls.complete(store, terms, *read_all_codes(store, queries, terms, plain=1))

    @classmethod
    def complete(cls, store: Store, terms: TermCodes, subjects: Codes, properties: Codes, values: Codes) -> Facts:
        """Return the facts of these rows, which are all there is to know."""
        facts = cls(store)
        facts.terms, facts._complete, facts.rows = terms, True, (subjects, properties, values)
        numbers = (terms.of_node(iri_of(name)) for name in _INNER)
        facts._name_blank_nodes(subjects, properties, values, numbers)
        order = np.argsort(properties, kind="stable")
        bounds = np.flatnonzero(np.diff(properties[order])) + 1
        for some in np.split(order, bounds) if len(order) else ():
            facts._keep(terms.text(int(properties[some[0]])), subjects[some], values[some])
        return facts

    def need(self, *names: str) -> None:
        """Read those of these properties and classes (``a dg:Claim``) that were not yet read."""
        wanted = dict.fromkeys((*names, *(REPORTED[name] for name in names if name in REPORTED)))
        missing = [name for name in wanted if not self._complete and not self._has(name)]
        if not missing:
            return
        numbered = [(name, number) for number, name in enumerate(missing)]
        queries = [_query(some) for some in _shared_out(numbered, self.store.together)]
        subjects, numbers, values = read_all_codes(self.store, queries, self.terms, plain=1)
        inner = (missing.index(name) if name in missing else -1 for name in _INNER)
        self._name_blank_nodes(subjects, numbers, values, inner)
        for number, name in enumerate(missing):
            here = numbers == number
            if name.startswith("a "):
                self._members[name[2:]] = np.unique(subjects[here])
            else:
                self._keep(iri_of(name), subjects[here], values[here])

    def has_read(self, *names: str) -> bool:
        """Return whether these properties and classes were read."""
        return self._complete or all(map(self._has, names))

    def pairs(self, *names: str) -> Pairs:
        """Return the pairs of a property, or of several as one, by prefixed names or IRIs.

        With what is said of utterances comes what is said of reported utterances in their own properties.
        """
        name = names[0]
        if len(names) == 1 and name not in REPORTED:
            return self.stated(name)
        if names not in self._as_one:
            self.need(*names)
            parts = map(self.pairs, names) if len(names) > 1 else (self.stated(name), self.stated(REPORTED[name]))
            self._as_one[names] = joined(parts, self.terms)
        return self._as_one[names]

    def stated(self, name: str) -> Pairs:
        """Return the pairs of one property, and of no other: see `pairs`."""
        iri = iri_of(name)
        if iri not in self._pairs:
            self.need(name)
            self._pairs.setdefault(iri, Pairs(_NONE, _NONE))
        return self._pairs[iri]

    def inverse(self, name: str) -> Pairs:
        """Return the pairs of a property, its values as subjects."""
        iri = "^" + iri_of(name)
        if iri not in self._pairs:
            self._pairs[iri] = self.pairs(name).swapped(self.terms)
        return self._pairs[iri]

    def members(self, *classes: str) -> Codes:
        """Return the nodes of any of these classes (prefixed names), ascending."""
        self.need(*(f"a {name}" for name in classes))
        return np.unique(np.concatenate([_NONE, *map(self._class, classes)]))

    def first(self, name: str, nodes: Codes) -> Codes:
        """Return the first value that each node has of a property, -1 for none."""
        return self.pairs(name).first(nodes)

    def column(self, codes: Codes) -> Column:
        """Return numbers of terms (-1 for none) as a column of texts."""
        used, places = np.unique(codes, return_inverse=True)
        texts = self.terms.texts
        there = used[used >= 0]
        values = [texts[code] for code in there.tolist()]
        return Column((places - (len(used) - len(there))).astype(np.int32), values)

    def code(self, node: str) -> int:
        """Return the number of an IRI or blank node, -1 where nothing was read of it."""
        return self.terms.of_node(node)

    def texts(self, node: int, *names: str) -> list[str]:
        """Return the values that one node has of a property, or of several, as texts in code point order."""
        return [self.terms.text(value) for value in self.pairs(*names).of(node)]

    def text(self, node: int, *names: str) -> str:
        """Return the first value that one node has of the first of these properties that it has at all, or ''."""
        return next((self.terms.text(value) for name in names for value in self.pairs(name).of(node)), "")

    @staticmethod
    def prefixed(iri: str) -> str:
        """Return the prefixed name of an IRI, or the IRI itself where its namespace is not a well-known one."""
        spaces = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space))
        return next((f"{prefix}:{iri[len(space) :]}" for prefix, space in spaces), iri)

    def properties(self) -> Iterator[str]:
        """Yield the IRIs of all properties that were read, sorted."""
        yield from sorted(iri for iri in self._pairs if iri[0] != "^")

    def _class(self, name: str) -> Codes:
        if self._complete:
            kind = self.terms.of_node(iri_of(name))
            return self.inverse("rdf:type").kept(self.inverse("rdf:type").subjects == kind).values
        return self._members[name]

    def _name_blank_nodes(self, subjects: Codes, properties: Codes, values: Codes, inner: Iterable[int]) -> None:
        """Give the blank nodes that people are shown names that are the same at every reading.

        Subjects, properties and values are facts that were just read; `inner` are the numbers that the properties of
        `_INNER` have there, -1 for none.
        """
        spelt = self.terms.spelt
        for number, stands in zip(inner, _INNER.values(), strict=True):
            self._inner.update((subjects if stands == "subject" else values)[properties == number].tolist())
        mentioned = np.unique(np.concatenate([subjects, values])).tolist()
        shown = {spelt[code] for code in mentioned if spelt[code][:1] == "_" and code not in self._inner}
        self._named |= stable_names(self.store, shown - self._named.keys())
        for node in shown:
            self.terms.rename(node, self._named.setdefault(node, node))

    def _has(self, name: str) -> bool:
        return name[2:] in self._members if name.startswith("a ") else iri_of(name) in self._pairs

    def _keep(self, iri: str, subjects: Codes, values: Codes) -> None:
        if iri in _NODE_VALUED:
            nodes = self.terms.nodes_among(values)
            if not nodes.all():
                self.dropped[iri] = subjects[~nodes]
                subjects, values = subjects[nodes], values[nodes]
        self._pairs[iri] = pairs_of(subjects, values, self.terms)


def _shared_out(things: Sequence[_T], parts: int) -> list[Sequence[_T]]:
    """Return the things dealt out in turn to so many parts, none of them empty."""
    return [things[part::parts] for part in range(max(1, min(parts, len(things))))]


def _query(names: Sequence[tuple[str, int]]) -> str:
    """Return the SELECT of some properties and classes; the number of each travels in place of its IRI."""
    properties, classes = [], []
    for name, number in names:
        if name.startswith("a "):
            classes.append(f"({NamedNode(iri_of(name[2:]))} {number})")
        else:
            properties.append(f"({NamedNode(iri_of(name))} {number})")
    parts = []
    if properties:
        parts.append(f"{{ VALUES (?p ?n) {{ {' '.join(properties)} }} ?s ?p ?o }}")
    if classes:
        parts.append(f"{{ VALUES (?class ?n) {{ {' '.join(classes)} }} ?s <{_TYPE}> ?class }}")
    return f"SELECT ?s ?n ?o WHERE {{ {' UNION '.join(parts)} }}"
