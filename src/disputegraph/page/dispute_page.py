"""The data of the page of a dispute."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Unpack

from disputegraph.evidence import ContextShown
from disputegraph.model import HearsayRule, Model, SourceTexts, statements
from disputegraph.networks import NetworkOptions, weigh, without_consensual
from disputegraph.page.actor_colours import actor_colours
from disputegraph.page.coalition_view import coalitions_view
from disputegraph.page.coalitions import found_changes, found_coalitions
from disputegraph.page.dispute_views import claims_view, whom_view
from disputegraph.page.downloading import packed_data
from disputegraph.page.kept_places import Places, keep_places
from disputegraph.page.organisations_first import folds
from disputegraph.page.page_records import collect
from disputegraph.page.short_names import shortened
from disputegraph.store import Store


@contextmanager
def _records_kept() -> Iterator[None]:
    """Do not look for garbage among records that are all kept: a sixth of the time of a large page."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_records_kept()
def page_data(
    store: Store,
    *,
    sources: SourceTexts | None = None,
    title: str | None = None,
    embed: bool = True,
    context: ContextShown = "sentence",
    hearsay: HearsayRule = "news",
    drop_consensual: float | None = None,
    places: Places | None = None,
    colour_by: str | None = None,
    **network: Unpack[NetworkOptions],
) -> dict[str, Any]:
    """Return what the page shows, as plain data: dicts, lists, strings and numbers only.

    Its shape is described in `docs/page.md`: ``things``, ``claims``, ``utterances``, ``stances``, ``documents`` and
    ``anchors`` hold the dispute; ``views`` holds the drawn graphs with their places; ``download`` the data themselves.

    Args:
        store: the data; only asked with SELECT, and for its quads when they are embedded.
        sources: source texts; with them the anchors carry their quotations.
        title: heading of the page; by default the title of the dispute.
        context: how much of a source stands around its quotations: ``none``, ``sentence`` or ``paragraph``.
        hearsay: which hearsay counts as words of who is said to have spoken them: ``news``, ``all`` or ``none``.
        drop_consensual: leave out of the coalitions claims on which this share of voices take one side.
        places: where an editor put nodes, as `read_places` returns it; ``places`` of the data then counts how many
            nodes were ``kept`` there, are ``new``, and are ``gone``.
        colour_by: what is coded of actors, such as their party, by which their marks are coloured; ``colour`` takes the
            colours that are kept of them. By default marks have the colours of their kinds.
        embed: carry the data as Turtle, to be downloaded from the page.
        network: what the coalitions are of: ``between``, ``duplicates``, ``min_statements``, ``contradictions`` and
            ``baseline`` of `NetworkOptions`. The page says what is not the default.

    Raises:
        UsageError: nothing of that name is coded of any actor.
        DataError, QueryError: the store cannot answer.
    """
    model = Model.whole(store)
    data = collect(model, sources=sources, title=title, context=context, hearsay=hearsay)
    short = cache(partial(shortened, base=data["base"]))
    table = statements(model, hearsay=hearsay)
    fought = (
        table
        if drop_consensual is None
        else without_consensual(table, drop_consensual, between=network.get("between", "voices"))
    )
    if folded := folds(data):
        data["folds"] = folded
    data["views"] = {
        "whom": whom_view(data),
        "claims": claims_view(data),
        "coalitions": coalitions_view(
            data,
            weigh(fought, "signed", **network),
            short,
            found_coalitions(fought, short, network, drop_consensual) if data["utterances"] else None,
        ),
    }
    if colour_by is not None:
        data["colours"] = actor_colours(model, table, colour_by, short)
    if places is not None:
        data["places"] = keep_places(data["views"], places, short)
    data["changes"] = found_changes(model, table, short) if data["utterances"] else []
    if embed:
        data["download"] = packed_data(store, model.facts)
    return data
