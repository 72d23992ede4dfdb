"""Write REFI-QDA projects (.qdpx), which NVivo, MAXQDA, ATLAS.ti and QualCoder read; see `qda_reading`."""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterable
from typing import IO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from disputegraph.importers.passages.coded_passages import CodedTexts, Passage
from disputegraph.importers.passages.qda_reading import NAMESPACE

_MADE = "2000-01-01T00:00:00Z"  # the same bytes for the same data
_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 80


def write_qda(coded: CodedTexts, output: IO[bytes], *, origin: str) -> None:
    """Write texts and coded passages as a project; the same bytes for the same data.

    Each field is a code under which its values stand. The identifier of a statement is the description of its passage.

    Args:
        coded: texts and passages.
        output: a binary stream.
        origin: the program that writes, with its version.
    """
    root = Element("Project", {"xmlns": NAMESPACE, "name": coded.name, "origin": origin, "creationDateTime": _MADE})
    if coders := sorted({each.coder for each in coded.passages if each.coder}):
        users = SubElement(root, "Users")
        for name in coders:
            SubElement(users, "User", guid=_guid("user", name), name=name)
    _add_codes(SubElement(SubElement(root, "CodeBook"), "Codes"), coded)
    if coded.days:
        SubElement(SubElement(root, "Variables"), "Variable", guid=_guid("date"), name="date", typeOfVariable="Date")
    sources = SubElement(root, "Sources")
    for name in sorted(coded.texts):
        guid = _guid("text", name)
        source = SubElement(sources, "TextSource", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt")
        for number, each in enumerate(each for each in coded.passages if each.text == name):
            _add_passage(source, each, number, coded.texts[name])
        if day := coded.days.get(name):
            held = SubElement(source, "VariableValue")
            SubElement(held, "VariableRef", targetGUID=_guid("date"))
            SubElement(held, "DateValue").text = day[:10]
    indent(root)
    project = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    texts = ((f"sources/{_guid('text', name)}.txt", text.encode()) for name, text in sorted(coded.texts.items()))
    _archive(output, [("project.qde", project), *texts])


def _add_codes(codes: Element, coded: CodedTexts) -> None:
    values: dict[str, set[str]] = {}
    for each in coded.passages:
        for field, some in each.codes.items():
            values.setdefault(field, set()).update(some)
    for field in sorted(values):
        heading = SubElement(codes, "Code", guid=_guid("field", field), name=field, isCodable="false")
        for value in sorted(values[field]):
            code = SubElement(heading, "Code", guid=_guid("code", field, value), name=_xml(value), isCodable="true")
            if text := coded.explained.get((field, value)):
                SubElement(code, "Description").text = _xml(text)


def _add_passage(source: Element, each: Passage, number: int, text: str) -> None:
    own = (each.text, str(number))
    by = {"creatingUser": _guid("user", each.coder)} if each.coder else {}
    words = " ".join(text[each.start : each.end].split())[:_LONGEST_NAME]
    told = {"guid": _guid("passage", *own), "name": _xml(words)}
    place = {"startPosition": str(each.start), "endPosition": str(each.end)}
    selection = SubElement(source, "PlainTextSelection", {**told, **place, **by})
    if each.id:
        SubElement(selection, "Description").text = f"statement {each.id}"
    for field in sorted(each.codes):
        for value in each.codes[field]:
            coding = SubElement(selection, "Coding", {"guid": _guid("coding", *own, field, value), **by})
            SubElement(coding, "CodeRef", targetGUID=_guid("code", field, value))


def _archive(output: IO[bytes], entries: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, _ENTRY_TIME), content, zipfile.ZIP_DEFLATED)


def _guid(*parts: str) -> str:
    """Return the identifier of a thing, made from what it is (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/disputegraph/qda/" + "\x1f".join(parts)))


def _xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
