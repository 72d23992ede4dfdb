"""Days and instants as RDF spells them."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

_MOMENT = re.compile(
    r"(?P<day>(?P<year>-?\d{4,6})(-(0\d|1[0-2])(-\d\d)?)?)(?P<time>T\d\d:\d\d(:\d\d)?)?(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_SEASONS = {"21": "03", "22": "06", "23": "09", "24": "12"}
_FULL = re.compile(r"-?\d{4,6}-\d\d-\d\d", re.ASCII)
_LAST_YEAR = 270_000  # what browsers can draw, before and after Christ
_LATE = 10**9  # behind every year
_MIDNIGHT = ("T24:00", "T24:00:00")


@lru_cache(maxsize=1 << 16)
def moment_of(text: str) -> np.datetime64:
    """Return an ISO 8601 year, month, day or time in the precision it is written in; NaT for anything else.

    A time keeps the clock of its own zone, so that its day is the one that people there would name. Years are counted
    as in XSD 1.1: before 0001 comes 0000, before that -0001. What is known roughly (EDTF, ISO 8601-2: ``2016-02~``,
    ``2016-01-12/2016-02-10``, ``201X``, ``2016-21`` for spring) is taken by its beginning.
    """
    found = _MOMENT.fullmatch(text) or _MOMENT.fullmatch(text := _beginning(text))
    if not found or abs(int(found["year"])) > _LAST_YEAR:
        return np.datetime64("NaT")
    day, time = found["day"], found["time"] or ""
    try:
        if time in _MIDNIGHT:
            return np.datetime64(str(np.datetime64(day, "D") + 1) + "T00:00:00")
        return np.datetime64(day + time)
    except ValueError:
        return np.datetime64("NaT")


def _beginning(text: str) -> str:
    """Return the first year, month or day that a text in the Extended Date/Time Format may mean."""
    year, *rest = re.sub(r"[~?%]", "", text.partition("/")[0]).removeprefix("Y").split("-", 1)
    if not year or "T" in text:
        return ""
    month, _, day = rest[0].partition("-") if rest else ("", "", "")
    parts = [part.replace("XX", "01").replace("0X", "01").replace("X", "0") for part in (month, day) if part]
    return "-".join([year.replace("X", "0"), *(_SEASONS.get(part, part) for part in parts[:1]), *parts[1:]])


def first_day(text: str) -> str:
    """Return the first day that a day, month, year or a time known roughly may mean, or an empty text for none."""
    moment = moment_of(text)
    return "" if np.isnat(moment) else day_text(moment)


def instant_of_literal(value: str) -> np.datetime64:
    """Return an xsd:date, xsd:dateTime, xsd:gYearMonth or xsd:gYear as seconds on the clock of its zone, or NaT."""
    instant: np.datetime64 = moment_of(value).astype("datetime64[s]")
    return instant


def day_of(text: str) -> str:
    """Return the calendar day of an ``xsd:date`` or ``xsd:dateTime``, or an empty text for what is neither."""
    moment = moment_of(text) if _FULL.match(text) else np.datetime64("NaT")
    return "" if np.isnat(moment) else day_text(moment)


def day_text(instant: np.datetime64) -> str:
    """Return the day of an instant as XSD writes it: four digits of a year at least, behind a minus before year 0."""
    day = instant.astype("datetime64[D]")
    year = int(day.astype("datetime64[Y]").astype(int)) + 1970
    return f"{'-' if year < 0 else ''}{abs(year):04}{str(day)[-6:]}"


@lru_cache(maxsize=1 << 16)
def sooner(text: str | None) -> tuple[int, str]:
    """Return a key by which dates come in the order of their days, unreadable ones and then None last."""
    if text is None:
        return _LATE + 1, ""
    found = _MOMENT.fullmatch(day_of(text) or text) or _MOMENT.fullmatch(_beginning(text))
    if found is None or np.isnat(moment_of(text)):
        return _LATE, text
    return int(found["year"]), found["day"].removeprefix(found["year"])
