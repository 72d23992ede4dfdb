"""Coding: a dispute as a project folder, and everything that a coder does to it."""

from disputegraph.coding.anchor_writing import anchor_name, anchor_triples
from disputegraph.coding.change_refusals import ConflictError, RefusedError
from disputegraph.coding.codebook_coding import InUseError, NewEntry
from disputegraph.coding.document_text import TextRead
from disputegraph.coding.independent_codings import CoderVersions, claims_coded_apart, coder_versions
from disputegraph.coding.project import Project
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_files import (
    CODEBOOK,
    DRAFTS,
    INDEPENDENT,
    REJECTED,
    SOURCES,
    TurtleNames,
    read_triples,
    write_triples,
)
from disputegraph.coding.project_graph import ACTORS, STATEMENTS, Span
from disputegraph.coding.project_history import Step
from disputegraph.coding.project_layout import new_project
from disputegraph.coding.project_texts import Stamp, stamp_of
from disputegraph.coding.rejections import Rejection, rejected_in, rejection_of, rejection_triples
from disputegraph.coding.rule_scope import is_later
from disputegraph.coding.suggesting import Suggester
from disputegraph.coding.suggestion_records import Coded, Known, Suggestion
from disputegraph.coding.suggestion_sources import known_of, suggester_of
from disputegraph.coding.text_reading import read_document, read_document_bytes

__all__ = [
    "ACTORS",
    "CODEBOOK",
    "DRAFTS",
    "INDEPENDENT",
    "REJECTED",
    "SOURCES",
    "STATEMENTS",
    "Change",
    "Coded",
    "CoderVersions",
    "ConflictError",
    "InUseError",
    "Known",
    "NewEntry",
    "Project",
    "RefusedError",
    "Rejection",
    "Span",
    "Stamp",
    "Step",
    "Suggester",
    "Suggestion",
    "TextRead",
    "TurtleNames",
    "anchor_name",
    "anchor_triples",
    "claims_coded_apart",
    "coder_versions",
    "is_later",
    "known_of",
    "new_project",
    "read_document",
    "read_document_bytes",
    "read_triples",
    "rejected_in",
    "rejection_of",
    "rejection_triples",
    "stamp_of",
    "suggester_of",
    "write_triples",
]
