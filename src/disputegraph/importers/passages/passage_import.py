"""Import coded passages: each that has a claim and somebody who speaks is a row of a sheet of statements."""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from disputegraph.errors import DataError
from disputegraph.evidence import OffsetMap
from disputegraph.importers.minting import Minter
from disputegraph.importers.passages.coded_passages import CODED, CodedTexts, Passage
from disputegraph.importers.sheets import import_sheet
from disputegraph.importers.triples import Imported
from disputegraph.tables import Problem, ProblemsError, join_list, to_cell, write_sheet

_OWN = "coded: "
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")  # halves of surrogate pairs, which JSON can hold
_EACH = ("speaker", "on_behalf_of", "claim")  # a row has one of these


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageImport(Imported):
    """What came of coded passages.

    Attributes:
        texts: the texts, normalised, by file name, for a folder of sources.
    """

    texts: Mapping[str, str]


def import_passages(
    coded: CodedTexts, *, actors: Path | None = None, base: str | None = None, language: str = "en"
) -> PassageImport:
    """Return the graph of coded passages.

    Codes of one place, or of one identifier, belong together. A passage with a claim and without a speaker is said by
    the speaker of the smallest passage around it, if there is one. Several claims or speakers of one passage make a
    statement each. What is not a statement is counted and left out.

    Args:
        coded: texts and passages.
        actors: a sheet of actors with their kinds and aliases; see `import_sheet`.
        base: IRI under which names are minted; by default made from the name of the whole.
        language: language tag of labels and paraphrases.

    Raises:
        DataError: no passage is a statement.
        ProblemsError: a field cannot have the value of a code; the text lists all of them.
        UsageError: the base or the language is wrong.
    """
    odd: Counter[str] = Counter(coded.left_out)
    forms = {name: OffsetMap.of(text) for name, text in coded.texts.items()}
    rows = [row for each in _together(coded.passages, odd) for row in _rows(each, coded, forms, odd)]
    if not rows:
        told = "; ".join(f"{count:,} {what}" for what, count in odd.items() if count)
        raise DataError(
            "no passage has both a claim and a speaker, so there is no statement to take"
            + (f" ({told})" if told else "")
            + ". Say by --map CODE=FIELD which codes are claims, speakers and so on.",
            path=coded.name,
        )
    if not any("polarity" in row for row in rows):
        odd["statements affirm their claim, since no code says which side they take"] += len(rows)
        rows = [row | {"polarity": "affirms"} for row in rows]
    odd["statements take no side, since they have no code of polarity and others do"] += sum(
        "polarity" not in row for row in rows
    )
    rows = [{"polarity": "neutral", **row} for row in rows]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with tempfile.TemporaryDirectory(prefix="disputegraph-") as name:
        folder, sources = Path(name), Path(name) / "sources"
        sources.mkdir()
        for text, form in forms.items():
            (sources / f"{text}.txt").write_text(form.text, encoding="utf-8", newline="\n")
        write_sheet(
            folder / "statements.csv", [columns, *([row.get(column, "") for column in columns] for row in rows)]
        )
        base = base or coded.base or Minter.for_name(coded.name).base
        options: dict[str, Any] = {"actors": actors, "sources": sources, "base": base, "language": language}
        try:
            done = import_sheet(folder / "statements.csv", **options)
        except ProblemsError as error:
            raise ProblemsError([replace(each, file=coded.name, row=None) for each in error.problems]) from None
    counted = tuple(Problem(f"{count:,} {what}.", coded.name) for what, count in odd.items() if count)
    warnings = tuple(replace(each, file=coded.name, row=None) for each in done.warnings)
    texts = {f"{text}.txt": form.text for text, form in forms.items()}
    return PassageImport(
        triples=done.triples, warnings=(*counted, *warnings), base=base, counts=done.counts, texts=texts
    )


