"""DNA's own matrices once more, by the way a user goes: import the database, load the Turtle, ask for the network."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli.network import network

NODES = {"organization": "organisations", "concept": "claims"}
SAME = {"no": "none", "acrossrange": "range"}


@pytest.fixture(scope="module")
def sample(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from disputegraph.cli.import_ import import_

    path = tmp_path_factory.mktemp("dna") / "sample.ttl"
    result = CliRunner().invoke(import_, ["dna", str(shared / "dna" / "sample.dna"), "-o", str(path)])
    assert result.exit_code == 0, result.output
    return path


def test_every_matrix(shared: Path, sample: Path) -> None:
    with (shared / "dna" / "reference" / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        index = list(csv.DictReader(stream, delimiter="\t"))
    for row in index:
        mode, one, _, two, _, _, number, normalise, _, duplicates, *_ = row["options"].split(",")
        kind = {"ignore": "cooccurrence"}.get(number, number) if mode == "onemode" else "affiliation"
        arguments = [kind, "-d", str(sample), "--dna-compat", "-f", "matrix"]
        arguments += ["--between", NODES.get(one, one), "--over", NODES.get(two, two)]
        arguments += [
            "--normalise",
            SAME.get(normalise, normalise),
            "--duplicates",
            SAME.get(duplicates[4:], duplicates[4:]),
        ]
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
