"""What a page of a site consists of, as its reader's browser would see it: read by an HTML parser, not by patterns."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class ReadPage(HTMLParser):
    """Links, ids, scripts and attributes of a page."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    islands: list[Any] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.attributes.update(told)
        self.links += [value for name in ("href", "src") if (value := told.get(name)) is not None]
        if value := told.get("id"):
            self.ids.append(value)
        if tag == "script":
            self.scripts.append(told)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script" and self.scripts[-1].get("type") == "application/ld+json":
            self.islands.append(json.loads(data))
        elif not self._open or self._open[-1] not in ("script", "style", "title"):
            self.text += data


def read_page(path: Path) -> ReadPage:
    """Return what a file consists of."""
    page = ReadPage()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page
