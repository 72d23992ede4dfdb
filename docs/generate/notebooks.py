"""The example notebook as a page, with the outputs that stand in it; a test runs it and compares them."""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["NOTEBOOK", "notebook_page"]

NOTEBOOK = Path(__file__).parents[1] / "tutorials" / "notebook.ipynb"


def notebook_page() -> str:
    """Return the notebook as Markdown."""
    parts = []
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```py\n{source}\n```")
        for output in cell["outputs"]:
            text = "".join(output.get("text") or output.get("data", {}).get("text/plain", []))
            if text:
                parts.append(f"```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"
