"""What an HTML page says of itself in its head: title, day of publication, publisher, address, language.

Only what is said in so many words is taken. The title of the browser's window and Open Graph (ogp.me), Dublin Core
(DCMI), Highwire Press tags (`citation_…`) and schema.org (JSON-LD and microdata) are read.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from disputegraph.coding.document_text import language_tag

_TITLES = ("og:title", "citation_title", "dcterms.title", "dc.title", "headline")
_PUBLISHERS = ("og:site_name", "dcterms.publisher", "dc.publisher", "citation_publisher", "publisher")
_DAYS = (
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
)
_DAY = re.compile(r"\s*(\d{4})([-/]?)(\d\d)\2(\d\d)(?!\d)")
_ARTICLE = re.compile("Article|Posting|Report|Review|Chapter")


def page_metadata(root: Any) -> tuple[dict[str, str | None], list[str]]:
    """Return what a page says of itself, as fields of a `TextRead`, and notes on what is doubtful."""
    said = _meta(root)
    article = next(iter(sorted(_data(root), key=lambda item: not _ARTICLE.search(str(item.get("@type"))))), {})
    publisher = article.get("publisher")
    days = _days(said, article)
    notes = []
    if len(days) > 1:
        notes.append(f"The page names {len(days)} days of publication ({', '.join(days)}); the first was taken.")
    return {
        "title": _first([said.get(name) for name in _TITLES], article.get("headline"), _window_title(root)),
        "date": next(iter(days), None),
        "publisher": _first(
            [said.get(name) for name in _PUBLISHERS],
            publisher.get("name") if isinstance(publisher, dict) else publisher,
        ),
        "url": _address(root, said),
        "language": language_tag(root.get("lang") or root.get("xml:lang") or said.get("content-language")),
    }, notes


def _meta(root: Any) -> dict[str, str]:
    """Return the properties in `meta` elements and in microdata, under lower-case names; the first of a name counts."""
    said: dict[str, str] = {}
    for element in root.iter("meta", "time"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = element.get("content") or element.get("datetime")
        if name is None and element.get("pubdate") is not None:
            name = "pubdate"
        if name and value and value.strip():
            said.setdefault(name.strip().lower(), _line(value))
    return said


def _data(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the things that JSON-LD describes; not those within them, such as the comments on an article."""
    for element in root.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            found = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # as a browser does, since it is of no use to the page itself
        items = found if isinstance(found, list) else [found]
        graphs = [item.get("@graph") for item in items if isinstance(item, dict)]
        items = items + [item for graph in graphs if isinstance(graph, list) for item in graph]
        yield from (item for item in items if isinstance(item, dict) and "@graph" not in item)


def _days(said: dict[str, str], article: dict[str, Any]) -> list[str]:
    """Return the days of publication that are said, each once."""
    values = [article.get("datePublished"), *(said.get(name) for name in _DAYS)]
    found = (_day(value) for value in values if isinstance(value, str))
    return list(dict.fromkeys(day for day in found if day))


def _day(value: str) -> str | None:
    match = _DAY.match(value)
    try:
        return dt.date(int(match[1]), int(match[3]), int(match[4])).isoformat() if match else None
    except ValueError:
        return None


def _address(root: Any, said: dict[str, str]) -> str | None:
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").strip().lower() == "canonical"]
    addresses = [_first([value]) for value in (*links, said.get("og:url"))]
    return next((address for address in addresses if address and re.match("https?://[^/]", address)), None)


def _window_title(root: Any) -> str | None:
    element = root.find("head/title")
    return None if element is None else element.text_content()


def _first(values: list[Any], *further: Any) -> str | None:
    """Return the first that is text, on one line."""
    return next((_line(value) for value in (*values, *further) if isinstance(value, str) and value.strip()), None)


def _line(value: str) -> str:
    return " ".join(value.split())
