"""JSON-LD contexts that stand by reference: ours and those at hand are put in their place, others need the network.

The engine resolves no reference. A document that names a context has it put in its place before it is parsed (JSON-LD
1.1, section 3.1: a context may stand inline or by reference). Where contexts may be fetched, rdflib does that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from disputegraph.errors import DataError, LimitError, file_errors
from disputegraph.resources import ontology_file

CONTEXT_IRI = "https://w3id.org/disputegraph/context.jsonld"
"""The address of disputegraph's own context, known without the network."""

MAX_TERMS = 50_000
"""Terms of one context. Where each is defined by the next, the engine follows them on its stack."""

MAX_DEFINITIONS = 3_000_000
"""Objects and values in all contexts, as often as they stand in the document once they are written out."""

_STACK_PER_TERM = 4 << 10  # bytes; a stack of 8 MiB takes 5,000 links from term to term, and not 10,000
# The word may be written with escapes, and then counts as well.
_CONTEXT = re.compile(rb'"(?:@|\\u0040)(?:c|\\u00)')


class Resolved(NamedTuple):
    """A document of which every context is at hand.

    Attributes:
        text: the document.
        is_jsonld: otherwise rdflib has read it, and it is N-Quads.
        stack: bytes of stack that the engine may need to read it.
    """

    text: bytes
    is_jsonld: bool
    stack: int


def resolve_contexts(
    name: str,
    text: bytes,
    *,
    allow_network: bool,
    base: str | None = None,
    local: Mapping[str, Path] | None = None,
) -> Resolved:
    """Return the document with every context that stands by reference written out.

    Args:
        name: the document's name, for messages.
        text: the JSON-LD document.
        allow_network: let rdflib read a document that names contexts which are not at hand.
        base: what relative addresses of contexts resolve against.
        local: files of contexts that are at hand, by IRI; these win.

    Raises:
        DataError: it is not JSON; a context is not at hand and may not be fetched or cannot be, or it is not a context.
        LimitError: a context has too many terms, or the contexts together are too large.
    """
    if not _CONTEXT.search(text):
        return Resolved(text, is_jsonld=True, stack=0)
    try:
        document = json.loads(text, object_pairs_hook=_once(name))
    except UnicodeDecodeError:
        raise DataError("this is not UTF-8 text. Save the file as UTF-8.", path=name) from None
    except json.JSONDecodeError as error:
        raise DataError(f"is not JSON: {error.msg}.", path=name, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"is not JSON: {error}.", path=name) from None
    resolver = _Resolver(name, local or {}, fetch=allow_network)
    changed = resolver.document(document, base)
    if resolver.changed:
        text = json.dumps(changed).encode()
    if resolver.remote:
        return Resolved(_read_by_rdflib(name, text, base), is_jsonld=False, stack=0)
    return Resolved(text, is_jsonld=True, stack=resolver.most_terms * _STACK_PER_TERM)


