"""Results as Python people hold them: data frames of statements, and analyses that say what they found."""

from disputegraph.results.analysis_results import balance_found, contested_found, polarisation_found
from disputegraph.results.coalition_results import coalition_of, coalitions_found
from disputegraph.results.data_frames import Frame, rows_as
from disputegraph.results.dispute_analyses import DisputeAnalyses
from disputegraph.results.result_tables import (
    FIGURE_COLUMNS,
    Block,
    Found,
    figure_rows,
    interval_text,
    percent,
    records,
)
from disputegraph.results.statement_frames import Statements

__all__ = [
    "FIGURE_COLUMNS",
    "Block",
    "DisputeAnalyses",
    "Found",
    "Frame",
    "Statements",
    "balance_found",
    "coalition_of",
    "coalitions_found",
    "contested_found",
    "figure_rows",
    "interval_text",
    "percent",
    "polarisation_found",
    "records",
    "rows_as",
]
