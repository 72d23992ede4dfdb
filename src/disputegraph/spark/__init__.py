"""Networks past one machine: statement tables in Parquet, projections by Spark SQL."""

from disputegraph.spark.exporting import COLUMNS, write_statements
from disputegraph.spark.projecting import Projection, project
from disputegraph.spark.session import open_session
from disputegraph.spark.writing import write_edges

__all__ = ["COLUMNS", "Projection", "open_session", "project", "write_edges", "write_statements"]
