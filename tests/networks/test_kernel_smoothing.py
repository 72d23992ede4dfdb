"""Kernel windows: DNA's own numbers, brute force over pairs of statements, and what the default does right."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.analysis import Inference, actor_clusters, polarisation
from disputegraph.cli.network import network
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.networks import kernel_slices, kernel_windows, slices, weigh
from disputegraph.store import open_store
from tests.written_statements import write_statements

SAME = {"no": "none", "ignore": "cooccurrence"}
DAYS = ["2020-01-01", "2020-01-03", "2020-01-05", "2020-01-06", "2020-01-09", "2020-01-09"]


def small() -> StatementTable:
    return StatementTable.of(
        {
            "utterance": [f"u{number}" for number in range(6)],
            "speaker": ["a", "b", "a", "b", "c", "a"],
            "claim": ["x", "x", "y", "y", "x", "x"],
            "polarity": ["affirms", "affirms", "denies", "affirms", "denies", "affirms"],
            "date": DAYS,
        }
    )


def expected(kernel: str, middle: int, half: int) -> dict[tuple[str, str], float]:
    """Congruence of the pairs of actors, by a loop over pairs of statements."""
    shapes = {
        "uniform": lambda x: 0.5,
        "triangular": lambda x: 1 - abs(x),
        "epanechnikov": lambda x: 0.75 * (1 - x * x),
    }
    rows = list(small())
    found: dict[tuple[str, str], float] = defaultdict(float)
    for one in rows:
        for other in rows:
            far = [(int(str(each.date)[8:10]) - middle) / half for each in (one, other)]
            if one.speaker == other.speaker or max(map(abs, far)) > 1 or one.claim != other.claim:
                continue
            if one.polarity == other.polarity:
                found[str(one.speaker), str(other.speaker)] += np.sqrt(np.prod([shapes[kernel](x) for x in far]))
    return found


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov"])
def test_default_is_the_sum_over_pairs(kernel: str) -> None:
    made = kernel_windows(small(), "congruence", kernel, "days", 4)
    assert [each.middle for each, _ in made] == [f"2020-01-0{day}" for day in range(3, 8)]
    for day, (_, weights) in zip(range(3, 8), made, strict=True):
        wanted = expected(kernel, day, 2)
        matrix = weights.matrix.toarray()
        assert weights.nodes == ("a", "b", "c")
        for row, one in enumerate(weights.nodes):
            for column, other in enumerate(weights.nodes):
                assert matrix[row, column] == pytest.approx(wanted[one, other]), (day, one, other)


def test_a_uniform_average_is_that_of_the_window() -> None:
    for each, weights in kernel_windows(small(), "congruence", "uniform", "days", 4, normalise="average"):
        plain = weigh(each.table, "congruence", normalise="average")
        cut = [weights.nodes.index(node) for node in plain.nodes]
        np.testing.assert_allclose(weights.matrix.toarray()[np.ix_(cut, cut)], plain.matrix.toarray())


def test_statements_after_the_middle_count_as_those_before() -> None:
    def share(**options: bool) -> list[float]:
        ((_, weights),) = kernel_windows(small(), "affiliation", "triangular", "days", 8, step=9, **options)
        return weights.matrix.toarray().sum(axis=1).tolist()

    assert share() == pytest.approx([0 + 1 + 0, 0.5 + 0.75, 0])
    # DNA's |1 - x|: what comes half a window later counts twice, what comes earlier nothing.
    assert share(dna_compat=True) == pytest.approx([0 + 1 + 2, 0.5 + 1.25, 2])


def test_steps_and_overlapping_slices() -> None:
    assert len(kernel_windows(small(), "congruence", "gaussian", "days", 2, step=3)) == 3
    cut = slices(small(), "days", 4, step=2)
    assert [(each.first, each.last) for each in cut] == [
        ("2020-01-01", "2020-01-04"),
        ("2020-01-03", "2020-01-06"),
        ("2020-01-05", "2020-01-08"),
        ("2020-01-07", "2020-01-10"),
    ]
    assert [len(each.table) for each in cut] == [2, 3, 2, 2]
    with pytest.raises(UsageError, match="no statement is left out"):
        slices(small(), "days", 2, step=3)


@pytest.mark.parametrize(
    ("kernel", "unit", "width", "options", "says"),
    [
        ("round", "days", 2, {}, "unknown kernel"),
        ("uniform", "fortnights", 2, {}, "unknown unit"),
        ("uniform", "days", 0, {}, "at least 1"),
        ("uniform", "years", 2, {}, "wider than the statements last"),
        ("uniform", "days", 2, {"normalise": "jaccard"}, "no kernel windows"),
    ],
)
def test_what_has_no_meaning_is_refused(kernel: str, unit: str, width: int, options: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        kernel_windows(small(), "congruence", kernel, unit, width, **options)


def test_each_kernel_matrix_of_dna(shared: Path, dna_samples: dict[str, Path]) -> None:
    reference = shared / "dna" / "reference-2"
    compared = 0
    for folder, name in (("kernel", "sample"), ("kernel-spread", "spread")):
        with open_store([dna_samples[name]]) as store:
            table = statements(store)
            for path in sorted((reference / folder).glob("*.tsv")):
                if not path.stem.endswith(".slices"):
                    compare(table, path)
                    compared += 1
    assert compared == 47


def compare(table: StatementTable, path: Path) -> None:
    mode, number, normalise, window, kernel = path.stem.split("_")
    unit, width = re.fullmatch(r"([a-z]+)(\d+)", window).groups()  # type: ignore[union-attr]
    options = {
        "between": "organisations",
        "normalise": SAME.get(normalise, normalise),
        "duplicates": "document",
        "dna_compat": True,
    }
    kind = SAME.get(number, number)
    if mode == "two":
        kind, options["value"] = "affiliation", {"ignore": "count"}.get(number, number)
    if kernel == "no":
        cut = slices(table, unit, int(width), dna_compat=True)
        made = [(each, weigh(each.table, kind, **options)) for each in cut]
    else:
        made = kernel_windows(table, kind, kernel, unit, int(width), **options)
    wanted: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            wanted[int(row["slice"])][row["row"], row["column"]] = float(row["value"])
    with path.with_name(f"{path.stem}.slices.tsv").open(encoding="utf-8", newline="") as stream:
        theirs = list(csv.DictReader(stream, delimiter="\t"))
    for place, ((each, weights), dates) in enumerate(zip(made, theirs, strict=True), start=1):
        assert (each.first, each.last) == (dates["start"][:10], dates["stop"][:10]), (path.name, place)
        assert each.middle in (None, dates["mid"][:10])
        mine = {
            (weights.labels[row], weights.labels[column]): value
            for row, values in zip(weights.nodes, weights.matrix.toarray().tolist(), strict=True)
            for column, value in zip(weights.columns, values, strict=True)
        }
        assert mine == pytest.approx(wanted[place], abs=1e-9), (path.name, place)


def test_command_writes_a_file_a_window(tmp_path: Path) -> None:
    write_statements(tmp_path / "d.ttl", small())
    data = ["subtract", "-d", str(tmp_path / "d.ttl")]
    window = ["--window", "days", "--width", "4", "--kernel", "gaussian", "--step", "2"]
    done = CliRunner().invoke(network, [*data, *window, "-f", "matrix", "-o", str(tmp_path / "slice.csv")])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in tmp_path.glob("slice-*")) == [f"slice-2020-01-0{day}.csv" for day in (3, 5, 7)]
    done = CliRunner().invoke(network, [*data, *window])
    assert done.stdout.startswith("first,middle,last,source,")
    done = CliRunner().invoke(network, [*data, "--kernel", "gaussian"])
    assert done.exit_code
    assert "--window" in done.output or "--window" in str(done.exception)


@pytest.mark.parametrize("kernel", ["uniform", "triangular", "epanechnikov", "gaussian"])
def test_analyses_weigh_as_networks(kernel: str) -> None:
    """What an analysis of a window weighs is the network of that window."""
    table = small()
    windows = kernel_windows(table, "subtract", kernel, "days", 4, normalise="average")
    cut = kernel_slices(table, kernel, "days", 4)
    assert [each.name for each, _ in cut] == [each.name for each, _ in windows]
    for (each, amounts), (_, wanted) in zip(cut, windows, strict=True):
        made = weigh(each.table, "subtract", normalise="average", amounts=amounts)
        places = [wanted.nodes.index(node) for node in made.nodes]
        assert made.matrix.toarray() == pytest.approx(wanted.matrix.toarray()[np.ix_(places, places)])
        assert made.matrix.sum() == pytest.approx(wanted.matrix.sum())


def test_analyses_in_windows() -> None:
    """All at one weight is the plain figure; what lies far from the middle hardly counts."""
    chance = np.random.default_rng(0)
    said = [(who, claim, half) for half in range(2) for who in range(8) for claim in range(6)]
    table = StatementTable.of(
        {
            "utterance": [f"u{place}" for place in range(len(said))],
            "speaker": [f"a{who}" for who, _, _ in said],
            "claim": [f"c{claim}" for _, claim, _ in said],
            "polarity": ["affirms" if (who < 4 if half else chance.integers(2)) else "denies" for who, _, half in said],
            "document": [f"d{place}" for place in range(len(said))],
            "date": [f"2020-{1 + 6 * half:02}-{1 + claim:02}" for _, claim, half in said],
        }
    )
    how = {"inference": Inference(3, 3)}
    plain = polarisation(table, **how)
    even = polarisation(table, amounts=np.full(len(said), 0.5), **how)
    told = [(each.index, each.expected, *each.interval) for each in (even, plain)]
    assert told[0] == pytest.approx(told[1])
    moving = [
        polarisation(each.table, amounts=amounts, moment=each.middle, **how).index
        for each, amounts in kernel_slices(table, "gaussian", "days", 40, step=10)
    ]
    late = polarisation(table.take(np.flatnonzero([half == 1 for _, _, half in said])), **how).index
    assert moving[0] < plain.index < moving[-1] == pytest.approx(late, abs=0.05)
    halves = actor_clusters(table, amounts=np.where([half == 1 for _, _, half in said], 1.0, 1e-9), methods=["louvain"])
    assert halves.best.k == 2
    for wrong in ({"normalise": "jaccard"}, {"dna_compat": True}):
        with pytest.raises(UsageError, match="kernel"):
            weigh(table, "subtract", amounts=np.ones(len(said)), **wrong)
