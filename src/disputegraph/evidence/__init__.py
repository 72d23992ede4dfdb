"""Stand-off evidence: anchors checked against source texts, and texts brought into one form."""

from __future__ import annotations

from disputegraph.evidence.sources import Quote, Sources, SourceText
from disputegraph.evidence.text import NORMALISATION, digest, normalise
from disputegraph.evidence.verifying import AnchorReport, verify_anchors

__all__ = ["NORMALISATION", "AnchorReport", "Quote", "SourceText", "Sources", "digest", "normalise", "verify_anchors"]
