"""Agreement beyond what margins let expect, and consensual claims: brute force, and truisms that drown no dispute."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import Inference, coalitions, polarisation, read_baseline
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import contributions, weigh, without_consensual


def table_of(said: list[tuple[str, str, str]], strength: list[str] | None = None) -> StatementTable:
    return StatementTable.of(
        {
            "utterance": [f"u{place}" for place in range(len(said))],
            "speaker": [who for who, _, _ in said],
            "claim": [claim for _, claim, _ in said],
            "polarity": [{"+": "affirms", "-": "denies", "0": "neutral"}[side] for _, _, side in said],
            "document": [f"d{place}" for place in range(len(said))],
            **({"strength": strength} if strength else {}),
        }
    )


SAID = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("pqr"), st.sampled_from("+-")), max_size=20)


@settings(max_examples=60)
@given(said=SAID)
def test_brute_force(said: list[tuple[str, str, str]]) -> None:
    """Each pair of statements, less what two voices drawn from the claim's margin with replacement would agree."""
    expected = {}
    for claim in "pqr":
        mean = [
            np.mean([1 if side == "+" else -1 for who, about, side in said if (who, about) == (voice, claim)])
            for voice in sorted({who for who, about, _ in said if about == claim})
        ]
        expected[claim] = np.mean([a * b for a, b in product(mean, repeat=2)]) if mean else 0.0
    made = weigh(table_of(said), "signed", baseline="expected")
    found = dict(zip(zip(*made.pattern, strict=True), made.values(made.matrix), strict=True))
    for (row, one), (column, other) in combinations(enumerate(made.nodes), 2):
        agreement = number = 0.0
        for (a, p, x), (b, q, y) in product(said, repeat=2):
            if (a, b) == (one, other) and p == q:
                agreement += (1 if x == y else -1) - expected[p]
                number += 1 - expected[p] > 1e-9 or x != y
        assert found.get((row, column), 0.0) == pytest.approx(agreement, abs=1e-9)
        told = contributions(made, one, other)
        assert sum(each.amount for each in told) == pytest.approx(agreement, abs=1e-9)
        if (row, column) in found:
            place = list(zip(*made.pattern, strict=True)).index((row, column))
            assert made.count[place] == len({each.utterance for each in told})
        assert bool(number) == ((row, column) in found)


def test_categories_and_scales() -> None:
    said = [("A", "p", "+"), ("B", "p", "+"), ("C", "p", "+")]
    words = weigh(table_of(said, ["new", "new", "old"]), "subtract", qualifier="strength", baseline="expected")
    # Two thirds new and a third old: 5/9 expected alike, 4/9 not.
    assert words.matrix.toarray()[0] == pytest.approx([0, 1 - 1 / 9, -1 - 1 / 9])
    scale = weigh(table_of(said, ["0", "1", "2"]), "subtract", qualifier="strength", baseline="expected")
    # Of nine pairs three are alike, four half alike (0), two not at all: 1/9.
    assert scale.matrix.toarray()[0] == pytest.approx([0, 0 - 1 / 9, -1 - 1 / 9])


def two_sides(shared: int) -> StatementTable:
    return table_of([(f"a{who:02}", f"c{claim:02}", "+" if claim >= 5 or who < 5 else "-")
                     for who in range(10) for claim in range(5 + shared)])  # fmt: skip


def test_truisms_do_not_drown_a_dispute() -> None:
    """Six shared truisms make one coalition of two sides that fight over five claims; not beyond the baseline."""
    table, how = two_sides(6), {"inference": Inference(0, 0), "hangs_on": False}
    sides = [[f"a{who:02}" for who in range(5)], [f"a{who:02}" for who in range(5, 10)]]
    nodes = coalitions(table, **how).partition.network.nodes
    for made in (
        coalitions(table, baseline="expected", **how),
        coalitions(without_consensual(table, 0.9), **how),
    ):
        assert sorted([nodes[place] for place in members] for members in made.partition.members) == sides
        assert not len(made.partition.misfits)
    assert len(coalitions(table, **how).partition.members) == 1
    with_one = polarisation(table, inference=Inference(0, 0), baseline="expected")
    assert with_one == polarisation(table, inference=Inference(0, 0))


def test_contradictions_count_as_on_an_even_claim() -> None:
    table = table_of([("A", "p", "+"), ("B", "q", "+")])
    table._related["contradicts"] = (np.array([0]), table.column("claim").take(np.array([1])))
    assert weigh(table, "signed", baseline="expected").matrix.toarray()[0, 1] == -1


def test_consensual_claims() -> None:
    said = [*[(who, "most", "+") for who in "ABCD"], ("E", "most", "-"), ("A", "both", "+"), ("B", "both", "-"),
            ("A", "alone", "+"), ("A", "all", "-"), ("B", "all", "-"), ("C", "all", "0")]  # fmt: skip
    table = table_of(said)
    for share, gone in ((1, {"all"}), (0.81, {"all"}), (0.8, {"all", "most"}), (0.51, {"all", "most"})):
        kept = without_consensual(table, share)
        assert {"most", "both", "alone", "all"} - set(kept.column("claim").list()) == gone
        assert kept.consensual == kept.take(np.arange(2)).consensual == len(gone)
    assert read_baseline(without_consensual(table, 0.8), drop_consensual=0.8) == (
        " Left out are claims on which at least 80% of the voices take one side: 2."
    )
    for share in (0.5, 1.1, float("nan")):
        with pytest.raises(UsageError, match=r"above 0\.5"):
            without_consensual(table, share)


@pytest.mark.parametrize("kind", ["affiliation", "cooccurrence", "portrayal"])
def test_refused(kind: str) -> None:
    with pytest.raises(UsageError, match="baseline"):
        weigh(two_sides(0), kind, baseline="expected")
    with pytest.raises(UsageError, match="DNA has no baseline"):
        weigh(two_sides(0), "signed", baseline="expected", dna_compat=True)
