"""Codings made elsewhere (sheets, DNA, roll calls, Polis, ClaimReview), and the layout of a new dispute."""

from __future__ import annotations

from disputegraph.importers.claimreview import import_claimreview
from disputegraph.importers.claimreview_export import ExportedReviews, export_claimreview
from disputegraph.importers.dispute_layout import lay_out
from disputegraph.importers.dna import import_dna, is_event_list, read_dna_graphml, write_texts
from disputegraph.importers.minting import Minter, slug
from disputegraph.importers.passages import (
    CodedTexts,
    Passage,
    annotations_of,
    import_passages,
    passages_of,
    read_annotations,
    read_brat,
    read_qda,
    write_qda,
)
from disputegraph.importers.polis import import_polis
from disputegraph.importers.repeated_import import lost_facts
from disputegraph.importers.settings_file import folder_settings, written_base
from disputegraph.importers.sheets import SHEETS, Workbook, export_sheets, export_workbook, import_sheet
from disputegraph.importers.sheets.sheet_cells import term_of_cell
from disputegraph.importers.triples import Imported, RowIds, checked_language
from disputegraph.importers.unmet_names import unmet_file
from disputegraph.importers.upgrading import Upgraded, upgrade_files
from disputegraph.importers.votes import import_votes

__all__ = [
    "SHEETS",
    "CodedTexts",
    "ExportedReviews",
    "Imported",
    "Minter",
    "Passage",
    "RowIds",
    "Upgraded",
    "Workbook",
    "annotations_of",
    "checked_language",
    "export_claimreview",
    "export_sheets",
    "export_workbook",
    "folder_settings",
    "import_claimreview",
    "import_dna",
    "import_passages",
    "import_polis",
    "import_sheet",
    "import_votes",
    "is_event_list",
    "lay_out",
    "lost_facts",
    "passages_of",
    "read_annotations",
    "read_brat",
    "read_dna_graphml",
    "read_qda",
    "slug",
    "term_of_cell",
    "unmet_file",
    "upgrade_files",
    "write_qda",
    "write_texts",
    "written_base",
]
