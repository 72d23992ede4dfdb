"""Results as Python people hold them: data frames of statements, and analyses that say what they found."""

from disputegraph.results.data_frames import Frame, rows_as
from disputegraph.results.statement_frames import Statements

__all__ = ["Frame", "Statements", "rows_as"]
