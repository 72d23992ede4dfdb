"""What a model's answer says, as far as it has the form asked for; it may be fenced, talked around, or cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NAME = "statements"
_MOST = 1_000
_MOST_STARTS = 50
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_OPENING = re.compile(r"\{")
_ARRAY = re.compile(r'"statements"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Statements:
    """The entries of an answer.

    Attributes:
        entries: what may be statements, as JSON objects.
        malformed: how many entries are no objects, or stand beyond what is read.
        is_whole: whether the answer ends where it should.
    """

    entries: tuple[Mapping[str, Any], ...]
    malformed: int
    is_whole: bool


def read_statements(text: str) -> Statements | None:
    """Return the entries of an answer, or None where it has none of the form asked for."""
    text = _THOUGHT.sub("", text)
    for found in list(_OPENING.finditer(text))[:_MOST_STARTS]:
        value = _decoded(text, found.start())
        entries = value[0].get(_NAME) if value is not None and isinstance(value[0], dict) else None
        if isinstance(entries, list):
            return _statements(entries, is_whole=True)
    if bare := re.search(r"\[", text):  # some models give the bare list
        value = _decoded(text, bare.start())
        if value is not None and isinstance(value[0], list) and any(isinstance(one, dict) for one in value[0]):
            return _statements(value[0], is_whole=True)
    return _broken_off(text)


def _broken_off(text: str) -> Statements | None:
    """Return the entries that are whole of an answer that broke off."""
    begin = _ARRAY.search(text)
    if begin is None:
        return None
    entries, place = list[Any](), begin.end()
    while len(entries) <= _MOST and (between := _BETWEEN.match(text, place)) is not None:
        value = _decoded(text, between.end())
        if value is None:
            break
        entries.append(value[0])
        place = value[1]
    return _statements(entries, is_whole=False)


def _statements(entries: list[Any], *, is_whole: bool) -> Statements:
    objects = tuple(one for one in entries[:_MOST] if isinstance(one, dict))
    return Statements(objects, len(entries) - len(objects), is_whole)


def _decoded(text: str, place: int) -> tuple[Any, int] | None:
    try:
        return _DECODER.raw_decode(text, place)
    except (ValueError, RecursionError):
        return None