def _together(passages: Iterable[Passage], odd: Counter[str]) -> Iterator[Passage]:
    """Yield passages with all codes of their place, those without a speaker with that of the passage around them."""
    places: dict[tuple[str, int, int, str, str], list[Passage]] = defaultdict(list)
    for each in passages:
        places[each.text, each.start, each.end, each.quote, each.id].append(each)
    joined = []
    for some in places.values():
        codes: dict[str, list[str]] = defaultdict(list)
        for each in some:
            for name, values in each.codes.items():
                codes[name] += [value for value in values if value not in codes[name]]
        joined.append(replace(some[0], codes={name: tuple(values) for name, values in codes.items()}))
    speaking, claiming = _Places("speaker", joined), _Places("claim", joined)
    for each in joined:
        if "claim" not in each.codes:
            odd["passages without a claim are left out"] += "speaker" not in each.codes or not claiming.inside(each)
        elif "speaker" not in each.codes:
            smallest = speaking.around(each)
            if smallest:
                taken = {name: smallest.codes[name] for name in ("speaker", "on_behalf_of") if name in smallest.codes}
                odd["passages have their speaker from a passage around them"] += 1
                yield replace(each, codes={**each.codes, **taken})
            else:
                odd["passages with a claim and without a speaker are left out"] += 1
        else:
            yield each


class _Places:
    """Passages with a code, by their places, so that those around a place or in it are found among few."""

    def __init__(self, code: str, passages: Iterable[Passage]) -> None:
        self._by_text: dict[str, list[Passage]] = defaultdict(list)
        for each in passages:
            if code in each.codes and not each.quote:
                self._by_text[each.text].append(each)
        for some in self._by_text.values():
            some.sort(key=_start)
        self._longest = {text: max(each.end - each.start for each in some) for text, some in self._by_text.items()}

    def around(self, inner: Passage) -> Passage | None:
        """Return the smallest other passage that lies around one."""
        near = self._between(inner, inner.end - self._longest.get(inner.text, 0), inner.start)
        holding = [each for each in near if each.end >= inner.end]
        return min(holding, key=lambda each: each.end - each.start, default=None)

    def inside(self, outer: Passage) -> bool:
        """Return whether another passage lies in one."""
        return any(each.end <= outer.end for each in self._between(outer, outer.start, outer.end))

    def _between(self, other: Passage, first: int, last: int) -> list[Passage]:
        """Return the passages of a text that begin between two places, without `other`."""
        some = [] if other.quote else self._by_text.get(other.text, [])
        found = some[bisect_left(some, first, key=_start) : bisect_right(some, last, key=_start)]
        return [each for each in found if each is not other]


def _start(passage: Passage) -> int:
    return passage.start


def _rows(
    each: Passage, coded: CodedTexts, forms: Mapping[str, OffsetMap], odd: Counter[str]
) -> Iterator[dict[str, str]]:
    if each.quote:
        yield from _statements(each, coded, {"quote": each.quote}, odd)
        return
    inside = 0 <= each.start < each.end <= len(coded.texts.get(each.text, ""))
    span = forms[each.text].span(each.start, each.end) if inside else None
    if span is None or span[0] >= span[1]:
        odd["passages lie outside of their text, and are left out"] += 1
        return
    yield from _statements(each, coded, {"start": str(span[0]), "end": str(span[1])}, odd)


def _statements(
    each: Passage, coded: CodedTexts, place: Mapping[str, str], odd: Counter[str]
) -> Iterator[dict[str, str]]:
    """Yield a row for each claim and speaker of a passage."""
    shared = {
        name if name in CODED else f"{_OWN}{name}": join_list(values)
        for name, values in each.codes.items()
        if name not in _EACH
    }
    options = [each.codes.get(name, ("",)) for name in _EACH]
    many = sum(len(values) > 1 for values in options)
    odd["passages have several claims or speakers, and became a statement for each"] += many > 0
    for values in product(*options):
        row = {
            "document": f"{each.text}.txt" if each.text in coded.texts else each.text,
            # A code is one name, whatever is in it: a semicolon in a name parts no names, and "=" begins no formula.
            "speaker": join_list([values[0]]),
            "on_behalf_of": join_list([values[1]]),
            "claim": values[2],
            **shared,
            "document_date": coded.days.get(each.text, ""),
            "paraphrase": coded.explained.get(("claim", values[2]), ""),
            **place,
            "coder": each.coder,
            **({"id": each.id} if each.id and not many else {}),
        }
        if odd_cell := next((cell for cell in row.values() if _NO_TEXT.search(cell)), None):
            raise DataError(f"{odd_cell!a} holds a character that no text has; take it out.", path=coded.name)
        yield {column: to_cell(cell) for column, cell in row.items()}
