"""Networks of tables that one machine cannot hold: statements in Parquet, and sparse products made by Spark."""

from disputegraph.spark.edge_files import write_edges
from disputegraph.spark.spark_projection import check_options, project
from disputegraph.spark.spark_session import open_session
from disputegraph.spark.statement_files import write_statements

__all__ = ["check_options", "open_session", "project", "write_edges", "write_statements"]
