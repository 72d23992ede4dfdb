"""What a language model is asked costs no more than was allowed, is paid for once, and is said before."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from disputegraph.coding import Known
from disputegraph.drafting.llm_drafting import LlmDrafter
from disputegraph.drafting.llm_prompts import pieces_of, schema, shown_of
from disputegraph.errors import LimitError, UsageError
from disputegraph.vocabulary import VALUES
from tests.drafting.llm_stub import (
    ADA,
    TEXT,
    drafter,
    finds,
    raw,
    says,
    statement,
    stub,
    words,
)
from tests.pretending import Request

WHOLE = json.dumps({"statements": [statement("They knew about the cranes")]})


def test_an_answer_that_breaks_off_is_asked_for_in_halves() -> None:
    half = WHOLE[: -len("]}")] + ', {"number": 2, "content": ["it had kept a re'
    there = finds(statement("They knew about the cranes", 2))
    with stub(says(half, finish="length"), there, finds(statement("it had kept a report to itself", 4))) as (
        address,
        asked,
    ):
        assert len(drafter(address).draft(TEXT)) == 2
    ranges = [re.search(r"in sentences (\d+ to \d+)", one.question) for one in asked]
    assert len({found[1] for found in ranges if found}) == 3
    said: list[str] = []
    with stub(says(half)) as (address, asked):
        assert len(drafter(address, said).draft(TEXT)) == 1
    assert len(asked) == 7
    assert "4 of 7 answers broke off: drafts may be missing." in said[-1]


def test_answers_are_paid_for_once(tmp_path: Path) -> None:
    said: list[str] = []
    with stub(finds(statement("They knew about the cranes"))) as (address, asked):
        first = drafter(address, cache=tmp_path / "answers", key="sk-secret-1").draft(TEXT)
        (kept,) = (tmp_path / "answers").iterdir()
        again = drafter(address, said, cache=tmp_path / "answers", key="sk-secret-1")
        assert again.draft(TEXT) == first
        assert (len(asked), again.spent, said) == (1, 0, [])
        assert b"sk-secret-1" not in kept.read_bytes()
        other = LlmDrafter(address, "stub-2", cache=tmp_path / "answers", notify=said.append)
        other.draft(TEXT)
        assert len(asked) == 2
        for broken in (b"", b"{", b"[" * 100_000, b'{"text": 7, "day": "x"}', b"\xff"):
            kept.write_bytes(broken)
            assert drafter(address, cache=tmp_path / "answers").draft(TEXT) == first
        assert len(asked) == 7


def test_the_day_of_a_draft_is_that_of_its_answer(tmp_path: Path) -> None:
    with stub(finds(statement("They knew about the cranes"))) as (address, _):
        drafter(address, cache=tmp_path).draft(TEXT)
        (kept,) = tmp_path.iterdir()
        kept.write_text(json.dumps(json.loads(kept.read_text()) | {"day": "2020-02-02"}))
        (draft,) = drafter(address, cache=tmp_path).draft(TEXT)
    assert draft.version.endswith(", 2020-02-02")


def test_what_goes_where_is_said_before() -> None:
    class StopError(Exception):
        pass

    said: list[str] = []

    def stop(message: str) -> None:
        said.append(message)
        raise StopError

    with stub(finds()) as (address, asked):
        with pytest.raises(StopError):
            drafter(address, notify=stop, key="sk-secret-1").draft(TEXT)
        assert not asked
    assert re.fullmatch(
        rf"Sending to {address}/chat/completions \(model stub-1, with the key as given, unencrypted\): a text of "
        rf"{len(TEXT)} characters in 1 request, some [\d,]+ tokens with the prompt and the names of 2 actors and "
        r"1 claim\.",
        said[0],
    )


def test_without_being_told_where_the_log_says_it(caplog: pytest.LogCaptureFixture) -> None:
    with stub(finds()) as (address, _):
        LlmDrafter(address, "stub-1").draft(TEXT)
    assert "Sending to" in caplog.text


def test_too_few_tokens_are_told_before_anything_is_sent() -> None:
    with stub(finds()) as (address, asked):
        with pytest.raises(LimitError, match=r"some [\d,]+ tokens to send .* Nothing of it was sent"):
            drafter(address, max_cost_tokens=1_000).draft(TEXT)
        assert not asked
        with pytest.raises(UsageError, match="0 is not a number of tokens"):
            drafter(address, max_cost_tokens=0)


@pytest.mark.parametrize(
    ("usage", "spent"),
    [
        ({"prompt_tokens": 2_000, "completion_tokens": 5}, range(2_005, 2_006)),
        ({}, range(1_500, 6_000)),
        ({"prompt_tokens": -5, "completion_tokens": 5}, range(1_500, 6_000)),
        ({"prompt_tokens": "many"}, range(1_500, 6_000)),
        ({"prompt_tokens": 10**30, "completion_tokens": 0}, range(1_500, 6_000)),
        ([1], range(1_500, 6_000)),
    ],
)
def test_tokens_are_counted_by_the_server_or_estimated(usage: object, spent: range) -> None:
    with stub(finds(usage=usage)) as (address, _):
        made = drafter(address)
        made.draft(TEXT)
    assert made.spent in spent


def test_the_limit_holds_over_texts_and_within_one() -> None:
    costs = finds(usage={"prompt_tokens": 7_000, "completion_tokens": 1_000})
    with stub(costs) as (address, asked):
        made = drafter(address, max_cost_tokens=10_000)
        made.draft(TEXT)
        with pytest.raises(LimitError, match=r"8,000 of 10,000 are spent"):
            made.draft(TEXT + "More.")
        assert len(asked) == 1
        limits = [one.json["max_tokens"] for one in asked]
        assert max(limits) <= 4_096
    long = "Nobody said that it was so. " * 300
    with (
        stub(costs) as (address, asked),
        pytest.raises(LimitError, match=r"tokens are spent, which is too few for the ne"),
    ):
        drafter(address, max_cost_tokens=15_000).draft(long)
    assert len(asked) < len(pieces_of(long))


def test_a_server_that_reads_too_little_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    with stub(finds(usage={"prompt_tokens": 90, "completion_tokens": 5})) as (address, _):
        drafter(address, said, cache=tmp_path).draft(TEXT)
    assert "counted far fewer tokens than they have: its context is too short" in said[-1]
    assert not list(tmp_path.iterdir())


def test_a_long_text_goes_in_pieces_with_context_and_each_statement_is_found_once() -> None:
    sentences = [f"Speaker {number} said that crane {number} was safe." for number in range(200)]
    text = "\n".join(sentences)

    def answer_all(handler: Any) -> None:
        numbers = [int(found) for found in re.findall(r"Speaker (\d+) said", asked[-1].question)]
        entries = [
            statement(f"crane {n} was safe", n + 1, number=n, source=f"Speaker {n}", cue="said") for n in numbers
        ]
        finds(*entries)(handler)

    with stub(answer_all) as (address, asked):
        drafts = drafter(address).draft(text)
        assert len(asked) == len(pieces_of(text)) > 2
    assert [words(text, draft) for draft in drafts] == [[f"crane {number} was safe"] for number in range(200)]
    assert [text[slice(*draft.source[0])] for draft in drafts] == [f"Speaker {number}" for number in range(200)]
    assert [text[slice(*draft.cue[0])] for draft in drafts] == ["said"] * 200
    assert "sentences 1 to" in asked[0].question
    assert "[1] Speaker 0" not in asked[1].question


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffThey\r\nknew  about it.\r\nShe said so.",
        "A cafe\u0301 “They knew\u00a0about it.” \ud800",
        "They knew about it.",
    ],
)
def test_places_count_the_text_as_it_is(text: str) -> None:
    with stub(finds(statement("They knew about it"))) as (address, _):
        (draft,) = drafter(address).draft(text)
    assert words(text, draft)[0].split() == ["They", "knew", "about", "it"]


@pytest.mark.parametrize("text", ["", " \n ", "\ufeff\n"])
def test_nothing_is_sent_of_a_text_without_words(text: str) -> None:
    with stub(finds()) as (address, asked):
        assert drafter(address).draft(text) == []
        assert len(asked) <= 1


def test_pieces_leave_out_no_word_and_are_small() -> None:
    for text in ("word " * 20_000, "x" * 50_000, "A b. " * 9_000, "\n\n".join(["“Open"] * 4_000)):
        pieces = pieces_of(text)
        seen = [text[slice(*piece.sentences[place])] for piece in pieces for place in range(piece.first, piece.end)]
        assert "".join("".join(seen).split()) == "".join(text.split())
        assert max(piece.span[1] - piece.span[0] for piece in pieces) < 15_000


def test_of_many_actors_the_likely_ones_are_shown() -> None:
    known = [Known(f"http://x/{n}", f"Person{n} Name{n}") for n in range(500)] + [ADA]
    shown = shown_of("A", known, TEXT)
    assert len(shown.by_id) == 80
    assert shown.left_out == 421
    assert ADA in shown.by_id.values()


def test_the_words_of_the_schema_are_the_ontology_s() -> None:
    fields = schema()["properties"]["statements"]["items"]["properties"]
    known = {word for name in ("polarity", "speech_act") for word in fields[name]["enum"] if word}
    assert known <= set(VALUES)


def test_megabytes_of_entries_cost_little() -> None:
    entries = [statement("knew about the cranes", 2, number=n, source="Ada Osei") for n in range(1_500)]
    text = "Words are here. " + TEXT
    said: list[str] = []
    with stub(finds(*entries)) as (address, _):
        assert len(drafter(address, said).draft(text)) == 1
    assert "1499 of 1500 proposed statements refused" in said[-1]


def test_an_anthropic_server_is_asked_its_own_way() -> None:
    found = {"statements": [statement("They knew about the cranes", kind="direct")]}
    body = {
        "content": [{"type": "text", "text": "Let me see."}, {"type": "tool_use", "name": "x", "input": found}],
        "stop_reason": "tool_use",
        "usage": {"input_tokens": 2_000, "cache_read_input_tokens": 300, "output_tokens": 50},
    }
    with stub(raw(200, json.dumps(body).encode())) as (address, asked):
        made = drafter(address, kind="anthropic", key="sk-secret-1")
        assert len(made.draft(TEXT)) == 1
    one: Request = asked[0]
    assert one.path == "/v1/messages"
    assert one.headers["x-api-key"] == "sk-secret-1"
    assert one.headers["anthropic-version"] == "2023-06-01"
    assert "authorization" not in one.headers
    assert one.json["tool_choice"] == {"type": "tool", "name": "report_statements"}
    assert one.json["system"]
    assert made.spent == 2_350
    text = {"content": [{"type": "text", "text": json.dumps(found)}], "stop_reason": "end_turn"}
    with stub(raw(200, json.dumps(text).encode())) as (address, _):
        assert len(drafter(address + "/messages").draft(TEXT)) == 1
