"""Content negotiation: which of the media types on offer a client would rather have (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from disputegraph.errors import UsageError
from disputegraph.rdf import FORMATS, format_named
from disputegraph.server.job_errors import NotAcceptable

GRAPH_TYPES: dict[str, str] = {
    media_type: form.name for place in (0, 1) for form in FORMATS for media_type in form.media_types[place : place + 1]
}
"""Media type -> RDF format, for graphs, the registered types first."""


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that suits best, or None when none does.

    The most specific range that matches a type gives its quality; of equal qualities the one offered first wins.

    Args:
        accept: the value of the Accept header; None and an empty one take anything.
        offered: media types in the server's order of preference.

    Examples:
        >>> choose("text/csv;q=0.5, application/json", ["application/json", "text/csv"])
        'application/json'
        >>> choose("text/*", ["application/json", "text/csv"])
        'text/csv'
        >>> choose("image/png", ["text/csv"])
    """
    return _choose(accept or "*/*", tuple(offered))


@lru_cache(maxsize=512)
def _choose(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept)
    best, best_quality = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    main = media_type.partition("/")[0]
    found, specificity = 0.0, -1
    for pattern, quality in ranges:
        fits = {media_type: 2, f"{main}/*": 1, "*/*": 0}.get(pattern, -1)
        if fits > specificity:
            found, specificity = quality, fits
    return found


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.split(",")[:64]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if name:
            ranges.append((name.lower(), quality))
    return ranges or [("*/*", 1.0)]


def graph_type(head: Mapping[str, Any], *, html: bool = False) -> str:
    """Return the media type in which a graph is sent.

    Args:
        head: ``format`` (a name, which wins) or ``accept`` (Accept header).
        html: whether there is a page too, for those who ask for one by name.

    Raises:
        NotAcceptable: there is no such format, or none that the client takes.
    """
    if name := head.get("format"):
        if html and name == "html":
            return "text/html"
        try:
            return format_named(name).media_types[0]
        except UsageError as error:
            raise NotAcceptable(str(error)) from None
    accept, pages = head.get("accept"), ["text/html"] if html else []
    # Who takes anything is a machine that did not think of it; a browser names text/html.
    page_wanted = choose(accept, ["text/turtle", *pages]) == "text/html"
    media_type = choose(accept, [*(pages if page_wanted else ()), *GRAPH_TYPES])
    if media_type is None:
        raise NotAcceptable(f"The answer is a graph, and comes as: {', '.join([*pages, *GRAPH_TYPES])}.")
    return media_type
