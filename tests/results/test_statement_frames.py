"""Statements as data frames of three libraries, all with the same values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from disputegraph import UsageError, open_data
from disputegraph.results import rows_as


def test_three_libraries_hold_the_same(harbour: Path) -> None:
    with open_data(harbour / "dispute.ttl") as dispute:
        found = dispute.statements()
        rows = found.to_dicts()
        assert len(rows) == len(found) == 6
        first = next(row for row in rows if row["speaker_label"] == "Shipping line")
        assert (first["claim_label"], first["polarity"], first["hearsay"]) == (
            "Line promised a new boat",
            "denies",
            False,
        )
        assert first["said"] == dt.datetime(2019, 3, 5)  # noqa: DTZ001  # a day, wherever it was
        assert first["issue_labels"] == ["the ferry"]
        for frame in (found.to_arrow().to_pylist(), found.to_polars().to_dicts()):
            assert frame == rows
        pandas = found.to_pandas()
        assert list(pandas["claim_label"]) == [row["claim_label"] for row in rows]
        assert list(pandas.columns) == list(found.columns)
        html = found._repr_html_()
    assert "Pál Ödönsen" in html
    assert "<script" not in html


def test_labels_are_text_in_notebooks(tmp_path: Path) -> None:
    (tmp_path / "b.ttl").write_text(
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:u> a dg:Utterance ; dg:speaker <urn:s> ; dg:addressesClaim <urn:c> ; dg:polarity dg:affirms .\n"
        '<urn:s> skos:prefLabel "<script>alert(1)</script>" .',
        encoding="utf-8",
    )
    with open_data(tmp_path / "b.ttl") as dispute:
        assert "&lt;script&gt;" in dispute.statements()._repr_html_()


def test_queries_give_frames(harbour: Path) -> None:
    query = "SELECT ?name WHERE { ?p a dg:Person ; skos:prefLabel ?name } ORDER BY ?name"
    with open_data(harbour / "dispute.ttl") as dispute:
        plain = dispute.select(query)
        assert dispute.select(query, as_="arrow").to_pylist() == plain
        assert dispute.select(query, as_="polars").to_dicts() == plain
        assert dispute.select(query, as_="pandas").to_dict("records") == plain
        with pytest.raises(UsageError, match="Did you mean 'pandas'"):
            dispute.select(query, as_="panda")  # type: ignore[call-overload]
    assert rows_as([], ["name"], "polars").columns == ["name"]


def test_columns_of_several_types(harbour: Path) -> None:
    query = (
        'SELECT ?mixed ?number { VALUES (?mixed ?number) { (1 2.5) ("a" 1) (true UNDEF) (12345678901234567890123 3) } }'
    )
    with open_data(harbour / "dispute.ttl") as dispute:
        expected = [("1", 2.5), ("a", 1.0), ("true", None), ("12345678901234567890123", 3.0)]
        for rows in (dispute.select(query, as_="arrow").to_pylist(), dispute.select(query, as_="polars").to_dicts()):
            assert [tuple(row.values()) for row in rows] == expected
        assert list(dispute.select(query, as_="pandas")["mixed"])[:3] == [1, "a", True]
