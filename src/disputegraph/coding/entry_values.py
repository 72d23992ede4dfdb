"""From what a coder writes into a field to terms of RDF, and back."""

from __future__ import annotations

from datetime import date, datetime, time

from pyoxigraph import Literal, NamedNode

from disputegraph.errors import UsageError
from disputegraph.importers import term_of_cell
from disputegraph.model import EntryField, concepts_of, local_name
from disputegraph.tables import shown


def term_of(field: EntryField, value: object, language: str) -> NamedNode | Literal:
    """Return the term for one value of a field that takes neither nodes nor evidence.

    Args:
        field: the field.
        value: a text as a cell of a sheet would have it, or a date, datetime, time, number or truth value of Python.
        language: language tag of labels.

    Raises:
        UsageError: the value does not fit the field; the text says what does.
    """
    text = shown(_text(value)) if field.value == "label" else _text(value).strip()
    if not text:
        raise UsageError(f"{field.name} is empty.")
    try:
        return term_of_cell(field, text, language)
    except ValueError as error:
        raise UsageError(f"{field.name}: {error}") from None


def value_of(field: EntryField, term: NamedNode | Literal) -> str:
    """Return a value as a form shows it: a text, the local name of a concept, or an IRI."""
    if isinstance(term, Literal):
        return term.value
    return local_name(term.value) if concepts_of(field.value) else term.value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
