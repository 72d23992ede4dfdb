"""Dates in sheets: ISO 8601 is wanted, and others are told apart well enough to say what they might be."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["iso_date", "iso_guess"]

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan januar jan. janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for month in names.split()
}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def iso_date(text: str) -> str | None:
    """Return the day of an ISO 8601 date or date with time (``2016-02-10``), or None if it is not one."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def iso_guess(text: str) -> str:
    """Return advice on a date that is not ISO: what it would be, both readings where there are two."""
    readings = _readings(text)
    if not readings:
        return "Write it as YYYY-MM-DD, such as 2016-02-10."
    if len(readings) == 1:
        return f"Write it as {readings[0]}."
    return f"Write it as YYYY-MM-DD: {readings[0]} if the day comes first, {readings[1]} if the month does."


def _readings(text: str) -> list[str]:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    words = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word in _MONTHS]
    orders: list[tuple[int, int, int]] = []
    if words and len(numbers) == 2:  # noqa: PLR2004  # a day and a year, in either order
        small, large = sorted(numbers)
        orders = [(_year(large), _MONTHS[words[0]], small)]
    elif len(numbers) == 3 and numbers[0] > 31:  # noqa: PLR2004  # year first
        orders = [(numbers[0], numbers[1], numbers[2])]
    elif len(numbers) == 3:  # noqa: PLR2004
        year = _year(numbers[2])
        orders = [(year, numbers[1], numbers[0]), (year, numbers[0], numbers[1])]
    elif len(numbers) == 1 and re.fullmatch(r"\d{8}", text.strip()):
        orders = [(numbers[0] // 10_000, numbers[0] // 100 % 100, numbers[0] % 100)]
    found = []
    for year, month, day in orders:
        try:
            found.append(dt.date(year, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _year(number: int) -> int:
    if number >= 100:  # noqa: PLR2004
        return number
    return number + (2000 if number < 70 else 1900)  # noqa: PLR2004  # as POSIX reads two digits
