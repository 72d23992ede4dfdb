"""What a person makes of drafts: accept, split, reject, and what became of each.

An accepted draft is a statement of the person's, which says from which draft it comes. That it was accepted is read
from the codings: undoing the statement brings the draft back. A rejection stands in a file beside the drafts, and is a
change of the project like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from disputegraph.coding import (
    ACTORS,
    DRAFTS,
    REJECTED,
    STATEMENTS,
    Change,
    Project,
    Rejection,
    rejected_in,
    rejection_of,
    rejection_triples,
)
from disputegraph.drafting.draft_files import document_of_draft, read_drafted
from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim
from disputegraph.drafting.drafting_programs import PROGRAMS
from disputegraph.errors import UsageError
from disputegraph.vocabulary import DG, PROV, RDF

DraftState: TypeAlias = Literal["open", "accepted", "rejected", "coded", "doubled"]
"""Coded: a statement that does not come from it has its words already; doubled: another program's draft has them."""

_MODES: Mapping[Kind, str] = {"direct": "direct", "indirect": "indirect", "mixed": "mixedQuotation"}
_LIKELY = 0.4  # on the bundled dispute, coded anew, eleven of the twelve claims above it are right
_SAME_WORDS = 0.75  # what is told inside another draft has often half of its words


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A draft, and what became of it.

    Attributes:
        iri: the draft.
        document: IRI of its document.
        draft: what it proposes; its `inside` is of no use here.
        inside: IRI of the draft in whose content it is told, or nothing.
        state: whether it waits, was accepted or rejected, is coded already, or doubles what another program drafted.
        statements: the statements that come from it, or that have its words.
        rejection: who rejected it, when and why, if somebody did.
        as_proposed: of an accepted one: whether words and speaker are as proposed.
    """

    iri: str
    document: str
    draft: Draft
    inside: str | None
    state: DraftState
    statements: tuple[str, ...] = ()
    rejection: Rejection | None = None
    as_proposed: bool | None = None


def drafts_of(
    project: Project, document: str | NamedNode, *, notes: list[str] | None = None
) -> dict[str, ReviewedDraft]:
    """Return the drafts of a document by IRI, in order of their places, with what became of each.

    Args:
        project: the project.
        document: the document.
        notes: to which is added what was left out: drafts whose words are no longer in the text.

    Raises:
        UsageError: there is no such document.
        DataError: a file of drafts cannot be read.
    """
    node = document if isinstance(document, NamedNode) else project.document_named(document)
    told = _Told(project, node)
    found: dict[str, ReviewedDraft] = {}
    drafted = sorted(read_drafted(project, node), key=lambda one: _rank(one.program), reverse=True)
    for one in drafted:
        if one.refused and notes is not None:
            notes.append(
                f"{one.refused:,} of {one.refused + len(one.drafts):,} drafts by {one.program} of "
                f"'{project.graph.label(node)}' are left out: their words are no longer in the text. Draft it again."
            )
        iris = list(one.drafts)
        for iri, draft in one.drafts.items():
            inside = iris[draft.inside] if draft.inside is not None else None
            found[iri] = told.reviewed(iri, draft, inside, found.values())
    return dict(sorted(found.items(), key=lambda item: (item[1].draft.content, item[0])))


def accept_draft(project: Project, iri: str, **changed: object) -> str:
    """Make a statement of a draft, and return its IRI.

    Whole, it takes over words, speaker, cue, kind of quotation and speech act, and the likeliest claim with the
    polarity where the draft proposes both and the claim is likely (`likely_claim`).

    Args:
        project: the project.
        iri: the draft.
        changed: what is to be said otherwise; what `Project.add` takes. None leaves a field empty.

    Raises:
        UsageError: there is no such draft, it was accepted already, or it names no speaker.
        RefusedError, ConflictError, OutputError: as `Project.add`.
    """
    one, all_drafts = _one(project, iri)
    given = _statement(project, one, all_drafts, changed)
    (made,) = project.add_all([given], label=f"accept the draft “{_shown(project, one)}”")
    return made


def split_draft(project: Project, iri: str, parts: Sequence[Sequence[DraftSpan]], **changed: object) -> list[str]:
    """Make several statements of one draft, in one change, and return their IRIs.

    Args:
        project: the project.
        iri: the draft.
        parts: the places of the words of each.
        changed: as for `accept_draft`, for all of them. No claim is taken over: the parts say different things.

    Raises:
        UsageError: there are fewer than two parts; else as `accept_draft`.
    """
    if len(parts) < 2:  # noqa: PLR2004 (one part is no split)
        raise UsageError("a draft is split into two parts or more; give the places of each.")
    one, all_drafts = _one(project, iri)
    common = {"claim": None, "polarity": None, **changed}
    given = [_statement(project, one, all_drafts, {**common, "spans": list(part)}) for part in parts]
    return project.add_all(given, label=f"split the draft “{_shown(project, one)}”")


def reject_draft(project: Project, iri: str, reason: str = "") -> None:
    """Say that a draft is wrong, and why; it is kept, and not shown again.

    Raises:
        UsageError: there is no such draft, or it was accepted: then the statement is to be removed first.
        OutputError: it cannot be written.
    """
    one, _ = _one(project, iri)
    node = NamedNode(iri)

    def make(change: Change) -> None:
        said = [
            Triple(node, RDF.type, DG.Draft),
            Triple(node, DG.draftedBy, RdfLiteral(f"{one.draft.program} {one.draft.version}")),
            *rejection_triples(project, change, node, reason),
        ]
        file = _rejected_file(project, one.document)
        change.beside(file, gone=rejected_in(project, file)[node], come=said)

    project.changing(f"reject the draft “{_shown(project, one)}”", make)


def restore_draft(project: Project, iri: str) -> None:
    """Take a rejection back; the draft waits again.

    Raises:
        UsageError: there is no such draft, or it is not rejected.
    """
    one, _ = _one(project, iri)
    file = _rejected_file(project, one.document)
    said = rejected_in(project, file)[NamedNode(iri)]
    if not said:
        raise UsageError(f"the draft <{iri}> was not rejected.")
    project.changing(
        f"take back the draft “{_shown(project, one)}”",
        lambda change: change.beside(file, gone=said),
    )


def likely_claim(draft: Draft) -> ProposedClaim | None:
    """Return the claim that is likely enough to be taken unless a person says otherwise."""
    return draft.claims[0] if draft.claims and draft.claims[0].score >= _LIKELY else None


def words_shared(one: Collection[DraftSpan], other: Collection[DraftSpan]) -> float:
    """Return how far two places are the same: twice the shared characters, by all of both."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    whole = sum(end - start for start, end in (*one, *other))
    return 2 * shared / whole if whole else 0.0


