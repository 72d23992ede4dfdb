"""Ideal points: quadrature, published estimates, simulated truth, rDNA's answers, coin flips, and too little data."""

from __future__ import annotations

import csv
import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import norm

from disputegraph.analysis import claim_responses, ideal_points, item_response
from disputegraph.cli.analyse import analyse
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable, statements
from disputegraph.store import open_store
from tests.written_statements import table_of

# How many of 1,000 have which pattern of right answers in five items of the Law School Admission Test, section 6 (Bock
# & Lieberman 1970, Psychometrika 35:179); in binary order, 00000 first.
LSAT_6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28,
          298]  # fmt: skip


def debate(actors: int, claims: int, share: float, seed: int, slope: float = 2.0) -> tuple[StatementTable, np.ndarray]:
    """Statements by the model itself, and the true positions; with a slope of 0 coin flips."""
    random = np.random.default_rng(seed)
    theta, beta, alpha = random.standard_normal(actors), *random.normal(0, slope, (2, claims))
    speaks = random.random((actors, claims)) < share
    affirms = random.random((actors, claims)) < norm.cdf(np.outer(theta, beta) - alpha)
    rows = [(f"a{i:02}", f"c{j:02}", "affirms" if affirms[i, j] else "denies") for i, j in np.argwhere(speaks)]
    return table_of(rows), theta


def test_the_sampler_draws_from_the_posterior_that_quadrature_finds() -> None:
    answers = {(0, 0): 1, (1, 0): 1, (2, 0): 0, (0, 1): 1, (1, 1): 0, (2, 1): 0, (1, 2): 0}
    places, weights = np.polynomial.hermite_e.hermegauss(18)
    weights = weights / weights.sum()
    theta = np.array(list(product(places, repeat=3)))
    posterior = np.array(list(product(weights, repeat=3))).prod(axis=1)
    slopes, heights = (each.ravel() for each in np.meshgrid(2 * places, 2 * places))
    prior = np.outer(weights, weights).ravel()
    for item in range(3):
        likelihood = np.ones((len(theta), len(prior)))
        for (actor, column), yes in answers.items():
            if column == item:
                chance = norm.cdf(np.outer(theta[:, actor], slopes) - heights)
                likelihood *= chance if yes else 1 - chance
        posterior = posterior * (likelihood @ prior)
    wanted = (theta * posterior[:, None]).T @ theta / posterior.sum()
    (rows, columns), yes = np.array(list(answers)).T, np.array(list(answers.values())) == 1
    drawn = item_response(rows, columns, yes, draws=4000, seed=1).positions
    # Products of positions are the same whichever end is up.
    assert drawn.T @ drawn / len(drawn) == pytest.approx(wanted, abs=0.07)


def test_the_items_of_the_law_school_admission_test_are_those_published() -> None:
    patterns = np.repeat(np.array(list(product((0, 1), repeat=5))), LSAT_6, axis=0)
    rows, columns = np.indices(patterns.shape).reshape(2, -1)
    found = item_response(rows, columns, patterns.ravel() == 1, draws=300, seed=1)
    slope, height = found.discrimination.mean(axis=0), found.difficulty.mean(axis=0)
    # Rizopoulos (2006, Journal of Statistical Software 17:5), by marginal maximum likelihood; logits are 1.7 probits.
    published = np.array([0.825, 0.723, 0.890, 0.689, 0.658]) / 1.702
    places = np.array([-3.360, -1.370, -0.280, -1.866, -3.125])
    assert np.sign(slope.sum()) * slope == pytest.approx(published, abs=0.12)
    assert height == pytest.approx(published * places, abs=0.12)


def test_intervals_hold_the_truth_and_positions_recover_it() -> None:
    held, alike = [], []
    for seed in range(14):
        made, theta = debate(16, 14, 0.5, seed)
        found = ideal_points(made, draws=200, null=0, seed=seed)
        truth = np.array([theta[int(each.actor[1:])] for each in found.actors])
        mean = np.array([each.position for each in found.actors])
        truth = truth * (1 if truth @ mean > 0 else -1)
        held += [
            low <= true <= high for (low, high), true in zip((e.interval for e in found.actors), truth, strict=True)
        ]
        alike.append(np.corrcoef(mean, truth)[0, 1])
    assert 0.9 <= np.mean(held) <= 0.98
    assert np.median(alike) > 0.75


def test_coin_flips_have_no_dimension() -> None:
    found = [ideal_points(debate(14, 12, 0.5, seed, slope=0)[0], draws=100, null=60, seed=seed) for seed in range(8)]
    assert sum((each.first_axis.p or 1) < 0.05 for each in found) <= 1
    apart = [each.interval[0] > 0 or each.interval[1] < 0 for one in found for each in one.actors]
    assert np.mean(apart) < 0.1
    truth = ideal_points(debate(14, 12, 0.8, 3)[0], draws=100, null=60)
    assert truth.first_axis.p is not None
    assert truth.first_axis.p < 0.05