class _Resolver:
    """Puts contexts in the place of their addresses."""

    def __init__(self, name: str, local: Mapping[str, Path], *, fetch: bool) -> None:
        self.changed = self.remote = False
        self.most_terms = 0
        self._name, self._local, self._fetch = name, local, fetch
        self._definitions = 0
        self._known: dict[str, Any] = {}

    def document(self, node: Any, base: str | None, literals: frozenset[str] = frozenset()) -> Any:
        """Return a part of the document; `literals` are the terms whose values are JSON and nothing else."""
        if isinstance(node, list):
            return [self.document(item, base, literals) for item in node]
        if not isinstance(node, dict):
            return node
        changed = {}
        if "@context" in node:
            changed["@context"] = self._context(node["@context"], base)
            literals |= _json_terms(changed["@context"])
        plain = literals | {"@context"} | ({"@value"} if node.get("@type") == "@json" else set())
        for key, value in node.items():
            if key not in plain:
                changed[key] = self.document(value, base, literals)
            elif key != "@context":
                changed[key] = value
        return changed

    def _context(self, value: Any, base: str | None, within: tuple[str, ...] = ()) -> Any:
        self._definitions += len(value) if isinstance(value, list | dict) else 1
        if self._definitions > MAX_DEFINITIONS:
            raise LimitError(
                f"{self._name}: its contexts, written out where they are used, hold more than {MAX_DEFINITIONS:,} "
                "definitions; name fewer of them."
            )
        if isinstance(value, list):
            return [self._context(item, base, within) for item in value]
        if isinstance(value, str):
            return self._at_hand(value, base, within)
        if not isinstance(value, dict):
            return value
        if len(value) > MAX_TERMS:
            raise LimitError(
                f"{self._name}: its @context has more than {MAX_TERMS:,} terms; leave out what is not used."
            )
        self.most_terms = max(self.most_terms, len(value))
        terms = {key: self._term(term, base, within) for key, term in value.items()}
        if not isinstance(value.get("@import"), str):
            return terms
        # JSON-LD 1.1, section 4.1.10: the imported definitions, under those that stand here.
        imported = self._at_hand(value["@import"], base, within)
        del terms["@import"]
        return {**imported, **terms} if isinstance(imported, dict) else value

    def _term(self, term: Any, base: str | None, within: tuple[str, ...]) -> Any:
        if not isinstance(term, dict):
            return term
        self._definitions += len(term)
        return {**term, "@context": self._context(term["@context"], base, within)} if "@context" in term else term

    def _at_hand(self, address: str, base: str | None, within: tuple[str, ...]) -> Any:
        iri = urljoin(base, address) if base else address
        if iri in within:
            raise DataError(f"its @context <{iri}> includes itself.", path=self._name)
        if iri not in self._local and iri != CONTEXT_IRI:
            return self._left(iri)
        self.changed = True
        if iri not in self._known:
            self._known[iri] = self._read(iri)
        return self._context(self._known[iri], iri, (*within, iri))

    def _left(self, iri: str) -> str:
        if not self._fetch:
            raise DataError(
                f"its @context stands at <{iri}>, and nothing is fetched from the network. Save the context and name "
                f"it with --context-file {iri}=FILE, or allow the network with --allow-network.",
                path=self._name,
            )
        if not iri.startswith(("http://", "https://")):
            raise DataError(f"its @context <{iri}> has no http address.", path=self._name)
        self.remote = True
        return iri

    def _read(self, iri: str) -> Any:
        path = self._local[iri] if iri in self._local else ontology_file("context")
        with file_errors(path):
            text = path.read_bytes()
        try:
            loaded = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DataError(f"its @context <{iri}> is not JSON: {error}.", path=self._name) from None
        if not isinstance(loaded, dict) or "@context" not in loaded:
            raise DataError(f"the file for its @context <{iri}> holds no @context.", path=self._name)
        return loaded["@context"]


def _once(name: str) -> Any:
    """Return a hook for objects that refuses a second context, since the engine might use the one that was not seen."""

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs) and sum(key == "@context" for key, _ in pairs) > 1:
            raise DataError("an object has two @context; join them in a list.", path=name)
        return made

    return made


def _json_terms(context: Any) -> frozenset[str]:
    """Return the terms that a context, its addresses resolved, declares to have JSON as their values."""
    if isinstance(context, list):
        return frozenset().union(*map(_json_terms, context))
    if not isinstance(context, dict):
        return frozenset()
    return frozenset(name for name, term in context.items() if isinstance(term, dict) and term.get("@type") == "@json")


def _read_by_rdflib(name: str, text: bytes, base: str | None) -> bytes:
    from rdflib import Dataset

    dataset = Dataset()
    try:
        dataset.parse(data=text, format="json-ld", publicID=base)
        return dataset.serialize(format="nquads", encoding="utf-8")
    except Exception as error:  # noqa: BLE001  # rdflib and urllib raise errors of many classes
        raise DataError(f"could not be read with the contexts that it names: {error}.", path=name) from None
