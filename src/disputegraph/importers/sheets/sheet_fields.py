"""The columns of the two sheets: one table from which reading, writing and the manual are made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disputegraph.errors import UsageError, nearest
from disputegraph.tables import Problems

CODED = "coded: "
"""What an exported column begins with whose name would else be taken for a field's."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column that the importer understands.

    Attributes:
        name: the column's name.
        meaning: what to write in it.
        example: a cell as an example.
        required: whether the column must be there and filled.
        basic: whether a new sheet has it.
        also: other headers that are understood.
    """

    name: str
    meaning: str
    example: str = ""
    required: bool = False
    basic: bool = True
    also: tuple[str, ...] = ()


STATEMENT_FIELDS = (
    Field(
        "document",
        "The document that has it: the name of its file in `sources/`, with or without suffix, or any name.",
        "harbour-gazette-2024-05-03",
        required=True,
        also=("source", "article", "doc"),
    ),
    Field(
        "date",
        "The day it was said, as YYYY-MM-DD; roughly, as `2024-05`, `about 2024-05-02` or `2024-05-01/2024-05-04`; "
        "empty if the document does not tell.",
        "2024-05-02",
        also=("said_on",),
    ),
    Field(
        "document_date",
        "The day the document came out; once for each document is enough.",
        "2024-05-03",
        also=("issued",),
    ),
    Field("speaker", "Who said it.", "Ada Osei", required=True, also=("person", "actor", "who")),
    Field(
        "on_behalf_of",
        "For whom the speaker spoke, if for somebody.",
        "Harbour Workers' Union",
        also=("organization", "organisation", "behalf"),
    ),
    Field("addressee", "To whom it was said; several are separated by semicolons.", ""),
    Field(
        "via",
        "Hearsay: who passed it on. Several, separated by semicolons, make a chain: first who heard it, last who told "
        "the document.",
        "Radio Nord",
    ),
    Field(
        "claim",
        "A short name of the claim, the same in each row that is about it; word it so that the opponent could deny it.",
        "Port authority hid the safety report",
        required=True,
        also=("concept", "statement"),
    ),
    Field(
        "paraphrase",
        "The claim as a sentence in your own words; once is enough.",
        "The authority knew of the defects and kept the report to itself.",
    ),
    Field(
        "polarity",
        "Which side the utterance takes on the claim: affirms, denies or neutral; where it is neutral, better "
        "how: asks, "
        "passes, abstains, reportsOnly, deniesInPart.",
        "affirms",
        required=True,
        also=("agreement",),
    ),
    Field("certainty", "How sure the speaker sounds: certain, probable, possible or underspecified.", "certain"),
    Field(
        "speech_act",
        "What is done by saying it: asserting, accusing, crediting, demanding, asking, promising, threatening or "
        "evaluating.",
        "accusing",
        also=("act",),
    ),
    Field(
        "subject",
        "What, according to the claim, does or is something, where that is not an actor: a contract, a place, an "
        "event.",
        "",
    ),
    Field("agent", "Who, according to the claim, did it; several are separated by semicolons.", "Port authority"),
    Field(
        "action", "What, according to the claim, was done: a kind of act of `disputegraph ontology actions`.", "conceal"
    ),
    Field(
        "target", "To what or whom, according to the claim; an actor, or a thing listed in actors.csv.", "safety report"
    ),
    Field(
        "modality",
        "Whether the claim says that it is so (does), was so (did), will be so (will), ought to be so (ought) or "
        "can be "
        "so (can).",
        "did",
    ),
    Field(
        "evaluation",
        "Which way the claim judges, if it does: positive, negative or mixed. It gives statements that evaluate their "
        "tone.",
        "negative",
    ),
    Field("negated", "yes, where the claim itself says that something is not so.", "", basic=False),
    Field("issue", "Matters the claim bears on; several are separated by semicolons.", "dock safety", also=("issues",)),
    Field(
        "contradicts",
        "Names of claims that cannot be true together with this one.",
        "Port authority published everything",
    ),
    Field(
        "quote",
        "The words of the document, copied. They are looked up in `sources/` and replaced by their place; the words "
        "themselves stay out of the graph.",
        "They knew, and they kept quiet.",
        also=("quotation", "text", "excerpt"),
    ),
    Field(
        "start",
        "Instead of a quote: its first character in the text, counted from 0. Two places of one utterance: `10; 250`.",
        "",
    ),
    Field("end", "The character behind it.", "", also=("stop",)),
    Field("quotation_mode", "Whether the document gives the words direct, indirect or mixed.", "direct", basic=False),
    Field("cue", "The attributing verb, such as said or claimed.", "said", basic=False),
    Field("intensity", "How strongly, as a whole number on your own scale, such as -2 to 2.", "2", basic=False),
    Field("coder", "Who coded the row.", "MK", basic=False, also=("coded_by",)),
    Field("document_title", "The document's title.", "Union blames port authority", basic=False, also=("title",)),
    Field(
        "sha256", "The digest of the place; written by exports, so that places keep without the text.", "", basic=False
    ),
    Field("document_sha256", "The digest of the document's text; written by exports.", "", basic=False),
    Field("document_length", "The length of the document's text in code points; written by exports.", "", basic=False),
    Field(
        "document_id", "The document's IRI or its last part, if it is not to be made from its name.", "", basic=False
    ),
    Field("claim_id", "The claim's IRI or its last part, if it is not to be made from its name.", "", basic=False),
    Field(
        "withdrawn",
        "Where it no longer stands: the day, why, and by which statement (`by` and its id), as far as is known, with "
        "semicolons between. The row stays on record and counts nowhere.",
        "2024-05-10; the paper corrected the quotation",
    ),
    Field(
        "id",
        "What the row is known by, whatever is corrected in it. Leave it empty: the import writes it. Clear it in a "
        "row that you copied.",
        "",
    ),
)

ACTOR_FIELDS = (
    Field("name", "The name to show.", "Harbour Workers' Union", required=True, also=("label", "actor")),
    Field(
        "kind",
        "person, organization, hospital trust, news organization, collective, unnamed source or actor (not known); "
        "document, where a text says something itself (a contract that a reporter has seen); "
        "for things that claims are about: hospital, issue, arrangement (or proposal, agreement), planned action; "
        "or elsewhere, for what another file "
        "such as dispute.ttl describes (then give its id).",
        "organization",
        also=("type", "class"),
    ),
    Field(
        "aliases",
        "Other names, separated by semicolons; the statements may use any of them.",
        "HWU; the union",
        also=("alias",),
    ),
    Field(
        "same_as",
        "Addresses of pages about the same actor, such as Wikidata or Wikipedia.",
        "https://www.wikidata.org/entity/Q1",
        also=("url", "sameas"),
    ),
    Field("member_of", "Organisations it belongs to, or collectives.", ""),
    Field("represents", "Whom the organisation speaks or bargains for.", "dockers"),
    Field("close_to", "Whom an unnamed source is said to be near.", ""),
    Field(
        "documented_in",
        "For arrangements and planned actions: the document that attests it. Without one, it is taken to be known "
        "only through "
        "the claims that name it.",
        "",
        also=("document",),
    ),
    Field("description", "How the document describes an unnamed source; for others, a note.", ""),
    Field("id", "The actor's IRI or its last part, if it is not to be made from its name.", "", basic=False),
)


def header_key(header: str) -> str:
    """Return what spellings of one column name share: ``On behalf of`` and ``on_behalf_of``."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header.strip())
    return re.sub(r"[\W_]+", "_", spaced.casefold()).strip("_")


