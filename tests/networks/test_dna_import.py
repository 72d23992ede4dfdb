"""DNA's own matrices by the way a user goes: import the database, load the Turtle, ask for the network."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.cli.import_ import import_
from disputegraph.cli.network import network
from disputegraph.importers.dna.dna_database import SCHEMA
from disputegraph.model import StatementTable, statements
from disputegraph.networks import weigh
from disputegraph.store import open_store

OWN = Path(__file__).with_name("dna-own")
NODES = {"organization": "organisations", "person": "speakers", "concept": "claims"}
SAME = {"no": "none", "acrossrange": "range", "ignore": "cooccurrence"}


def imported(database: Path, folder: Path) -> Path:
    path = folder / "imported.ttl"
    result = CliRunner().invoke(import_, ["dna", str(database), "-o", str(path)])
    assert result.exit_code == 0, result.output
    return path


def build_database(path: Path) -> None:
    """Write the statements of our own project as DNA 3 stores them."""
    with (OWN / "statements.csv").open(encoding="utf-8", newline="") as stream:
        coded = list(csv.DictReader(stream))
    variables = {"person": 1, "organization": 2, "concept": 3, "frame": 5}
    entities: dict[tuple[int, str], int] = {}
    with closing(sqlite3.connect(path)) as base:
        for table, columns in SCHEMA.items():
            base.execute(f"CREATE TABLE {table} ({', '.join(columns)})")

        def add(table: str, *row: object) -> None:
            base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

        add("SETTINGS", "version", "3.0.11")
        add("STATEMENTTYPES", 1, "DNA Statement")
        for name, number in variables.items():
            add("VARIABLES", number, name, "short text", 1)
        add("VARIABLES", 4, "agreement", "boolean", 1)
        add("VARIABLES", 6, "score", "integer", 1)
        for coder in {row["coder"] for row in coded}:
            add("CODERS", int(coder), f"Coder {coder}")
        documents: set[str] = set()
        for row in coded:
            name = row["document"]
            number = int(name.removeprefix("Doc "))
            if name not in documents:
                documents.add(name)
                seconds = int(dt.datetime.fromisoformat(row["date_utc"]).timestamp())
                place = (row["author"], row["source"], row["section"], "", row["type"])
                add("DOCUMENTS", number, name, "x" * 6000, 1, *place, seconds)
            add("STATEMENTS", int(row["id"]), 1, number, int(row["start"]), int(row["stop"]), int(row["coder"]))
            add("DATABOOLEAN", int(row["id"]), 4, int(row["agreement"]))
            add("DATAINTEGER", int(row["id"]), 6, int(row["score"]))
            for name, variable in variables.items():
                key = (variable, row[name])
                if key not in entities:
                    entities[key] = len(entities) + 1
                    add("ENTITIES", entities[key], *key, 0, 0, 0, None)
                add("DATASHORTTEXT", int(row["id"]), variable, entities[key])
        base.commit()


def own_matrices() -> Iterator[tuple[str, list[str], list[str], np.ndarray]]:
    """Yield name, rows, columns and numbers of each matrix that DNA computed of our own project."""
    for block in (OWN / "matrices.tsv").read_text(encoding="utf-8").split("\n\n"):
        (name, *columns), *body = [line.split("\t") for line in block.splitlines()]
        yield name, [line[0] for line in body], columns, np.array([[float(c) for c in line[1:]] for line in body])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StatementTable]:
    folder = tmp_path_factory.mktemp("dna-own")
    build_database(folder / "own.dna")
    with open_store([imported(folder / "own.dna", folder)]) as store:
        yield statements(store)


MATRICES = list(own_matrices())


@pytest.mark.parametrize("wanted", MATRICES, ids=[name for name, *_ in MATRICES])
def test_each_matrix_of_our_own_project(own: StatementTable, wanted: tuple[str, list[str], list[str], object]) -> None:
    name, rows, columns, numbers = wanted
    mode, one, two, number, normalise, duplicates = name.split("_")
    options = {
        "between": NODES[one],
        "over": NODES[two],
        "normalise": SAME.get(normalise, normalise),
        "duplicates": SAME.get(duplicates, duplicates),
        "dna_compat": True,
    }
    if mode == "two":
        made = weigh(own, "affiliation", value={"ignore": "count"}.get(number, number), **options)
    else:
        made = weigh(own, SAME.get(number, number), **options)
    assert [made.labels[node] for node in made.nodes] == rows
    assert [made.labels[node] for node in made.columns] == columns
    np.testing.assert_allclose(made.matrix.toarray(), numbers, atol=1e-9, rtol=0)


def test_there_are_ninety_of_them() -> None:
    assert len(MATRICES) == 90


def test_each_matrix_of_the_sample_of_dna(shared: Path, tmp_path: Path) -> None:
    sample = imported(shared / "dna" / "sample.dna", tmp_path)
    with (shared / "dna" / "reference" / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        index = list(csv.DictReader(stream, delimiter="\t"))
    assert len(index) == 26
    for row in index:
        mode, one, _, two, _, _, number, normalise, _, duplicates, *_ = row["options"].split(",")
        kind = SAME.get(number, number) if mode == "onemode" else "affiliation"
        arguments = [kind, "-d", str(sample), "--dna-compat", "-f", "matrix"]
        arguments += ["--between", NODES.get(one, one), "--over", NODES[two]]
        arguments += ["--normalise", SAME.get(normalise, normalise)]
        arguments += ["--duplicates", SAME.get(duplicates[4:], duplicates[4:])]
        if kind == "affiliation":
            arguments += ["--value", {"ignore": "count"}.get(number, number)]
        if "sections=[1]" in row["options"]:
            arguments += ["--include", "section=1"]
        result = CliRunner().invoke(network, arguments)
        assert result.exit_code == 0, (row["name"], result.output, result.exception)
        text = (shared / "dna" / "reference" / f"{row['name']}.tsv").read_text(encoding="utf-8")
        wanted = [line.split("\t") for line in text.splitlines()]
        made = list(csv.reader(io.StringIO(result.stdout)))
        assert made[0] == wanted[0], row["name"]
        for mine, theirs in zip(made[1:], wanted[1:], strict=True):
            assert mine[0] == theirs[0]
            assert [float(cell) for cell in mine[1:]] == pytest.approx([float(c) for c in theirs[1:]], abs=1e-9)
