"""Drafts: from a text to proposed statements, each with its exact words. Nothing counts until a person accepts it."""

from disputegraph.drafting.attribution_figures import evaluate_attributions
from disputegraph.drafting.attribution_lines import attribution_line, drafts_of_line, read_attribution_lines
from disputegraph.drafting.draft_bias import HeldBack, WithAndWithout, compare_coding, note_passed, passed_places
from disputegraph.drafting.draft_counts import DraftCounts, count_drafts
from disputegraph.drafting.draft_files import DraftedText, drafted_documents, read_drafted, write_drafted
from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim, ProposedSpeaker
from disputegraph.drafting.draft_review import (
    DraftState,
    ReviewedDraft,
    accept_draft,
    drafts_of,
    likely_claim,
    reject_draft,
    restore_draft,
    split_draft,
    tellers_of,
)
from disputegraph.drafting.drafting_programs import PROGRAMS, Drafter, Needs, choose_program, draft, drafter_named
from disputegraph.drafting.missed_statements import Missed, compare_with_codings, estimate_missed
from disputegraph.drafting.project_drafts import DraftedDocument, answers_folder, documents_named, draft_documents
from disputegraph.drafting.text_language import language_of_text

__all__ = [
    "PROGRAMS",
    "Draft",
    "DraftCounts",
    "DraftSpan",
    "DraftState",
    "DraftedDocument",
    "DraftedText",
    "Drafter",
    "HeldBack",
    "Kind",
    "Missed",
    "Needs",
    "ProposedClaim",
    "ProposedSpeaker",
    "ReviewedDraft",
    "WithAndWithout",
    "accept_draft",
    "answers_folder",
    "attribution_line",
    "choose_program",
    "compare_coding",
    "compare_with_codings",
    "count_drafts",
    "documents_named",
    "draft",
    "draft_documents",
    "drafted_documents",
    "drafter_named",
    "drafts_of",
    "drafts_of_line",
    "estimate_missed",
    "evaluate_attributions",
    "language_of_text",
    "likely_claim",
    "note_passed",
    "passed_places",
    "read_attribution_lines",
    "read_drafted",
    "reject_draft",
    "restore_draft",
    "split_draft",
    "tellers_of",
    "write_drafted",
]
