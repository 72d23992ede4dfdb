"""The example notebooks run, and what they show is what comes out.

`python -m tests.docs.test_notebook` writes the outputs anew.
"""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "docs" / "tutorials").glob("*.ipynb"))


def run(notebook: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the outputs of every code cell, run in order in one fresh IPython, beside the notebook."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    # The value of a cell is taken from its result; printed too, it would stand among what the cell itself prints.
    for method in ("write_output_prompt", "write_format_data", "finish_displayhook"):
        setattr(shell.displayhook, method, lambda *_: None)
    found = []
    with chdir(NOTEBOOKS[0].parent):
        for number, cell in enumerate((c for c in notebook["cells"] if c["cell_type"] == "code"), 1):
            with capture_output(display=False) as captured:
                result = shell.run_cell("".join(cell["source"]), store_history=False)
            result.raise_error()
            outputs: list[dict[str, Any]] = []
            if captured.stdout:
                lines = captured.stdout.splitlines(keepends=True)
                outputs.append({"name": "stdout", "output_type": "stream", "text": lines})
            if result.result is not None:
                outputs.append(
                    {
                        "data": shown(result.result),
                        "execution_count": number,
                        "metadata": {},
                        "output_type": "execute_result",
                    }
                )
            found.append(outputs)
    return found


def shown(value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"text/plain": repr(value).splitlines(keepends=True)}
    if draw := getattr(value, "_repr_png_", None):
        data["image/png"] = b64encode(draw()).decode()
    return data


def without_pixels(outputs: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return outputs in which a picture is known as one only: its pixels hang on fonts and versions."""
    for data in (output["data"] for cell in outputs for output in cell if "data" in output):
        if "image/png" in data:
            assert data["image/png"].startswith("iVBORw0KGgo")
            data["image/png"] = "a picture"
    return outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_shows_what_comes_out(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    kept = [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert without_pixels(run(notebook)) == without_pixels(kept)
    assert sum(map(len, kept)) >= 5


if __name__ == "__main__":
    for notebook in NOTEBOOKS:
        written = json.loads(notebook.read_text(encoding="utf-8"))
        code = [cell for cell in written["cells"] if cell["cell_type"] == "code"]
        for count, (one, outputs) in enumerate(zip(code, run(written), strict=True), 1):
            one["outputs"], one["execution_count"] = outputs, count
        notebook.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
