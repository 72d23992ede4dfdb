"""Dates in sheets: ISO 8601 is wanted, and others are told apart well enough to say what they might be."""

from __future__ import annotations

import datetime as dt
import re

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
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](?:(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?|24:00(?::00)?)(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_PERIOD = re.compile(r"\d{4}(?:-\d\d)?", re.ASCII)
_BEFORE_CHRIST = re.compile(r"[-\u2010-\u2015\u2212]\d{4,}-\d\d?-\d\d?.*|0000-\d\d?-\d\d?.*", re.ASCII)
_NO_MEANING = re.compile(
    r"\b(?:of|de|del|the|den|der|le|mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?\b|(?<=\d)(?:st|nd|rd|th|er|º)\b"
    r"|[\s.,/-]"
)
"""What may stand in a date beside numbers and months without changing the day that is meant."""

_EDTF = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?[~?%]?"
_ABOUT = re.compile(
    r"(?:about|around|approximately|roughly|circa|ca\.?|c\.|~|etwa|ungef\u00e4hr|gegen|um|rund|vers)\s*(?:the\s+|den\s+)?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"([^\W\d_]+\.?),?\s+(\d{4})")

_SERIALS = range(20_000, 60_000)
"""Counts of days in a spreadsheet that fall between 1954 and 2064."""


def iso_date(text: str) -> str | None:
    """Return the day of an ISO 8601 date or date with time (``2016-02-10``), or None if it is not one."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def rough_date(text: str) -> str | None:
    """Return a time known roughly in EDTF (ISO 8601-2): ``2022-06-20~`` for ``about 20 June 2022``; None for no such.

    A month or a year may be written in words or as EDTF, a span as ``2022-06-01/2022-06-20``. A year must be there.
    """
    if re.fullmatch(f"{_EDTF}(?:/{_EDTF})?", text, re.ASCII):
        days = re.findall(r"\d{4}-\d\d-\d\d", text)
        return text if all(map(iso_date, days)) and not iso_date(text) else None
    about = _ABOUT.match(text)
    plain = text[about.end() :].strip() if about else text.strip()
    if day := iso_date(plain) or (rough_date(plain) if about else None):
        found: str | None = day
    elif match := _MONTH.fullmatch(plain.casefold()):
        found = f"{match[2]}-{_MONTHS[match[1]]:02}" if match[1] in _MONTHS else None
    else:
        readings = _readings(plain)
        found = readings[0] if len(readings) == 1 and about else None
    return found and (f"{found}~" if about and found[-1] not in "~?%" and "/" not in found else found)


def iso_period(text: str) -> str | None:
    """Return an ISO 8601 year or month (``2016``, ``2016-02``) as it is, or None if it is neither."""
    if _PERIOD.fullmatch(text) is None:
        return None
    return text if iso_date(f"{text}-01" if "-" in text else f"{text}-01-01") else None


def iso_guess(text: str) -> str:
    """Return advice on a date that is not ISO: what it would be, both readings where there are two."""
    text = text.strip()
    if _BEFORE_CHRIST.fullmatch(text):
        return "It is before the year 1, and sheets take dates from 0001-01-01 on; leave the cell empty."
    if _ISO.fullmatch(text):
        return "There is no such day."
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in _SERIALS:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text))
        return f"If it is a spreadsheet's count of days, write it as {day.isoformat()}."
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
    # Advice on half of a text would be another day in good faith: all of it has to be understood.
    rest = re.sub("|".join([r"\d+", *words]), "", _NO_MEANING.sub("", text.casefold()))
    if rest or re.search(r"(?<!\w)-", text.casefold()) or len(words) > 1:
        return []
    if words and len(numbers) == 2:  # noqa: PLR2004  # a day and a year, in either order
        small, large = sorted(numbers)
        orders = [(_year(large), _MONTHS[words[0]], small)]
    elif len(numbers) == 3 and re.match(r"\d{4}\b", text):  # noqa: PLR2004  # year first
        orders = [(numbers[0], numbers[1], numbers[2])]
    elif len(numbers) == 3:  # noqa: PLR2004
        year = _year(numbers[2])
        if re.match(r"\d{3}", text):
            return []
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
