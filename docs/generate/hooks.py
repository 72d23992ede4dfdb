"""MkDocs hooks: add the generated pages, take the start page from the README, leave out what is not there yet."""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate.commands import commands_page
from generate.drawing import class_picture
from generate.notebooks import notebook_pages
from generate.ontology import ontology_page
from generate.python import python_page
from generate.queries import checks_page, queries_page
from generate.served import served_files

ROOT = Path(__file__).parents[2]

GENERATED = {
    "index.md": lambda: (ROOT / "README.md").read_text(encoding="utf-8"),
    "reference/ontology.md": ontology_page,
    "reference/classes.svg": class_picture,
    "reference/queries.md": queries_page,
    "reference/checks.md": checks_page,
    "reference/commands.md": commands_page,
    "reference/python.md": python_page,
    **notebook_pages(),
    **served_files(),
}
"""Path within the site -> what makes its text."""

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)#\s]+)(?P<rest>#[^)]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages."""
    from mkdocs.structure.files import File

    for path, make in GENERATED.items():
        files.append(File.generated(config, path, content=make()))
    return files


def on_config(config: Any) -> Any:
    """Leave out of the navigation what is not there."""
    there = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")} | set(GENERATED)
    config.nav = _present(config.nav, there)
    return config


def _present(entries: list[Any], there: set[str]) -> list[Any]:
    kept = []
    for entry in entries:
        ((title, value),) = entry.items()
        if isinstance(value, list):
            kept.append({title: _present(value, there)})
        elif value in there:
            kept.append(entry)
    return kept


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links to files that are no pages (the data, the ontology, the source) into their plain names."""
    path = page.file.src_uri
    # The README's links start at the checkout, those of a page under docs at its own place.
    start = "" if path == "index.md" else posixpath.dirname(f"docs/{path}")

    def linked(match: re.Match[str]) -> str:
        target = match["target"]
        if "://" in target or target.startswith("mailto:"):
            return match[0]
        place = posixpath.normpath(posixpath.join(start, target))
        inside = posixpath.relpath(place, "docs")
        if not inside.startswith("..") and (inside in GENERATED or (ROOT / place).is_file()):
            near = posixpath.relpath(inside, posixpath.dirname(path) or ".")
            return f"[{match['text']}]({near}{match['rest'] or ''})"
        if place == "README.md":
            near = posixpath.relpath("index.md", posixpath.dirname(path) or ".")
            return f"[{match['text']}]({near})"
        return match["text"] if match["text"].strip("`") == place else f"{match['text']} (`{place}`)"

    parts = re.split(r"(^```.*?^```)", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else _LINK.sub(linked, part) for part in parts)
