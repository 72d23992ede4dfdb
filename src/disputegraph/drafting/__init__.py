"""Drafts: from a text to proposed statements, each with its exact words. Nothing counts until a person accepts it."""

from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedClaim, ProposedSpeaker

__all__ = ["Draft", "DraftSpan", "Kind", "ProposedClaim", "ProposedSpeaker"]
