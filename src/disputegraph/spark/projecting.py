"""Compute networks by Spark SQL: the same numbers as `networks.weigh`, for tables that fit into no one machine."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from disputegraph.errors import DataError, UsageError
from disputegraph.networks import DUPLICATES, Options
from disputegraph.spark.exporting import COLUMNS
from disputegraph.spark.session import said_by, spark_errors

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

__all__ = ["FIELDS", "KINDS", "Projection", "project"]

KINDS = ("affiliation", "congruence", "conflict", "subtract", "cooccurrence", "signed")
"""The kinds that Spark computes; portrayal and hearsay grow no larger than the statements, and need no cluster."""

FIELDS = ("voice", "speaker", "organisation", "claim", "document", "issue")
"""What may be a node or be compared over."""

_TYPES = {
    "issues": ("array<string>",), "issue_labels": ("array<string>",), "said": ("bigint",), "place": ("bigint",),
}  # fmt: skip
"""Spark's names for the types of the columns that are no texts."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A network as an edge table that Spark has still to compute.

    Attributes:
        edges: the edges: source, target, their labels, weight, count and the parts.
        parts: names of the further numbers of an edge.
    """

    edges: DataFrame
    parts: tuple[str, ...]


def project(session: SparkSession, path: str, options: Options) -> Projection:
    """Return a network of the statement table in Parquet at `path`.

    The formulas, the treatment of duplicates and the normalisations are those of `networks.weigh`.

    Args:
        session: where it is computed.
        path: a Parquet file that `write_statements` wrote, or a folder of them, anywhere that Spark reads.
        options: kind and options of the network.

    Raises:
        DataError: there is no such table, or it has other columns.
        UsageError: the options ask for what only the in-process engine does.
    """
    _refuse(options)
    table = _read(session, path)
    session.catalog.clearCache()
    _cells(table, options).createOrReplaceTempView("cells")
    session.sql(_sql("incidence")).createOrReplaceTempView("incidence")
    least = max(options.min_statements, 1)
    session.sql(_sql("kept"), args={"least": least}).createOrReplaceTempView("kept")
    # Read several times below; what does not fit into memory Spark keeps on disk.
    session.sql(_sql("counts")).cache().createOrReplaceTempView("counts")
    if options.kind == "affiliation":
        edges = session.sql(_sql("affiliation"), args={"value": options.value, "normalise": options.normalise})
        return Projection(edges, ("neutral", "denies", "affirms"))
    session.sql(_sql("nodes"), args={"kind": options.kind}).createOrReplaceTempView("nodes")
    edges = session.sql(_sql("pairs"), args={"kind": options.kind, "normalise": options.normalise})
    if options.kind in ("subtract", "signed"):
        return Projection(edges, ("congruence", "conflict"))
    return Projection(edges.drop("congruence", "conflict"), ())


def _refuse(options: Options) -> None:
    if options.kind not in KINDS:
        raise UsageError(f"Spark computes {', '.join(KINDS)}; leave out --engine for '{options.kind}'.")
    for field in (options.row_field, options.column_field):
        if field not in FIELDS:
            raise UsageError(f"Spark compares {', '.join(FIELDS)}, and no '{field}'; leave out --engine.")
    if options.duplicates not in DUPLICATES:
        raise UsageError(f"unknown way to treat duplicates '{options.duplicates}'; there are {', '.join(DUPLICATES)}.")
    for asked, name in (
        (options.qualifier != "polarity", "--qualifier"),
        (options.value == "combine", "--value combine"),
        (options.backbone is not None, "--backbone"),
        (options.isolates, "--isolates"),
        (options.dna_compat, "--dna-compat"),
    ):
        if asked:
            raise UsageError(f"{name} is not computed by Spark; leave out --engine.")
    if options.row_field == options.column_field:
        raise UsageError("nodes cannot be compared over themselves; choose another --between or --over.")


def _read(session: SparkSession, path: str) -> DataFrame:
    try:
        table = session.read.parquet(path)
    except spark_errors() as error:
        raise DataError(f"is no Parquet table that Spark can read: {said_by(error)}", path=path) from None
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise DataError(
            f"is no table of statements: the column {missing[0]} is missing. 'disputegraph export statements -f "
            "parquet' writes one.",
            path=path,
        )
    for name, kind in table.dtypes:
        wanted = _TYPES.get(name, ("string",))
        if name in COLUMNS and kind not in wanted:
            raise DataError(
                f"is no table of statements: the column {name} holds {kind} and not {wanted[0]}. 'disputegraph export "
                "statements -f parquet' writes one.",
                path=path,
            )
    return table


def _cells(table: DataFrame, options: Options) -> DataFrame:
    """Return every (row node, column node) of every statement, with its level, bucket and place."""
    from pyspark.sql import functions as f

    level = f.when(f.col("polarity") == "affirms", 1).when(f.col("polarity") == "denies", 0).otherwise(2)
    # Where the network does not look at the level, statements of all levels are equal to one another.
    looks = options.kind != "cooccurrence" and not (options.kind == "affiliation" and options.value == "count")
    cells = table.withColumn("bucket", _bucket(options.duplicates)).withColumn("level", level)
    for side, field in (("row", options.row_field), ("col", options.column_field)):
        if field == "issue":
            zipped = f.explode(f.arrays_zip(f.col("issues"), f.col("issue_labels")))
            cells = cells.withColumn("found", zipped)
            cells = cells.withColumn(side, f.col("found.issues")).withColumn(
                f"{side}_label", f.col("found.issue_labels")
            )
        else:
            cells = cells.withColumn(side, f.col(field)).withColumn(f"{side}_label", f.col(f"{field}_label"))
        cells = cells.where(f.col(side).isNotNull())
    if options.takes_sides:
        cells = cells.where(f.col("level") < 2)  # noqa: PLR2004  # 2: takes no side
    cells = cells.withColumn("same", f.col("level") if looks else f.lit(0))
    once = f.lit(options.duplicates != "include")
    return cells.withColumn("once", once).select(
        "row", "row_label", "col", "col_label", "level", "same", "bucket", "place", "once", "polarity"
    )


def _bucket(duplicates: str) -> Column:
    from pyspark.sql import functions as f

    day = f.floor(f.col("said") / 86_400)
    date = f.date_add(f.lit("1970-01-01").cast("date"), day.cast("int"))
    if duplicates == "document":
        return f.col("document")
    if duplicates == "year":
        return f.year(date).cast("string")
    if duplicates == "month":
        return (f.year(date) * 12 + f.month(date)).cast("string")
    if duplicates == "week":
        return f.floor((day + 3) / 7).cast("string")  # 1 January 1970 was a Thursday: weeks that begin on Monday
    return f.lit("")


def _sql(name: str) -> str:
    return files("disputegraph.spark").joinpath("sql").joinpath(f"{name}.sql").read_text(encoding="utf-8")
