"""JSON-LD contexts: ours is at hand, others are fetched only when asked for.

The engine resolves no remote context. A document that names one has the context put in its place before it is parsed
(JSON-LD 1.1, section 3.1: a context may stand inline or by reference).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from disputegraph.errors import DataError, LimitError
from disputegraph.resources import ontology_file

__all__ = ["CONTEXT_IRI", "inline_contexts"]

CONTEXT_IRI = "https://w3id.org/disputegraph/context.jsonld"
"""The address of disputegraph's own context, known without the network."""

_MAX_BYTES = 5_000_000
_MAX_CONTEXTS = 50
_MAX_DEFINED = 3_000_000  # objects and values in all contexts, as often as they stand in the document


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
        DataError: a context would have to be fetched and may not be, or cannot be; or it is none.
        LimitError: with its contexts the document would be too large.
    """
    text = stream.read()
    if b"@context" not in text:
        return io.BytesIO(text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return io.BytesIO(text)  # the engine's own message names the line
    inliner = _Inliner(name, allow_network, local or {}, document)
    changed = inliner.document(document, base)
    return io.BytesIO(json.dumps(changed).encode() if inliner.met else text)


class _Inliner:
    """Puts contexts in the place of their addresses.

    A context that belongs to a term (JSON-LD 1.1, section 4.1.8) is processed when the term is met, so it may lead
    back to the context it stands in. It is written out as deep as the document can use it, and not where the
    document never mentions the term.
    """

    def __init__(self, name: str, allow_network: bool, local: Mapping[str, Path], document: Any) -> None:
        self._name, self._allow_network, self._local = name, allow_network, local
        self._document = document
        self._read: dict[str, Any] = {}
        self._done: dict[tuple[str, int], Any] = {}
        self._sizes: dict[int, int] = {}  # of what is done, by identity: it stands in many places and is one object
        self._size = 0

    @property
    def met(self) -> bool:
        """Whether any context stood by reference."""
        return bool(self._read)

    @cached_property
    def _use(self) -> tuple[set[str], int]:
        words: set[str] = set()
        return words, _gather(self._document, words)

    def document(self, node: Any, base: str | None, literals: frozenset[str] = frozenset()) -> Any:
        """Return a part of the document; `literals` are the terms whose values are JSON and nothing else."""
        if isinstance(node, list):
            return [self.document(item, base, literals) for item in node]
        if not isinstance(node, dict):
            return node
        context = self._context(node["@context"], base) if "@context" in node else None
        literals |= _json_terms(context)
        plain = {"@context"} | literals | ({"@value"} if node.get("@type") == "@json" else set())
        changed = {key: value if key in plain else self.document(value, base, literals) for key, value in node.items()}
        if "@context" in node:
            changed["@context"] = context
            self._size += self._bounded(context, self._size)
        return changed

    def _context(self, value: Any, base: str | None, level: int = 0, within: tuple[str, ...] = ()) -> Any:
        if isinstance(value, list):
            return [self._context(item, base, level, within) for item in value]
        if isinstance(value, str):
            return self._loaded(_resolved(value, base), level, within)
        if not isinstance(value, dict):
            return value
        terms = {
            key: self._term(key, term, base, level) if isinstance(term, dict) and "@context" in term else term
            for key, term in value.items()
        }
        if not isinstance(value.get("@import"), str):
            return terms
        # JSON-LD 1.1, section 4.1.10: the imported definitions, under those that stand here.
        imported = self._loaded(_resolved(value["@import"], base), level, within)
        del terms["@import"]
        return {**imported, **terms} if isinstance(imported, dict) else value

    def _term(self, name: str, term: dict[str, Any], base: str | None, level: int) -> dict[str, Any]:
        words, depth = self._use
        # A node can bring in the context of its property and of its type.
        used = name in words and level < 2 * depth
        return {**term, "@context": self._context(term["@context"], base, level + 1) if used else {}}

    def _loaded(self, iri: str, level: int, within: tuple[str, ...]) -> Any:
        if iri in within:
            raise DataError(f"its @context <{iri}> includes itself.", path=self._name)
        if (iri, level) not in self._done:
            loaded = self._json_of(iri)
            if not isinstance(loaded, dict) or "@context" not in loaded:
                raise DataError(f"what stands at its @context <{iri}> holds no @context.", path=self._name)
            done = self._context(loaded["@context"], iri, level, (*within, iri))
            self._done[iri, level], self._sizes[id(done)] = done, self._bounded(done)
        return self._done[iri, level]

    def _bounded(self, context: Any, before: int = 0) -> int:
        size = self._size_of(context)
        if before + size > _MAX_DEFINED:
            raise LimitError(
                f"{self._name}: its contexts, written out where they are used, hold more than {_MAX_DEFINED:,} "
                "definitions; name fewer of them, or say less within terms."
            )
        return size

    def _size_of(self, node: Any) -> int:
        if id(node) in self._sizes:
            return self._sizes[id(node)]
        items = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return 1 + sum(map(self._size_of, items))

    def _json_of(self, iri: str) -> Any:
        if iri not in self._read:
            if len(self._read) >= _MAX_CONTEXTS:
                raise DataError(f"names more than {_MAX_CONTEXTS} remote contexts.", path=self._name)
            try:
                self._read[iri] = json.loads(self._text_of(iri))
            except (ValueError, RecursionError) as error:
                raise DataError(f"its @context <{iri}> is no JSON: {error}.", path=self._name) from None
        return self._read[iri]

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


def _gather(node: Any, words: set[str]) -> int:
    """Add all names and texts of a document to `words`; return how deep its objects nest."""
    if isinstance(node, str):
        words.add(node)
    elif isinstance(node, list):
        return max((_gather(item, words) for item in node), default=0)
    elif isinstance(node, dict):
        words.update(node)
        return 1 + max((_gather(item, words) for item in node.values()), default=0)
    return 0


def _json_terms(context: Any) -> frozenset[str]:
    """Return the terms that a context, its addresses resolved, declares to have JSON as their values."""
    if isinstance(context, list):
        return frozenset().union(*map(_json_terms, context))
    if not isinstance(context, dict):
        return frozenset()
    return frozenset(name for name, term in context.items() if isinstance(term, dict) and term.get("@type") == "@json")


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
