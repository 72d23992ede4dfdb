"""Days and instants as RDF spells them."""

from __future__ import annotations

import re

import numpy as np

__all__ = ["day_of", "instant_of_literal"]

_ZONE = re.compile(r"(?<=\d)(?:Z|(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d))$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|T|Z|[+-])")


def day_of(text: str) -> str:
    """Return the calendar day of an ``xsd:date`` or ``xsd:dateTime``, or an empty text for what is neither."""
    found = _DAY.match(text)
    return found[0] if found else ""


def instant_of_literal(value: str) -> np.datetime64:
    """Return an xsd:date, xsd:dateTime, xsd:gYearMonth or xsd:gYear as seconds in UTC; NaT for anything else.

    A date without a time zone is taken as UTC; with one, the instant is moved to UTC, as DNA keeps its dates.
    """
    zone = _ZONE.search(value)
    text, offset = value, 0
    if zone:
        text = value[: zone.start()]
        if zone["sign"] and "T" in text:  # a day is a day, whatever its zone
            offset = (int(zone["hours"]) * 60 + int(zone["minutes"])) * (60 if zone["sign"] == "+" else -60)
    try:
        return np.datetime64(text, "s") - np.timedelta64(offset, "s")
    except ValueError:
        return np.datetime64("NaT")
