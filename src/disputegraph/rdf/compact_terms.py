"""The shortest names that disputegraph's JSON-LD context, and prefixes beside it, have for IRIs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from disputegraph.resources import ontology_file

_DELIMITERS = tuple("#/:")  # of those that a prefix of JSON-LD 1.1 may end with, what namespaces end with


class PrefixMeansScheme(Exception):  # noqa: N818  # it is caught at once, and no error
    """An IRI begins with a prefix, as `<dg:speaker>` does, so that the prefix cannot be used in its document."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(prefix)


class _Context(NamedTuple):
    """What of a context serves to write.

    Attributes:
        prefixes: namespaces by prefix.
        keywords: names of keywords, such as `id` for `@id`.
        names: IRIs by term.
        coercions: `@id`, `@vocab`, `@language`, the IRI of a datatype, or nothing, by term.
    """

    prefixes: Mapping[str, str]
    keywords: Mapping[str, str]
    names: Mapping[str, str]
    coercions: Mapping[str, str]


class CompactTerms:
    """Names for IRIs, and a note of those that were used."""

    def __init__(self, prefixes: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> None:
        """Take the context's names and prefixes that win over its own, but for those prefixes in `without`."""
        own = _own_context()
        self._given, self._without = prefixes, without
        self._keywords = own.keywords
        usable = {
            name: iri
            for name, iri in {**own.prefixes, **prefixes}.items()
            if name and iri.endswith(_DELIMITERS) and name not in {*own.names, *own.keywords.values(), *without}
        }
        self._prefixes = {name: iri for name, iri in usable.items() if _scheme(iri) not in usable}
        self._names = {term: iri for term, iri in own.names.items() if self._is_sound(term, iri)}
        self._coercions = own.coercions
        self._namespaces = {iri: name for name, iri in reversed(self._prefixes.items())}
        self._terms = {(iri, self._coercions[term]): term for term, iri in reversed(self._names.items())}
        self._any_term = {iri: term for term, iri in reversed(self._names.items())}
        self._used: set[str] = set()
        self._known: dict[str, str] = {}

    def _is_sound(self, term: str, iri: str) -> bool:
        """Return whether a term means its IRI; one with a colon has to mean it as a prefixed name too."""
        prefix, colon, local = term.partition(":")
        return not colon or self._prefixes.get(prefix, "") + local == iri

    def but_for(self, prefix: str) -> Self:
        """Return the same names without a prefix."""
        return type(self)(self._given, without=self._without | {prefix})

    def keyword(self, keyword: str) -> str:
        """Return the name of a keyword."""
        name = self._keywords.get(keyword, keyword)
        self._used.add(name)
        return name

    def term_for(self, prop: str, coercion: str) -> str | None:
        """Return the term of a property whose values are of a type, or None."""
        term = self._terms.get((prop, coercion))
        if term is not None:
            self._used.add(term)
        return term

    def plain_term(self, prop: str) -> str:
        """Return the name of a property that says nothing of its values."""
        if term := self.term_for(prop, ""):
            return term
        name = self.reference(prop)
        return prop if name in self._names else name

    def vocabulary_reference(self, name: str) -> str:
        """Return how a class, a datatype or a value that is a term is referred to; `name` as in `reference`."""
        if (term := self._any_term.get(name)) is not None:
            self._used.add(term)
            return term
        return self.reference(name)

    def reference(self, name: str) -> str:
        """Return how a node, by its IRI or its label with `_:` before it, is referred to.

        Raises:
            PrefixMeansScheme: the IRI would be read as a prefixed name.
        """
        if (known := self._known.get(name)) is None:
            known = self._known[name] = self._shortened(name)
        return known

    def _shortened(self, name: str) -> str:
        if name.startswith("_:"):
            return name
        cut = max(map(name.rfind, _DELIMITERS)) + 1
        prefix = self._namespaces.get(name[:cut])
        if prefix is not None and cut < len(name):
            self._used.add(prefix)
            return f"{prefix}:{name[cut:]}"
        if (scheme := _scheme(name)) in self._prefixes:
            raise PrefixMeansScheme(scheme)
        return name

    def context(self) -> dict[str, Any]:
        """Return the context of all that was used."""
        terms = {term: self._definition(term) for term in self._names if term in self._used}
        head = {name: word for word, name in self._keywords.items() if name in self._used}
        prefixes = {name: iri for name, iri in self._prefixes.items() if name in self._used}
        return {"@version": 1.1, **head, **dict(sorted(prefixes.items())), **terms}

    def _definition(self, term: str) -> str | dict[str, str]:
        iri, coercion = self.reference(self._names[term]), self._coercions[term]
        if not coercion:
            # A term of its own name would be defined by itself.
            return self._names[term] if iri == term else iri
        if coercion == "@language":
            return {"@id": iri, "@container": coercion}
        return {"@id": iri, "@type": coercion if coercion.startswith("@") else self.reference(coercion)}


def _scheme(iri: str) -> str:
    """Return the scheme of an IRI that may be taken for a prefix: behind a prefix no `//` can stand."""
    scheme, _, rest = iri.partition(":")
    return "" if rest.startswith("//") else scheme


@cache
def _own_context() -> _Context:
    """Return what of our context serves to write; terms with more than an IRI and a coercion do not."""
    given = json.loads(ontology_file("context").read_text(encoding="utf-8"))["@context"]
    simple = {name: value for name, value in given.items() if isinstance(value, str) and not name.startswith("@")}
    prefixes = {name: value for name, value in simple.items() if value.endswith(_DELIMITERS)}
    keywords = {value: name for name, value in simple.items() if value.startswith("@")}

    def full(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return prefixes[prefix] + local if colon and prefix in prefixes else name

    names, coercions = {}, {}
    for name, value in given.items():
        definition = {"@id": value} if name in simple else value
        if name in prefixes or name in keywords.values() or name.startswith("@"):
            continue
        kind, container = definition.get("@type", ""), definition.get("@container", "")
        if definition.keys() <= {"@id", "@type", "@container"} and container in ("", "@language"):
            names[name], coercions[name] = full(definition["@id"]), container or full(kind)
    return _Context(*map(MappingProxyType, (prefixes, keywords, names, coercions)))
