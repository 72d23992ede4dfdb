"""Statements as events: who said what when, as the R packages goldfish and rem read them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from disputegraph.model import RELATIONS, Column, StatementTable
from disputegraph.networks.network_options import node_field
from disputegraph.networks.repeated_statements import order_of

EVENT_COLUMNS = ("time", "sender", "receiver", "increment", "sign", "sequence", "date", "sender_iri", "receiver_iri",
                 "hearsay", "document", "utterance")  # fmt: skip
"""goldfish needs time, sender, receiver and increment under these names; rem is told which column is which."""

_SIGNS = {"affirms": 1, "denies": -1, "neutral": 0}


def event_rows(table: StatementTable, *, between: str = "voices", over: str = "claims") -> Iterator[list[object]]:
    """Yield an event for each statement that has a date, an actor and a claim, in the order in which they were made.

    ``time`` is in seconds since 1970 (UTC); ``sequence`` counts from 1, and events of one time have one number, since
    which came first is not known; ``sign`` is 1, −1, or 0 for neutral, and None where no polarity is coded. Sender and
    receiver are labels, with the IRI behind those that several nodes share.

    Args:
        table: the statements.
        between: senders: ``voices``, ``speakers``, ``organisations``, or any field.
        over: receivers: ``claims``, ``issues``, or any field.
    """
    places, senders = _values(table, node_field(between))
    again, receivers = _values(table.take(places), node_field(over))
    spread, senders = table.take(places[again]), senders.take(again)
    dated = ~np.isnat(spread.dates)
    order = order_of(spread)
    order = order[dated[order]]
    who, what = _titles(spread, senders), _titles(spread, receivers)
    seconds = spread.dates.astype("datetime64[s]").astype(np.int64).tolist()
    polarity, date, document, utterance = (
        spread.column(name).list() for name in ("polarity", "date", "document", "utterance")
    )
    heard, froms, tos = spread.hearsay.tolist(), senders.list(), receivers.list()
    sequence, before = 0, None
    for row in order.tolist():
        if seconds[row] != before:
            sequence, before = sequence + 1, seconds[row]
        sign = _SIGNS.get(polarity[row] or "")
        yield [
            seconds[row], who[froms[row] or ""], what[tos[row] or ""], 1, sign, sequence, date[row], froms[row],
            tos[row], int(heard[row]), document[row], utterance[row],
        ]  # fmt: skip


def _values(table: StatementTable, field: str) -> tuple[NDArray[np.intp], Column]:
    if field in RELATIONS:
        return table.related(field)
    column = table.column(field)
    there = np.flatnonzero(column.codes >= 0)
    return there, column.take(there)


def _titles(table: StatementTable, column: Column) -> dict[str, str]:
    keys = sorted({value for value in column.list() if value is not None})
    labels = table.names(keys).labels
    often: dict[str, int] = {}
    for key in keys:
        often[labels[key]] = often.get(labels[key], 0) + 1
    return {key: labels[key] if often[labels[key]] == 1 else f"{labels[key]} <{key}>" for key in keys}
