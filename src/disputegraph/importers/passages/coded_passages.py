"""Passages with their codes, between a dispute and the formats of programs that know texts, passages and codes only.

A code has the name of a field of the sheet of statements (``speaker``, ``claim`` …) and a value. What a statement has
beyond that, such formats cannot hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from dataclasses import field as made_with
from pathlib import PurePosixPath

from disputegraph.errors import UsageError, nearest
from disputegraph.evidence import Sources
from disputegraph.importers.minting import slug
from disputegraph.importers.sheets import export_sheets
from disputegraph.store import Store
from disputegraph.tables import from_cell, split_list

CODED = ("speaker", "on_behalf_of", "addressee", "via", "claim", "polarity", "certainty", "speech_act",
         "quotation_mode", "date", "evaluation", "issue")  # fmt: skip
"""The fields that codes stand for."""
_SEVERAL = ("speaker", "on_behalf_of", "addressee", "via", "issue")  # a semicolon parts names in cells of these alone
_NAMES = {  # what programs' own codes, tags and roles are likely to be called
    "speaker": "speaker", "speakers": "speaker", "actor": "speaker", "actors": "speaker", "person": "speaker",
    "persons": "speaker", "people": "speaker", "who": "speaker", "source": "speaker",
    "organization": "on_behalf_of", "organizations": "on_behalf_of", "organisation": "on_behalf_of",
    "organisations": "on_behalf_of", "claims": "claim", "concept": "claim", "concepts": "claim",
    "agreement": "polarity", "position": "polarity", "stance": "polarity", "issues": "issue",
    **{re.sub(r"[^a-z]", "", name): name for name in CODED},
}  # fmt: skip
_PLACE = ("start", "end", "sha256")
_HELD = {*CODED, *_PLACE, "document", "document_date", "document_id", "document_sha256", "document_length", "claim_id",
         "paraphrase", "coder", "id", "quote", "withdrawn"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its codes.

    Attributes:
        text: name of its text.
        start: first code point in the text.
        end: the code point behind it.
        codes: values by field; what is no field of `CODED` is a variable of the coder's own.
        quote: the words themselves, where the place is not known; then `start` and `end` are 0.
        id: the statement's identifier; passages of one statement share it. Empty where it has none.
        coder: who coded it; empty where nobody is named.
    """

    text: str
    start: int
    end: int
    codes: Mapping[str, tuple[str, ...]]
    id: str = ""
    coder: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CodedTexts:
    """Texts with their coded passages.

    Attributes:
        name: what the whole is called.
        texts: the texts by name.
        days: the day on which a text came out, by its name, where it is known.
        passages: the passages, in order of text and place.
        explained: what a code means, by field and value: the paraphrase of a claim.
        left_out: what could not be held or understood, with counts.
        base: the IRI under which the names of a dispute stand; empty where there is none.
    """

    name: str
    texts: Mapping[str, str]
    passages: tuple[Passage, ...]
    days: Mapping[str, str] = made_with(default_factory=dict)
    explained: Mapping[tuple[str, str], str] = made_with(default_factory=dict)
    left_out: Mapping[str, int] = made_with(default_factory=dict)
    base: str = ""


def passages_of(store: Store, sources: Sources, *, name: str = "dispute", base: str | None = None) -> CodedTexts:
    """Return the statements of a dispute as passages of the source texts at hand.

    Args:
        store: the dispute.
        sources: the texts.
        name: what the whole is called.
        base: IRI under which the data's names stand; by default where most utterances do.
    """
    sheet = export_sheets(store, base=base)
    header, *rows = sheet.statements
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    days: dict[str, str] = {}
    explained: dict[tuple[str, str], str] = {}
    passages = []
    lost: Counter[str] = Counter()
    for cells in rows:
        row = {column: from_cell(str(cell)) for column, cell in zip(header, cells, strict=True)}
        document = row["document"]
        if row.get("withdrawn"):
            lost["withdrawn statements"] += 1
            continue
        spans = [
            (int(start), int(end), sha256)
            for start, end, sha256 in zip(*(split_list(row.get(name, "")) for name in _PLACE), strict=False)
            if start.isdigit() and end.isdigit()
        ]
        text = sources.text_of(row.get("document_sha256") or None, names=[document], spans=spans) if spans else None
        found = [(place.start, span[1] - span[0]) for span in spans if text and (place := sources.find(text, *span))]
        if text is None or not found:
            lost["statements whose words are in no text at hand"] += 1
            continue
        lost["places of statements whose words are in no text at hand"] += len(spans) - len(found)
        if text.digest not in names:
            names[text.digest] = free_name(slug(PurePosixPath(text.name).stem) or "text", texts)
            texts[names[text.digest]] = text.text
        called = names[text.digest]
        if day := row.get("document_date"):
            days[called] = day
        if row.get("claim") and row.get("paraphrase"):
            explained["claim", row["claim"]] = row["paraphrase"]
        codes = {
            column: tuple(split_list(cell)) if column in _SEVERAL else (cell,)
            for column in CODED
            if (cell := row.get(column))
        }
        for column in row.keys() - _HELD:
            lost[f"'{column}' of statements"] += bool(row[column])
        own = (codes, row.get("id", ""), row.get("coder", ""))
        passages += [Passage(called, start, start + length, *own) for start, length in found]
    passages.sort(key=lambda each: (each.text, each.start, each.end, each.id))
    return CodedTexts(name, texts, tuple(passages), days, explained, +lost, sheet.base)


def checked_map(mapping: Mapping[str, str], names: Collection[str], what: str) -> Mapping[str, str]:
    """Return a user's mapping from names to fields; raises UsageError where one of either is not there."""
    for name, field in mapping.items():
        if name not in names:
            raise UsageError(f"--map '{name}': there is no such {what}.{nearest(name, names)}")
        if field and field not in CODED:
            told = f"a {what} can stand for {', '.join(CODED)}"
            raise UsageError(f"--map '{name}={field}': {told}.{nearest(field, CODED)}")
    return mapping


def field_of(name: str) -> str | None:
    """Return the field that a code, tag or role of that name stands for, or None where it is none of ours."""
    return _NAMES.get(re.sub(r"[^a-z]", "", name.casefold()))


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: the name itself, else with a number behind it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
