"""Which rows of a sheet are one utterance: rows of one id, and rows that repeat another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from disputegraph.importers.sheets.sheet_statements import Statement
from disputegraph.importers.sheets.sheet_utterances import Emitter
from disputegraph.tables import Problems


def distinct_rows(
    statements: list[Statement], emitter: Emitter, problems: Problems, file: str
) -> Iterator[tuple[str, list[Statement]]]:
    """Yield the IRI of each statement with its rows, the one that tells of it first.

    Rows that repeat another give one utterance and a warning.

    An utterance is known by its document, place, date, voices, claim and polarity. Only where rows agree in all of
    these and differ in the rest (certainty, say) does the rest count too, so that editing a row keeps its IRI. Rows of
    one id are one utterance that stands in several places.
    """
    statements = _identified(statements, emitter)
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[emitter.identity(statement)].append(statement)
    for identity, all_rows in groups.items():
        group = _gathered(all_rows, problems, file) if all_rows[0].identifier else all_rows
        variants: dict[str, list[Statement]] = {}
        for statement in group:
            rest = emitter.rest(statement) if len(group) > 1 else ""
            if rest in variants:
                problems.warn(
                    f"repeats row {variants[rest][0].row} in every column, and gives no second utterance. Tell them "
                    "apart by quote, or start and end.",
                    file,
                    statement.row,
                )
            else:
                variants[rest] = []
            variants[rest].append(statement)
        for rest, said in variants.items():
            yield emitter.mint(said[0], identity, rest if len(variants) > 1 else ""), said


def _identified(statements: list[Statement], emitter: Emitter) -> list[Statement]:
    """Give rows without an id that of a row which says the same, and return these behind those that have their own."""
    own = [said for said in statements if said.identifier]
    known = {(emitter.content(said), emitter.rest(said)): said.identifier for said in own}
    others = [said for said in statements if not said.identifier]
    for said in others if known else ():
        said.identifier = known.get((emitter.content(said), emitter.rest(said)), "")
    return own + others


def _gathered(rows: list[Statement], problems: Problems, file: str) -> list[Statement]:
    """Return the first of the rows of one id with the places of all; what differs otherwise is a problem."""
    first = rows[0]
    places = {(first.document.iri, tuple(first.spans), first.quote)}
    for row in rows[1:]:
        if differing := first.differing(row):
            problems.error(
                f"'{row.identifier}' is the id of row {first.row} too, which says something else: "
                f"{', '.join(differing)}. Rows of one id are one statement that stands in several places.",
                file,
                row.row,
                "id",
            )
        elif (place := (row.document.iri, tuple(row.spans), row.quote)) in places:
            problems.warn(f"repeats row {first.row}, and adds nothing.", file, row.row)
        else:
            places.add(place)
            first.elsewhere.append((row.document, row.spans))
    return [first]
