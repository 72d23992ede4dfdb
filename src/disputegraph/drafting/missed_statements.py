"""How many statements neither the coders nor a program have found: capture–recapture with two lists.

Coders find n1 statements, the program n2, and m are the same. If each list were a sample that knows nothing of the
other, the statements in all would be

    N = (n1 + 1)(n2 + 1) / (m + 1) - 1

(D. G. Chapman, Some properties of the hypergeometric distribution with applications to zoological sample censuses,
University of California Publications in Statistics 1, 1951, 131-160), with the variance of G. A. F. Seber (The effects
of trap response on tag recapture estimates, Biometrics 26, 1970, 13-22). The interval takes the logarithm of what both
missed for normal (A. Chao, Estimating the population size for capture-recapture data with unequal catchability,
Biometrics 43, 1987, 783-791): it never goes below what was found.

Lists that find the same easy statements make N too small, drafts that are no statements make it too large. So drafts
that a person has rejected are left out, and so are statements that come from a draft: they would be in both lists.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from disputegraph.coding import STATEMENTS, Project
from disputegraph.drafting.draft_files import drafted_documents, read_drafted
from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.draft_review import drafts_of, words_shared
from disputegraph.errors import UsageError
from disputegraph.vocabulary import DG

_SAME = 0.5
_NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Missed:
    """The drafts of a program beside the codings, of one document or several.

    Attributes:
        label: the document, or a word for all.
        coded: statements of the coders that come from no draft.
        drafted: drafts that nobody has rejected or made a statement of.
        both: pairs of the two with the same words.
        from_drafts: statements that come from a draft of any program; they are in neither list.
        rejected: drafts that a person has rejected.
        missed: how many statements neither has found, as estimated.
        low: the lower end of its 95 % interval.
        high: the upper end.
    """

    label: str
    coded: int
    drafted: int
    both: int
    from_drafts: int
    rejected: int
    missed: float
    low: float
    high: float


def estimate_missed(first: int, second: int, both: int) -> tuple[float, float, float]:
    """Return how many neither of two lists has, by Chapman's estimator, and the ends of the 95 % interval.

    >>> [round(figure, 1) for figure in estimate_missed(20, 30, 15)]
    [4.7, 1.3, 16.5]

    Args:
        first: how many the first list has.
        second: how many the second has.
        both: how many are in both.
    """
    found = first + second - both
    missed = (first + 1) * (second + 1) / (both + 1) - 1 - found
    if missed <= 0:
        return 0.0, 0.0, 0.0
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    if variance <= 0:
        return missed, missed, missed
    factor = math.exp(_NORMAL_95 * math.sqrt(math.log(1 + variance / missed**2)))
    return missed, missed / factor, missed * factor


def compare_with_codings(
    project: Project, documents: Sequence[NamedNode] = (), *, program: str | None = None
) -> list[Missed]:
    """Compare the drafts of a program with the codings, document by document; the last row is of all together.

    Only documents that the program has drafted, finding something or nothing, and that have statements count: what
    nobody has coded says nothing of what coders miss.

    Args:
        project: the project.
        documents: the documents; by default all.
        program: the program; by default the one whose drafts there are, if it is one.

    Raises:
        UsageError: there is nothing to compare, or the drafts are of several programs.
    """
    wanted = [node for node in drafted_documents(project) if not documents or node in documents]
    program = program or _only_program(project, wanted)
    rows = [row for node in wanted if (row := _compared(project, node, program)) is not None]
    if not rows:
        raise UsageError(
            f"{project.folder} has no document drafted by {program} with statements that come from no draft: "
            "only these tell what a coder finds without help."
        )
    return [*rows, _together(rows)]


def _together(rows: Sequence[Missed]) -> Missed:
    coded, drafted, both, derived, rejected = (
        sum(getattr(row, name) for row in rows) for name in ("coded", "drafted", "both", "from_drafts", "rejected")
    )
    missed, low, high = estimate_missed(coded, drafted, both)
    return Missed("all", coded, drafted, both, derived, rejected, missed, low, high)


def _only_program(project: Project, documents: Sequence[NamedNode]) -> str:
    programs = sorted({one.program for node in documents for one in read_drafted(project, node)})
    if len(programs) != 1:
        listed = f"there are drafts by {', '.join(programs)}; name the one (--with)" if programs else "there are none"
        raise UsageError(f"{project.folder}: drafts are compared program by program, and {listed}.")
    return programs[0]


def _compared(project: Project, document: NamedNode, program: str) -> Missed | None:
    drafts = [one for one in drafts_of(project, document).values() if one.draft.program == program]
    coded, derived = _statements(project, document)
    if not coded or program not in {one.program for one in read_drafted(project, document)}:
        return None
    open_drafts = [one.draft.content for one in drafts if one.state in ("open", "coded", "doubled")]
    rejected = sum(one.state == "rejected" for one in drafts)
    both = _pairs(coded, open_drafts)
    missed, low, high = estimate_missed(len(coded), len(open_drafts), both)
    label = project.graph.label(document)
    return Missed(label, len(coded), len(open_drafts), both, derived, rejected, missed, low, high)


def _statements(project: Project, document: NamedNode) -> tuple[list[tuple[DraftSpan, ...]], int]:
    """Return the places of the statements that come from no draft, and how many do come from one."""
    graph, places = project.graph, dict[NamedNode, list[DraftSpan]]()
    for anchor, span in project.places_in(document):
        for statement in graph.subjects(DG.evidence, anchor):
            if graph.kind(statement) in STATEMENTS and not any(graph.values(statement, DG.reports)):
                places.setdefault(statement, []).append((span.start, span.end))
    own = {node: spans for node, spans in places.items() if not any(graph.values(node, DG.draftedBy))}
    # Several statements on the same words are one place where somebody found something.
    return sorted({tuple(sorted(spans)) for spans in own.values()}), len(places) - len(own)


def _pairs(coded: Sequence[Sequence[DraftSpan]], drafted: Sequence[Sequence[DraftSpan]]) -> int:
    """Return how many of two lists pair one to one, the likest first."""
    alike = sorted(
        (
            (shared, one, other)
            for one, places in enumerate(coded)
            for other, others in enumerate(drafted)
            if (shared := words_shared(places, others)) >= _SAME
        ),
        reverse=True,
    )
    left, right = set[int](), set[int]()
    for _, one, other in alike:
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
    return len(left)
