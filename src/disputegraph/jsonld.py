"""JSON-LD contexts: ours is at hand, others are fetched only when asked for.

The engine resolves no remote context. A document that names one has the context put in its place before it is parsed
(JSON-LD 1.1, section 3.1: a context may stand inline or by reference).
"""

from __future__ import annotations

import io
import json
from typing import IO, Any

from disputegraph.errors import DataError
from disputegraph.resources import ontology_file

__all__ = ["CONTEXT_IRI", "inline_contexts"]

CONTEXT_IRI = "https://w3id.org/disputegraph/context.jsonld"
"""The address of disputegraph's own context, known without the network."""

_MAX_BYTES = 5_000_000
_MAX_CONTEXTS = 50


def inline_contexts(name: str, stream: IO[bytes], *, allow_network: bool) -> IO[bytes]:
    """Return the document with every context that stands by reference written out.

    Args:
        name: the document's name, for messages.
        stream: the JSON-LD document.
        allow_network: fetch contexts other than our own.

    Raises:
        DataError: a context would have to be fetched and may not be, or cannot be.
    """
    text = stream.read()
    if b"@context" not in text:
        return io.BytesIO(text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return io.BytesIO(text)  # the engine's own message names the line
    known: dict[str, Any] = {}
    changed = _inline(document, name, known, allow_network)
    return io.BytesIO(json.dumps(changed).encode() if known else text)


def _inline(node: Any, name: str, known: dict[str, Any], allow_network: bool) -> Any:
    if isinstance(node, list):
        return [_inline(item, name, known, allow_network) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _context(value, name, known, allow_network)
        if key == "@context"
        else _inline(value, name, known, allow_network)
        for key, value in node.items()
    }


def _context(value: Any, name: str, known: dict[str, Any], allow_network: bool) -> Any:
    if isinstance(value, list):
        return [_context(item, name, known, allow_network) for item in value]
    if not isinstance(value, str):
        return _inline(value, name, known, allow_network)
    if value not in known:
        if len(known) >= _MAX_CONTEXTS:
            raise DataError(f"names more than {_MAX_CONTEXTS} remote contexts.", path=name)
        known[value] = None  # a context that leads back to itself stops here
        loaded = json.loads(_text_of(value, name, allow_network))
        inner = loaded.get("@context", {}) if isinstance(loaded, dict) else {}
        known[value] = _context(inner, name, known, allow_network)
    return known[value]


def _text_of(iri: str, name: str, allow_network: bool) -> bytes:
    if iri == CONTEXT_IRI:
        return ontology_file("context").read_bytes()
    if not allow_network:
        raise DataError(
            f"its @context stands at <{iri}>, and nothing is fetched from the network. Write the context into the "
            "file, or allow the network with --allow-network.",
            path=name,
        )
    if not iri.startswith(("http://", "https://")):
        raise DataError(f"its @context <{iri}> has no http address.", path=name)
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    request = Request(iri, headers={"Accept": "application/ld+json, application/json;q=0.9"})  # noqa: S310  # http only, above
    try:
        with urlopen(request, timeout=20) as answer:  # noqa: S310  # http only, above
            text: bytes = answer.read(_MAX_BYTES + 1)
    except (URLError, OSError) as error:
        raise DataError(f"its @context <{iri}> could not be fetched: {error}.", path=name) from None
    if len(text) > _MAX_BYTES:
        raise DataError(f"its @context <{iri}> is larger than {_MAX_BYTES:,} bytes.", path=name)
    return text
