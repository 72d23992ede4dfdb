"""Weights against brute force, and under what must not change them; for DNA's own matrices see `test_dna_import.py`."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks import contributions, graph_of, select, weigh

_spec = importlib.util.spec_from_file_location("brute", Path(__file__).with_name("brute.py"))
brute = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(brute)


def table_of(rows: list[dict], *, scale: str = "boolean") -> StatementTable:
    polarity = {0: "denies", 1: "affirms"}
    return StatementTable.of(
        {
            "utterance": [f"u{n}" for n in range(len(rows))],
            "speaker": [row["actor"] for row in rows],
            "claim": [row["claim"] for row in rows],
            "polarity": [polarity[row["q"]] if scale == "boolean" else "affirms" for row in rows],
            "strength": [None if scale == "boolean" else str(row["q"]) for row in rows],
            "date": [row["date"].isoformat() for row in rows],
            "document": [f"d{row['document']}" for row in rows],
            "start": [str(row["start"]) for row in rows],
        }
    )


def rows_of(levels: list[object]) -> st.SearchStrategy[list[dict]]:
    row = st.fixed_dictionaries(
        {
            "actor": st.sampled_from("ABCDE"),
            "claim": st.sampled_from("pqrs"),
            "q": st.sampled_from(levels),
            "date": st.dates(dt.date(2004, 12, 20), dt.date(2007, 1, 10)),
            "document": st.integers(1, 12),
        }
    )

    def dated(rows: list[dict]) -> list[dict]:
        dates: dict[int, dt.date] = {}
        return [dict(r, start=n, date=dates.setdefault(r["document"], r["date"])) for n, r in enumerate(rows)]

    return st.lists(row, min_size=1, max_size=25).map(dated)


SCALES = {"boolean": [0, 1], "integer": [-2, -1, 0, 2], "text": ["new", "old", "rest"]}
WITHIN = st.sampled_from(["include", "document", "week", "month", "year", "range"])


@pytest.mark.parametrize("scale", SCALES)
@settings(max_examples=60)
@given(data=st.data())
def test_dna_formulas(scale: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(SCALES[scale]))
    within, rule = data.draw(WITHIN), data.draw(st.sampled_from(["en", "en_GB"]))
    mode = data.draw(st.sampled_from(["affiliation", "congruence", "conflict", "subtract", "cooccurrence"]))
    levels = [0, 1] if scale == "boolean" else sorted({row["q"] for row in rows})
    qualifier = "polarity" if scale == "boolean" else "strength"
    common = {"duplicates": within, "dna_compat": True, "week_rule": rule, "qualifier": qualifier}
    if mode == "affiliation":
        value = data.draw(st.sampled_from(["count", "subtract", "combine"]))
        normalise = data.draw(st.sampled_from(["none", "activity"] + ["prominence"] * (value != "combine")))
        expected = brute.two_mode(
            rows,
            "actor",
            "claim",
            value=value,
            normalise=normalise,
            within=within,
            levels=levels,
            scale=scale,
            rule=rule,
        )
        made = weigh(table_of(rows, scale=scale), mode, value=value, normalise=normalise, **common)
    else:
        normalise = data.draw(st.sampled_from(["none", "average", "jaccard", "cosine"]))
        expected = brute.one_mode(
            rows, "actor", "claim", kind=mode, normalise=normalise, within=within, levels=levels, scale=scale, rule=rule
        )
        made = weigh(table_of(rows, scale=scale), mode, normalise=normalise, **common)
    xs, ys, numbers = expected
    assert list(made.nodes) == xs
    assert list(made.columns) == ys
    wanted = np.array([[numbers[x, y] for y in ys] for x in xs], dtype=float)
    np.testing.assert_allclose(made.matrix.toarray(), wanted, atol=1e-9, rtol=0)


KINDS = st.sampled_from(["affiliation", "congruence", "conflict", "subtract", "cooccurrence", "signed"])


@pytest.mark.parametrize("scale", SCALES)
@settings(max_examples=60)
@given(data=st.data())
def test_every_edge_is_the_sum_of_its_contributions(scale: str, data: st.DataObject) -> None:
    rows, kind = data.draw(rows_of(SCALES[scale])), data.draw(KINDS)
    if kind == "affiliation":
        value = data.draw(st.sampled_from(["count", "subtract", "combine"]))
        options = {"value": value, "normalise": data.draw(st.sampled_from(["none", "activity", "prominence"]))}
        if value == "combine":
            options["normalise"] = "none"
    else:
        options = {"normalise": data.draw(st.sampled_from(["none", "average", "jaccard", "cosine"]))}
    options["duplicates"] = data.draw(WITHIN)
    options["qualifier"] = "polarity" if scale == "boolean" else "strength"
    options["dna_compat"] = data.draw(st.booleans())
    made = weigh(table_of(rows, scale=scale), kind, **options)
    graph = graph_of(made)
    for one, other, edge in graph.edges(data=True):
        a, b = (other, one) if made.bipartite and one not in made.nodes else (one, other)
        found = contributions(made, a, b)
        assert sum(each.amount for each in found) == pytest.approx(edge["weight"], abs=1e-9)
        assert len({each.utterance for each in found}) == len(found)
        dna_conflict = options["dna_compat"] and scale == "text" and kind in ("conflict", "subtract", "signed")
        if not dna_conflict:
            assert len(found) == edge["count"]
        for part in ("congruence", "conflict"):
            if part in edge and kind in ("subtract", "signed"):
                assert sum(each.parts[part] for each in found) == pytest.approx(edge[part], abs=1e-9)


@settings(max_examples=40)
@given(rows=rows_of([0, 1]), seed=st.randoms(use_true_random=False))
def test_order_of_statements_changes_nothing(rows: list[dict], seed) -> None:
    mixed = list(rows)
    seed.shuffle(mixed)
    for kind in ("affiliation", "signed", "cooccurrence"):
        one, other = (weigh(table_of(each), kind, duplicates="month") for each in (rows, mixed))
        assert one.nodes == other.nodes
        np.testing.assert_allclose(one.matrix.toarray(), other.matrix.toarray(), atol=1e-12)


@settings(max_examples=40)
@given(rows=rows_of([0, 1]))
def test_a_cosine_is_one(rows: list[dict]) -> None:
    for kind in ("congruence", "conflict", "cooccurrence"):
        matrix = weigh(table_of(rows), kind, normalise="cosine").matrix.toarray()
        assert (matrix >= 0).all()
        assert (matrix <= 1 + 1e-9).all()
        np.testing.assert_allclose(matrix, matrix.T)


def _rows(*cells: tuple[str, str, int, str]) -> list[dict]:
    return [
        {"actor": a, "claim": c, "q": q, "date": dt.date.fromisoformat(d), "document": n, "start": n}
        for n, (a, c, q, d) in enumerate(cells)
    ]


def test_months_and_weeks_of_different_years_are_apart_by_default() -> None:
    table = table_of(_rows(("A", "p", 1, "2005-02-02"), ("A", "p", 1, "2006-02-01"), ("A", "p", 1, "2005-02-20")))
    assert weigh(table, "affiliation", duplicates="month").matrix.sum() == 2
    assert weigh(table, "affiliation", duplicates="month", dna_compat=True).matrix.sum() == 1
    assert weigh(table, "affiliation", duplicates="week").matrix.sum() == 3
    assert weigh(table, "affiliation", duplicates="week", dna_compat=True, week_rule="en_GB").matrix.sum() == 2


def test_a_mixed_pair_is_an_edge_by_default_and_none_in_dna() -> None:
    table = table_of(
        _rows(
            ("A", "p", 1, "2005-01-01"),
            ("B", "p", 1, "2005-01-01"),
            ("A", "q", 1, "2005-01-01"),
            ("B", "q", 0, "2005-01-01"),
        )
    )
    edge = graph_of(weigh(table, "signed")).edges["A", "B"]
    assert (edge["weight"], edge["congruence"], edge["conflict"], edge["count"]) == (0, 1, 1, 4)
    assert graph_of(weigh(table, "subtract", dna_compat=True)).number_of_edges() == 0
    assert graph_of(weigh(table, "subtract")).number_of_edges() == 1


def test_neutral_statements_take_no_side() -> None:
    table = StatementTable.of(
        {
            "utterance": ["u1", "u2", "u3"],
            "speaker": ["A", "B", "C"],
            "claim": ["p", "p", "p"],
            "polarity": ["affirms", "neutral", "denies"],
        }
    )
    made = weigh(table, "signed")
    assert made.nodes == ("A", "C")
    assert made.matrix[0, 1] == -1
    assert weigh(table, "affiliation").matrix.sum() == 3
    assert weigh(table, "affiliation", value="combine").matrix.toarray().ravel().tolist() == [1, 4, 2]


def test_isolates_come_back_from_statement_filters_only() -> None:
    table = table_of(_rows(("A", "p", 1, "2005-01-01"), ("B", "p", 1, "2006-01-01"), ("C", "q", 1, "2006-02-01")))
    loaded = select(table, since="2006")
    chosen = select(loaded, exclude={"claim": ["q"]})
    assert weigh(chosen, "congruence", isolates=True, universe=loaded, dna_compat=True).nodes == ("B", "C")
    assert weigh(chosen, "congruence", dna_compat=True).nodes == ("B",)


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        ("congruense", {}, "Did you mean 'congruence'"),
        ("congruence", {"normalise": "activity"}, "cannot be normalised by 'activity'"),
        ("congruence", {"value": "combine"}, "affiliation"),
        ("affiliation", {"value": "combine", "normalise": "prominence", "dna_compat": True}, "no usable numbers"),
        ("congruence", {"between": "speakerz"}, "Did you mean 'speaker'"),
        ("congruence", {"backbone": 2.0}, "between 0 and 1"),
        ("congruence", {"duplicates": "decade"}, "unknown way"),
        ("affiliation", {"between": "claims", "over": "claims"}, "both sides"),
    ],
)
def test_what_cannot_be_met_is_said(kind: str, options: dict, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        weigh(table_of(_rows(("A", "p", 1, "2005-01-01"))), kind, **options)


def test_no_statements_give_an_empty_network() -> None:
    table = table_of(_rows(("A", "p", 1, "2005-01-01"))).take(np.array([], dtype=np.intp))
    for kind in ("affiliation", "congruence", "signed", "cooccurrence", "portrayal", "hearsay"):
        made = weigh(table, kind)
        assert graph_of(made).number_of_nodes() == 0
