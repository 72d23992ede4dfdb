"""What the analysis says, in the page's words: coalitions and how sure they are, balance, and changes of side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disputegraph.analysis import Coalitions
    from disputegraph.model import Model, StatementTable

__all__ = ["found_changes", "found_coalitions"]

Record = dict[str, Any]

_SECONDS = 1.0
_SECONDS_OF_SMALL = 20.0  # hardly ever needed; with it a busy machine writes the same page as an idle one
_FEW_NODES = 60  # above that, leaving out every document, speaker and claim in turn takes too long for a page
_FEW_CASES = 250


def found_coalitions(table: StatementTable, short: Callable[[str], str]) -> Record | None:
    """Return coalition and sureness of voices and what is said of the whole, or None where nobody shares a claim.

    The division is that of `disputegraph.analysis.coalitions` into two coalitions for each connected part. How sure a
    membership is: over all cases in which one document, speaker or claim is left out, the share of other voices to
    whom the voice then stands (same coalition or not) as it does in the whole; who drops out does not.

    Args:
        table: the statements.
        short: gives the page's identifier of an IRI.
    """
    from disputegraph.analysis import balanced_triangles, coalitions

    rough = coalitions(table, stability=False, time_limit=_SECONDS)
    if not len(rough.partition.network.ends):
        return None
    cases = sum(len(set(table.column(what).codes.tolist())) for what in ("document", "speaker", "claim"))
    small = len(rough.partition.network) <= _FEW_NODES and cases <= _FEW_CASES
    found = coalitions(table, stability=True, time_limit=_SECONDS_OF_SMALL) if small else rough
    sure = _sureness(found)
    triangles, balanced = balanced_triangles(found.partition.network)
    members: dict[str, Record] = {}
    for node, number in _numbered(found).items():
        members[short(node)] = {"coalition": number} | ({"sure": round(sure[node], 3)} if node in sure else {})
    for node in found.single:
        if short(node) in members:
            members[short(node)]["single"] = True
    part = found.partition
    return {
        "members": members,
        "coalitions": 1 + max((one["coalition"] for one in members.values()), default=-1),
        "edges": len(part.network.ends),
        "index": round(part.index, 3),
        "proven": part.proven,
        "firm": bool(found.stability and found.stability.firm),
        "alone": len(found.alone),
        "complete": bool(found.stability and found.stability.complete),
        "triangles": triangles,
        "balanced": None if balanced is None else round(balanced, 3),
    }


def found_changes(model: Model, table: StatementTable, short: Callable[[str], str]) -> list[Record]:
    """Return changes of side by date: who, on what, from which side to which, on what evidence."""
    from disputegraph.analysis import changes
    from disputegraph.model import stances_taken

    return [
        {
            "actor": short(one.actor),
            "about": short(one.about),
            "before": one.before,
            "after": one.after,
            "last": one.last_before or "",
            "first": one.first_after or "",
            "at_once": one.at_once,
            "utterances": [short(key) for key in (*one.evidence_before, *one.evidence_after)],
        }
        for one in changes(table, stances=stances_taken(model))
    ]


def _numbered(found: Coalitions) -> dict[str, int]:
    """Return the coalition of every voice that is in one; those of parts that nothing joins are different."""
    part = found.partition
    groups: dict[tuple[int, int], list[str]] = defaultdict(list)
    for node, component, coalition in zip(
        part.network.nodes, part.components.tolist(), part.membership.tolist(), strict=True
    ):
        if node not in found.alone:
            groups[component, coalition].append(node)
    ordered = sorted(groups.values(), key=lambda nodes: (-len(nodes), nodes[0]))
    return {node: number for number, nodes in enumerate(ordered) for node in nodes}


def _sureness(found: Coalitions) -> dict[str, float]:
    shares: dict[str, list[float]] = defaultdict(list)
    for pair in found.stability.pairs if found.stability else ():
        if pair.holds is not None:
            shares[pair.one].append(pair.holds)
            shares[pair.other].append(pair.holds)
    return {node: sum(all_) / len(all_) for node, all_ in shares.items()}
