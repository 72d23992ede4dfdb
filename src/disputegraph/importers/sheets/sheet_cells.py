"""What one cell says of one field of a form: from texts to terms of RDF, and back."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from disputegraph.importers.sheets.sheet_division import TEXTS
from disputegraph.importers.sheets.sheet_names import did_you_mean
from disputegraph.importers.sheets.sheet_words import meaning, terms, word_for
from disputegraph.importers.written_dates import iso_date, iso_guess
from disputegraph.model import EntryField, concepts_of, entry_fields, local_name, ontology_words
from disputegraph.tables import shown, whole
from disputegraph.vocabulary import DG, XSD

_ADDRESS = re.compile(r"(?:https?://|urn:)\S+")
_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
_DAYS = (
    (re.compile(rf"-?\d{{4,}}{_ZONE}"), XSD.gYear),
    (re.compile(rf"-?\d{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}"), XSD.gYearMonth),
    (re.compile(rf"\d{{4}}-\d\d-\d\d{_ZONE}"), XSD.date),
    (re.compile(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?{_ZONE}"), XSD.dateTime),
)
_TIME = re.compile(r"\d\d:\d\d(:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MANY = 12


def term_of_cell(field: EntryField, text: str, language: str) -> NamedNode | Literal:
    """Return the term for one value of a field that is neither a node nor evidence.

    Raises:
        ValueError: the text is no such value; the message says what is wanted.
    """
    if field.value in TEXTS:
        return Literal(text, language=language) if field.value == "label" else Literal(text)
    if field.value in ("weekday", "class") or field.scheme:
        return _concept(field, text)
    if field.value == "iri":
        try:
            return NamedNode(text)
        except ValueError:
            raise ValueError(f"'{text}' is not an address such as https://…") from None
    return _typed(field.value, text)


def coded_field(variable_type: str) -> EntryField:
    """Return the field for the value of a variable, whose type tells what its literals are."""
    value = {"integerVariable": "integer", "booleanVariable": "boolean"}.get(local_name(variable_type), "plain")
    return replace(entry_fields()["coded_value"], value=value)


def cell_text(field: EntryField, text: str, *, node: bool) -> str | None:
    """Return what a cell says of a term, by its text, so that `term_of_cell` gives it again; None where nothing can."""
    if field.value in ("weekday", "class") or field.scheme:
        if not node:
            return None
        return _word(field, local_name(text)) if text in concepts_of(field.value) else text
    if field.value == "boolean":
        return {"true": "yes", "false": "no"}.get(text)
    return text


def survives(text: str, *, listed: bool) -> bool:
    """Return whether a sheet keeps a text as it is: what nobody sees, and blanks around it, are lost."""
    if text != text.strip() or text.startswith("#") or _CONTROL.search(text) or (listed and "&" in text):
        return False
    plain = text.replace("&", " ")  # entities are read in lists only
    return bool(shown(text)) and shown(plain) == unicodedata.normalize("NFC", " ".join(plain.split()))


def absolute(text: str) -> NamedNode | None:
    """Return the node of an absolute IRI as it may stand in a cell, or None."""
    try:
        return NamedNode(text) if _ADDRESS.fullmatch(text) else None
    except ValueError:
        return None


def _typed(value: str, text: str) -> Literal:
    if value == "day":
        moment = text.replace(" ", "T")
        datatype = next((datatype for shape, datatype in _DAYS if shape.fullmatch(moment)), None)
        if datatype is None or (datatype in (XSD.date, XSD.dateTime) and iso_date(moment[:10]) is None):
            raise ValueError(f"'{text}' cannot be taken as a date. {iso_guess(text)}")
        return Literal(moment, datatype=datatype)
    if value == "time" and (match := _TIME.fullmatch(text)):
        dt.time.fromisoformat(text[:5])
        return Literal(text if match[1] else f"{text[:5]}:00{text[5:]}", datatype=XSD.time)
    if value == "decimal" and (match := _DECIMAL.fullmatch(text)):
        if not match[1]:
            return Literal(str(int(text)), datatype=XSD.integer)
        return Literal(text.rstrip("0").rstrip("."), datatype=XSD.decimal)
    if value == "integer" and (number := whole(text)) is not None:
        return Literal(number, datatype=XSD.integer)
    if value == "boolean" and (answer := meaning("negated", text)) is not None:
        return Literal("true" if answer == "yes" else "false", datatype=XSD.boolean)
    raise ValueError(f"'{text}' is not {_WANTED[value]}.")


_WANTED = {
    "time": "a time such as 19:00",
    "integer": "a whole number",
    "decimal": "a number such as 12.5",
    "boolean": "yes or no",
}


def _concept(field: EntryField, text: str) -> NamedNode:
    if node := absolute(text):
        return node
    column = _column(field)
    if column is not None:
        local = meaning(column, text)
        found, words = DG.term(local).value if local else None, list(terms(column))
    else:
        names = _names(field.value)
        found = names.get(_plain(text))
        words = [local_name(iri) for iri in concepts_of(field.value)]
    if found is None:
        few = "" if len(words) <= _MANY else " and others"
        hint = did_you_mean(text, words)
        raise ValueError(f"'{text}' is not one of: {', '.join(words[:_MANY])}{few}.{hint}")
    return NamedNode(found)


def _word(field: EntryField, local: str) -> str:
    column = _column(field)
    return word_for(column, local) if column else local


def _column(field: EntryField) -> str | None:
    """Return the column with words of its own whose terms a field has, such as ``polarity`` for reported ones too."""
    name = field.name.removeprefix("reported_")
    return name if name in _WITH_WORDS else None


_WITH_WORDS = ("polarity", "certainty", "speech_act", "quotation_mode", "modality", "evaluation")


@cache
def _names(value: str) -> dict[str, str]:
    """Return the concept for each name it has: local name, and label in any language."""
    labels: dict[str, str] = {}
    iris = concepts_of(value)
    for (iri, _), label in ontology_words().labels.items():
        if iri in iris:
            labels.setdefault(_plain(label), iri)
    return labels | {_plain(local_name(iri)): iri for iri in iris}


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word).casefold()
