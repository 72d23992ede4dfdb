"""Colours of actors by what is coded of them, such as their party, or by the colour that another program gave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from disputegraph.errors import UsageError, nearest
from disputegraph.model import Model, StatementTable
from disputegraph.page.page_records import Record

# Okabe and Ito 2008: told apart by those who see few colours, and on dark and light.
_PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#7a5195")
_OTHERS = "#9aa0a6"
_COLOUR = "colour"  # the name under which a colour of its own is kept


def actor_colours(model: Model, table: StatementTable, by: str, short: Callable[[str], str]) -> Record:
    """Return ``name``, the ``values`` with their colours and counts, and ``of``: the place of its value, by actor.

    The eight most frequent values have a colour of their own; all others share one.

    Args:
        model: the dispute.
        table: its statements, which know what is coded of their actors.
        by: the name of a coded variable, or ``colour`` for colours that are kept of the actors themselves.
        short: gives the page's identifier of an IRI.

    Raises:
        UsageError: of no actor there is such a thing; the text names what there is.
    """
    coded = table.attributes([actor.iri for actor in model.actors])
    found = {node: told[by] for node, told in coded.items() if told.get(by)}
    if by == _COLOUR:
        found = {node: value for node, value in found.items() if re.fullmatch(r"#[0-9a-fA-F]{6}", value)}
    if not found:
        known = sorted({name for told in coded.values() for name in told if name != "alias"})
        there = f" There is: {', '.join(known)}." if known else " Nothing is coded of the actors here."
        raise UsageError(f"of no actor there is '{by}'.{nearest(by, known)}{there}")
    counts = sorted(Counter(found.values()).items(), key=lambda each: (-each[1], each[0]))
    own = counts if by == _COLOUR else counts[: len(_PALETTE)]
    values = [
        {"value": value, "colour": value if by == _COLOUR else _PALETTE[place], "count": count}
        for place, (value, count) in enumerate(own)
    ]
    places = {value: place for place, (value, _) in enumerate(own)}
    if rest := counts[len(own) :]:
        values.append({"value": "", "colour": _OTHERS, "count": sum(count for _, count in rest)})
    of = {short(node): places.get(value, len(own)) for node, value in found.items()}
    return {"name": by, "values": values, "of": of, "rest": _OTHERS}
