"""Read brat's stand-off annotation: an ``.ann`` file beside each ``.txt`` (https://brat.nlplab.org/standoff.html).

A statement is a span whose attribute (``A1 Claim T3 …``) or note (``#1 AnnotatorNotes T3 …``) says its claim; its
speaker is a span that a relation or an event ties to it (``Speaker``), its polarity an attribute.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from disputegraph.errors import DataError, UsageError, file_errors
from disputegraph.importers.passages.coded_passages import CodedTexts, Passage, checked_map, field_of, free_name

_SPANS = re.compile(r"(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*)")
_LONGEST_NAME = 60  # of a text; file systems take 255 bytes


def read_brat(folder: Path, mapping: Mapping[str, str] | None = None) -> CodedTexts:
    """Return texts and coded passages of a folder of brat's files, sub-folders included.

    Args:
        folder: the folder, or one ``.ann`` file of it.
        mapping: from the name of a relation, role or attribute to the field it means; to an empty text, to leave it
            out.

    Raises:
        DataError: a file cannot be read, or an ``.ann`` has no ``.txt``.
        UsageError: there is no ``.ann`` file, or the mapping names what is not there.
    """
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.ann"))
    if not files:
        raise UsageError(f"{folder}: there is no .ann file.")
    root = folder.parent if folder.is_file() else folder
    odd: Counter[str] = Counter()
    texts: dict[str, str] = {}
    read: dict[str, _Annotations] = {}
    for path in files:
        name = free_name(path.relative_to(root).with_suffix("").as_posix().replace("/", "-")[-_LONGEST_NAME:], texts)
        beside = path.with_suffix(".txt")
        if not beside.is_file():
            raise DataError(f"has no text {beside.name} beside it.", path=str(path))
        with file_errors(path):
            texts[name] = beside.read_bytes().decode("utf-8")
            read[name] = _Annotations(path.read_text(encoding="utf-8").split("\n"), texts[name], odd)
    names = {role for each in read.values() for role in each.roles}
    known = checked_map(mapping or {}, names, "relation, role or attribute")
    passages = tuple(passage for name, each in read.items() for passage in each.passages(name, known))
    return CodedTexts(root.name or "brat", texts, passages, left_out=odd)


class _Annotations:
    """The lines of one file.

    Attributes:
        roles: names of relations, roles and attributes.
    """

    def __init__(self, lines: list[str], text: str, odd: Counter[str]) -> None:
        self._spans: dict[str, tuple[int, int]] = {}
        self._words: dict[str, str] = {}
        self._odd = odd
        self._said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        events: dict[str, str] = {}
        arguments: list[tuple[str, str, str]] = []  # to whom, as what, which span
        for line in lines:
            number, _, rest = line.partition("\t")
            told, _, more = rest.partition("\t")
            words = told.split()
            if match := number[:1] == "T" and _SPANS.fullmatch(told):
                pieces = [tuple(map(int, piece.split())) for piece in match[2].split(";")]
                self._spans[number] = (pieces[0][0], pieces[-1][1])
                odd["spans in pieces are taken from their first word to their last"] += len(pieces) > 1
                self._words[number] = " ".join(" ".join(text[a:b] for a, b in pieces).split())
            elif number[:1] == "R" and len(words) == 3:  # noqa: PLR2004  # type and two arguments
                first, second = (word.partition(":")[2] for word in words[1:])
                arguments += [(first, words[0], second), (second, words[0], first)]
            elif number[:1] == "E" and words:
                trigger = words[0].partition(":")[2]
                events[number] = trigger
                arguments += [(trigger, re.sub(r"\d+$", "", role), at) for role, _, at in map(_halves, words[1:])]
            elif number[:1] in ("A", "M") and len(words) > 1:
                self._said[words[1]].append((words[0], " ".join(words[2:]) or "true"))
            elif number[:1] == "#" and len(words) > 1 and more.strip():
                self._said[words[1]].append(("claim", more.strip()))
            elif line.strip():
                odd["lines are none that is understood, and are left out"] += 1
        for number, trigger in events.items():
            self._said[trigger] += self._said.pop(number, [])
        for to, role, at in arguments:
            statement, told_by = events.get(to, to), events.get(at, at)
            if statement in self._spans and told_by in self._words:
                self._said[statement].append((role, self._words[told_by]))
        self.roles = {role for some in self._said.values() for role, _ in some}

    def passages(self, name: str, mapping: Mapping[str, str]) -> list[Passage]:
        """Return the spans that have a claim, with all that is said of them."""
        found = []
        for number, (start, end) in self._spans.items():
            codes: dict[str, list[str]] = {}
            for role, value in self._said.get(number, ()):
                field = mapping.get(role, field_of(role))
                if field != "":
                    codes.setdefault(field or role, []).append(value)
            if "claim" not in codes:
                self._odd["spans have no claim of their own"] += 1
            else:
                fixed = {field: tuple(dict.fromkeys(values)) for field, values in codes.items()}
                found.append(Passage(name, start, end, fixed))
        return found


def _halves(word: str) -> tuple[str, str, str]:
    return word.partition(":")
