"""Who is who: likely doubles, disputes joined into one, and what changed between two versions."""

from __future__ import annotations

from disputegraph.identity.comparing import Change, Comparison, compare
from disputegraph.identity.duplicates import Duplicate, find_duplicates
from disputegraph.identity.merging import Merged, merge_files, read_pairs

__all__ = ["Change", "Comparison", "Duplicate", "Merged", "compare", "find_duplicates", "merge_files", "read_pairs"]
