"""Web annotations ("Web Annotation Data Model", W3C 2017), as Hypothesis and Recogito write them: in and out.

What a passage means stands in its tags, as ``field: value`` (``speaker: Ada Osei``). Of Hypothesis the answers of its
API are read as well, which have ``tags`` and ``uri`` instead of ``body`` and ``source``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from disputegraph.errors import DataError, LimitError, file_errors
from disputegraph.importers.passages.coded_passages import CodedTexts, Passage, checked_map, field_of

MOST_BYTES = 256 * 2**20
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotations_of(coded: CodedTexts, *, quotes: bool = True) -> dict[str, Any]:
    """Return passages as a page of annotations (JSON-LD), each with its place and, with `quotes`, its words.

    Args:
        coded: texts and passages; the name of a text is what the annotations are of.
        quotes: give the words of each passage (`TextQuoteSelector`), by which other programs find them again.
    """
    items = []
    for each in coded.passages:
        selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": each.start, "end": each.end}]
        if quotes:
            text = coded.texts[each.text]
            selectors.append({"type": "TextQuoteSelector", "exact": text[each.start : each.end]})
        tags = [f"{field}: {value}" for field, values in sorted(each.codes.items()) for value in values]
        items.append(
            {
                "id": f"urn:disputegraph:{each.text}:{each.start}-{each.end}:{each.id}",
                "type": "Annotation",
                "motivation": "tagging",
                "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags],
                "target": {"source": each.text, "selector": selectors},
            }
            | ({"creator": {"type": "Person", "name": each.coder}} if each.coder else {})
            | ({"dcterms:identifier": each.id} if each.id else {})
        )
    head = {"@context": [_CONTEXT, {"dcterms": "http://purl.org/dc/terms/"}], "type": "AnnotationPage"}
    return head | {"label": coded.name, "items": items}


def read_annotations(
    path: Path, texts: Mapping[str, str] | None = None, mapping: Mapping[str, str] | None = None
) -> CodedTexts:
    """Return the passages of a file of annotations: one, a list, a page, a collection, or one a line.

    A passage is known by its words (`TextQuoteSelector`), which are looked up in the text; by its place
    (`TextPositionSelector`) only where it has no words, since a place on a web page says nothing of the place in
    a text.

    Args:
        path: the file.
        texts: the texts at hand, by name; an annotation's source is one of them, with or without ``.txt``.
        mapping: from tag (``Mood`` of ``Mood: angry``) to the field it means; to an empty text, to leave it out.

    Raises:
        DataError: it cannot be read, or is not JSON.
        LimitError: it is larger than 256 MiB, or nested too deeply.
        UsageError: the mapping names a tag or a field that is not there.
    """
    with file_errors(path):
        if path.stat().st_size > MOST_BYTES:
            raise LimitError(f"{path}: above {MOST_BYTES // 2**20} MiB; split it.")
        content = path.read_bytes().decode("utf-8-sig")
    try:
        values = _values(content)
        items = [item for value in values for item in _items(value)]
    except ValueError as error:  # a number of thousands of digits is no JSONDecodeError
        raise DataError(f"is not JSON: {error}.", path=str(path)) from None
    except RecursionError:
        raise LimitError(f"{path}: nested too deeply.") from None
    odd: Counter[str] = Counter()
    for value in values:
        odd["annotations of the whole stand in no page of this file, and are left out"] += _absent(value, len(items))
    tags = {tag.partition(":")[0].strip() for item in items for tag in _tags(item)}
    known = checked_map(mapping or {}, tags, "tag")
    at_hand = dict(texts or {})
    passages = tuple(passage for item in items for passage in _passages(item, at_hand, known, odd))
    used = {name: text for name, text in at_hand.items() if any(each.text == name for each in passages)}
    return CodedTexts(path.stem, used, passages, left_out=odd)


def _values(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{"):  # noqa: PLR2004  # one a line needs two
            raise
        return [json.loads(line) for line in lines]


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _items(each)
    elif isinstance(value, dict):
        if "target" in value:
            yield value
        for name in ("items", "first", "rows", "@graph"):
            if isinstance(value.get(name), list | dict):
                yield from _items(value[name])


def _absent(value: Any, found: int) -> int:
    """Return how many annotations a file has too few by its own count, at least one where it names a further page."""
    pages = [page for page in (value, value.get("first")) if isinstance(page, dict)] if isinstance(value, dict) else []
    totals = [page["total"] for page in pages if type(page.get("total")) is int]
    return max(0, max(totals) - found) if totals else int(any(page.get("next") for page in pages))


def _tags(item: dict[str, Any]) -> Iterator[str]:
    for tag in _list(item.get("tags")):
        if isinstance(tag, str):
            yield tag
    for body in _list(item.get("body")):
        if isinstance(body, dict) and body.get("purpose") in ("tagging", "classifying", None):
            value = body.get("value", body.get("label"))
            if isinstance(value, str):
                yield value


def _passages(
    item: dict[str, Any], texts: Mapping[str, str], mapping: Mapping[str, str], odd: Counter[str]
) -> Iterator[Passage]:
    codes: dict[str, list[str]] = {}
    for tag in _tags(item):
        name, colon, value = (part.strip() for part in tag.partition(":"))
        field = mapping.get(name, field_of(name))
        if not colon or not value:
            odd["tags that are not of the form 'field: value'"] += 1
        elif field != "":
            codes.setdefault(field or name, []).append(value)
    if not codes:
        odd["annotations without a tag of that form are left out"] += 1
        return
    fixed = {name: tuple(dict.fromkeys(values)) for name, values in codes.items()}
    own = item.get("dcterms:identifier")
    named = (own if isinstance(own, str) else "", _creator(item))
    for target in _list(item.get("target")):
        source = _source(item, target)
        selectors = _list(target.get("selector")) if isinstance(target, dict) else []
        text = source if source in texts else source.removesuffix(".txt")
        quote = next((one["exact"] for one in selectors if isinstance(one, dict) and _is_text(one.get("exact"))), "")
        place = next((one for one in selectors if isinstance(one, dict) and _is_place(one)), None)
        if not source:
            odd["annotations name no source, and are left out"] += 1
        elif place and text in texts and (not quote or texts[text][place["start"] : place["end"]] == quote):
            yield Passage(text, place["start"], place["end"], fixed, *named)
        elif quote:
            yield Passage(text, 0, 0, fixed, *named, quote)
        else:
            odd["annotations have neither words nor a place in a text at hand, and are left out"] += 1


def _source(item: dict[str, Any], target: Any) -> str:
    source = target.get("source") if isinstance(target, dict) else target
    if isinstance(source, dict):
        source = source.get("id")
    found = source or item.get("uri")
    return found if isinstance(found, str) else ""


def _creator(item: dict[str, Any]) -> str:
    by = item.get("creator") or item.get("user")
    name = by.get("name") or by.get("id") if isinstance(by, dict) else by
    return name.removeprefix("acct:") if isinstance(name, str) else ""


def _is_place(selector: dict[str, Any]) -> bool:
    return all(type(selector.get(end)) is int and selector[end] >= 0 for end in ("start", "end"))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
