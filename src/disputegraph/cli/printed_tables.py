"""Tables for print: CSV with all digits, Markdown and LaTeX rounded to what a paper shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

PRINTED = ("csv", "markdown", "latex")
_DIGITS = 3
_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
}  # fmt: skip


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> str:
    """Return a table in GitHub's Markdown; numbers are rounded to three digits and set right."""
    lines = [f"**{_markdown(title)}**", ""] if title else []
    lines.append("| " + " | ".join(_markdown(column) for column in columns) + " |")
    lines.append("|" + "|".join("---:" if _is_number(rows, place) else "---" for place in range(len(columns))) + "|")
    lines += ["| " + " | ".join(_markdown(_shown(value)) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def latex_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> str:
    """Return a table for the LaTeX package booktabs; numbers are rounded to three digits and set right."""
    aligned = "".join("r" if _is_number(rows, place) else "l" for place in range(len(columns)))
    lines = [r"\begin{table}", r"\centering"]
    lines += [rf"\caption{{{_latex(title)}}}"] if title else []
    lines += [rf"\begin{{tabular}}{{{aligned}}}", r"\toprule", " & ".join(map(_latex, columns)) + r" \\", r"\midrule"]
    lines += [" & ".join(_latex(_shown(value)) for value in row) + r" \\" for row in rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", r"\end{table}"]) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.{_DIGITS}f}"
    return "" if value is None else str(value)


def _is_number(rows: Sequence[Sequence[Any]], place: int) -> bool:
    values = [row[place] for row in rows if row[place] not in (None, "")]
    return bool(values) and all(isinstance(value, int | float) for value in values)


def _markdown(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"([\\|*_`<>\[\]])", r"\\\1", text))


def _latex(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(_LATEX.get(sign, sign) for sign in text))