# ---- what became of drafts


class _Told:
    """What the codings and the rejections say of the drafts of a document."""

    def __init__(self, project: Project, document: NamedNode) -> None:
        self._project, self._document = project, document
        self._rejections = rejected_in(project, _rejected_file(project, document.value))
        self._from: dict[str, list[str]] = defaultdict(list)
        self._places: dict[str, list[DraftSpan]] = defaultdict(list)
        graph = project.graph
        for anchor, span in project.places_in(document):
            for statement in graph.subjects(DG.evidence, anchor):
                if graph.kind(statement) in STATEMENTS:
                    self._places[statement.value].append((span.start, span.end))
        self._programs: dict[str, set[str]] = {}
        for iri in self._places:
            for draft in graph.values(NamedNode(iri), PROV.wasDerivedFrom):
                self._from[draft.value].append(iri)
            named = (value.value for value in graph.values(NamedNode(iri), DG.draftedBy))
            self._programs[iri] = {name.partition(" ")[0] for name in named}

    def reviewed(self, iri: str, draft: Draft, inside: str | None, before: Iterable[ReviewedDraft]) -> ReviewedDraft:
        def told(state: DraftState, **more: Any) -> ReviewedDraft:
            return ReviewedDraft(iri, self._document.value, draft, inside, state, **more)

        if statements := tuple(sorted(self._from.get(iri, ()))):
            return told("accepted", statements=statements, as_proposed=self._as_proposed(draft, statements))
        if said := self._rejections.get(NamedNode(iri)):
            return told("rejected", rejection=rejection_of(self._project, said))
        others = (s for s, programs in self._programs.items() if draft.program not in programs)
        same = sorted(s for s in others if words_shared(self._places[s], draft.content) >= _SAME_WORDS)
        if same:
            return told("coded", statements=tuple(same))
        for other in before:  # a better program's draft of the same words is the one that is shown
            if other.draft.program != draft.program and words_shared(other.draft.content, draft.content) >= _SAME_WORDS:
                return told("doubled")
        return told("open")

    def _as_proposed(self, draft: Draft, statements: Sequence[str]) -> bool:
        if len(statements) != 1 or draft.speaker is None:
            return False
        graph, node = self._project.graph, NamedNode(statements[0])
        speakers = {v.value for p in (DG.speaker, DG.reportedSpeaker) for v in graph.values(node, p)}
        names = {graph.label(NamedNode(iri)) for iri in speakers}
        same_speaker = draft.speaker.iri in speakers or (draft.speaker.iri is None and draft.speaker.name in names)
        return same_speaker and sorted(self._places[node.value]) == sorted(draft.content)