def arrange(
    header: Sequence[str],
    fields: Sequence[Field],
    mapping: Mapping[str, str],
    name: str,
    problems: Problems,
    *,
    required: bool = True,
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the place of each field in a sheet, and the place of each column that is not a field.

    Args:
        header: the sheet's column names.
        fields: the fields that are understood.
        mapping: from column to field, as the user gave it; a column mapped to nothing is left out.
        name: the sheet, for messages.
        problems: where missing and doubly given columns go.
        required: whether the columns that must be filled must be there.

    Raises:
        UsageError: the mapping names a column or a field that there is not.
    """
    by_key = {header_key(key): field.name for field in fields for key in (*field.also, field.name)}
    wanted = _checked_mapping(mapping, header, fields)
    places: dict[str, int] = {}
    others: dict[str, int] = {}
    exact = {header_key(column) for column in header}
    for place, column in enumerate(header):
        key = header_key(column)
        if place in wanted:
            field = wanted[place]
        elif column.startswith(CODED) or not key:
            field = None
        else:
            field = by_key.get(key)
            # A field's own name beats other headers that are understood for it, such as `source` beside `document`.
            if field is not None and (field in wanted.values() or (field != key and field in exact)):
                field = None
        if field is None:
            if column:
                others[column.removeprefix(CODED)] = place
        elif field in places:
            problems.error(f"is a second column for '{field}', beside '{header[places[field]]}'.", name, 1, column)
        elif field:
            places[field] = place
    for field_ in fields:
        if required and field_.required and field_.name not in places:
            near = nearest(field_.name, list(others))
            problems.error(
                f"there is no column '{field_.name}'.{near} Name one with --map COLUMN={field_.name}.", name, 1
            )
    return places, others


def _checked_mapping(mapping: Mapping[str, str], header: Sequence[str], fields: Sequence[Field]) -> dict[int, str]:
    """Return the field for each mapped column by place; an empty field leaves the column out."""
    names = {field.name for field in fields}
    by_key = {header_key(column): place for place, column in enumerate(header)}
    wanted = {}
    for column, field in mapping.items():
        place = header.index(column) if column in header else by_key.get(header_key(column))
        if place is None:
            raise UsageError(
                f"--map {column}={field}: the sheet has no column '{column}'.{nearest(column, header)} "
                f"It has: {', '.join(header)}."
            )
        if field and header_key(field) not in names:
            raise UsageError(
                f"--map {column}={field}: there is no field '{field}'.{nearest(field, names)} "
                f"Fields: {', '.join(field.name for field in fields)}."
            )
        wanted[place] = header_key(field)
    return wanted
