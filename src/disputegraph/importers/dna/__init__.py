"""Discourse Network Analyzer: its databases (.dna, SQLite) and its networks (GraphML)."""

from __future__ import annotations

from disputegraph.importers.dna.dna_event_list import is_event_list
from disputegraph.importers.dna.dna_graphml import read_dna_graphml
from disputegraph.importers.dna.dna_mapping import DnaImport, import_dna, write_texts

__all__ = ["DnaImport", "import_dna", "is_event_list", "read_dna_graphml", "write_texts"]
