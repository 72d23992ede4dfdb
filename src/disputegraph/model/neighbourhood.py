"""What hangs together with one node: the facts that show it, read from around it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from pyoxigraph import NamedNode

from disputegraph.model.fact_reading import read_codes
from disputegraph.model.facts import Facts
from disputegraph.model.kinds import iri_of
from disputegraph.model.properties import REPORTED
from disputegraph.model.term_codes import Codes, TermCodes
from disputegraph.store import Store

_BATCH = 1_000  # nodes named in one query
_DEPTH = 3  # of an anchor the document is named, of the document its publisher, and of that what it is called
_HUNG = (
    "?node ?p ?o FILTER(ISBLANK(?o)) BIND(?node AS ?s)",
    "?node ?q ?s . FILTER(ISBLANK(?s)) ?s ?p ?o",
    "?node ?q ?r . FILTER(ISBLANK(?r)) ?r ?t ?s . FILTER(ISBLANK(?s)) ?s ?p ?o",
)
_ADDRESSING = ("dg:addressesClaim", REPORTED["dg:addressesClaim"])
_SAYING = (*_ADDRESSING, *(either for name in ("dg:speaker", "dg:onBehalfOf") for either in (name, REPORTED[name])))
_ABOUT = ("dg:claimedAgent", "dg:claimedSubject", "dg:claimedTarget", "dg:aboutIssue")
_HOLDING = ("dg:stanceHolder", "dg:stanceOn", "org:member", "dg:contradicts")
_PASSING_ON = ("dg:reports", "dg:reportedBy", "dg:supersedes")


def facts_around(store: Store, node: str) -> Facts:
    """Return the facts of a node and of what shows it.

    These are: what is said of the node itself; the utterances in its voice, and those that address it; the claims
    about it, and the utterances that address these; the utterances that stand in it; whoever passes these utterances
    on, what supersedes them, and where they stand; its stances and those on it, posts and memberships; and the names
    and kinds of all these and of what they name.
    """
    if node.startswith("_:"):
        return Facts.everything(store)  # SPARQL cannot name a blank node
    around = _Around(store)
    start = {around.terms[str(NamedNode(node))]}
    around.read(start)
    claims = around.subjects(start, _ABOUT)
    chained = around.subjects(start, _SAYING) | around.subjects(claims, _ADDRESSING)
    # The node may be an utterance itself: what passes it on and what supersedes it.
    chained |= around.standing_in(start) | around.subjects(start, (*_PASSING_ON, "dg:documentedIn"))
    chained |= around.values(("dg:reports", "dg:reportedBy"))
    around.read(claims | around.subjects(start, _HOLDING))
    while fresh := chained - around.known:
        around.read(fresh)
        chained |= around.values(("dg:reports", "dg:reportedBy")) | around.subjects(fresh, _PASSING_ON)
    for _ in range(_DEPTH):
        around.read(around.named())
    if any(around.terms.spelt[code][0] == "_" for code in chained | claims):
        return Facts.everything(store)
    return around.facts()


def facts_naming(store: Store, nodes: Iterable[str]) -> Facts:
    """Return what is said of some nodes, and of their claims and voices: enough to call them by a name.

    Blank nodes are left out: SPARQL cannot name them.
    """
    around = _Around(store)
    around.read({around.terms[spelt] for node in nodes if (spelt := _spelt(node))})
    around.read(around.values(_SAYING))
    return around.facts()


def _spelt(node: str) -> str | None:
    """Return how the engine spells an IRI; None for blank nodes and texts, of which nothing can be asked by name."""
    try:
        return str(NamedNode(node))
    except ValueError:
        return None


class _Around:
    """Facts of named nodes; blank nodes come with the nodes that have them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: list[tuple[Codes, Codes, Codes]] = []
        self.terms = TermCodes()
        self.known: set[int] = set()

    def read(self, nodes: set[int]) -> None:
        """Read what is said of those nodes not yet known, and of the blank nodes that hang on them."""
        hung: set[int] = set()
        for values in self._batches(nodes - self.known):
            subjects, held, objects = self._select(f"VALUES ?s {{ {values} }} ?s ?p ?o")
            spelt = self.terms.spelt
            blank = np.fromiter((spelt[code][0] == "_" for code in objects.tolist()), dtype=bool, count=len(objects))
            self._rows.append((subjects[~blank], held[~blank], objects[~blank]))
            hung.update(subjects[blank].tolist())
        # By one query with what is said of them: a server may call a blank node otherwise in its next answer.
        for values in self._batches(hung):
            parts = [f"{{ VALUES ?node {{ {values} }} {branch} }}" for branch in _HUNG]
            self._rows.append(self._select(" UNION ".join(parts)))
        self.known |= nodes

    def _select(self, pattern: str) -> tuple[Codes, Codes, Codes]:
        return read_codes(self._store.select(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}"), self.terms)

    def subjects(self, nodes: set[int], properties: Iterable[str]) -> set[int]:
        """Return the nodes that have one of `nodes` as a value of one of the properties."""
        found: set[int] = set()
        for values in self._batches(nodes):
            parts = [
                f"{{ VALUES ?o {{ {values} }} ?s {NamedNode(iri_of(name))} ?o BIND(0 AS ?n) }}" for name in properties
            ]
            rows = self._store.select(f"SELECT ?s ?n ?o WHERE {{ {' UNION '.join(parts)} }}")
            found.update(read_codes(rows, self.terms, plain=1)[0].tolist())
        return found

    def standing_in(self, documents: set[int]) -> set[int]:
        """Return what has evidence in one of the documents."""
        evidence, source = (NamedNode(iri_of(name)) for name in ("dg:evidence", "oa:hasSource"))
        found: set[int] = set()
        for values in self._batches(documents):
            pattern = f"VALUES ?o {{ {values} }} ?a {source} ?o . ?s {evidence} ?a BIND(0 AS ?n)"
            rows = self._store.select(f"SELECT ?s ?n ?o WHERE {{ {pattern} }}")
            found.update(read_codes(rows, self.terms, plain=1)[0].tolist())
        return found

    def values(self, properties: Iterable[str]) -> set[int]:
        """Return the values of these properties among the facts that were read."""
        wanted = [self.terms[str(NamedNode(iri_of(name)))] for name in properties]
        return {code for _, held, values in self._rows for code in values[np.isin(held, wanted)].tolist()}

    def named(self) -> set[int]:
        """Return the IRIs that the facts name as values."""
        return {code for row in self._rows for code in row[2].tolist() if self.terms.spelt[code][0] == "<"}

    def facts(self) -> Facts:
        """Return all that was read."""
        none = np.empty(0, dtype=np.int32)
        columns = (np.concatenate([none, *(row[place] for row in self._rows)]) for place in range(3))
        return Facts.complete(self._store, self.terms, *columns)

    def _batches(self, nodes: set[int]) -> Iterator[str]:
        """Yield IRIs as the engine spelt them, some at a time."""
        spelt = [text for code in sorted(nodes) if (text := self.terms.spelt[code])[0] == "<"]
        for start in range(0, len(spelt), _BATCH):
            yield " ".join(spelt[start : start + _BATCH])
