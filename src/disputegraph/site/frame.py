"""What stands around every page of a site: its title, its links, its style, and what machines are told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disputegraph.json_island import json_island
from disputegraph.page import template_environment

if TYPE_CHECKING:
    import jinja2

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
"""Style and script of a site, as files."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of the pages.

    Attributes:
        site: what the dispute is called.
        navigation: name and address of the pages that every page links to.
        style: address of the style sheet.
        policy: content security policy that the page itself bears; empty where a server sends one.
        footer: what stands below every page.
    """

    site: str
    navigation: Sequence[tuple[str, str]]
    style: str
    policy: str = ""
    footer: str = ""


def render(
    name: str,
    frame: Frame,
    *,
    title: str,
    summary: str = "",
    canonical: str = "",
    structured: Mapping[str, Any] | None = None,
    current: str = "",
    alternates: Sequence[tuple[str, str, str]] = (),
    **values: Any,
) -> str:
    """Return a page as HTML."""
    from markupsafe import Markup

    text: str = (
        _templates()
        .get_template(f"{name}.html.j2")
        .render(
            frame=frame,
            title=title,
            summary=summary,
            canonical=canonical,
            # Escaped JSON in a data block: nothing in it can end the element.
            structured=Markup(json_island(structured)) if structured else None,  # noqa: S704
            current=current,
            alternates=alternates,
            **values,
        )
    )
    return text


@cache
def _templates() -> jinja2.Environment:
    return template_environment(_FOLDER / "templates")
