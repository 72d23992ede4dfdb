"""Cells of sheets: lists in a cell, and texts that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disputegraph.tables.written_names import unescaped

# A leading sign of these makes a spreadsheet evaluate the text (OWASP, "CSV injection"). An apostrophe in front makes
# it text again; texts that begin with apostrophes and such a sign get one more, so that reading undoes writing.
_HARMLESS = re.compile(r"'*[=+\-@\t\r]")
_MADE_HARMLESS = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def to_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula; plain numbers stay as they are."""
    return f"'{text}" if _HARMLESS.match(text) and not _NUMBER.fullmatch(text) else text


def from_cell(text: str) -> str:
    """Return what `to_cell` was given, without white space around it."""
    text = text.strip()
    return text[1:] if _MADE_HARMLESS.match(text) else text


def is_formula(cell: str) -> bool:
    """Whether a cell as it stands in the file would be evaluated as a formula."""
    return cell.lstrip().startswith("=")


def split_list(cell: str) -> list[str]:
    r"""Return the parts of a cell that are separated by semicolons; ``\;`` is a semicolon, ``\\`` a backslash.

    HTML entities are read first, so that the semicolon of ``R&amp;D`` separates nothing.
    """
    cell = unescaped(cell)
    if ";" not in cell and "\\" not in cell:
        return [cell.strip()] if cell.strip() else []
    parts, part, place = [], "", 0
    while place < len(cell):
        char = cell[place]
        if char == "\\" and cell[place + 1 : place + 2] in ("\\", ";"):
            part += cell[place + 1]
            place += 1
        elif char == ";":
            parts.append(part)
            part = ""
        else:
            part += char
        place += 1
    return [stripped for part in [*parts, part] if (stripped := part.strip())]


def join_list(parts: Iterable[str]) -> str:
    """Return one cell that `split_list` takes apart again."""
    return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)
