"""The codebook: the values by which statements were coded, and the claims, issue by issue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from disputegraph.model import Claim, Model, Ref, entry_fields, ontology_words
from disputegraph.site.thing_portrait import in_words

_OF_UTTERANCES = ("polarity", "certainty", "speech_act", "quotation_mode")
_OF_CLAIMS = ("action", "modality", "evaluation")
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ValueTable:
    """The values of one property.

    Attributes:
        title: what the property is called.
        definition: what it means.
        rows: of each value: what it is called, what it means, and how often it is used.
        without: how many utterances or claims have none.
        of: what has the property: utterances or claims.
    """

    title: str
    definition: str
    rows: list[tuple[str, str, int]]
    without: int
    of: str


def value_tables(model: Model) -> list[ValueTable]:
    """Return a table for each property whose values are concepts of a scheme, with those values that are used."""
    groups = (("utterances", _OF_UTTERANCES, model.said.statements), ("claims", _OF_CLAIMS, model.claim_nodes))
    words, found = ontology_words(), []
    for of, names, nodes in groups:
        for name in names:
            iri = entry_fields()[name].iri
            counted = Counter(model.facts.first(entry_fields()[name].predicate, nodes).tolist())
            without = counted.pop(-1, 0)
            text = model.facts.terms.text
            rows = [
                (
                    words.labels.get((text(code), _LANGUAGE)) or model.labels.of(code),
                    words.definitions.get((text(code), _LANGUAGE)) or model.labels.best(code, "skos:definition"),
                    count,
                )
                for code, count in counted.items()
            ]
            if rows:
                title = words.labels.get((iri, _LANGUAGE)) or in_words(name)
                meaning = words.definitions.get((iri, _LANGUAGE), "")
                rows.sort(key=lambda row: (-row[2], row[0]))
                found.append(ValueTable(title, meaning, rows, without, of))
    return found


def claims_by_issue(model: Model) -> list[tuple[Ref | None, str, list[Claim]]]:
    """Return issue, definition and claims, by the issue's label; last the claims without one.

    A claim on several issues stands under each.
    """
    found: dict[Ref | None, list[Claim]] = {}
    for claim in model.claims:
        for issue in claim.issues or (None,):
            found.setdefault(issue, []).append(claim)
    issues = sorted((issue for issue in found if issue), key=lambda ref: (ref.label.casefold(), ref.iri))
    best, code = model.labels.best, model.facts.code
    told = [(issue, best(code(issue.iri), "skos:definition"), found[issue]) for issue in issues]
    return [*told, *([(None, "", found[None])] if None in found else [])]
