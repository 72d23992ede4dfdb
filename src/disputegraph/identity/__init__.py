"""Who is who: likely doubles, disputes joined into one, and what changed between two versions."""

from __future__ import annotations

from disputegraph.identity.comparing import Change, Comparison, compare
from disputegraph.identity.duplicates import Duplicate, find_duplicates
from disputegraph.identity.merging import Merged, merge_files, read_pairs
from disputegraph.identity.name_matching import Candidate, Named, NameIndex
from disputegraph.identity.reconciling import Proposal, ReconciliationService, is_web_address

__all__ = [
    "Candidate",
    "Change",
    "Comparison",
    "Duplicate",
    "Merged",
    "NameIndex",
    "Named",
    "Proposal",
    "ReconciliationService",
    "compare",
    "find_duplicates",
    "is_web_address",
    "merge_files",
    "read_pairs",
]
