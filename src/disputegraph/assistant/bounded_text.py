"""Texts of others on their way to an assistant: bounded, and without characters that hide or steer."""

from __future__ import annotations

import unicodedata
from typing import Any

_LONGEST = 1_000
_KEPT = "\n\t"


def bounded(value: Any, longest: int = _LONGEST) -> Any:
    """Return plain JSON whose texts are at most `longest` characters and without control characters.

    Characters of the categories Cc, Cf, Co, Cs and Cn go (direction marks, tags and zero-width characters among them,
    in which instructions have been hidden), but for line ends and tabs. What was cut says so.
    """
    if isinstance(value, str):
        clean = "".join(char for char in value if char in _KEPT or not unicodedata.category(char).startswith("C"))
        left_out = len(clean) - longest
        return clean if left_out <= 0 else f"{clean[:longest]}… ({left_out:,} more characters)"
    if isinstance(value, dict):
        return {bounded(str(name)): bounded(each, longest) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [bounded(each, longest) for each in value]
    return value
