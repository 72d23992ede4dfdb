"""Coded passages of texts, as programs for qualitative analysis and for annotation keep them: in and out."""

from disputegraph.importers.passages.brat_files import read_brat
from disputegraph.importers.passages.coded_passages import CODED, CodedTexts, Passage, passages_of
from disputegraph.importers.passages.passage_import import PassageImport, import_passages
from disputegraph.importers.passages.qda_reading import read_qda
from disputegraph.importers.passages.qda_writing import write_qda
from disputegraph.importers.passages.web_annotations import annotations_of, read_annotations

__all__ = [
    "CODED",
    "CodedTexts",
    "Passage",
    "PassageImport",
    "annotations_of",
    "import_passages",
    "passages_of",
    "read_annotations",
    "read_brat",
    "read_qda",
    "write_qda",
]
