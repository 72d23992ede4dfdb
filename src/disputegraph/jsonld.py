"""JSON-LD contexts: ours is at hand, others are fetched only when asked for.

The engine resolves no remote context. A document that names one has the context put in its place before it is parsed
(JSON-LD 1.1, section 3.1: a context may stand inline or by reference).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from disputegraph.errors import DataError
from disputegraph.resources import ontology_file

__all__ = ["CONTEXT_IRI", "inline_contexts"]

CONTEXT_IRI = "https://w3id.org/disputegraph/context.jsonld"
"""The address of disputegraph's own context, known without the network."""

_MAX_BYTES = 5_000_000
_MAX_CONTEXTS = 50


def inline_contexts(
    name: str,
    stream: IO[bytes],
    *,
    allow_network: bool,
    base: str | None = None,
    local: Mapping[str, Path] | None = None,
) -> IO[bytes]:
    """Return the document with every context that stands by reference written out.

    Args:
        name: the document's name, for messages.
        stream: the JSON-LD document.
        allow_network: fetch contexts other than our own.
        base: what relative addresses of contexts resolve against.
        local: files of contexts that are at hand, by IRI; these win.

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
    changed = _Inliner(name, allow_network, local or {}, known).document(document, base)
    return io.BytesIO(json.dumps(changed).encode() if known else text)


class _Inliner:
    def __init__(self, name: str, allow_network: bool, local: Mapping[str, Path], known: dict[str, Any]) -> None:
        self._name, self._allow_network, self._local, self._known = name, allow_network, local, known

    def document(self, node: Any, base: str | None) -> Any:
        if isinstance(node, list):
            return [self.document(item, base) for item in node]
        if not isinstance(node, dict):
            return node
        return {
            key: self._context(value, base) if key == "@context" else self.document(value, base)
            for key, value in node.items()
        }

    def _context(self, value: Any, base: str | None) -> Any:
        if isinstance(value, list):
            return [self._context(item, base) for item in value]
        if isinstance(value, dict) and isinstance(value.get("@import"), str):
            # JSON-LD 1.1, section 4.1.10: the imported definitions, under those that stand here.
            imported = self._loaded(_resolved(value["@import"], base))
            rest = {key: term for key, term in value.items() if key != "@import"}
            return {**imported, **self.document(rest, base)} if isinstance(imported, dict) else value
        if not isinstance(value, str):
            return self.document(value, base)
        return self._loaded(_resolved(value, base))

    def _loaded(self, iri: str) -> Any:
        if iri not in self._known:
            if len(self._known) >= _MAX_CONTEXTS:
                raise DataError(f"names more than {_MAX_CONTEXTS} remote contexts.", path=self._name)
            self._known[iri] = None  # a context that leads back to itself stops here
            try:
                loaded = json.loads(self._text_of(iri))
            except (ValueError, RecursionError) as error:
                raise DataError(f"its @context <{iri}> is no JSON: {error}.", path=self._name) from None
            inner = loaded.get("@context", {}) if isinstance(loaded, dict) else {}
            self._known[iri] = self._context(inner, iri)
        return self._known[iri]

    def _text_of(self, iri: str) -> bytes:
        if iri in self._local:
            try:
                return self._local[iri].read_bytes()
            except OSError as error:
                raise DataError(f"cannot be read: {error.strerror}.", path=str(self._local[iri])) from None
        if iri == CONTEXT_IRI:
            return ontology_file("context").read_bytes()
        if not self._allow_network:
            raise DataError(
                f"its @context stands at <{iri}>, and nothing is fetched from the network. Save the context and name "
                f"it with --context-file {iri}=FILE, or allow the network with --allow-network.",
                path=self._name,
            )
        return _fetched(iri, self._name)


def _resolved(iri: str, base: str | None) -> str:
    from urllib.parse import urljoin

    return urljoin(base, iri) if base else iri


def _fetched(iri: str, name: str) -> bytes:
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
