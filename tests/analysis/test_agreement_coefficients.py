"""Coefficients of agreement: equal to published figures and to other programs, and undefined where nothing differs."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.analysis import (
    alpha_interval,
    cohen_kappa,
    document_interval,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    merged_units,
    percent_agreement,
    unitizing_alpha,
    word_labels,
)
from disputegraph.errors import UsageError

N = None
# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), example C: four coders, twelve units.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Cohen's table of two coders: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
TWO = [["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15]


@pytest.mark.parametrize(
    ("level", "printed", "exact"),
    [  # printed in the paper; exact as `krippendorff` 0.9.0 computes it
        ("nominal", 0.743, 0.743421052631579),
        ("ordinal", 0.815, 0.8153875037548814),
        ("interval", 0.849, 0.8491071428571428),
        ("ratio", 0.797, 0.7974027747116121),
    ],
)
def test_alpha_of_the_published_example(level: str, printed: float, exact: float) -> None:
    found = krippendorff_alpha(FOUR, level)  # type: ignore[arg-type]
    assert found == pytest.approx(exact, abs=1e-9)
    assert round(found or 0, 3) == printed
    assert krippendorff_alpha(np.array(FOUR, dtype=float), level) == pytest.approx(exact, abs=1e-9)  # type: ignore[arg-type]


def test_other_coefficients_of_the_same_example() -> None:
    # As irrCAC 0.4.4 computes them (Gwet's own program, in Python).
    assert fleiss_kappa(FOUR) == pytest.approx(0.7611692754224112, abs=1e-9)
    assert gwet_ac1(FOUR) == pytest.approx(0.775444068126995, abs=1e-9)
    assert percent_agreement(FOUR) == pytest.approx(0.8181818181818182, abs=1e-9)


def test_cohens_kappa_of_two_coders() -> None:
    # p_o = .7, p_e = .5 by hand; nltk 3.10.4's AnnotationTask.kappa gives the same.
    assert cohen_kappa(TWO) == pytest.approx(0.4, abs=1e-9)
    with pytest.raises(UsageError, match="two coders, and there are 4"):
        cohen_kappa(FOUR)


def test_fleiss_kappa_of_his_table() -> None:
    # Fourteen raters, ten subjects, five categories: the worked example found wherever Fleiss' kappa is taught.
    table = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    units = [[value for value, count in enumerate(row) for _ in range(count)] for row in table]
    assert fleiss_kappa(np.array(units).T) == pytest.approx(0.20993070442195522, abs=1e-9)


def test_ordinal_values_by_their_order() -> None:
    data = [["denies", "neutral", "affirms", "denies"], ["denies", "affirms", "affirms", "affirms"]]
    told = krippendorff_alpha(data, "ordinal", order=["denies", "neutral", "affirms"])
    assert told == krippendorff_alpha([[1, 2, 3, 1], [1, 3, 3, 3]], "ordinal")
    assert told != krippendorff_alpha(data, "ordinal")  # as the words sort
    with pytest.raises(UsageError, match="'asks' is not in the order"):
        krippendorff_alpha([["asks"], ["denies"]], "ordinal", order=["denies"])


@pytest.mark.parametrize("data", [[["a", "a"], ["a", "a"]], [["a", N], [N, "b"]], [[], []], [[N], [N]]])
def test_what_is_not_defined_is_not_one(data: list[list[str | None]]) -> None:
    for coefficient in (krippendorff_alpha, cohen_kappa, fleiss_kappa, gwet_ac1):
        assert coefficient(data) is None
    assert alpha_interval(data, ["d", "e"][: len(data[0])]) is None


def test_bad_input_is_told() -> None:
    with pytest.raises(UsageError, match="two coders or more; there is 1"):
        krippendorff_alpha([[1, 2]])
    with pytest.raises(UsageError, match=r"\[1, 2\] values"):
        krippendorff_alpha([[1, 2], [1]])
    with pytest.raises(UsageError, match="unknown level 'nominl'. Did you mean 'nominal'"):
        krippendorff_alpha(TWO, "nominl")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="needs numbers"):
        krippendorff_alpha(TWO, "interval")
    with pytest.raises(UsageError, match="overlaps another"):
        unitizing_alpha([(9, [[(0, 5, "u"), (4, 6, "u")], []])])
    with pytest.raises(UsageError, match="within 0 to 9"):
        unitizing_alpha([(9, [[(5, 10, "u")], []])])
    with pytest.raises(UsageError, match="two coders or more"):
        unitizing_alpha([(9, [[(0, 5, "u")]])])


@given(st.lists(st.lists(st.sampled_from([1, 2, 3, None]), min_size=5, max_size=5), min_size=2, max_size=4))
def test_alpha_by_its_definition(data: list[list[int | None]]) -> None:
    """Over all pairs of values, one by one."""
    units = [[v for v in column if v is not None] for column in zip(*data, strict=True)]
    units = [values for values in units if len(values) > 1]
    values = [v for unit in units for v in unit]
    for level, distance in (("nominal", lambda a, b: a != b), ("interval", lambda a, b: (a - b) ** 2)):
        observed = sum(distance(a, b) / (len(unit) - 1) for unit in units for i, a in enumerate(unit)
                       for j, b in enumerate(unit) if i != j)  # fmt: skip
        expected = sum(distance(a, b) for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
        found = krippendorff_alpha(data, level)  # type: ignore[arg-type]
        if not expected:
            assert found is None
        else:
            assert found == pytest.approx(1 - observed * (len(values) - 1) / expected, abs=1e-9)


# The example of Krippendorff, Mathet, Bouvry & Widlöcher (2016) and of Krippendorff (2019, fig. 12.11), as the R
# package quallmer reads the figure: three coders, a continuum of 60. Where units of value 6 end is not certain in the
# figure, so that the second coefficient, printed as .413, is met to one in its third place.
UNITS = [
    [(0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)],
    [(0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)],
    [(0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)],
]


def test_unitizing_alpha_of_the_published_example() -> None:
    assert unitizing_alpha([(60, UNITS)]) == pytest.approx(0.510, abs=5e-4)
    assert unitizing_alpha([(60, UNITS)], binary=True) == pytest.approx(0.413, abs=1e-3)


def test_unitizing_alpha_by_hand() -> None:
    # Ten characters, units of five and four. Observed: l[u,u] = 8, l[gap,gap] = 10, l[u,gap] = l[gap,u] = 1 of 20;
    # expected difference 20 * 2 * 9 * 11 / (400 - 25 - 16 - 11).
    told = unitizing_alpha([(10, [[(0, 5, "u")], [(0, 4, "u")]])])
    assert told == pytest.approx(1 - 2 / (20 * 2 * 9 * 11 / 348), abs=1e-12)


def test_unitizing_alpha_at_its_ends() -> None:
    same = [(0, 5, "a"), (7, 9, "b")]
    assert unitizing_alpha([(20, [same, same])]) == 1
    assert unitizing_alpha([(20, [[], []])]) is None  # nobody made a unit
    assert unitizing_alpha([(20, [[(0, 20, "a")], [(0, 20, "a")]])]) is None  # one value fills all
    disjoint = unitizing_alpha([(20, [[(0, 5, "a")], [(10, 15, "a")]])])
    assert disjoint is not None
    assert disjoint < 0
    # Two texts are not one: a unit's place in the one says nothing of the other.
    assert unitizing_alpha([(20, [same, same]), (20, [[], []])]) == 1


def test_units_that_overlap_become_one() -> None:
    assert merged_units([(5, 9), (0, 3), (2, 4), (4, 5)]) == [(0, 4, "unit"), (4, 5, "unit"), (5, 9, "unit")]


def test_the_interval_of_alpha_is_that_of_the_draws() -> None:
    chance = np.random.default_rng(7)
    data = chance.integers(0, 3, size=(3, 60)).astype(float)
    data[1] = data[0]
    data[2, ::7] = math.nan
    documents = [f"d{number % 6}" for number in range(60)]
    places = [np.array([n for n, d in enumerate(documents) if d == f"d{k}"]) for k in range(6)]
    slow = document_interval(
        6, lambda row: krippendorff_alpha(data[:, np.concatenate([places[k] for k in row])]), draws=200
    )
    quick = alpha_interval(data, documents, draws=200)
    assert slow is not None
    assert quick is not None
    assert (quick.low, quick.high) == pytest.approx((slow.low, slow.high), abs=1e-9)
    assert quick.low < (krippendorff_alpha(data) or 0) < quick.high
    assert alpha_interval(data, ["one"] * 60) is None  # a single document tells nothing of others


def test_six_annotators_of_eighteen_articles(shared: Path) -> None:
    """Word by word: alpha as a reference program computed it (`README.md` there)."""
    path = shared / "attribution" / "shared.jsonl"
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        starts, ends = np.array(word_labels(article["text"], [])[0]).T
        table = np.full((6, len(starts)), math.nan)
        for row, attributions in zip(table, article["annotators"].values(), strict=False):  # one has five annotators
            row[:] = 0
            for attribution in attributions:
                for value, part in enumerate(("source", "cue", "content"), start=1):
                    for start, end in attribution[part]:
                        row[(starts < end) & (ends > start)] = value
        rows.append(table)
    whole = np.hstack(rows)
    assert whole.shape == (6, 16290)
    assert krippendorff_alpha(whole) == pytest.approx(0.7621, abs=1e-4)
    assert np.mean([krippendorff_alpha(table) for table in rows]) == pytest.approx(0.7339, abs=1e-4)
    content = np.where(np.isnan(whole), math.nan, whole == 3)
    assert krippendorff_alpha(content) == pytest.approx(0.8165, abs=1e-4)
