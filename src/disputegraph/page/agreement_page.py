"""The agreement of coders as one offline page: figures, confusion tables, and the words behind each cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from disputegraph.analysis import Agreement, Confusion, Place, read_agreement, read_measure
from disputegraph.page.rendering import content_policy, template_environment

_LONGEST = 400  # characters of a place's words
_MOST = 200  # places shown of one cell
_STYLE = "agreement.css"


def render_agreement(
    found: Agreement, *, title: str, documents: Mapping[str, str], texts: Mapping[str, str], paragraph: str
) -> str:
    """Return the page as one HTML document that loads nothing and runs nothing, to be written as UTF-8.

    Args:
        found: the agreement.
        title: what the dispute is called.
        documents: labels of the documents, by IRI.
        texts: the texts that are at hand, from which the words are shown.
        paragraph: the methods paragraph.
    """
    from markupsafe import Markup

    environment = template_environment()
    style = environment.loader.get_source(environment, _STYLE)[0] if environment.loader else ""
    return environment.get_template("agreement.html.j2").render(
        title=title,
        found=found,
        reading=read_agreement(found),
        paragraph=paragraph,
        measures=[_shown(found, name, documents, texts) for name in found.measures],
        drift=[
            {"one": each.one.label, "other": each.other.label, "count": each.count, "of": each.of,
             "places": [_place(place, documents, texts) for place in each.places[:_MOST]]}
            for each in found.drift
        ],
        policy=content_policy(style),
        style=Markup(style),  # noqa: S704  # our own file
    )  # fmt: skip


def _shown(found: Agreement, name: str, documents: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    measure = found.measures[name]
    cells = {(cell.one, cell.other): cell for cell in measure.confusions}
    rows, columns = (sorted({pair[side] for pair in cells}, key=lambda v: _label(found, v)) for side in (0, 1))
    number = {cell: f"{name}-{place}" for place, cell in enumerate(cells, 1)}
    return {
        "name": name.replace("_", " "),
        "measure": measure,
        "sentence": read_measure(measure),
        "columns": [_label(found, value) for value in columns],
        "rows": [
            (
                _label(found, one),
                [
                    {"count": cells[one, other].count, "agrees": one == other,
                     "id": number[one, other] if cells[one, other].places else None}
                    if (one, other) in cells
                    else None
                    for other in columns
                ],
            )
            for one in rows
        ],
        "cells": [
            {
                "id": number[pair],
                "one": _label(found, cell.one),
                "other": _label(found, cell.other),
                "agrees": cell.agrees,
                "more": max(0, len(cell.places) - _MOST),
                "places": [_place(place, documents, texts) for place in cell.places[:_MOST]],
            }
            for pair, cell in sorted(cells.items(), key=_disagreements_first)
            if cell.places
        ],
    }  # fmt: skip


def _disagreements_first(item: tuple[tuple[str, str], Confusion]) -> tuple[bool, int]:
    return item[1].agrees, -item[1].count


def _label(found: Agreement, value: str) -> str:
    return found.labels.get(value, value)


def _place(place: Place, documents: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    words = None
    if place.document in texts and place.start is not None and place.end is not None:
        words = re.sub(r"\s+", " ", texts[place.document][place.start : place.end])
        words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return {
        "document": documents.get(place.document, place.document),
        "start": place.start,
        "end": place.end,
        "coders": place.coders,
        "words": words,
    }
