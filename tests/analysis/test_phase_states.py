"""Phase transitions: rDNA's own distances and states, and a debate that turns on a known day."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.analysis import PHASE_METHODS, Inference, figures_of_modularity, phase_figures, phase_transitions
from disputegraph.cli.analyse import analyse
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.store import open_store
from tests.written_statements import table_of, write_statements


def turning() -> StatementTable:
    """Four actors who agree in twos, and from the twentieth day on in other twos."""
    rows = []
    for day in range(40):
        for actor in range(4):
            side = actor // 2 if day < 20 else actor % 2
            when = dt.date(2020, 1, 1) + dt.timedelta(days=day)
            rows.append((f"a{actor}", "x" if day % 2 else "y", ("affirms", "denies")[side], when.isoformat()))
    return table_of(rows, ("speaker", "claim", "polarity", "date"))


@pytest.mark.parametrize(
    ("kind", "distance"), [("affiliation", "absdiff"), ("subtract", "absdiff"), ("congruence", "absdiff")]
)
def test_the_turn_is_found(kind: str, distance: str) -> None:
    found = phase_transitions(turning(), "days", 6, kind=kind, distance=distance, kernel="epanechnikov")
    assert found.best.k == 2
    (day,) = found.transitions
    assert abs((dt.date.fromisoformat(day) - dt.date(2020, 1, 21)).days) <= 1
    assert found.distance.max() == 1


def test_spectral_distance_is_blind_to_who_stands_where() -> None:
    found = phase_transitions(
        turning(), "days", 6, kind="congruence", distance="spectral", kernel="gaussian", indent=True
    )
    far = phase_transitions(turning(), "days", 6, kind="congruence", kernel="gaussian", indent=True)
    # The same shape before and after the turn: only what lies between differs.
    assert found.distance[0, -1] < 0.5 < far.distance[0, -1]


@pytest.mark.parametrize(
    ("width", "options", "says"),
    [
        (6, {"distance": "far"}, "unknown distance"),
        (6, {"methods": ["guess"]}, "unknown method"),
        (6, {"k_max": 1}, "at least 2 states"),
        (6, {"distance": "spectral"}, "one sort of node"),
        (38, {"indent": True}, "states need three"),
    ],
)
def test_what_has_no_meaning_is_refused(width: int, options: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        phase_transitions(turning(), "days", width, **options)  # type: ignore[arg-type]


def test_command(tmp_path: Path) -> None:
    write_statements(tmp_path / "d.ttl", turning())
    command = ["phases", "-d", str(tmp_path / "d.ttl"), "--window", "days", "--width", "6", "--kernel", "epanechnikov"]
    shown = CliRunner().invoke(analyse, command)
    assert shown.exit_code == 0, shown.output
    assert "fall into 2 states" in shown.stdout
    told = json.loads(CliRunner().invoke(analyse, [*command, "-f", "json"]).stdout)
    assert len(told["moments"]) == len(told["distance"]) == 40
    assert {each["method"] for each in told["methods"]} == set(PHASE_METHODS)


def test_each_distance_and_state_of_rdna(shared: Path, dna_samples: dict[str, Path]) -> None:
    reference = shared / "dna" / "reference-2"
    compared = 0
    for name in ("sample", "spread"):
        with open_store([dna_samples[name]]) as store:
            table = statements(store)
            for path in sorted((reference / "phase").glob("*.distmat.tsv")):
                if path.name.startswith("spread_") == (name == "spread"):
                    compare(table, path)
                    compared += 1
    assert compared == 10


def compare(table: StatementTable, path: Path) -> None:
    setting = path.name.removesuffix(".distmat.tsv")
    mode, distance, window, kernel, *further = setting.removeprefix("spread_").split("_")
    unit, width = re.fullmatch(r"([a-z]+)(\d+)", window).groups()  # type: ignore[union-attr]
    options = {"kind": "subtract", "normalise": "average"} if mode == "one" else {}
    found = phase_transitions(
        table,
        unit,
        int(width),
        kernel=kernel,
        distance=distance,
        indent="indent" in further,
        to_one="notone" not in further,
        k_max=4,
        between="organisations",
        duplicates="document",
        dna_compat=True,
        **options,  # type: ignore[arg-type]
    )
    with path.open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream, delimiter="\t")
    assert [row[0][:10] for row in rows] == list(found.moments)
    wanted = [[float(cell) for cell in row[1:]] for row in rows]
    np.testing.assert_allclose(found.distance, wanted, atol=1e-9, rtol=0)
    states: dict[str, list[int]] = defaultdict(list)
    with path.with_name(f"{setting}.memberships.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            states[row["method"].replace("fastgreedy", "greedy_modularity")].append(int(row["state"]))
    with path.with_name(f"{setting}.methods.tsv").open(encoding="utf-8", newline="") as stream:
        quality = {row["method"]: row["modularity"] for row in csv.DictReader(stream, delimiter="\t")}
    for each in found.found:
        number: dict[int, int] = {}
        assert each.states == tuple(number.setdefault(state, len(number) + 1) for state in states[each.method]), setting
        theirs = quality["fastgreedy" if each.method == "greedy_modularity" else each.method]
        assert each.modularity == pytest.approx(float(theirs), abs=1e-9)


def test_modularity_beside_steady_debates() -> None:
    """A debate that turns in its middle has more modularity than with its days exchanged; a steady one has not."""
    chance = np.random.default_rng(1)
    told = []
    for turns in (True, False):
        rows = range(120)
        claim = [
            int(chance.integers(4)) + (4 if (turns and row >= 60) or (not turns and row % 2) else 0) for row in rows
        ]
        table = StatementTable.of(
            {
                "utterance": [f"u{row}" for row in rows],
                "speaker": [f"a{row % 8}" for row in rows],
                "claim": [f"c{each}" for each in claim],
                "polarity": ["affirms" if chance.integers(2) else "denies" for _ in rows],
                "document": [f"d{row}" for row in rows],
                "date": [f"2020-{1 + row // 10:02}-{1 + row % 10:02}" for row in rows],
            }
        )
        asked = {"methods": ("average",), "value": "count", "k_max": 3}
        found = phase_transitions(table, "months", 2, **asked)
        figure, size = phase_figures(found, table, "months", 2, inference=Inference(19, 9), **asked)
        assert (figure.value, figure.null, size.statements) == (found.best.modularity, 19, 120)
        assert figure.interval[0] <= figure.value <= figure.interval[1]
        told.append(figure)
    assert told[0].p == 0.025
    assert told[1].p > 0.05
    one_day = table.take(np.flatnonzero(table.dates == table.dates[0]))
    assert list(figures_of_modularity._dated_anew(one_day, Inference(), float("inf"))) == []
