"""The questions of the manual's page on assistants get the answers that it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disputegraph.assistant import AssistantOptions, Session, tools

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (?P<question>.+?) \| `(?P<tool>\w+) (?P<arguments>\{.*\})` \| (?P<answer>.+) \|$", re.MULTILINE)
ROWS = [match.groupdict() for match in _ROW.finditer((ROOT / "docs" / "assistants.md").read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    made = Session(AssistantOptions([ROOT / "data" / "junior-doctors"]))
    yield made
    made.close()


def answered(session: Session, tool: str, arguments: str) -> Any:
    call = {"name": tool, "arguments": json.loads(arguments)}
    told = session.reply(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).encode())
    assert told is not None
    result = told["result"]
    return result["content"][0]["text"] if result["isError"] else result["structuredContent"]


def values(answer: Any) -> Iterator[str]:
    """The names, texts and numbers of an answer, but for addresses: in those any short number is found."""
    if isinstance(answer, dict):
        yield from answer
        answer = list(answer.values())
    if isinstance(answer, list):
        for each in answer:
            yield from values(each)
    elif isinstance(answer, (int, float)) and not isinstance(answer, bool):
        yield f"{answer:g}"
    elif isinstance(answer, str) and not re.match(r"https?://|[0-9a-f]{64}$", answer):
        yield answer


def test_there_are_thirty_questions_and_every_tool_is_asked() -> None:
    assert len(ROWS) == 30
    assert {row["tool"] for row in ROWS} == set(tools())


@pytest.mark.parametrize("row", ROWS, ids=[row["question"] for row in ROWS])
def test_the_answer_says_what_the_page_tells(session: Session, row: dict[str, str]) -> None:
    told = list(values(answered(session, row["tool"], row["arguments"])))
    in_bold = re.findall(r"\*\*(.+?)\*\*", row["answer"])
    assert in_bold
    for words in in_bold:
        assert any(words == each if words.isdigit() else words in each for each in told), words
