"""Compute networks by Spark: the same numbers as `networks.weigh`, of tables that one machine cannot hold.

Statements are counted by row node, column node and side. Then each partition has all counts of some column nodes and
makes sparse products of them (`partial_products`), and the products are added up.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from disputegraph.errors import DataError, UsageError
from disputegraph.networks import Options
from disputegraph.spark.partial_products import PARTS, partial_products
from disputegraph.spark.spark_session import said_by, spark_errors
from disputegraph.spark.statement_files import COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

__all__ = ["project"]

_KINDS = ("affiliation", *PARTS)
_FIELDS = ("voice", "speaker", "organisation", "claim", "document", "issue")
_BUCKETS = {
    "include": "place",
    "document": "document",
    "range": "0",
    **{unit: f"date_trunc('{unit}', timestamp_seconds(said))" for unit in ("week", "month", "year")},
}
"""Within what a statement said again counts once, as SQL; weeks begin on Monday."""

_SIDE = "CASE polarity WHEN 'denies' THEN 0 WHEN 'affirms' THEN 1 WHEN 'neutral' THEN 2 ELSE 3 END"
_TYPES = {"issues": "array<string>", "issue_labels": "array<string>", "said": "bigint", "place": "bigint"}


def project(session: SparkSession, path: str, options: Options) -> DataFrame:
    """Return the edges of a network of the statement table in Parquet at `path`, which Spark has still to compute.

    The columns are source, target, source_label, target_label, weight, count and the parts of the weight, as
    `networks.write_network` writes them.

    Args:
        session: where it is computed.
        path: a Parquet file that `write_statements` wrote, or a folder of them, anywhere that Spark reads.
        options: kind and options of the network.

    Raises:
        DataError: there is no such table, it has other columns, or Spark fails.
        UsageError: the options ask for what only the in-process engine does.
    """
    _refuse(options)
    cells = _cells(_read(session, path), options)
    counts = _counts(cells, options)
    try:
        return _affiliation(cells, counts, options) if options.kind == "affiliation" else _pairs(cells, counts, options)
    except spark_errors() as error:
        raise DataError(f"Spark failed: {said_by(error)}") from None


def _refuse(options: Options) -> None:
    if options.kind not in _KINDS:
        raise UsageError(f"Spark computes {', '.join(_KINDS)}; leave out --engine for '{options.kind}'.")
    for field in (options.row_field, options.column_field):
        if field not in _FIELDS:
            raise UsageError(f"Spark compares {', '.join(_FIELDS)}, but not '{field}'; leave out --engine.")
    if options.duplicates not in _BUCKETS:
        raise UsageError(f"unknown way to treat duplicates '{options.duplicates}'. There are {', '.join(_BUCKETS)}.")
    for asked, name in (
        (options.qualifier != "polarity", "--qualifier"),
        (options.value == "combine", "--value combine"),
        (options.backbone is not None, "--backbone"),
        (options.isolates, "--isolates"),
        (options.dna_compat, "--dna-compat"),
    ):
        if asked:
            raise UsageError(f"Spark does not compute {name}; leave out --engine.")
    if options.row_field == options.column_field:
        raise UsageError("nodes cannot be compared over themselves; choose another --between or --over.")


def _read(session: SparkSession, path: str) -> DataFrame:
    try:
        table = session.read.parquet(path)
    except spark_errors() as error:
        raise DataError(f"is not a Parquet table that Spark can read: {said_by(error)}", path=path) from None
    types = dict(table.dtypes)
    for name in COLUMNS:
        wanted = _TYPES.get(name, "string")
        if types.get(name) != wanted:
            found = f"holds {types[name]} and not {wanted}" if name in types else "is missing"
            raise DataError(
                f"is not a table of statements: the column {name} {found}. 'disputegraph export statements -f parquet' "
                "writes one.",
                path=path,
            )
    return table


def _cells(table: DataFrame, options: Options) -> DataFrame:
    """Return row node, column node and side of every statement, with what makes equal ones count once."""
    from pyspark.sql import functions as f

    cells = table.select(
        _node(options.row_field).alias("r"), _node(options.column_field).alias("c"), f.expr(_SIDE).alias("side"),
        f.expr(_BUCKETS[options.duplicates]).alias("bucket"), "place",
    ).selectExpr("r.key AS row", "r.label AS row_label", "c.key AS col", "c.label AS col_label", "side", "bucket",
                 "place").where("row IS NOT NULL AND col IS NOT NULL")  # fmt: skip
    return cells.where("side < 2") if options.takes_sides else cells


def _node(field: str) -> Column:
    from pyspark.sql import functions as f

    if field == "issue":
        return f.explode(f.expr("transform(issues, (issue, n) -> struct(issue AS key, issue_labels[n] AS label))"))
    return f.struct(f.col(field).alias("key"), f.col(f"{field}_label").alias("label"))


def _counts(cells: DataFrame, options: Options) -> DataFrame:
    """Return how many statements of each side every row node has on every column node."""
    from pyspark.sql import functions as f

    if options.duplicates != "include":
        # Where the network does not look at sides, statements of all sides are equal to one another.
        looks = options.kind != "cooccurrence" and (options.kind != "affiliation" or options.value != "count")
        same = [f.least("side", f.lit(2))] if looks else []
        cells = cells.groupBy("row", "col", "bucket", *same).agg(f.min_by("side", "place").alias("side"))
    counts = cells.groupBy("row", "col").agg(
        *(f.count_if(f.col("side") == side).alias(f"a{side}") for side in (0, 1)),
        f.count_if(f.col("side") >= 2).alias("a2"),  # noqa: PLR2004  # neutral, or nothing coded
        f.count_if(f.col("side") == 2).alias("neutral"),  # noqa: PLR2004  # neutral
        f.count("*").alias("n"),
    )
    if options.min_statements > 1:
        often = counts.groupBy("row").agg(f.sum("n").alias("of_row")).where(f"of_row >= {options.min_statements}")
        counts = counts.join(often, "row", "leftsemi")
    return counts.cache()  # read several times; what does not fit into memory Spark keeps on disk


def _labels(cells: DataFrame, side: str, name: str) -> DataFrame:
    """Return the label of every node of one side."""
    from pyspark.sql import functions as f

    # Distinct first: only groups without texts to aggregate are made by hashing.
    known = cells.select(f.col(side).alias(name), f.col(f"{side}_label").alias("label")).distinct()
    return known.groupBy(name).agg(f.min("label").alias(f"{name}_label"))


def _affiliation(cells: DataFrame, counts: DataFrame, options: Options) -> DataFrame:
    if not counts.select("row").intersect(counts.select("col")).isEmpty():
        raise UsageError("the same nodes would stand on both sides of the network; choose another --between or --over.")
    value = "a1 - a0" if options.value == "subtract" else "n"
    over = {"activity": "row", "prominence": "col"}.get(options.normalise)
    # Multiplied by the inverse, as the in-process engine does, so that both round alike.
    weight = f"({value}) * (1D / sum(n) OVER (PARTITION BY {over}))" if over else f"CAST({value} AS DOUBLE)"
    edges = counts.selectExpr(
        "row AS source", "col AS target", f"{weight} AS weight", "n AS count", "neutral", "a0 AS denies",
        "a1 AS affirms",
    )  # fmt: skip
    edges = edges.join(_labels(cells, "row", "source"), "source").join(_labels(cells, "col", "target"), "target")
    return edges.select(*_HEAD, "neutral", "denies", "affirms")


def _pairs(cells: DataFrame, counts: DataFrame, options: Options) -> DataFrame:
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    squares = "n * n" if options.kind == "cooccurrence" else "a0 * a0 + a1 * a1"
    nodes = counts.groupBy("row").agg(f.sum("n").alias("activity"), f.sqrt(f.expr(f"sum({squares})")).alias("length"))
    # In the order of the in-process engine: by UTF-16 code units of the label, then by IRI.
    order = Window.orderBy(f.encode("row_label", "UTF-16BE"), "row")
    nodes = nodes.join(_labels(cells, "row", "row"), "row").withColumn("x", f.row_number().over(order) - 1).cache()
    parts = PARTS[options.kind]
    names = [*parts, "count", *(["correction"] if options.normalise == "jaccard" else [])]
    work = partial(partial_products, kind=options.kind, size=nodes.count(), jaccard=options.normalise == "jaccard")
    session = counts.sparkSession
    sums = (
        counts.join(nodes.select("row", "x"), "row")
        .select("x", "col", "a0", "a1", "a2")
        .repartition(session.sparkContext.defaultParallelism, "col")
        .mapInArrow(work, ", ".join(["x int", "y int", *(f"`{name}` double" for name in names)]))
        .groupBy("x", "y")
        .agg(*(f.sum(name).alias(name) for name in names))
        .where(" OR ".join(f"{part} > 0" for part in parts))
    )
    divisor = {
        "average": "((a.activity + b.activity) / 2D)",
        "jaccard": "(a.activity + b.activity + correction)",
        "cosine": "(a.length * b.length)",
    }.get(options.normalise, "1D")
    weights = [f"{part} / {divisor} AS {part}" for part in parts]
    edges = (
        sums.join(nodes.alias("a"), "x")
        .join(nodes.withColumnRenamed("x", "y").alias("b"), "y")
        .selectExpr(
            "a.row AS source", "b.row AS target", "a.row_label AS source_label", "b.row_label AS target_label",
            "CAST(count AS BIGINT) AS count", *weights,
        )
    )  # fmt: skip
    if len(parts) == 1:
        return edges.withColumnRenamed(parts[0], "weight").select(*_HEAD)
    return edges.selectExpr(*_HEAD[:4], "congruence - conflict AS weight", "count", *parts)


_HEAD = ("source", "target", "source_label", "target_label", "weight", "count")
