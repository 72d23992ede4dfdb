"""Nulls of projections: brute force over all small tables, planted ties, coin flips, and bad input."""

from __future__ import annotations

from collections import Counter
from itertools import product

import networkx as nx
import numpy as np
import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import Weights, cell_probabilities, curveball_tables, edge_rows, ties_beyond_chance, weigh
from tests.written_statements import table_of

CLUBS = nx.davis_southern_women_graph()
WOMEN = nx.bipartite.biadjacency_matrix(CLUBS, CLUBS.graph["top"]).toarray() > 0
SMALL = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0, 1]], dtype=bool)


def network_of(table: np.ndarray, kind: str = "cooccurrence") -> Weights:
    cells = np.argwhere(table)
    fields: dict[str, list[str | None]] = {
        "utterance": [f"u{number}" for number in range(len(cells))],
        "speaker": [f"a{row:02}" for row, _ in cells],
        "claim": [f"c{column:02}" for _, column in cells],
        "polarity": ["affirms"] * len(cells),
    }
    return weigh(StatementTable.of(fields), kind)


def p_of(weights: Weights) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Shared columns, expectation and p by pair, whatever was kept."""
    names, *rows = edge_rows(weights)
    at = [names.index(name) for name in ("shared", "expected", "p")]
    return {(str(row[0]), str(row[1])): tuple(row[place] for place in at) for row in rows}  # type: ignore[misc]


def tables_like(table: np.ndarray) -> list[np.ndarray]:
    every = (np.array(cells, dtype=bool).reshape(table.shape) for cells in product((0, 1), repeat=table.size))
    return [each for each in every if (each.sum(0) == table.sum(0)).all() and (each.sum(1) == table.sum(1)).all()]


@pytest.mark.parametrize("table", [SMALL, WOMEN])
def test_the_cells_keep_the_margins_in_the_mean(table: np.ndarray) -> None:
    found = cell_probabilities(table.sum(axis=1), table.sum(axis=0))
    assert found.sum(axis=1) == pytest.approx(table.sum(axis=1), abs=1e-5)
    assert found.sum(axis=0) == pytest.approx(table.sum(axis=0), abs=1e-5)
    inner = (found > 1e-9) & (found < 1 - 1e-9)
    sure = np.clip(found, 1e-12, 1 - 1e-12)
    odds = np.log(sure / (1 - sure))
    # Maximal entropy: the logits are sums of one number a row and one a column.
    part = odds[:, inner.all(axis=0)]
    assert part.shape[1] >= 3
    assert part - part[:1] - part[:, :1] + part[0, 0] == pytest.approx(np.zeros_like(part), abs=1e-4)


def test_full_and_empty_margins_are_certain() -> None:
    table = np.array([[1, 1, 1], [1, 0, 0], [1, 1, 0], [0, 0, 0]], dtype=bool)
    assert cell_probabilities(table.sum(axis=1), table.sum(axis=0)) == pytest.approx(table.astype(float), abs=1e-2)


def test_sdsm_is_what_enumeration_of_all_tables_gives() -> None:
    chances = cell_probabilities(SMALL.sum(axis=1), SMALL.sum(axis=0))
    wanted, mean = np.zeros((3, 3)), np.zeros((3, 3))
    shared = SMALL.astype(int) @ SMALL.T.astype(int)
    for cells in product((0, 1), repeat=SMALL.size):
        each = np.array(cells).reshape(SMALL.shape)
        weight = np.where(each, chances, 1 - chances).prod()
        wanted += weight * (each @ each.T >= shared)
        mean += weight * (each @ each.T)
    kept, test = ties_beyond_chance(network_of(SMALL), "sdsm", 0.999999, correction="none")
    assert test.pairs == 3
    found = p_of(kept)
    assert found  # pairs whose p is 1 go at any level
    for (one, other), (together, expected, p) in found.items():
        place = int(one[1:]), int(other[1:])
        assert (together, expected, p) == pytest.approx((shared[place], mean[place], wanted[place]), abs=1e-9)


def test_trades_reach_all_tables_with_the_margins_alike() -> None:
    alike = tables_like(SMALL)
    drawn = Counter(each.tobytes() for each in curveball_tables(SMALL, 4000, 1))
    assert set(drawn) == {each.tobytes() for each in alike}
    assert min(drawn.values()) / max(drawn.values()) > 0.8
    shared = SMALL.astype(int) @ SMALL.T.astype(int)
    share = np.mean([each.astype(int) @ each.T.astype(int) >= shared for each in alike], axis=0)
    kept, _ = ties_beyond_chance(network_of(SMALL), "fdsm", 0.999999, correction="none", draws=4000)
    for (one, other), (*_, p) in p_of(kept).items():
        assert p == pytest.approx(share[int(one[1:]), int(other[1:])], abs=0.03)


def test_planted_ties_are_found_and_coin_flips_give_none() -> None:
    random = np.random.default_rng(3)
    flips = random.random((12, 40)) < 0.3
    planted = flips.copy()
    planted[1] = planted[0] ^ (random.random(40) < 0.03)
    for model, more in (("sdsm", {}), ("fdsm", {"draws": 1500})):
        found = ties_beyond_chance(network_of(planted), model, 0.05, **more)  # type: ignore[arg-type]
        assert list(p_of(found[0])) == [("a00", "a01")]
        assert found[1].reachable
        assert ties_beyond_chance(network_of(flips), model, 0.05, **more)[1].kept == 0  # type: ignore[arg-type]
    loose = [ties_beyond_chance(network_of(planted), "sdsm", 0.05, correction=each)[1].kept for each in ("bh", "none")]
    assert 1 <= loose[0] <= loose[1]
    assert not ties_beyond_chance(network_of(flips), "fdsm", 0.05, draws=20)[1].reachable


def test_congruence_is_tested_over_sides_of_claims() -> None:
    sides = {"a": "aaaaddaa", "b": "aaaaddaa", "c": "daddaada", "d": "ddaaddaa"}
    cells = [
        (who, f"c{at}", {"a": "affirms", "d": "denies"}[s]) for who, text in sides.items() for at, s in enumerate(text)
    ]
    weights = weigh(table_of(cells), "congruence")
    found = p_of(ties_beyond_chance(weights, "sdsm", 0.99, correction="none")[0])
    assert found["a", "b"][0] == 8
    assert found["a", "d"][0] == 6
    assert found["a", "b"][2] < found["a", "d"][2]


@pytest.mark.parametrize("kind", ["conflict", "subtract", "affiliation", "portrayal"])
def test_other_networks_are_no_projection(kind: str) -> None:
    with pytest.raises(UsageError, match="congruence and cooccurrence"):
        ties_beyond_chance(network_of(SMALL, kind), "sdsm", 0.05)


def test_nothing_and_nonsense() -> None:
    nothing = network_of(np.zeros((0, 0), dtype=bool))
    for model in ("sdsm", "fdsm"):
        assert ties_beyond_chance(nothing, model, 0.05)[1].pairs == 0
    for bad in ({"model": "dsm"}, {"level": 1.0}, {"correction": "guess"}, {"draws": 0}):
        with pytest.raises(UsageError):
            ties_beyond_chance(network_of(SMALL), **{"model": "sdsm", "level": 0.05, **bad})  # type: ignore[arg-type]


def test_command(harbour: object) -> None:
    done = CliRunner().invoke(
        main, ["network", "congruence", "-d", str(harbour), "--sdsm", "0.2", "--correction", "none"]
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].endswith(",shared,expected,p")
    assert "pairs tested, without correction." in done.stderr
    refused = CliRunner().invoke(main, ["network", "congruence", "-d", str(harbour), "--sdsm", "0.1", "--fdsm", "0.1"])
    assert refused.exit_code != 0
    assert "two nulls" in refused.stderr
