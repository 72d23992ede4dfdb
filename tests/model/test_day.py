"""Days and instants: read, written and ordered by value."""

from __future__ import annotations

import datetime as dt
import warnings
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.errors import UsageError
from disputegraph.model import day_of, day_text, moment_of, sooner
from disputegraph.networks.statement_selection import instant_of

ZONES = st.sampled_from(["", "Z", "+14:00", "-11:00", "+05:30"])


@given(day=st.dates(), zone=ZONES)
def test_a_zone_does_not_move_a_day(day: dt.date, zone: str) -> None:
    assert day_of(f"{day.isoformat()}{zone}") == day.isoformat()
    assert day_of(f"{day.isoformat()}T23:30:00{zone}") == day.isoformat()
    assert day_of(f"{day.isoformat()}T00:10:00.5{zone}") == day.isoformat()


@given(days=st.lists(st.tuples(st.integers(-260_000, 260_000), st.integers(1, 12), st.integers(1, 28)), max_size=8))
def test_days_of_all_years_are_ordered_by_value_and_written_as_they_were_read(days: list[tuple[int, int, int]]) -> None:
    texts = [f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}" for year, month, day in sorted(days)]
    texts.reverse()
    texts.sort(key=sooner)
    assert list(map(day_of, texts)) == texts
    for text in texts:
        assert text == day_text(moment_of(text))
    instants = [moment_of(text) for text in texts]
    assert instants == sorted(instants)


@pytest.mark.parametrize(
    "text",
    ["2016-13-45", "2015-02-29", "2016-1-5", " 2016-01-05", "5 January 2016", "today", "now", "NaT", "", "16",
     "1234567-01-01", "999999-01-01", "2016-01-05T25:00:00", "٢٠١٦-٠١-٠٥"],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert np.isnat(moment_of(text))
    assert day_of(text) == ""


def test_the_end_of_a_day_is_the_next_one() -> None:
    assert day_of("2016-12-31T24:00:00Z") == "2017-01-01"


def test_what_has_no_day_comes_last() -> None:
    dates = [None, "some day", "2017", "2016-03", "2016-03-01", "-0044-03-15"]
    assert sorted(dates, key=sooner) == ["-0044-03-15", "2016-03", "2016-03-01", "2017", "some day", None]


@given(text=st.one_of(st.text(max_size=12), st.from_regex(r"-?\d{1,7}(-\d\d){0,2}( |T)?(\d\d:\d\d)?(Z|\+02:00)?")))
def test_no_library_warns_of_a_date(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with suppress(UsageError):
            instant_of(text, "since")
