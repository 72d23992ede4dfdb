"""Dates: ISO is read, others are rejected with what they might be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("10 Feb 44 BC", ["YYYY-MM-DD"]),
        ("before 10.12.2016", ["YYYY-MM-DD"]),
        ("99/3/15", ["YYYY-MM-DD"]),
    ],
)
def test_guesses(text: str, guesses: list[str]) -> None:
    advice = iso_guess(text)
    assert all(guess in advice for guess in guesses)
    assert advice.count("-") >= 2
    if len(guesses) == 1 and guesses[0] != "YYYY-MM-DD":
        assert "if" not in advice.split()


@pytest.mark.parametrize("text", ["-0044-03-15", "\u22120044-03-15", "0000-12-31", "-12345-01-01"])
def test_no_advice_turns_a_day_before_christ_into_another(text: str) -> None:
    assert iso_date(text) is None
    assert "before the year 1" in iso_guess(text)


@given(st.dates(), st.text("bcqvwxyz", min_size=2), st.booleans())
def test_advice_on_a_text_that_is_not_understood_names_no_day(day: dt.date, more: str, front: bool) -> None:
    for written in (f"{day:%d.%m.%Y}", f"{day.day} {day:%B %Y}", f"{day.isoformat()}"):
        assert str(day) not in iso_guess(f"{more} {written}" if front else f"{written} {more}").replace(
            "2016-02-10", ""
        )
