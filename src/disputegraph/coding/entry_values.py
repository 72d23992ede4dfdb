"""From what a coder writes into a field to terms of RDF, and back."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import Literal, NamedNode

from disputegraph.errors import UsageError, nearest
from disputegraph.model import EntryField, concepts_of, local_name, ontology_words
from disputegraph.tables import shown
from disputegraph.vocabulary import XSD

__all__ = ["term_of", "value_of"]

_YEAR = re.compile(r"\d{4}")
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def term_of(field: EntryField, value: object, language: str) -> NamedNode | Literal:
    """Return the term for one value of a field that takes neither nodes nor evidence.

    Args:
        field: the field.
        value: a text, or a date, datetime, time, number or truth value of Python.
        language: language tag of labels.

    Raises:
        UsageError: the value does not fit the field; the text says what does.
    """
    text = _text(value)
    if field.value == "label":
        if not (text := shown(text)):
            raise UsageError(f"{field.name} is empty.")
        return Literal(text, language=language)
    if field.value in ("plain", "edtf"):
        if not text.strip():
            raise UsageError(f"{field.name} is empty.")
        return Literal(text.strip())
    if choices := concepts_of(field.value):
        return _concept(field, text, choices)
    try:
        return _typed(field.value, text.strip())
    except (ValueError, InvalidOperation):
        raise UsageError(f"{field.name}: '{text}' is not {_WANTED[field.value]}.") from None


def value_of(field: EntryField, term: NamedNode | Literal) -> str:
    """Return a value as a form shows it: a text, the local name of a concept, or an IRI."""
    if isinstance(term, Literal):
        return term.value
    return local_name(term.value) if concepts_of(field.value) else term.value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _concept(field: EntryField, text: str, choices: tuple[str, ...]) -> NamedNode:
    words = {local_name(iri): iri for iri in choices}
    found = words.get(text.strip()) or _by_word(text, choices)
    if found is None:
        raise UsageError(
            f"{field.name}: '{text}' is none of its values.{nearest(text, words)} "
            f"{'Values' if len(words) < _MANY else 'Some values'}: {', '.join(list(words)[:_MANY])}."
        )
    return NamedNode(found)


_MANY = 12


def _by_word(text: str, choices: tuple[str, ...]) -> str | None:
    """Return the concept that is called so in some language, or whose local name differs only in form."""
    key = re.sub(r"[\s_-]+", "", text).casefold()
    labels = ontology_words().labels
    for iri in choices:
        names = [local_name(iri), *(labels.get((iri, language), "") for language in ("en", "de"))]
        if key in (re.sub(r"[\s_-]+", "", name).casefold() for name in names):
            return iri
    return None


def _typed(kind: str, text: str) -> NamedNode | Literal:
    if kind == "iri":
        if ":" not in text:
            raise ValueError(text)
        return NamedNode(text)
    if kind == "day":
        if _YEAR.fullmatch(text):
            return Literal(text, datatype=XSD.gYear)
        if len(text) > len("2016-02-10"):
            datetime.fromisoformat(text)
            return Literal(text, datatype=XSD.dateTime)
        return Literal(date.fromisoformat(text).isoformat(), datatype=XSD.date)
    if kind == "time":
        return Literal(time.fromisoformat(text).isoformat(), datatype=XSD.time)
    if kind == "integer":
        return Literal(str(int(text)), datatype=XSD.integer)
    if kind == "decimal":
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError(text)
        return Literal(text, datatype=XSD.decimal if "." in text else XSD.integer)
    if text.lower() in _YES + _NO:
        return Literal("true" if text.lower() in _YES else "false", datatype=XSD.boolean)
    raise ValueError(text)


_WANTED: dict[str, Any] = {
    "iri": "an address such as https://example.org/page",
    "day": "a day such as 2024-05-03, a time such as 2024-05-03T08:00:00Z, or a year",
    "time": "a time such as 19:00",
    "integer": "a whole number",
    "decimal": "a number",
    "boolean": "yes or no",
}
