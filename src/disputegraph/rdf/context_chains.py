"""JSON-LD terms that are defined by other terms, link after link: the engine follows them on its stack and dies.

What was measured: with a stack of 8 MiB, 5,000 links are survived and 10,000 kill the process.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from disputegraph.errors import LimitError

__all__ = ["MAX_CHAIN", "refuse_chains"]

MAX_CHAIN = 500
"""Terms of one context, each defined by the next."""

_CONTEXT = re.compile(r'"@context"\s*:\s*')
_START = re.compile(r"\s*")
# Letters of the name, written as escapes: then all of the document is looked at.
_ESCAPED = re.compile(rb"\\u00(?:40|63|65|6[eEfF]|74|78)")
_DEFINING = ("@id", "@reverse", "@type", "@index")


def refuse_chains(name: str, document: bytes) -> None:
    """Refuse a JSON-LD document with a context whose terms hang on one another further than the engine survives.

    Every context is looked at, wherever it stands and even if the document breaks off behind it, because the engine
    takes a context as soon as it is complete. The rest of the document is not parsed, which would take half as long as
    the engine does.

    Args:
        name: the document's name, for messages.
        document: its bytes, contexts written out.

    Raises:
        LimitError: there is such a context.
    """

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) > MAX_CHAIN and _is_deep(pairs):
            raise LimitError(
                f"{name}: its @context has a chain of more than {MAX_CHAIN} terms, each defined by the next; "
                "give their IRIs in full."
            )
        return dict(pairs)

    decoder = json.JSONDecoder(object_pairs_hook=look)
    escaped = _ESCAPED.search(document) is not None
    if b"@context" not in document and not escaped:
        return
    text = document.decode(errors="replace")
    here = (_START if escaped else _CONTEXT).search(text)
    while here:
        end = here.end()
        with suppress(ValueError, RecursionError):  # the engine's own message names the line
            end = decoder.raw_decode(text, end)[1]
        here = None if escaped else _CONTEXT.search(text, end)


def _is_deep(pairs: list[tuple[str, Any]]) -> bool:
    """Return whether a walk from term to defining term goes deeper than `MAX_CHAIN`, wherever it begins."""
    needed: dict[str, set[str]] = {term: set() for term, _ in pairs}
    for term, definition in pairs:
        needed[term].update(word for word in _words(term, definition) if word in needed and word != term)
    heights: dict[str, int] = {}
    for start, first in needed.items():
        walk = [(start, iter(first))] if start not in heights else []
        heights.setdefault(start, 0)
        while walk:
            term, left = walk[-1]
            below = next((word for word in left if word not in heights), None)
            if below is not None:
                heights[below] = 0
                walk.append((below, iter(needed[below])))
            else:
                walk.pop()
                heights[term] = 1 + max((heights[word] for word in needed[term]), default=0)
            if len(walk) > MAX_CHAIN or heights[term] > MAX_CHAIN:
                return True
    return False


def _words(term: str, definition: Any) -> list[str]:
    """Return what a definition may be looked up under: its words, and the prefixes of those."""
    words = [term]
    if isinstance(definition, str):
        words.append(definition)
    elif isinstance(definition, dict):
        words += [word for key in _DEFINING if isinstance(word := definition.get(key), str)]
    return words + [word.partition(":")[0] for word in words]
