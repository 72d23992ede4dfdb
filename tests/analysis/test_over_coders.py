"""``--over coders``: what coders' disagreement does to a figure, beside what the choice of utterances does."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.analysis import (
    CoalitionFigures,
    edge_figures,
    krippendorff_alpha,
    polarisation_figures,
    spreads,
    version_rows,
)
from disputegraph.cli import main
from disputegraph.coding import Project, new_project
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def table_of(*rows: tuple[str, str, str, str, str]) -> StatementTable:
    names = ("utterance", "speaker", "claim", "polarity", "document")
    return StatementTable.of({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})


# In e, the coders agree that a and b affirm p. In d, ada has them agree on q, and ben has them disagree.
TABLE = table_of(
    ("1", "a", "p", "affirms", "e"), ("2", "b", "p", "affirms", "e"),
    ("3", "a", "q", "affirms", "d"), ("4", "b", "q", "affirms", "d"),
    ("5", "a", "q", "affirms", "d"), ("6", "b", "q", "denies", "d"),
)  # fmt: skip
ORIGIN = {"3": ("d", "ada"), "4": ("d", "ada"), "5": ("d", "ben"), "6": ("d", "ben")}
CODERS = {"d": ("ada", "ben")}


def test_rows_are_told_apart() -> None:
    rows = version_rows(TABLE, ORIGIN, CODERS)
    assert rows.fixed.tolist() == [0, 1]
    assert {coder: found.tolist() for coder, found in rows.versions["d"].items()} == {"ada": [2, 3], "ben": [4, 5]}
    assert rows.uncounted == 1
    assert rows.base.tolist() == [0, 1, 2, 3]  # nothing counts of d yet: ada comes first
    counted = version_rows(TABLE, {key: ORIGIN[key] for key in ("3", "4")}, CODERS)
    assert counted.base.tolist() == [0, 1, 4, 5]
    assert counted.uncounted == 0
    with pytest.raises(UsageError, match="no statement is left"):
        version_rows(TABLE.take([]), ORIGIN, CODERS)  # type: ignore[arg-type]


def test_an_edge_hangs_on_who_coded() -> None:
    rows = version_rows(TABLE, ORIGIN, CODERS)
    found = spreads(TABLE, rows, edge_figures("congruence"), absent=0.0, draws=100)
    (edge,) = found.values()
    assert edge.value == 2
    assert edge.coders is not None
    assert (edge.coders.low, edge.coders.high, edge.coders.draws) == (1, 2, 100)
    assert edge.both is not None
    assert edge.both.low == 0  # both of one utterance's sides may be missing from a draw
    assert edge.both.high >= edge.coders.high
    again = spreads(TABLE, rows, edge_figures("congruence"), absent=0.0, draws=100)
    assert again == found
    assert spreads(TABLE, rows, edge_figures("congruence"), absent=0.0, draws=100, seed=1) != found


def test_coders_who_agree_add_nothing() -> None:
    same = table_of(
        ("3", "a", "q", "affirms", "d"), ("4", "b", "q", "denies", "d"),
        ("5", "a", "q", "affirms", "d"), ("6", "b", "q", "denies", "d"),
    )  # fmt: skip
    rows = version_rows(same, ORIGIN, CODERS)
    (edge,) = spreads(same, rows, edge_figures("conflict"), absent=0.0, draws=50).values()
    assert edge.coders is not None
    assert edge.coders.low == edge.coders.high == edge.value == 1
    assert edge.utterances is not None
    assert edge.utterances.low < edge.utterances.high


def test_coalitions_and_polarisation() -> None:
    disputed = table_of(
        ("3", "a", "q", "affirms", "d"), ("4", "b", "q", "affirms", "d"),
        ("5", "a", "q", "affirms", "d"), ("6", "b", "q", "denies", "d"),
    )  # fmt: skip
    rows = version_rows(disputed, ORIGIN, CODERS)
    (pair,) = spreads(disputed, rows, CoalitionFigures(), draws=200).values()
    assert pair.value == 1
    assert pair.mean is not None
    assert 0.3 < pair.mean < 0.7
    told = spreads(disputed, rows, polarisation_figures(), draws=50)
    assert told["index"].value is None  # of two actors there is none


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    text = tmp_path / "gazette.txt"
    text.write_text('"It is late," said Ada.\n\n"It is so," said Ben.\n\n"No," said Cem.\n', encoding="utf-8")
    folder = new_project(tmp_path / "ferry").folder
    Project(folder).add_document(text)
    for coder, side in (("Ada", "affirms"), ("Ben", "denies")):
        mine = Project(folder, coder=coder, independent=True)
        for speaker, words, polarity in (
            ("A", "It is late", "affirms"),
            ("B", "It is so", side),
            ("C", "No", "denies"),
        ):
            mine.add(document="gazette", speaker=speaker, claim="Late", polarity=polarity, quote=words)
    return folder


def test_the_command(ferry: Path, tmp_path: Path) -> None:
    done = run("network", "conflict", "-d", ferry, "--over", "coders", "-f", "csv", "--draws", 60)
    assert done.exit_code == 0, done.output
    rows = {(row["source"], row["target"]): row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert (rows["A", "C"]["coders_low"], rows["A", "C"]["coders_high"]) == ("1.0", "1.0")
    assert (rows["A", "B"]["coders_low"], rows["A", "B"]["coders_high"]) == ("0.0", "1.0")
    assert "Nothing that counts is coded of 1 of them yet" in done.stderr
    told = run("analyse", "coalitions", "-d", ferry, "--over", "coders", "-f", "json", "--draws", 60)
    pairs = {(each["one"], each["other"]): each for each in json.loads(told.stdout)}
    assert pairs["A", "B"]["value"] == 1
    assert 0 < pairs["A", "B"]["mean"] < 1
    shown = run("analyse", "polarisation", "-d", ferry, "--over", "coders", "--draws", 20, "-o", tmp_path / "p.txt")
    assert shown.exit_code == 0, shown.output
    assert "alignment" in (tmp_path / "p.txt").read_text(encoding="utf-8")


def test_time_is_for_all_divisions_together(tmp_path: Path) -> None:
    """Thirty who agree and disagree at random: the best division is beyond the time, and this is said."""
    chance = random.Random(3)
    text = tmp_path / "long.txt"
    text.write_text(" ".join(f"word{number}" for number in range(300)), encoding="utf-8")
    folder = new_project(tmp_path / "noise").folder
    Project(folder).add_document(text)
    for coder in ("Ada", "Ben"):
        said = [
            {"document": "long", "speaker": f"S{n % 30}", "claim": f"C{chance.randrange(12)}", "spans": [(n, n + 5)],
             "polarity": chance.choice(["affirms", "denies"])}
            for n in range(200)
        ]  # fmt: skip
        Project(folder, coder=coder, independent=True).add_all(said)
    start = time.monotonic()
    done = run("analyse", "coalitions", "-d", folder, "--over", "coders", "--draws", 5, "--time-limit", 1)
    assert done.exit_code == 0, done.output
    assert "of 16 divisions are not proven optimal" in done.stderr
    assert time.monotonic() - start < 60


def test_what_counts_is_the_figure_itself(ferry: Path) -> None:
    """A version that was taken over as it is has the same names, and is not drawn as if it counted twice."""
    shutil.copytree(ferry / "independent" / "ben", ferry / "codings", dirs_exist_ok=True)
    done = run("network", "conflict", "-d", ferry, "--over", "coders", "-f", "json", "--draws", 60)
    edges = {(each["source"], each["target"]): each for each in json.loads(done.stdout)}
    assert edges["A", "B"]["value"] == 1  # as Ben has it
    assert (edges["A", "B"]["coders"]["low"], edges["A", "B"]["coders"]["high"]) == (0, 1)
    assert "yet" not in done.stderr


def test_what_does_not_go_together_is_told(ferry: Path) -> None:
    for arguments, told in (
        (("network", "conflict", "--over", "coders"), "one project"),
        (("network", "conflict", "-d", ferry, "--over", "coders", "--window", "years"), "--window"),
        (("network", "conflict", "-d", ferry, "--over", "coders", "-f", "gexf"), "table, csv, json"),
        (("network", "conflict", "-d", ferry, "--over", "coders", "--duplicates", "week"), "leave out --duplicates"),
        (("network", "conflict", "-d", ferry, "--over", "issues", "--over", "claims"), "exclude each other"),
        (("analyse", "balance", "-d", ferry, "--over", "coders"), "network, coalitions and polarisation"),
        (("analyse", "coalitions", "-d", ferry, "--over", "coders", "--include", "voice=Nobody"), "no statement"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2, done.output
        assert told in done.stderr
    assert run("network", "conflict", "-d", ferry, "--over", "coders", "--over", "issues").exit_code == 0


def test_agreement_and_spread_tell_different_things() -> None:
    """Coders who disagree on what no edge hangs on have a low alpha, and an interval of no width."""
    data = [["late", "old"], ["old", "late"]]
    assert (krippendorff_alpha(data) or 0) < 0
    swapped = table_of(
        ("3", "a", "late", "affirms", "d"), ("4", "b", "late", "affirms", "d"),
        ("5", "a", "old", "affirms", "d"), ("6", "b", "old", "affirms", "d"),
    )  # fmt: skip
    (edge,) = spreads(swapped, version_rows(swapped, ORIGIN, CODERS), edge_figures("congruence"), draws=30).values()
    assert edge.coders is not None
    assert edge.coders.low == edge.coders.high == 1
