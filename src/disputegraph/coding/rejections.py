"""What somebody rejected, a draft or a coder's statement: who, when and why, in a file beside the dispute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Triple

from disputegraph.coding.project import Project
from disputegraph.coding.project_change import Change
from disputegraph.vocabulary import DG, XSD


@dataclass(frozen=True, slots=True)
class Rejection:
    """Who rejected something, when and why.

    Attributes:
        by: the name of the coder, or nothing.
        on: the day (ISO 8601).
        reason: why, in the coder's words; may be empty.
    """

    by: str | None
    on: str
    reason: str


def rejection_triples(project: Project, change: Change, node: NamedNode, reason: str) -> list[Triple]:
    """Return what is to be said of a node that the coder rejects in a change, today."""
    return [
        Triple(node, DG.rejectedOn, Literal(datetime.now(UTC).date().isoformat(), datatype=XSD.date)),
        *(Triple(node, DG.rejectedBy, NamedNode(coder)) for coder in project.coded(change)),
        *([Triple(node, DG.rejectionReason, Literal(reason.strip()))] if reason.strip() else []),
    ]


def rejected_in(project: Project, file: str) -> Mapping[NamedNode, list[Triple]]:
    """Return what a file beside the dispute says of each rejected node; nothing of any other."""
    found: dict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in project.graph.files.get(file, ()):
        if isinstance(triple.subject, NamedNode):
            found[triple.subject].append(triple)
    return found


def rejection_of(project: Project, said: Iterable[Triple]) -> Rejection:
    """Return as a record what is said of a rejected node."""
    values = {triple.predicate: triple.object for triple in sorted(said, key=str)}
    by, on, reason = (values.get(p) for p in (DG.rejectedBy, DG.rejectedOn, DG.rejectionReason))
    name = project.graph.label(by) if isinstance(by, NamedNode) else None
    texts = [value.value if isinstance(value, Literal) else "" for value in (on, reason)]
    return Rejection(name, *texts)
