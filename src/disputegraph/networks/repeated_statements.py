"""Drop statements that say again what the same actor said before within a document, a week, a month, a year."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from disputegraph.errors import UsageError, nearest
from disputegraph.model import Column, Instants, StatementTable

DUPLICATES = ("include", "document", "week", "month", "year", "range")
"""Within what a repeated statement counts once; ``include`` counts all."""

WeekRule = Literal["en", "en_GB"]
"""Java's calendar rule by which DNA numbers weeks: ``en`` (weeks begin on Sunday, the first holds 1 January) or
``en_GB`` (ISO 8601: weeks begin on Monday, the first holds the first Thursday)."""


def order_of(table: StatementTable) -> NDArray[np.intp]:
    """Return the rows of a table in the order in which things were said: date, document, place in it.

    Documents come in natural order of their IRIs (``d9`` before ``d10``); statements without a date come last. What
    stands at one place is ordered by the names of utterance and claim, since no engine promises an order of rows.
    """
    starts = table.column("start")
    numbers = np.array([*(_number(value) for value in starts.values), np.inf])[starts.codes]
    documents, dates = _natural_ranks(table.column("document")), table.dates
    order = np.lexsort((table.rows, numbers, documents, dates))
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for key in (numbers, documents, dates.astype(np.int64)):  # as integers, no date equals no date
        same &= key[order][1:] == key[order][:-1]
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] |= same
    tied[:-1] |= same
    if not tied.any():
        return order
    rows = order[tied].tolist()
    utterances, claims = table.column("utterance"), table.column("claim")
    # Of names that begin alike the shorter comes first, so that u9 stands before u10.
    called = {
        row: (len(utterance or ""), utterance or "", claim or "")
        for row, utterance, claim in zip(
            rows, utterances.take(order[tied]).list(), claims.take(order[tied]).list(), strict=True
        )
    }
    names = np.zeros(len(order), dtype=np.int64)
    names[sorted(rows, key=called.__getitem__)] = np.arange(len(rows))
    return np.lexsort((table.rows, names, numbers, documents, dates))


def without_duplicates(
    table: StatementTable,
    keys: list[NDArray[np.int32]],
    *,
    within: str,
    dna_compat: bool = False,
    week_rule: WeekRule = "en",
) -> NDArray[np.intp]:
    """Return the rows that remain, as places in `table`, when of equal statements only the first is kept.

    Args:
        table: the statements.
        keys: codes, one array a field, in which statements must agree to be equal: both nodes, and the qualifier where
            the network looks at it.
        within: one of `DUPLICATES`. A statement without a date (for ``document``: without a document) equals only
            others without one.
        dna_compat: as DNA 3.1.2 does, look at the number of the month or week and not at its year.
        week_rule: how DNA's weeks are numbered; without `dna_compat` weeks are those of ISO 8601.

    Raises:
        UsageError: `within` is none of `DUPLICATES`.
    """
    if within not in DUPLICATES:
        raise UsageError(
            f"unknown way to treat duplicates '{within}'.{nearest(within, DUPLICATES)} "
            f"There are {', '.join(DUPLICATES)}."
        )
    if within == "include" or not len(table):
        return np.arange(len(table), dtype=np.intp)
    if within == "document":
        buckets: NDArray[np.int64] = table.column("document").codes.astype(np.int64)
    elif within == "range":
        buckets = np.zeros(len(table), dtype=np.int64)
    else:
        buckets = _buckets(table.dates, within, dna_compat=dna_compat, week_rule=week_rule)
    order = order_of(table)
    stacked = np.stack([*(key.astype(np.int64) for key in keys), buckets], axis=1)[order]
    _, first = np.unique(stacked, axis=0, return_index=True)
    return np.sort(order[first])


def _buckets(dates: Instants, within: str, *, dna_compat: bool, week_rule: WeekRule) -> NDArray[np.int64]:
    known = ~np.isnat(dates)
    days = np.where(known, dates, np.datetime64(0, "s")).astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64)
    months = days.astype("datetime64[M]").astype(np.int64)
    if within == "year":
        buckets = years
    elif within == "month":
        buckets = months - 12 * years if dna_compat else months
    elif dna_compat:
        buckets = _week_numbers(days, week_rule)
    else:
        buckets = (days.astype(np.int64) + 3) // 7  # 1 January 1970 was a Thursday: weeks that begin on Monday
    return np.where(known, buckets, np.iinfo(np.int64).min)


def _week_numbers(days: Instants, rule: WeekRule) -> NDArray[np.int64]:
    """Return the number of the week within its week-based year (java.time.temporal.WeekFields)."""
    since_monday = (days.astype(np.int64) + 3) % 7
    # ISO: the year of a week's Thursday is the year of the week. Otherwise weeks begin on Sunday and the week that
    # holds 1 January is the first, so that it is the year of its Saturday.
    decisive = days - since_monday + 3 if rule == "en_GB" else days - (since_monday + 1) % 7 + 6
    day_of_year = (decisive - decisive.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    numbers: NDArray[np.int64] = day_of_year // 7 + 1
    return numbers


def _natural_ranks(column: Column) -> NDArray[np.int64]:
    def key(code: int) -> list[tuple[bool, int, str]]:
        pieces = re.split(r"(\d+)", column.values[code])
        return [(piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece) for piece in pieces if piece]

    ranks = np.empty(len(column.values) + 1, dtype=np.int64)
    for rank, code in enumerate(sorted(range(len(column.values)), key=key)):
        ranks[code] = rank
    ranks[-1] = len(column.values)
    return ranks[column.codes]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.inf
