"""The example notebook runs, and what it shows is what comes out.

`python -m tests.docs.test_notebook` writes the outputs anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tutorials" / "notebook.ipynb"


def run(notebook: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the outputs of every code cell, run in order in one fresh IPython."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    # The value of a cell is taken from its result; printed too, it would stand among what the cell itself prints.
    for method in ("write_output_prompt", "write_format_data", "finish_displayhook"):
        setattr(shell.displayhook, method, lambda *_: None)
    found = []
    for number, cell in enumerate((c for c in notebook["cells"] if c["cell_type"] == "code"), 1):
        with capture_output(display=False) as captured:
            result = shell.run_cell("".join(cell["source"]), store_history=False)
        result.raise_error()
        outputs: list[dict[str, Any]] = []
        if captured.stdout:
            outputs.append(
                {"name": "stdout", "output_type": "stream", "text": captured.stdout.splitlines(keepends=True)}
            )
        if result.result is not None:
            data = {"text/plain": repr(result.result).splitlines(keepends=True)}
            outputs.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
        found.append(outputs)
    return found


def test_the_notebook_shows_what_comes_out() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    shown = [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert run(notebook) == shown
    assert sum(map(len, shown)) >= 5


if __name__ == "__main__":
    written = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in written["cells"] if cell["cell_type"] == "code"]
    for count, (one, outputs) in enumerate(zip(code, run(written), strict=True), 1):
        one["outputs"], one["execution_count"] = outputs, count
    NOTEBOOK.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
