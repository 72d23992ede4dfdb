"""What the coding page shows of drafts, and does with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.coding import Project
from disputegraph.drafting import (
    DraftSpan,
    HeldBack,
    ReviewedDraft,
    accept_draft,
    compare_coding,
    count_drafts,
    drafts_of,
    likely_claim,
    note_passed,
    passed_places,
    reject_draft,
    restore_draft,
    split_draft,
    tellers_of,
)
from disputegraph.errors import UsageError

DRAFT_ACTIONS = ("accept_draft", "split_draft", "reject_draft", "restore_draft")


def drafts_shown(project: Project, document: str) -> dict[str, Any]:
    """Return the drafts of a text, and how far the coder has come in it.

    A draft in a sentence that is held back says from which place on it is shown.
    """
    text = project.text(document)
    notes: list[str] = []
    drafts = drafts_of(project, NamedNode(document), notes=notes) if text is not None else {}
    held = HeldBack(document, text or "") if drafts else None
    return {
        "document": document,
        "passed": passed_places(project).get(document, 0),
        "notes": notes,
        "drafts": [_shown(one, drafts, project, held) for one in drafts.values()],
    }


def _shown(
    one: ReviewedDraft, drafts: Mapping[str, ReviewedDraft], project: Project, held: HeldBack | None
) -> dict[str, Any]:
    draft = one.draft

    def places(spans: tuple[DraftSpan, ...]) -> list[dict[str, Any]]:
        return [{"document": one.document, "start": start, "end": end} for start, end in spans]

    return {
        "iri": one.iri,
        "state": one.state,
        "program": draft.program,
        "version": draft.version,
        "content": places(draft.content),
        "source": places(draft.source),
        "cue": places(draft.cue),
        "kind": draft.kind,
        "speaker": asdict(draft.speaker) if draft.speaker is not None else None,
        "claims": [asdict(claim) for claim in draft.claims],
        "likely": 0 if likely_claim(draft) is not None else -1,
        "polarity": draft.polarity,
        "speech_act": draft.speech_act,
        "passed_on_by": tellers_of(project, one, drafts),
        "statements": list(one.statements),
        "rejection": asdict(one.rejection) if one.rejection is not None else None,
        "held_until": held.until(draft.content[0][0]) if held is not None else None,
    }


def draft_figures(project: Project) -> dict[str, Any]:
    """Return what became of drafts, and how coding with and without them differs."""
    notes: list[str] = []
    counts = count_drafts(project, notes=notes)
    return {"counts": [asdict(one) for one in counts], "compared": asdict(compare_coding(project)), "notes": notes}


def pass_place(project: Project, body: Mapping[str, Any]) -> dict[str, Any]:
    """Note how far the coder has come in a text."""
    document, place = body.get("document"), body.get("place")
    if not isinstance(document, str) or not isinstance(place, int):
        raise UsageError("the request needs a 'document' and a 'place', a number of characters.")
    return {"passed": note_passed(project, document, place)}


def decide(project: Project, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Do with a draft what the coder decided; raises as the functions of `drafting`."""
    iri = body.get("iri")
    if not isinstance(iri, str):
        raise UsageError("the request needs the 'iri' of a draft.")
    changed = {name: body[name] for name in ("speaker", "claim", "polarity") if name in body}
    if action == "reject_draft":
        reject_draft(project, iri, str(body.get("reason") or ""))
        return {}
    if action == "restore_draft":
        restore_draft(project, iri)
        return {}
    if action == "split_draft":
        parts = [[_place(span) for span in part] for part in body.get("parts", ())]
        return {"iri": split_draft(project, iri, parts, **changed)[0]}
    if "spans" in body:
        changed["spans"] = [_place(span) for span in body["spans"]]
    return {"iri": accept_draft(project, iri, **changed)}


def _place(span: Any) -> DraftSpan:
    try:
        return int(span["start"]), int(span["end"])
    except (KeyError, TypeError, ValueError):
        raise UsageError("a place is a start and an end.") from None
