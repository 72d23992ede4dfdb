"""Drafts: from a text to proposed statements, each with its exact words. Nothing counts until a person accepts it."""

from disputegraph.drafting.draft_files import DraftedText, read_drafted, write_drafted
from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim, ProposedSpeaker
from disputegraph.drafting.draft_review import (
    DraftState,
    Rejection,
    ReviewedDraft,
    accept_draft,
    drafts_of,
    reject_draft,
    restore_draft,
    split_draft,
)
from disputegraph.drafting.drafting_programs import PROGRAMS, Drafter, choose_program, draft, drafter_named
from disputegraph.drafting.project_drafts import DraftedDocument, documents_named, draft_documents
from disputegraph.drafting.text_language import language_of_text

__all__ = [
    "PROGRAMS",
    "Draft",
    "DraftSpan",
    "DraftState",
    "DraftedDocument",
    "DraftedText",
    "Drafter",
    "Kind",
    "ProposedClaim",
    "ProposedSpeaker",
    "Rejection",
    "ReviewedDraft",
    "accept_draft",
    "choose_program",
    "documents_named",
    "draft",
    "draft_documents",
    "drafter_named",
    "drafts_of",
    "language_of_text",
    "read_drafted",
    "reject_draft",
    "restore_draft",
    "split_draft",
    "write_drafted",
]
