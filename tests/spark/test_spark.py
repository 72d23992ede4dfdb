"""Spark gives the numbers of the in-process engine, duplicates and normalisation included."""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DataError, UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.networks import Options, weigh, write_network
from disputegraph.resources import bundled_dispute
from disputegraph.spark import open_session, project, write_edges, write_statements
from disputegraph.spark.partial_products import PARTS
from disputegraph.store import open_store
from tests.conftest import require

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.spark,
    pytest.mark.xdist_group("spark"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    try:
        with open_session() as opened:
            yield opened
    except UsageError as error:
        require(None, str(error))


def synthetic(count: int, seed: int) -> StatementTable:
    rng = random.Random(seed)
    fields: dict[str, list[str | None]] = {name: [] for name in (
        "utterance", "speaker", "claim", "polarity", "date", "document", "organisation", "start", "issue"
    )}  # fmt: skip
    for n in range(count):
        fields["utterance"].append(f"http://u/{n}")
        fields["speaker"].append(f"http://a/{rng.randrange(12)}")
        fields["organisation"].append(rng.choice([None, "http://o/1", "http://o/2", "http://o/3"]))
        fields["claim"].append(f"http://c/{rng.randrange(9)}")
        fields["polarity"].append(rng.choice(["affirms", "affirms", "denies", "neutral", None]))
        fields["date"].append(
            rng.choice([None, *(f"201{y}-{m:02}-{d:02}" for y in (5, 6) for m in (1, 12) for d in (1, 3, 30))])
        )
        fields["document"].append(rng.choice([None, "http://d/9", "http://d/10"]))
        fields["start"].append(str(rng.randrange(100)))
        fields["issue"].append(rng.choice([None, "http://i/1", "http://i/2"]))
    return StatementTable.of(fields)


@pytest.fixture(scope="module", params=["bundled", "synthetic"])
def table(request: pytest.FixtureRequest) -> StatementTable:
    if request.param == "bundled":
        return statements(open_store([bundled_dispute()]))
    return synthetic(400, 5)


@pytest.fixture(scope="module")
def parquet(table: StatementTable, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("parquet") / "statements.parquet"
    with path.open("wb") as stream:
        write_statements(table, stream, "parquet")
    return str(path)


CASES = [
    *({"kind": kind, "duplicates": duplicates} for kind, duplicates in zip(
        ("affiliation", *PARTS), ("document", "week", "month", "year", "range", "include"), strict=True)),
    {"kind": "affiliation", "value": "subtract", "duplicates": "week"},
    {"kind": "cooccurrence", "duplicates": "document"},
    *({"kind": kind, "normalise": how} for kind, how in product(("subtract", "cooccurrence"), ("jaccard", "cosine"))),
    {"kind": "conflict", "normalise": "average"},
    {"kind": "affiliation", "normalise": "activity"},
    {"kind": "affiliation", "normalise": "prominence", "value": "subtract"},
    {"kind": "congruence", "between": "claims"},
    {"kind": "subtract", "between": "speakers", "over": "issues", "duplicates": "document", "normalise": "average"},
    {"kind": "affiliation", "between": "organisations", "over": "issues"},
    {"kind": "congruence", "min_statements": 20},
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case.values())))
def test_the_same_bytes_as_the_in_process_engine(
    session: SparkSession, table: StatementTable, parquet: str, tmp_path: Path, case: dict[str, object]
) -> None:
    expected = io.BytesIO()
    case = {**case, "contradictions": False}
    write_network(weigh(table, **case), expected, "csv")  # type: ignore[arg-type]  # cases are options
    write_edges(project(session, parquet, Options(**case)), str(tmp_path / "o.csv"), "csv")  # type: ignore[arg-type]  # the same
    assert (tmp_path / "o.csv").read_bytes() == expected.getvalue()


def test_edges_as_parquet(session: SparkSession, parquet: str, tmp_path: Path) -> None:
    made = project(session, parquet, Options(kind="congruence"))
    write_edges(made, str(tmp_path / "edges.parquet"), "parquet")
    again = session.read.parquet(str(tmp_path / "edges.parquet"))
    assert again.count() == len(made) > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edges.parquet"]


