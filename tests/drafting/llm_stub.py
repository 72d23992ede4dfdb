"""Answers of a language model, good and bad, for a server on loopback that pretends to be one."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from disputegraph.coding import Known
from disputegraph.drafting import Draft
from disputegraph.drafting.llm_drafting import LlmDrafter
from tests.pretending import Reply, pretending, reply

stub = partial(pretending, path="/v1")


def raw(status: int, body: bytes, kind: str = "application/json", **headers: str) -> Reply:
    """Answer with these bytes."""
    return reply(status, body, kind, **headers)


def says(text: str, *, finish: str = "stop", usage: object = None) -> Reply:
    """Answer as OpenAI's chat completions do, with a model's words."""
    counted = {"prompt_tokens": 2_500, "completion_tokens": 100} if usage is None else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return raw(200, json.dumps({"choices": [choice], "usage": counted}).encode())


def finds(*statements: dict[str, Any], **more: Any) -> Reply:
    """Answer with statements in the form asked for."""
    return says(json.dumps({"statements": list(statements)}), **more)


def statement(content: str | list[str], sentence: int = 1, **more: Any) -> dict[str, Any]:
    """Return a statement as a model gives it."""
    found: dict[str, Any] = {
        "number": 1, "sentence": sentence, "content": [content] if isinstance(content, str) else content,
        "source": None, "cue": None, "name": None, "actor": None, "kind": "indirect", "claims": [], "polarity": None,
        "speech_act": None, "inside": None,
    }  # fmt: skip
    return found | more


TEXT = """Cranes stand still

“They knew about the cranes,” said Ada Osei for the Harbour Workers' Union. “We will not,” she added, “go back to work.”

The port authority denied that it had kept a report to itself. According to Radio Nord, director Eva Lund has told
colleagues that the cranes were safe. She said that the cranes were safe enough.
"""

ADA = Known("http://x/ada", "Ada Osei", ("A. Osei",), kind="Person")
PORT = Known("http://x/port", "Port authority", (), ("runs the harbour",), kind="Organization")
HIDDEN = Known("http://x/hidden", "Authority hid a report")


def drafter(address: str, said: list[str] | None = None, **more: Any) -> LlmDrafter:
    more = {"actors": [ADA, PORT], "claims": [HIDDEN], "notify": (said if said is not None else []).append} | more
    return LlmDrafter(address, "stub-1", **more)


def words(text: str, draft: Draft) -> list[str]:
    return [text[start:end] for start, end in draft.content]


def drafts_of(*entries: dict[str, Any], text: str = TEXT) -> tuple[list[Draft], LlmDrafter]:
    with stub(finds(*entries)) as (address, _):
        made = drafter(address)
        return made.draft(text), made
