"""Compute networks by Spark: the same numbers as `networks.weigh`, of tables that one machine cannot hold.

Statements are counted by row node, column node and side. Then each partition has all counts of some column nodes and
makes sparse products of them (`partial_products`), and the products are added up.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from disputegraph.errors import DataError, UsageError
from disputegraph.networks import COLUMNS, Options
from disputegraph.spark.partial_products import PARTS, partial_products, sums_of
from disputegraph.spark.spark_session import said_by, spark_errors

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray
    from pyspark.sql import Column, DataFrame, SparkSession

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


def project(session: SparkSession, path: str, options: Options) -> pa.Table:
    """Compute a network of the statement table in Parquet at `path`, and return its edges.

    This process holds the edges and the labels of the nodes, but not what they are computed from. The columns are
    source, target, source_label, target_label, weight, count and the parts of the weight, as `networks.write_network`
    writes them.

    Args:
        session: where it is computed.
        path: a Parquet file that `write_statements` wrote, or a folder of them, anywhere that Spark reads.
        options: kind and options of the network.

    Raises:
        DataError: there is no such table, it has other columns, or Spark fails.
        UsageError: the options ask for what only the in-process engine does.
    """
    check_options(options)
    cells = _cells(_read(session, path), options)
    counts = _counts(cells, options)
    try:
        return _affiliation(cells, counts, options) if options.kind == "affiliation" else _pairs(cells, counts, options)
    except spark_errors() as error:
        raise DataError(f"Spark failed: {said_by(error)}", path=path) from None


def check_options(options: Options) -> None:
    """Refuse what only the in-process engine computes; needs neither Spark nor Java.

    Raises:
        UsageError: the options ask for it.
    """
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
        (options.baseline != "none", "--baseline"),
        (options.amounts is not None, "the windows of kernels"),
        (options.dna_compat, "--dna-compat"),
    ):
        if asked:
            raise UsageError(f"Spark does not compute {name}; leave out --engine.")
    if options.counts_contradictions:
        raise UsageError(
            "Spark does not count contradictions between claims as conflict: add --no-contradictions, or leave out "
            "--engine."
        )
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
    return cells.groupBy("row", "col").agg(
        *(f.count_if(f.col("side") == side).alias(f"a{side}") for side in (0, 1)),
        f.count_if(f.col("side") >= 2).alias("a2"),  # noqa: PLR2004  # neutral, or nothing coded
        f.count_if(f.col("side") == 2).alias("neutral"),  # noqa: PLR2004  # neutral
        f.count("*").alias("n"),
    )


def _collected(frame: DataFrame) -> Any:
    """Return the rows as a pandas table; where that fails the error says so, and no warning besides."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frame.toPandas()


def _labels(cells: DataFrame, side: str) -> dict[str, str]:
    """Return the label of every node of one side, in the order of the in-process engine.

    That is by the UTF-16 code units of the label, then by IRI.
    """
    # Spark makes groups by hashing only where no texts are to be aggregated, so it is asked for what is distinct.
    found = _collected(cells.select(side, f"{side}_label").distinct())
    labels: dict[str, str] = {}
    for node, label in found.to_numpy().tolist():
        labels[node] = min(label or node, labels.get(node, label or node))
    return dict(sorted(labels.items(), key=lambda item: (item[1].encode("utf-16-be"), item[0])))


def _affiliation(cells: DataFrame, counts: DataFrame, options: Options) -> pa.Table:
    labels, others = _labels(cells, "row"), _labels(cells, "col")
    if labels.keys() & others.keys():
        raise UsageError("the same nodes would stand on both sides of the network; choose another --between or --over.")
    table = _collected(counts)
    for end, side, nodes in (("x", "row", labels), ("y", "col", others)):
        table[end] = table[side].map({node: place for place, node in enumerate(nodes)})
    table = table[table.groupby("row")["n"].transform("sum") >= options.min_statements].sort_values(["x", "y"])
    weight = (table["a1"] - table["a0"] if options.value == "subtract" else table["n"]).to_numpy(np.float64)
    if options.normalise != "none":
        along = table.groupby("row" if options.normalise == "activity" else "col")["n"].transform("sum")
        weight = weight * (1.0 / along.to_numpy())  # by the inverse, as in process, so that both round alike
    numbers = {"weight": weight, "count": table["n"], "neutral": table["neutral"], "denies": table["a0"],
               "affirms": table["a1"]}  # fmt: skip
    return _edges(labels, others, table, numbers)


def _pairs(cells: DataFrame, counts: DataFrame, options: Options) -> pa.Table:
    import pyarrow as pa
    from pyspark.sql import functions as f

    labels, jaccard = _labels(cells, "row"), options.normalise == "jaccard"
    names = sums_of(options.kind, jaccard=jaccard)
    work = partial(partial_products, kind=options.kind, nodes=pa.array(labels, pa.string()), jaccard=jaccard)
    partial_sums = counts.repartition(counts.sparkSession.sparkContext.defaultParallelism, "col").mapInArrow(
        work, ", ".join(["x int", "y int", *(f"`{name}` double" for name in names)])
    )
    summed = partial_sums.groupBy("x", "y").agg(*(f.sum(name).alias(name) for name in names))
    sums = _collected(summed).sort_values(["x", "y"])
    own = sums[sums["x"] == sums["y"]]
    activity, length = np.zeros(len(labels)), np.zeros(len(labels))
    activity[own["x"]], length[own["x"]] = own["activity"], np.sqrt(own["square"])
    there = sums[list(PARTS[options.kind])].any(axis=1) & (sums["x"] < sums["y"])
    often = activity >= options.min_statements
    sums = sums[there & often[sums["x"]] & often[sums["y"]]]
    x, y = sums["x"], sums["y"]
    divisor: NDArray[np.float64] | float = 1.0
    if options.normalise == "average":
        divisor = (activity[x] + activity[y]) / 2
    elif jaccard:
        divisor = activity[x] + activity[y] + sums["correction"].to_numpy()
    elif options.normalise == "cosine":
        divisor = length[x] * length[y]
    parts = {name: sums[name].to_numpy() / divisor for name in PARTS[options.kind]}
    if len(parts) == 1:
        return _edges(labels, labels, sums, {"weight": parts.popitem()[1], "count": sums["count"].astype(np.int64)})
    weight = parts["congruence"] - parts["conflict"]
    return _edges(labels, labels, sums, {"weight": weight, "count": sums["count"].astype(np.int64), **parts})


def _edges(labels: dict[str, str], others: dict[str, str], ends: Any, numbers: dict[str, Any]) -> pa.Table:
    """Return the edges between the nodes at the places x and y, with their numbers."""
    import pyarrow as pa

    texts = {}
    for end, place, nodes in (("source", "x", labels), ("target", "y", others)):
        codes = pa.array(ends[place].to_numpy(np.int32))
        texts[end] = pa.DictionaryArray.from_arrays(codes, pa.array(nodes, pa.string()))
        texts[f"{end}_label"] = pa.DictionaryArray.from_arrays(codes, pa.array(nodes.values(), pa.string()))
    order = ("source", "target", "source_label", "target_label")
    return pa.table({name: texts[name] for name in order} | {name: np.asarray(each) for name, each in numbers.items()})
