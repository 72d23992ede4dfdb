"""JSON inside HTML: data for a script, and structured data for search engines."""

from __future__ import annotations

import json

# What could end a script element, or be read as a line end by an old parser, is written as an escape.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_island(value: object) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element or begins another."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
