"""Stand-off evidence: anchors checked against source texts, and texts brought into one form."""

from __future__ import annotations

from disputegraph.evidence.locating import Locator
from disputegraph.evidence.source_context import CONTEXTS, ContextShown, context_around
from disputegraph.evidence.sources import Quote, Sources, SourceText
from disputegraph.evidence.text import NORMALISATION, OffsetMap, digest, normalise, utf16_to_code_point
from disputegraph.evidence.verifying import AnchorReport, repair_anchors, verify_anchors

__all__ = [
    "CONTEXTS",
    "NORMALISATION",
    "AnchorReport",
    "ContextShown",
    "Locator",
    "OffsetMap",
    "Quote",
    "SourceText",
    "Sources",
    "context_around",
    "digest",
    "normalise",
    "repair_anchors",
    "utf16_to_code_point",
    "verify_anchors",
]
