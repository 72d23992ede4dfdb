"""Correspondence analysis: published coordinates, chi-square, parts that hang together, coin flips."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import chi2_contingency

from disputegraph.analysis import correspondence, correspondence_axes, read_correspondence
from disputegraph.cli.analyse import analyse
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from tests.written_statements import table_of


def blocs(*more: tuple[str, str, str]) -> StatementTable:
    side = {who: "affirms" if who in "abc" else "denies" for who in "abcdef"}
    rows = [(who, claim, side[who]) for who in "abcdef" for claim in "xyz"]
    rows += [(who, "w", "affirms" if who in "abd" else "denies") for who in "abcdef"]
    return table_of([*rows, *more])


def test_smokers_lie_where_greenacre_has_them() -> None:
    # Staff groups by how much they smoke; Greenacre (1984), Theory and Applications of Correspondence Analysis.
    counts = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]], dtype=float)
    rows, columns, inertias = correspondence_axes(counts)
    assert inertias == pytest.approx([0.074759, 0.010017, 0.000414], abs=1e-6)
    published = np.array([0.065768, -0.258958, 0.380595, -0.232952, 0.201089])
    assert rows[:, 0] == pytest.approx(published, abs=1e-6)
    assert columns[:, 0] == pytest.approx([0.393308, -0.099456, -0.196321, -0.293776], abs=1e-6)
    assert inertias.sum() * counts.sum() == pytest.approx(chi2_contingency(counts).statistic)
    # The transition formula: a row lies at the mean of its columns, stretched.
    assert counts / counts.sum(axis=1)[:, None] @ columns / np.sqrt(inertias) == pytest.approx(rows)


def test_coalitions_stand_at_the_ends_of_the_first_axis() -> None:
    found = correspondence(blocs(), null=50)
    first = {each.label: each.coordinates[0] for each in found.actors}
    assert len({np.sign(first[who]) for who in "abc"}) == 1
    assert np.sign(first["a"]) == -np.sign(first["e"])
    assert first["a"] == pytest.approx(first["b"])
    assert sum(each.contributions[0] for each in found.actors) == pytest.approx(1)
    assert sum(each.contributions[1] for each in found.sides) == pytest.approx(1)
    assert sum(found.shares) == pytest.approx(1)
    assert found.first.p is not None
    assert found.first.p < 0.1
    assert found.statements == 24


def test_what_hangs_on_nothing_is_left_out() -> None:
    more = [("p", "other", "affirms"), ("q", "other", "affirms"), ("a", "mine", "denies"), ("r", "own", "denies")]
    found = correspondence(blocs(*more), null=0)
    assert {each.label for each in found.actors} == set("abcdef")
    assert (found.rare, found.apart) == (2, 3)
    assert found.inertias == pytest.approx(correspondence(blocs(), null=0).inertias)
    assert "2 sides of claims that too few actors take and 3 actors" in read_correspondence(found)
    assert correspondence(blocs(*more), null=0, min_actors=1).rare == 0


def test_coin_flips_have_a_first_axis_as_large_as_chance() -> None:
    few = 0
    for seed in range(6):
        random = np.random.default_rng(seed)
        flips = [
            (f"a{i}", f"c{j}", ("affirms", "denies")[random.integers(2)])
            for i in range(12)
            for j in random.choice(10, 5, replace=False).tolist()
        ]
        found = correspondence(table_of(flips), null=40)
        assert found.first.p is not None
        few += found.first.p < 0.05
    assert few <= 1


@pytest.mark.parametrize(
    "rows", [[], [("a", "x", "affirms")], [(who, what, "affirms") for who in "abc" for what in "xyz"]]
)
def test_without_differences_there_are_no_axes(rows: list[tuple[str, str, str]]) -> None:
    with pytest.raises(UsageError, match="there are no axes"):
        correspondence(table_of(rows))
    with pytest.raises(UsageError, match="at least one axis"):
        correspondence(blocs(), axes=0)


def test_command(tmp_path: Path) -> None:
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += [
        f":{row.utterance} a dg:Utterance ; dg:speaker :{row.speaker} ; dg:addressesClaim :{row.claim} ; "
        f"dg:polarity dg:{row.polarity} ."
        for row in blocs()
    ]
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    command = ["correspondence", "-d", str(tmp_path / "d.ttl"), "--null", "20"]
    shown = CliRunner().invoke(analyse, command)
    assert shown.exit_code == 0, shown.output
    assert "of the inertia" in shown.stdout
    told = json.loads(CliRunner().invoke(analyse, [*command, "--axes", "1", "-f", "json"]).stdout)
    assert {len(each["coordinates"]) for each in (*told["actors"], *told["sides"])} == {1}
    assert told["total"] == pytest.approx(sum(told["inertias"]))
