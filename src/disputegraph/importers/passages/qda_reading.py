"""Read REFI-QDA projects (.qdpx), which NVivo, MAXQDA, ATLAS.ti and QualCoder exchange.

The format is that of the REFI-QDA Standard 1.5 (2019), "Project Exchange": a ZIP archive of ``project.qde`` (XML) and
the texts. Positions count code points of the plain text, with line ends as one.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from disputegraph.archives import bomb_told
from disputegraph.errors import DataError, LimitError, file_errors
from disputegraph.importers.minting import slug
from disputegraph.importers.passages.coded_passages import CodedTexts, Passage, checked_map, field_of, free_name

NAMESPACE = "urn:QDA-XML:project:1.0"
MOST_UNPACKED = 512 * 2**20
MOST_TEXT = 64 * 2**20
MOST_RATIO = 200
_Q = f"{{{NAMESPACE}}}"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)  # RuntimeError: it is encrypted, or not supported


def read_qda(path: Path, mapping: Mapping[str, str] | None = None) -> CodedTexts:
    """Return texts and coded passages of a project file.

    A code stands for the field that it, or the nearest code above it, is named after (``Speakers``, ``Claims``,
    ``Polarity`` …); the code itself is the value. Other codes are kept as variables named after the topmost code.

    Args:
        path: the .qdpx file.
        mapping: from name of a code to the field that it and what stands below it mean; to an empty text, to leave
            them out.

    Raises:
        DataError: it is not a project file, or is damaged.
        LimitError: it would unpack to more than is sound.
        UsageError: the mapping names a code or a field that is not there.
    """
    odd: Counter[str] = Counter()
    with file_errors(path), _opened(path) as archive:
        root = _project(archive, path)
        codes = _codes(root, mapping or {}, odd)
        users = {user.get("guid", ""): user.get("name") or "" for user in root.iter(f"{_Q}User")}
        texts: dict[str, str] = {}
        days: dict[str, str] = {}
        passages: list[Passage] = []
        variables = {each.get("guid"): each.get("name") for each in root.iter(f"{_Q}Variable")}
        for source in root.iterfind(f"{_Q}Sources/*"):
            if source.tag != f"{_Q}TextSource":
                odd[f"sources are no text ({source.tag.removeprefix(_Q)}), and are left out"] += 1
                continue
            name = free_name(slug(PurePosixPath(source.get("name") or "").stem) or "text", texts)
            texts[name] = _text(archive, source, path)
            if day := _day(source, variables):
                days[name] = day
            passages += _passages(source, name, codes, users, odd)
    unread = sum(1 for _ in root.iter(f"{_Q}Note"))
    odd["notes are left out"] += unread
    explained = {
        code: text
        for guid, element in _all_codes(root)
        if (code := codes[guid]) and code[0] == "claim" and (text := _description(element))
    }
    return CodedTexts(root.get("name") or path.stem, texts, tuple(passages), days, explained, odd)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise DataError(f"is no REFI-QDA project (.qdpx): {error}.", path=str(path)) from None
    if bomb := bomb_told(entries, path.stat().st_size, most=MOST_UNPACKED, ratio=MOST_RATIO):
        raise LimitError(f"{path}: {bomb}")
    return archive


def _project(archive: zipfile.ZipFile, path: Path) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    named = [entry for entry in archive.namelist() if PurePosixPath(entry).name.casefold() == "project.qde"]
    if not named:
        raise DataError("is an archive without project.qde, and so no REFI-QDA project.", path=str(path))
    try:
        root = fromstring(archive.read(named[0]))
    except (ParseError, DefusedXmlException, *_DAMAGED, LookupError) as error:
        raise DataError(f"its project.qde cannot be read: {error}.", path=str(path)) from None
    if root.tag != f"{_Q}Project":
        raise DataError(f"its project.qde holds <{root.tag}>, and not a <Project> of {NAMESPACE}.", path=str(path))
    return root


def _all_codes(root: Any) -> Iterator[tuple[str, Any]]:
    for code in root.iterfind(f"{_Q}CodeBook/{_Q}Codes//{_Q}Code"):
        yield code.get("guid", ""), code


def _codes(root: Any, mapping: Mapping[str, str], odd: Counter[str]) -> dict[str, tuple[str, str] | None]:
    """Return field and value of each code by its identifier; None for what is left out."""
    names = {code.get("name") or "" for _, code in _all_codes(root)}
    checked_map(mapping, names, "code")
    found: dict[str, tuple[str, str] | None] = {}

    waiting: list[tuple[Any, str | None, str]] = [
        (code, None, code.get("name") or "code") for code in root.iterfind(f"{_Q}CodeBook/{_Q}Codes/{_Q}Code")
    ]
    for code, field, top in waiting:  # grows by what stands below each
        name = code.get("name") or ""
        known = mapping.get(name, field_of(name))
        inner = known if known is not None else field
        guid = code.get("guid", "")
        odd["codes have the identifier of another, which stands for both"] += guid in found
        if inner == "":
            found[guid] = None
        elif inner is not None:
            # The code that names the field is a value only where nothing stands below it, and it was named by hand.
            heading = known is not None and (name not in mapping or code.find(f"{_Q}Code") is not None)
            found[guid] = None if heading else (inner, name)
        else:
            found[guid] = (top, name)
        waiting += [(below, inner, top) for below in code.iterfind(f"{_Q}Code")]
    return found


def _passages(
    source: Any,
    name: str,
    codes: Mapping[str, tuple[str, str] | None],
    users: Mapping[str, str],
    odd: Counter[str],
) -> Iterator[Passage]:
    for selection in source.iterfind(f"{_Q}PlainTextSelection"):
        try:
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        except (TypeError, ValueError):
            odd["passages have no place, and are left out"] += 1
            continue
        meant: dict[str, list[str]] = {}
        for coding in selection.iterfind(f"{_Q}Coding/{_Q}CodeRef"):
            guid = coding.get("targetGUID", "")
            if guid not in codes:
                odd["codings name a code that is not there, and are left out"] += 1
            elif (code := codes[guid]) is None:
                odd["codings by a heading, or by a code that was to be left out"] += 1
            else:
                meant.setdefault(code[0], []).append(code[1])
        if meant:
            values = {field: tuple(dict.fromkeys(some)) for field, some in meant.items()}
            coder = users.get(selection.get("creatingUser", ""), "")
            yield Passage(name, start, end, values, _identifier(selection), coder)


def _identifier(selection: Any) -> str:
    """Return the identifier of a statement that we wrote ourselves; see `qda_writing`."""
    match = re.fullmatch(r"statement (\S+)", _description(selection))
    return match[1] if match else ""


def _description(element: Any) -> str:
    return (element.findtext(f"{_Q}Description") or "").strip()


def _text(archive: zipfile.ZipFile, source: Any, path: Path) -> str:
    content = source.findtext(f"{_Q}PlainTextContent")
    if content is not None:
        return str(content)
    place = source.get("plainTextPath") or ""
    if not place.startswith("internal://"):
        raise DataError(
            f"the text of '{source.get('name')}' lies outside of the file ({place or 'no plain text'}); export the "
            "project with its sources.",
            path=str(path),
        )
    wanted = PurePosixPath(place.removeprefix("internal://")).name.casefold()
    for entry in archive.infolist():
        if PurePosixPath(entry.filename).name.casefold() == wanted:
            if entry.file_size > MOST_TEXT:
                raise LimitError(f"{path}: '{source.get('name')}' has {entry.file_size:,} bytes of text.")
            try:
                text = archive.read(entry).decode("utf-8-sig")
            except (UnicodeDecodeError, *_DAMAGED) as error:
                raise DataError(
                    f"the text of '{source.get('name')}' cannot be read: {error}.", path=str(path)
                ) from None
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DataError(f"the text of '{source.get('name')}' ({place}) is not in the file.", path=str(path))


def _day(source: Any, variables: Mapping[str | None, str | None]) -> str:
    for value in source.iterfind(f"{_Q}VariableValue"):
        ref = value.find(f"{_Q}VariableRef")
        if ref is not None and (variables.get(ref.get("targetGUID")) or "").casefold() == "date":
            return str(value.findtext(f"{_Q}DateValue") or "")[:10]
    return ""
