"""The example notebooks as pages, with the outputs that stand in them; a test runs them and compares."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

__all__ = ["notebook_pages"]

_FOLDER = Path(__file__).parents[1] / "tutorials"


def notebook_pages() -> dict[str, Callable[[], str]]:
    """Return what makes the page of each notebook, by the page's path within the site."""
    return {f"tutorials/{path.stem}.md": partial(_page, path) for path in sorted(_FOLDER.glob("*.ipynb"))}


def _page(notebook: Path) -> str:
    """Return a notebook as Markdown."""
    parts = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```py\n{source}\n```")
        for output in cell["outputs"]:
            data = output.get("data", {})
            text = "".join(output.get("text") or data.get("text/plain", []))
            if picture := data.get("image/png"):
                parts.append(f'<img width="525" alt="{escape(text)}" src="data:image/png;base64,{picture}">')
            elif text:
                parts.append(f"```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"
