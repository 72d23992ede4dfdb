"""Figures beside chance: disputes of which the truth is known. `benchmarks/simulations.py` has the large version."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.analysis import (
    Inference,
    Polarisation,
    SignedNetwork,
    coalitions,
    count_optima,
    partition,
    polarisation,
    read_polarisation,
)
from disputegraph.analysis.division_search import divide_all
from disputegraph.analysis.resampling import Exchange, Size, beside_chance
from disputegraph.analysis.topic_positions import Positions
from disputegraph.cli import main
from disputegraph.model import StatementTable

NOTHING = Inference(0, 0)


def table_of(said: list[tuple[int, int, bool]], *, documents: int | None = None) -> StatementTable:
    return StatementTable.of(
        {
            "utterance": [f"u{row}" for row in range(len(said))],
            "speaker": [f"a{actor}" for actor, _, _ in said],
            "claim": [f"c{claim}" for _, claim, _ in said],
            "polarity": ["affirms" if yes else "denies" for _, _, yes in said],
            "document": [f"d{row % documents if documents else row}" for row in range(len(said))],
        }
    )


def two_blocs(chance: np.random.Generator, loyalty: float, statements: int, claims: int = 6) -> StatementTable:
    rows = zip(chance.integers(16, size=statements), chance.integers(claims, size=statements), strict=True)
    return table_of([(int(a), int(c), bool((a < 8) == (chance.random() < loyalty))) for a, c in rows])


def test_the_index_by_its_formula() -> None:
    """Against loops over actors and topics, with weights as draws give them."""
    chance = np.random.default_rng(1)
    actors, topics = chance.integers(5, size=40), chance.integers(4, size=40)
    values, weights = chance.choice([-1.0, -0.5, 0.5, 1.0], 40), chance.integers(0, 3, 40).astype(float)
    n, a, q = (np.zeros((5, 5, 4)) for _ in range(3))
    for (i, t, x, w), (j, u, y, v) in product(zip(actors, topics, values, weights, strict=True), repeat=2):
        if i != j and t == u:
            n[i, j, t] += w * v
            a[i, j, t] += w * v * x * y
            q[i, j, t] += w * v * x * x * y * y
    mean = a.sum((0, 1)) / n.sum((0, 1))
    spread = np.sqrt(q.sum((0, 1)) / n.sum((0, 1)) - mean**2)
    above = below = 0.0
    for i, j, t, u in product(range(5), range(5), range(4), range(4)):
        if i != j and t != u:
            above += (a[i, j, t] - mean[t] * n[i, j, t]) * (a[i, j, u] - mean[u] * n[i, j, u])
            below += spread[t] * spread[u] * n[i, j, t] * n[i, j, u]
    found = Positions(actors, topics, values, np.arange(40)).measured(weights)
    assert found.alignment == pytest.approx(above / below)
    assert found.dispersion == pytest.approx(np.sqrt(4 / 5 * (1 - a.sum() / n.sum())))


def test_shared_claims_lower_the_index_smoothly() -> None:
    series = [
        polarisation(
            table_of([(a, c, c >= 5 or a < 10) for a in range(20) for c in range(5 + shared)]), inference=NOTHING
        ).index
        for shared in range(10)
    ]
    assert series[0] == pytest.approx(1)
    steps = -np.diff(series)
    assert (steps > 0).all()
    assert (steps < 0.15).all()


def test_coin_flips_are_no_polarisation() -> None:
    chance = np.random.default_rng(2)
    found = [
        polarisation(
            table_of([(a, int(c), bool(chance.integers(2))) for a in range(15) for c in chance.choice(10, 4, False)]),
            inference=Inference(39, 0, seed),
        )
        for seed in range(20)
    ]
    assert abs(np.mean([each.index for each in found])) < 0.05
    assert sum(each.p <= 0.05 for each in found) <= 4
    assert abs(np.mean([each.expected for each in found])) < 0.02


@pytest.mark.parametrize("statements", [60, 240])
def test_a_constant_truth_is_constant(statements: int) -> None:
    chance = np.random.default_rng(3)
    found = [polarisation(two_blocs(chance, 0.9, statements), inference=NOTHING).index for _ in range(30)]
    assert np.mean(found) == pytest.approx(0.8**4, abs=0.1)


def test_crossing_cleavages_polarise_half() -> None:
    """Four coalitions of two questions that cross: agreement on one claim tells something of half of the others."""
    said = [(a, c, bool((a >> (c % 2)) & 1)) for a in range(40) for c in range(20)]
    assert polarisation(table_of(said), inference=NOTHING).alignment == pytest.approx(0.5, abs=0.1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(4)
    held = 0
    for seed in range(15):
        low, high = polarisation(two_blocs(chance, 0.9, 200), inference=Inference(0, 60, seed)).interval
        held += low <= 0.8**4 <= high
    assert held >= 12


def test_little_data_has_a_reason_and_no_index() -> None:
    every = [(a, c, a < 2) for a in range(4) for c in range(6)]
    assert "4 actors have ties" in (polarisation(table_of(every)).reason or "")
    agreed = polarisation(table_of([(a, c, True) for a in range(8) for c in range(5)]))
    assert (agreed.index, agreed.interval, agreed.null) == (None, None, 0)
    assert "nobody disagrees on more than one claim" in (agreed.reason or "")
    apart = polarisation(table_of([(a, 0, a < 4) for a in range(8)]))
    assert "0 pairs of actors speak on two claims in common" in (apart.reason or "")


def test_the_same_seed_gives_the_same_figures_and_limits_are_said() -> None:
    table = two_blocs(np.random.default_rng(5), 0.8, 120)
    how = Inference(20, 20, 7)
    assert polarisation(table, inference=how) == polarisation(table, inference=how)
    assert polarisation(table, inference=how) != polarisation(table, inference=Inference(20, 20, 8))
    one, other = (coalitions(table, inference=how, hangs_on=False) for _ in range(2))
    assert (one.shares, one.figures) == (other.shares, other.figures)
    stopped = polarisation(table, inference=how, time_limit=0.0)
    assert stopped.index == polarisation(table, inference=how).index
    assert (stopped.null, stopped.bootstrap, stopped.complete) == (0, 0, False)


def test_utterances_are_drawn_where_there_is_one_document() -> None:
    said = [(a, c, (a < 4) == (c < 5)) for a in range(8) for c in range(6)] + [(0, 0, False)]
    found = polarisation(table_of(said, documents=1), inference=Inference(0, 20))
    assert found.n.documents == 1
    assert found.interval is not None
    assert found.interval[0] < found.interval[1]


def test_shuffles_keep_claims_and_who_speaks_on_them() -> None:
    claims = np.array([0, 0, 0, 0, 1, 1, 1], dtype=np.int32)
    actors = np.array([3, 3, 5, 6, 3, 5, 7], dtype=np.int32)
    exchange = Exchange(claims, actors)
    for seed in range(20):
        changed = exchange.codes(np.random.default_rng(seed))
        for claim in (0, 1):
            assert set(changed[claims == claim]) == set(actors[claims == claim])
        assert changed[0] == changed[1]  # what one actor says of one claim stays together


def test_p_counts_the_data_and_needs_shuffles_that_differ() -> None:
    found = beside_chance(2.0, [1.0, 2.0, 3.0], [1.0, None, 3.0])
    assert (found.expected, found.p, found.undefined, found.bootstrap) == (2.0, 2 / 4, 1, 3)
    same = beside_chance(2.0, [2.0, 2.0])
    assert (same.p, same.z, same.null) == (None, None, 2)


def test_members_of_tossed_coalitions_are_not_sure() -> None:
    chance = np.random.default_rng(6)
    how = Inference(0, 60)
    for statements in (150, 800):
        tossed = [coalitions(two_blocs(chance, 0.5, statements), inference=how, hangs_on=False) for _ in range(5)]
        assert np.mean([np.median(list(each.shares.values())) for each in tossed]) <= 0.67
    loyal = coalitions(two_blocs(chance, 0.8, 300), inference=how, hangs_on=False)
    assert np.median(list(loyal.shares.values())) >= 0.85


def network_of(size: int, edges: dict[tuple[int, int], float]) -> SignedNetwork:
    names = tuple(f"n{number}" for number in range(size))
    ends = np.array(list(edges), dtype=np.int64).reshape(-1, 2)
    return SignedNetwork(names, names, ends, np.array(list(edges.values()), dtype=float))


def test_all_best_divisions_are_counted() -> None:
    chance = np.random.default_rng(7)
    for _ in range(25):
        size = int(chance.integers(3, 8))
        pairs = [pair for pair in combinations(range(size), 2) if chance.random() < 0.8]
        edges = {pair: float(chance.choice([-1, 1])) for pair in pairs}
        if not edges:
            continue
        network = network_of(size, edges)
        found = partition(network)
        if len(set(found.components.tolist())) > 1:
            continue
        costs = Counter()
        for rest in product((0, 1), repeat=size - 1):
            sides = (0, *rest)
            costs[sum((sides[a] == sides[b]) == (w < 0) for (a, b), w in edges.items())] += 1
        optima = count_optima(found)
        least = min(costs)
        assert (optima.count, optima.near) == (costs[least], costs[least] + costs[least + 1])
        assert optima.exact
        assert optima.near_exact
        assert bool(optima.either) == (optima.count > 1)


def test_an_actor_between_two_coalitions_is_in_either() -> None:
    """E agrees with one of A and B, and with one of C and D."""
    edges = {(0, 1): 1, (2, 3): 1, (0, 2): -1, (0, 3): -1, (1, 2): -1, (1, 3): -1, (0, 4): 1, (2, 4): 1}
    optima = count_optima(partition(network_of(5, edges)))
    assert (optima.count, optima.either) == (2, frozenset({4}))


def test_more_best_divisions_than_are_listed() -> None:
    """Ten friends of two arch-enemies each fit on either side: 2 to the power of ten divisions."""
    edges = {(0, 1): -20.0} | {(side, 2 + friend): 1.0 for friend in range(10) for side in (0, 1)}
    optima = count_optima(partition(network_of(12, edges)))
    assert optima.count == 1000
    assert not optima.exact
    assert optima.either


def test_local_search_finds_the_best_of_small_networks() -> None:
    chance = np.random.default_rng(8)
    matrices = np.triu(chance.choice([-1.0, 0.0, 1.0], (20, 9, 9)), 1)
    found = divide_all(matrices + matrices.transpose(0, 2, 1), chance)
    for matrix, sides in zip(matrices, found, strict=True):
        pairs = [(a, b) for a, b in combinations(range(9), 2) if matrix[a, b]]
        network = network_of(9, {pair: matrix[pair] for pair in pairs})
        cost = sum((sides[a] == sides[b]) == (matrix[a, b] < 0) for a, b in pairs)
        assert cost == partition(network).index


@pytest.mark.parametrize(
    ("command", "places"),
    [
        ("polarisation", ("results", 0)),
        ("coalitions", ("antagonism",)),
        ("balance", ("beside_chance", "line_balance")),
        ("brokers", ("results", 0, "brokerage")),
        ("centrality", ("results", 0, "strength")),
    ],
)
def test_commands_give_null_interval_and_size(command: str, places: tuple, tmp_path: Path) -> None:
    chance = np.random.default_rng(9)
    lines = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix : <https://example.org/> ."]
    for row in range(90):
        actor, claim = int(chance.integers(8)), int(chance.integers(5))
        side = "affirms" if (actor < 4) == (chance.random() < 0.8) else "denies"
        lines.append(
            f":u{row} dg:speaker :a{actor} ; dg:addressesClaim :c{claim} ; dg:polarity dg:{side} ;"
            f" dg:documentedIn :d{row // 3} ."
        )
    path = tmp_path / "two.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(
        main, ["analyse", command, "-d", str(path), "--null", "19", "--bootstrap", "20", "-f", "json"]
    )
    assert done.exit_code == 0, done.output
    whole = told = json.loads(done.stdout)
    for place in places:
        told = told[place]
    assert {"expected", "z", "p", "interval"} <= told.keys()
    assert 0.025 <= told["p"] <= 1
    assert told["interval"][0] <= told["interval"][1]
    assert (told["null"], told["bootstrap"]) == (19, 20)
    size = (told if command == "polarisation" else whole)["n"]
    assert (size["actors"], size["claims"], size["statements"], size["documents"]) == (8, 5, 90, 30)


@pytest.mark.parametrize(
    ("p", "interval", "says"),
    [
        (0.2, (0.1, 0.4), "so that it may be chance."),
        (0.01, (0.1, 0.4), "which chance alone seldom gives."),
        (0.04, (-0.2, 0.7), "seldom gives. The interval holds 0: other documents of the same kind might show none."),
    ],
)
def test_the_reading_says_no_more_than_test_and_interval_do(p: float, interval: tuple[float, float], says: str) -> None:
    size = Size(30, 124, 40, 228, 51)
    found = Polarisation(0.3, 0.0, 2.0, p, interval, size, 0.6, 0.5, None, 200, 200, 0, complete=True)
    assert read_polarisation([found]).endswith(says)


def test_figures_do_not_hang_on_the_order_in_which_statements_are_read() -> None:
    chance = np.random.default_rng(3)
    rows = [
        {"utterance": f"u{number}", "speaker": f"a{chance.integers(8)}", "claim": f"c{chance.integers(5)}",
         "polarity": ("affirms", "denies")[chance.integers(2)], "document": f"d{number % 12}"}
        for number in range(90)
    ]  # fmt: skip
    one, other = (
        StatementTable.of({name: [row[name] for row in each] for name in rows[0]}) for each in (rows, rows[::-1])
    )
    how = Inference(20, 20)
    assert str(polarisation(one, inference=how)) == str(polarisation(other, inference=how))
    first, second = (coalitions(each, inference=how, hangs_on=False) for each in (one, other))
    assert first.shares == second.shares
    assert str(first.figures) == str(second.figures)
