"""Where the evidence stands: anchors in documents, in one order everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from disputegraph.model.day import sooner
from disputegraph.model.facts import Facts
from disputegraph.model.node_labels import NodeLabels
from disputegraph.model.properties import ANCHORS, PUBLISHED
from disputegraph.model.term_codes import Codes


class Documents:
    """The documents of a dispute and the days they came out."""

    def __init__(self, facts: Facts, labels: NodeLabels) -> None:
        self._facts, self._labels = facts, labels

    def date(self, document: int) -> int:
        """Return the number of the literal that dates a document: `dcterms:issued`, else `dcterms:date`; or -1."""
        return int(self.dates(np.array([document], dtype=np.int32))[0])

    def dates(self, documents: Codes) -> Codes:
        """Return the same for several documents."""
        issued, dated = (self._facts.first(name, documents) for name in PUBLISHED)
        return np.where(issued >= 0, issued, dated).astype(np.int32)

    def ranks(self, documents: Codes) -> NDArray[np.int64]:
        """Return the place of each document (-1 for none, which comes last) in the order of date, label, IRI."""
        used, places = np.unique(documents, return_inverse=True)
        text = self._facts.terms.text
        dates = self.dates(used)
        keys = [
            (document < 0, sooner(text(date) or None), self._labels.of(document), text(document))
            for document, date in zip(used.tolist(), dates.tolist(), strict=True)
        ]
        ranks = np.empty(len(used), dtype=np.int64)
        ranks[sorted(range(len(used)), key=keys.__getitem__)] = np.arange(len(used))
        return ranks[places]


@dataclass(frozen=True, eq=False)
class AnchorTable:
    """The places that attest nodes: spans of documents, or documents as a whole.

    Rows are sorted by node; those of one node by date, label and IRI of the document, then by start, end and digest.

    Attributes:
        nodes: what is attested.
        documents: the document, -1 where the anchor names none.
        starts: first code point of the span, counted from 0; -1 for none.
        ends: the code point behind the span; -1 for none.
        digests: the literal with the digest of the span, -1 for none.
    """

    nodes: Codes
    documents: Codes
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    digests: Codes

    @cached_property
    def rows(self) -> dict[int, range]:
        """The rows of each node that has any."""
        used, starts = np.unique(self.nodes, return_index=True)
        ends = np.append(starts, len(self.nodes))[1:]
        spans = zip(used.tolist(), starts.tolist(), ends.tolist(), strict=True)
        return {node: range(start, end) for node, start, end in spans}

    def first(self, nodes: Codes) -> NDArray[np.intp]:
        """Return the first row of each node, -1 for a node without any."""
        place = np.searchsorted(self.nodes, nodes)
        inside = place < len(self.nodes)
        inside[inside] = self.nodes[place[inside]] == nodes[inside]
        return np.where(inside, place, -1)

    @cached_property
    def lists(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Documents, starts, ends and digests as lists, which are quicker to walk."""
        return self.documents.tolist(), self.starts.tolist(), self.ends.tolist(), self.digests.tolist()


def read_anchors(facts: Facts, documents: Documents) -> AnchorTable:
    """Return the anchors of every node; a node without any has the documents of `dg:documentedIn`."""
    facts.need(*ANCHORS)
    evidence, whole = facts.pairs("dg:evidence"), facts.pairs("dg:documentedIn")
    whole = whole.kept(~np.isin(whole.subjects, evidence.subjects))
    places, sources = facts.pairs("oa:hasSource").expand(evidence.values)
    without = np.ones(len(evidence), dtype=bool)
    without[places] = False
    # An anchor of several sources stands once for each; one of none stands once, with no document.
    places = np.concatenate([places, np.flatnonzero(without)])
    found = np.concatenate([sources, np.full(int(without.sum()), -1, dtype=np.int32)])
    anchors = evidence.values[places]
    selectors = facts.first("oa:hasSelector", anchors)
    starts, ends = (_numbers(facts, facts.first(name, selectors)) for name in ("oa:start", "oa:end"))
    none = np.full(len(whole), -1, dtype=np.int64)
    columns = (
        np.concatenate([evidence.subjects[places], whole.subjects]),
        np.concatenate([found, whole.values]),
        np.concatenate([starts, none]),
        np.concatenate([ends, none]),
        np.concatenate([facts.first("dg:exactDigest", anchors), none.astype(np.int32)]),
    )
    nodes, held, first, last, digests = columns
    order = np.lexsort((digests, last, first, documents.ranks(held), nodes))
    table = [column[order] for column in columns]
    fresh = np.ones(len(order), dtype=bool)
    if len(order):
        fresh[1:] = np.any([column[1:] != column[:-1] for column in table], axis=0)
    nodes, held, first, last, digests = (column[fresh] for column in table)
    return AnchorTable(nodes, held, first, last, digests)


def _numbers(facts: Facts, literals: Codes) -> NDArray[np.int64]:
    used, places = np.unique(literals, return_inverse=True)
    return np.array([_number(facts.terms.text(code)) for code in used.tolist()], dtype=np.int64)[places]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 15 else -1  # noqa: PLR2004  # so that it fits a column
