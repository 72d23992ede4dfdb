"""What became of the drafts of a project, counted by document and program."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from disputegraph.coding import Project
from disputegraph.drafting.draft_files import drafted_documents
from disputegraph.drafting.draft_review import ReviewedDraft, drafts_of


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """What became of the drafts of one program for one document.

    Attributes:
        document: IRI of the document.
        label: its name.
        program: the program.
        open: drafts on which nobody has decided.
        as_proposed: accepted, with words and speaker as proposed.
        changed: accepted with other words or another speaker, or as several statements.
        rejected: rejected.
        coded: drafts whose words are coded already.
        doubled: drafts of words that another program has drafted too, whose draft is shown.
    """

    document: str
    label: str
    program: str
    open: int
    as_proposed: int
    changed: int
    rejected: int
    coded: int
    doubled: int


def count_drafts(project: Project, *, notes: list[str] | None = None) -> list[DraftCounts]:
    """Return what became of all drafts, by document and program; `notes` gets what was left out."""
    found = []
    for document in drafted_documents(project):
        by_program: dict[str, list[ReviewedDraft]] = defaultdict(list)
        for one in drafts_of(project, document, notes=notes).values():
            by_program[one.draft.program].append(one)
        label = project.graph.label(document)
        found += [_counted(document.value, label, program, some) for program, some in sorted(by_program.items())]
    return found


def _counted(document: str, label: str, program: str, drafts: Iterable[ReviewedDraft]) -> DraftCounts:
    states = Counter("as proposed" if one.as_proposed else str(one.state) for one in drafts)
    return DraftCounts(
        document=document,
        label=label,
        program=program,
        open=states["open"],
        as_proposed=states["as proposed"],
        changed=states["accepted"],
        rejected=states["rejected"],
        coded=states["coded"],
        doubled=states["doubled"],
    )
