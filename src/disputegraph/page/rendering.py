"""From data to HTML: an autoescaping template, one data island, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["render", "texts"]

_FOLDER = Path(__file__).parent

_SCRIPTS = (
    "dom", "texts", "data", "derive", "state", "filters", "shapes", "labels", "routes", "drawing", "stage", "camps",
    "evidence", "panel", "legend", "search", "table", "timeline", "downloads", "keyboard", "main",
)  # fmt: skip
"""The page's scripts in the order they are joined; each is one idea and uses only those before it when it loads."""

_STYLES = ("colours", "frame", "graph", "reading", "phone", "print")

_ROWS_WITHOUT_SCRIPT = 2000

# What could end a script element, or be read as a line end by an old parser, is written as an escape.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render(data: Mapping[str, Any], *, language: str = "en") -> str:
    """Return the page as one HTML document that loads nothing."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / "template"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _joined(_SCRIPTS, "js")
    style = _joined(_STYLES, "css")
    words = texts(language)
    return environment.get_template("page.html.j2").render(
        data=data,
        rows=_rows(data),
        text=words,
        policy=_policy(script, style),
        # Our own files and escaped JSON: the only places where markup is taken as it is.
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        island=Markup(_json(data)),  # noqa: S704
        words=Markup(_json(words)),  # noqa: S704
    )


@cache
def texts(language: str = "en") -> dict[str, str]:
    """Return all texts of the page, by name, from the one file that a translator needs."""
    found: dict[str, str] = json.loads((_FOLDER / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def _policy(script: str, style: str) -> str:
    """Return the content security policy (CSP level 3): nothing is loaded, and only our own text runs."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",  # the picture that is saved as PNG passes through a blob
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _joined(names: tuple[str, ...], suffix: str) -> str:
    return "\n".join((_FOLDER / "template" / f"{name}.{suffix}").read_text(encoding="utf-8") for name in names)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _rows(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the table that a reader without scripts gets."""
    names = {record["id"]: record["label"] for group in ("things", "claims", "documents") for record in data[group]}
    return [
        {
            "date": utterance.get("date", ""),
            "voice": names.get(utterance.get("voice", ""), ""),
            "polarity": utterance.get("polarity", ""),
            "claim": "; ".join(names.get(key, key) for key in utterance.get("claims", ())),
            "document": "; ".join(names.get(key, key) for key in utterance.get("documents", ())),
        }
        for utterance in data["utterances"][:_ROWS_WITHOUT_SCRIPT]
    ]