def _rank(program: str) -> int:
    """Return how good the drafts of a program are beside those of others."""
    return PROGRAMS.index(program) if program in PROGRAMS else -1


def _rejected_file(project: Project, document: str) -> str:
    folder = project.scope.codings if project.scope.apart else DRAFTS
    return f"{folder}/{project.graph.file_stem(NamedNode(document))}.{REJECTED}"


# ---- from a draft to a statement


def _one(project: Project, iri: str) -> tuple[ReviewedDraft, Mapping[str, ReviewedDraft]]:
    """Return a draft that can be decided on, and all of its document."""
    project.refresh()
    document = document_of_draft(project, iri)
    if document is not None:
        drafts = drafts_of(project, document)
        one = drafts[iri]
        if one.state == "accepted":
            raise UsageError(
                f"this draft was accepted already, as '{project.graph.label(NamedNode(one.statements[0]))}'; change or "
                "remove that statement."
            )
        return one, drafts
    raise UsageError(f"there is no draft <{iri}>; it may have been drafted anew. Look at the drafts again.")


def _statement(
    project: Project, one: ReviewedDraft, drafts: Mapping[str, ReviewedDraft], changed: Mapping[str, object]
) -> dict[str, Any]:
    """Return what `Project.add` takes, for a draft with some of it said otherwise."""
    draft, text = one.draft, project.text(one.document) or ""
    cue = " … ".join(" ".join(text[start:end].split()) for start, end in draft.cue)
    given: dict[str, Any] = {
        "document": one.document,
        "spans": list(draft.content),
        "speaker": _speaker(project, draft),
        "quotation_mode": _MODES[draft.kind],
        "cue": cue or None,
        "speech_act": draft.speech_act,
        "passed_on_by": tellers_of(project, one, drafts),
    }
    claim = likely_claim(draft)
    if claim is not None and draft.polarity:
        given |= {"claim": claim.iri, "polarity": draft.polarity}
    elif draft.polarity and changed.get("claim"):
        given["polarity"] = draft.polarity
    given |= changed
    if given["speaker"] is None:
        raise UsageError("the draft does not tell who speaks; say who does (speaker).")
    if given.get("claim") and not given.get("polarity"):
        raise UsageError("the draft does not tell which side the words take on the claim; say it (polarity).")
    program = f"{draft.program} {draft.version}"
    return {**given, "derived_from": [one.iri], "drafted_by": [program]}


def _speaker(project: Project, draft: Draft) -> str | None:
    if draft.speaker is None:
        return None
    iri = draft.speaker.iri
    return iri if iri is not None and project.graph.kind(NamedNode(iri)) in ACTORS else draft.speaker.name


def tellers_of(project: Project, one: ReviewedDraft, drafts: Mapping[str, ReviewedDraft]) -> list[str]:
    """Return who passes the words of a draft on, the nearest to its speaker first.

    Each is the IRI or the name of an actor; the last is a statement where what tells it is coded already.
    """
    chain: list[str] = []
    seen, outer = {one.iri}, drafts.get(one.inside or "")
    while outer is not None and outer.iri not in seen:
        seen.add(outer.iri)
        if outer.state == "accepted":
            return [*chain, outer.statements[0]]
        if (teller := _speaker(project, outer.draft)) is None:
            return chain
        chain.append(teller)
        outer = drafts.get(outer.inside or "")
    return chain


def _shown(project: Project, one: ReviewedDraft) -> str:
    start, end = one.draft.content[0]
    words = " ".join((project.text(one.document) or "")[start:end].split())
    return words if len(words) <= 60 else f"{words[:59]}…"  # noqa: PLR2004 (as much as a line of a history shows)
