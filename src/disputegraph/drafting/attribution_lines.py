"""Attributions as JSON lines: one text a line, with source, cue and content of what is said in it, by places."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from disputegraph.drafting.draft_records import Draft, DraftSpan, Kind, ProposedSpeaker
from disputegraph.errors import DataError, file_errors

_FORM = '{"id": …, "text": …, "attributions": [{"source": [[start, end]], "cue": [[…]], "content": [[…]]}]}'
_MARKS = ("source", "cue", "content")


def attribution_line(name: str, drafts: Iterable[Draft]) -> dict[str, Any]:
    """Return the drafts of a text as one line's data.

    Args:
        name: the text's name.
        drafts: its drafts; `inside` stays the number of one of them.
    """
    return {"id": name, "attributions": [_attribution(draft) for draft in drafts]}


def drafts_of_line(line: Mapping[str, Any], *, program: str = "", version: str = "") -> list[Draft]:
    """Return the drafts that a line's data tell; what they leave out has its default."""
    return [
        Draft(
            content=_spans(one, "content"),
            source=_spans(one, "source"),
            cue=_spans(one, "cue"),
            kind=one.get("kind", "indirect"),
            speaker=ProposedSpeaker(**one["speaker"]) if one.get("speaker") else None,
            inside=one.get("inside"),
            polarity=one.get("polarity"),
            speech_act=one.get("speech_act"),
            program=program,
            version=version,
        )
        for one in line["attributions"]
    ]


def read_attribution_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file of JSON lines, also one packed with gzip; empty lines are passed over.

    Raises:
        DataError: a line is not of this form, or names a place that its text does not have.
    """
    known: dict[str, int] = {}
    with file_errors(path), gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                told = json.loads(line.decode("utf-8"))
                _check(told, known)
            except (ValueError, RecursionError) as error:
                what = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
                raise DataError(
                    f"{what}. Each line is a text with its attributions: {_FORM}.", path=str(path), line=number
                ) from None
            known[told["id"]] = number
            yield told


def _attribution(draft: Draft) -> dict[str, Any]:
    told: dict[str, Any] = {mark: [list(span) for span in getattr(draft, mark)] for mark in _MARKS}
    told["kind"] = draft.kind
    told["speaker"] = None if draft.speaker is None else asdict(draft.speaker)
    optional = {"inside": draft.inside, "polarity": draft.polarity, "speech_act": draft.speech_act}
    return told | {name: value for name, value in optional.items() if value is not None}


def _spans(one: Mapping[str, Any], mark: str) -> tuple[DraftSpan, ...]:
    return tuple((start, end) for start, end in one.get(mark) or ())


def _check(line: Any, known: Mapping[str, int]) -> None:
    if not isinstance(line, dict) or not isinstance(line.get("attributions"), list):
        raise ValueError("it has no list of attributions")  # noqa: TRY004  # of the data, as all that follow
    if not isinstance(line.get("id"), str) or not isinstance(line.get("text"), str):
        raise ValueError("'id' and 'text' must be texts")  # noqa: TRY004
    if line["id"] in known:
        raise ValueError(f"the text '{line['id']}' is there already, in line {known[line['id']]}")
    for one in line["attributions"]:
        if not isinstance(one, dict) or not one.get("content"):
            raise ValueError("an attribution has no content")
        if one.get("kind", "indirect") not in get_args(Kind):
            raise ValueError(f"there is no kind '{one['kind']}', only {', '.join(get_args(Kind))}")
        for mark in _MARKS:
            if not isinstance(one.get(mark) or [], list):
                raise ValueError(f"'{mark}' is not a list of places")  # noqa: TRY004
            for span in one.get(mark) or []:
                if not _is_place(span, len(line["text"])):
                    raise ValueError(f"the text has {len(line['text']):,} code points, and no {mark} at {span}")
            one[mark] = one.get(mark) or []


def _is_place(span: Any, length: int) -> bool:
    match span:
        case [int(start), int(end)]:
            return 0 <= start < end <= length
    return False
