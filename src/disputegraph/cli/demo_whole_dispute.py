"""What `disputegraph demo` tells of the whole dispute, of which its first part reads one report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from disputegraph.analysis import (
    Coalitions,
    Inference,
    changes,
    coalitions,
    contested,
    polarisation,
    read_changes,
    read_coalitions,
    read_polarisation,
)
from disputegraph.dispute import Dispute
from disputegraph.model import stances_taken, statements
from disputegraph.resources import WHOLE_DISPUTE

_FEWEST = 5
"""Statements of a voice that is given a place in a coalition: with fewer, it hardly has one."""
_SHOWN = 3


def whole_summary(dispute: Dispute, folder: Path) -> Iterator[str]:
    """Write the page of a dispute of many documents, and yield what time and coalitions show there.

    Raises:
        OutputError: the page cannot be written.
    """
    table = statements(dispute.store)
    found = coalitions(table, inference=Inference(null=0), hangs_on=False, min_statements=_FEWEST)
    sides = changes(statements(dispute.store, withdrawn=True), stances=stances_taken(dispute.store))
    yield f"The whole dispute: {len(dispute.utterances()):,} utterances, {len(dispute.claims())} claims"
    yield f"  {read_polarisation([polarisation(table)])}"
    yield f"  Voices with {_FEWEST} statements or more: {read_coalitions(found.partition, found, optima=found.optima)}"
    for number in (1, 2):
        yield f"  Firmest in coalition {number}: {', '.join(_firmest(found, number))}"
    for one in contested(table)[:_SHOWN]:
        yield f"  {one.label}: affirmed by {len(one.affirms)} voices, denied by {len(one.denies)}"
    yield f"  {read_changes(sides)}"
    dispute.page(folder / f"{WHOLE_DISPUTE}.html")
    yield ""


def _firmest(found: Coalitions, number: int) -> Iterator[str]:
    """Yield the members who stand as here in most draws, with the share of these."""
    network = found.partition.network
    label = dict(zip(network.nodes, network.labels, strict=True))
    members = [node for node, part in found.numbers.items() if part == number]
    for node in sorted(members, key=lambda node: (-found.shares.get(node, 0), label[node]))[:_SHOWN]:
        yield f"{label[node]} ({found.shares.get(node, 0):.0%})"
