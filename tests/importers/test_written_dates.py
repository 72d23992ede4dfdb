"""Dates: ISO is read, others are rejected with what they might be."""

from __future__ import annotations

import pytest

from disputegraph.importers.written_dates import iso_date, iso_guess


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-02-10", "2016-02-10"),
        ("2016-02-10T08:00:00Z", "2016-02-10"),
        ("2016-02-30", None),
        ("10/02/2016", None),
        ("2016", None),
    ],
)
def test_iso(text: str, day: str | None) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("10/02/2016", ["2016-02-10", "2016-10-02"]),
        ("31.12.2016", ["2016-12-31"]),
        ("12/31/16", ["2016-12-31"]),
        ("10 February 2016", ["2016-02-10"]),
        ("Feb 10, 2016", ["2016-02-10"]),
        ("10. März 2016", ["2016-03-10"]),
        ("20160210", ["2016-02-10"]),
        ("2016/2/1", ["2016-02-01"]),
        ("soon", ["YYYY-MM-DD"]),
    ],
)
def test_guesses(text: str, guesses: list[str]) -> None:
    advice = iso_guess(text)
    assert all(guess in advice for guess in guesses)
    assert advice.count("-") >= 2
    if len(guesses) == 1 and guesses[0] != "YYYY-MM-DD":
        assert "if" not in advice.split()