def test_what_is_no_table(session: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_text("no parquet at all")
    options = Options(kind="congruence")
    for path in (tmp_path / "x.parquet", tmp_path / "none.parquet"):
        with pytest.raises(DataError, match="is not a Parquet table that Spark can read"):
            project(session, str(path), options)
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1]}), tmp_path / "y.parquet")
    with pytest.raises(DataError, match="the column utterance is missing. 'disputegraph export statements"):
        project(session, str(tmp_path / "y.parquet"), options)


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "portrayal"},
        {"kind": "congruence", "backbone": 0.1},
        {"kind": "congruence", "between": "author"},
        {"kind": "signed"},
    ],
)
def test_what_spark_does_not_do(session: SparkSession, options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="leave out --engine"):
        project(session, "x", Options(**options))  # type: ignore[arg-type]  # cases are options


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["network", "congruence", "--engine", "spark", "-d", "x.parquet"])
    assert result.exit_code == 2
    assert "needs Java 17" in result.stderr


@pytest.mark.parametrize("master", ["spark://127.0.0.1:9", "spark://127.0.0.1:9,127.0.0.1:10", "spark://127.0.0.1"])
def test_a_master_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, master: str) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_SPARK_MASTER", master)
    target = tmp_path / "o.csv"
    start = time.monotonic()
    result = CliRunner().invoke(
        main, ["network", "congruence", "--engine", "spark", "-d", "x.parquet", "-o", str(target)]
    )
    assert result.exit_code == 3
    assert "the Spark master cannot be reached" in result.stderr
    assert "DISPUTEGRAPH_SPARK_MASTER" in result.stderr
    assert time.monotonic() - start < 20
    assert not target.exists()


def test_a_table_that_breaks_off_leaves_the_target(session: SparkSession, parquet: str, tmp_path: Path) -> None:
    """The footer is whole and a page behind it is not: Spark reads the schema, and fails while it computes."""
    data = bytearray(Path(parquet).read_bytes())
    data[8 : len(data) // 2] = bytes(len(data) // 2 - 8)
    (tmp_path / "broken.parquet").write_bytes(data)
    target = tmp_path / "o.csv"
    target.write_text("as it was")
    with pytest.raises(DataError, match="Spark failed"):
        write_edges(project(session, str(tmp_path / "broken.parquet"), Options(kind="congruence")), str(target), "csv")
    assert target.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.parquet", "o.csv"]


def test_a_column_of_another_type(session: SparkSession, parquet: str, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(parquet)
    for name, values in (
        ("issues", pa.array(["x"] * len(table))),
        ("said", pa.array(["monday"] * len(table))),
        ("place", pa.array([[1]] * len(table))),
    ):
        wrong = table.set_column(table.schema.get_field_index(name), name, values)
        pq.write_table(wrong, tmp_path / "wrong.parquet")
        with pytest.raises(DataError, match=f"is not a table of statements: the column {name} holds"):
            project(session, str(tmp_path / "wrong.parquet"), Options(kind="congruence"))


def test_the_table_is_written_in_chunks_and_in_the_order_of_what_was_said(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table = synthetic(500, 6)
    shuffled = table.take(np.random.default_rng(1).permutation(len(table)))
    written = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("disputegraph.networks.statement_columns.CHUNK", 64)
        for n, one in enumerate((table, shuffled)):
            path = tmp_path / f"{n}.parquet"
            with path.open("wb") as stream:
                assert write_statements(one, stream, "parquet") == 500
            assert pq.ParquetFile(path).num_row_groups == 8
            written.append(pq.read_table(path).to_pylist())
    assert written[0] == written[1]  # whatever order an engine gave the rows in
    assert [row["place"] for row in written[0]] == list(range(500))
    said = [row["said"] for row in written[0] if row["said"] is not None]
    assert said == sorted(said)
    assert {(row["utterance"], tuple(row["issues"])) for row in written[0]} == {
        (utterance, (issue,) if issue else ())
        for utterance, issue in zip(table.utterances, table.column("issue").list(), strict=True)
    }


def test_export(tmp_path: Path) -> None:
    target = tmp_path / "s.csv"
    result = CliRunner().invoke(main, ["export", "statements", "-o", str(target), "--since", "2016-01"])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert len(rows) == int(result.stderr.split()[-2])
    assert {"utterance", "voice", "claim_label", "issues", "place"} <= rows[0].keys()
    assert CliRunner().invoke(main, ["export", "statements", "-f", "parquet"]).exit_code == 2