def test_a_named_actor_says_which_end_is_up() -> None:
    made, _ = debate(10, 10, 0.8, 5)
    usual = ideal_points(made, draws=100, null=0)
    last, first = usual.actors[-1].actor, usual.actors[0].actor
    for name in (first, last.upper()):
        found = ideal_points(made, draws=100, null=0, positive=name)
        assert found.named
        assert next(each.position for each in found.actors if each.actor == name.lower()) > 0
    turned = ideal_points(made, draws=100, null=0, positive=first)
    assert [each.position for each in turned.actors] == pytest.approx([-e.position for e in reversed(usual.actors)])
    assert turned.claims[0].discrimination == pytest.approx(-usual.claims[0].discrimination)
    assert turned.claims[0].difficulty == usual.claims[0].difficulty
    with pytest.raises(UsageError, match="'nobody' is not an actor"):
        ideal_points(made, positive="nobody")


def test_what_says_nothing_is_left_out_and_counted() -> None:
    rows = [(f"a{i}", f"c{j}", "affirms" if i > j else "denies") for i in range(6) for j in range(1, 5)]
    rows += [("a0", "agreed", "affirms"), ("lonely", "agreed", "affirms"), ("a1", "c1", "affirms")]
    rows += [("late", "c2", "affirms"), ("a2", "c2", "neutral")]
    found = ideal_points(table_of(rows), draws=100)
    assert (found.uncontested, found.mixed, found.alone) == (1, 1, 1)
    assert {each.label: each.few for each in found.actors}["late"] is True
    assert found.answers == len(found.actors) * 4 - 1 - 3
    # Said again it is no second answer.
    assert ideal_points(table_of([*rows, *rows]), draws=100).actors == found.actors


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "0 actors take a side on a contested claim and 0 claims"),
        ([("a", "x", "affirms")], "0 actors"),
        ([(who, what, "affirms") for who in "abcdef" for what in "wxyz"], "0 claims are affirmed by one"),
        ([(who, "x", side) for who, side in zip("abcdef", ["affirms", "denies"] * 3, strict=True)], "1 claim is"),
    ],
)
def test_too_little_is_refused_with_its_reason(rows: list[tuple[str, str, str]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        ideal_points(table_of(rows))


def test_what_means_nothing_is_refused() -> None:
    made, _ = debate(8, 8, 0.8, 1)
    with pytest.raises(UsageError, match="100 draws"):
        ideal_points(made, draws=99)
    for threshold in (0.5, 1.2):
        with pytest.raises(UsageError, match="above 0.5"):
            ideal_points(made, threshold=threshold)


@pytest.mark.parametrize("field", ["organization", "person"])
@pytest.mark.parametrize(("threshold", "name"), [(1.0, "NULL"), (0.75, "0.75")])
def test_answers_are_those_of_rdna(
    dna_samples: dict[str, Path], shared: Path, field: str, threshold: float, name: str
) -> None:
    reference = shared / "dna" / "reference-2" / "scale" / f"bin_{field}_zeroasnaTRUE_threshold{name}_include.tsv"
    with reference.open(encoding="utf-8", newline="") as stream:
        wanted = {(row["row"], row["column"]): row["value"] for row in csv.DictReader(stream, delimiter="\t")}
    with open_store([str(dna_samples["sample"])]) as store:
        between = {"organization": "organisations", "person": "speakers"}[field]
        found = claim_responses(statements(store, hearsay="all"), threshold=threshold, between=between, dna_compat=True)
    names = [found.labels[actor] for actor in found.actors], [found.labels[claim] for claim in found.claims]
    cells = zip(found.rows.tolist(), found.columns.tolist(), found.affirms.tolist(), strict=True)
    told = {(names[0][row], names[1][column]): str(int(yes)) for row, column, yes in cells}
    # rDNA keeps claims on which all answer alike.
    contested = set(names[1])
    assert told == {key: value for key, value in wanted.items() if value != "NA" and key[1] in contested}
    left = {column: {v for (_, other), v in wanted.items() if other == column and v != "NA"} for _, column in wanted}
    assert all(len(left[column]) == 1 for column in left.keys() - contested)


def test_command(tmp_path: Path) -> None:
    made, _ = debate(9, 8, 0.9, 2)
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <urn:x:> ."]
    lines += [
        f":{row.utterance} a dg:Utterance ; dg:speaker :{row.speaker} ; dg:addressesClaim :{row.claim} ; "
        f"dg:polarity dg:{row.polarity} ."
        for row in made
    ]
    (tmp_path / "d.ttl").write_text("\n".join(lines), encoding="utf-8")
    command = ["ideal-points", "-d", str(tmp_path / "d.ttl"), "--draws", "100", "--null", "20"]
    shown = CliRunner().invoke(analyse, [*command, "--positive", "a03"])
    assert shown.exit_code == 0, shown.output
    assert "a03 is on the positive side as asked" in shown.stdout
    told = json.loads(CliRunner().invoke(analyse, [*command, "-f", "json"]).stdout)
    assert [each["position"] for each in told["actors"]] == sorted(each["position"] for each in told["actors"])
    assert {"expected", "z", "p"} <= told["first_axis"].keys()
    lines = CliRunner().invoke(analyse, [*command, "-f", "csv"]).stdout.splitlines()
    assert lines[0] == "actor,position,95% interval,answers,"
    assert r"\toprule" in CliRunner().invoke(analyse, [*command, "-f", "latex"]).stdout
