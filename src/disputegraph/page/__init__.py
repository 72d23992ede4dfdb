"""The page: one offline HTML file in which every line of a dispute leads to the words it rests on.

`page_data` reads a store and returns plain JSON-able data; `render_page` makes them a page. Between the two stands
nothing but that data, so that a page can be made from data kept or changed by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from disputegraph.model import Quotation, SourceTexts
from disputegraph.page.notebook import notebook_html
from disputegraph.store import Store

if TYPE_CHECKING:
    from disputegraph.page.drawing import to_pyvis
    from disputegraph.page.results import page_of_rows, page_of_triples
    from disputegraph.page.showing import page_of_network, shown

__all__ = [
    "Quotation",
    "SourceTexts",
    "notebook_html",
    "page_data",
    "page_of_network",
    "page_of_rows",
    "page_of_triples",
    "render_page",
    "shown",
    "to_pyvis",
]


_LAZY = {
    "page_of_network": "showing",
    "page_of_rows": "results",
    "page_of_triples": "results",
    "shown": "showing",
    "to_pyvis": "drawing",
}


def __getattr__(name: str) -> Any:
    # Seldom needed, and two of these modules import this one.
    if name not in _LAZY:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def page_data(
    store: Store, *, sources: SourceTexts | None = None, title: str | None = None, embed: bool = True
) -> dict[str, Any]:
    """Return what the page shows, as plain data: dicts, lists, strings and numbers only.

    Its shape is described in `docs/page.md`: ``things``, ``claims``, ``utterances``, ``stances``, ``documents`` and
    ``anchors`` hold the dispute; ``views`` holds the drawn graphs with their places; ``download`` the data themselves.

    Args:
        store: the data; only asked with SELECT, and for its quads when they are embedded.
        sources: source texts; with them the anchors carry their quotations.
        title: heading of the page; by default the title of the dispute.
        embed: carry the data as Turtle, to be downloaded from the page.

    Raises:
        DataError, QueryError: the store cannot answer.
    """
    from functools import partial

    from disputegraph.model import Model, statements
    from disputegraph.networks import weigh
    from disputegraph.page.coalition_view import coalitions_view
    from disputegraph.page.coalitions import found_changes, found_coalitions
    from disputegraph.page.dispute_views import claims_view, whom_view
    from disputegraph.page.downloading import packed_data
    from disputegraph.page.page_records import collect
    from disputegraph.page.short_names import shortened

    model = Model.whole(store)
    data = collect(model, sources=sources, title=title)
    short = partial(shortened, base=data["base"])
    table = statements(model)
    data["views"] = {
        "whom": whom_view(data),
        "claims": claims_view(data),
        "coalitions": coalitions_view(
            data, weigh(table, "signed"), short, found_coalitions(table, short) if data["utterances"] else None
        ),
    }
    data["changes"] = found_changes(model, table, short) if data["utterances"] else []
    if embed:
        data["download"] = packed_data(store)
    return data


def render_page(data: Mapping[str, Any], *, language: str = "en") -> str:
    """Return the page as one HTML document, to be written as UTF-8.

    Args:
        data: what `page_data` returned.
        language: of the page's own words; ``texts/<language>.json`` holds them.
    """
    from disputegraph.page.rendering import render

    return render(data, language=language)
