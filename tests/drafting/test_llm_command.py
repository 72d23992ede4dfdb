"""Drafts by a language model on the command line; and whatever it answers, a draft is made of words of the text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.cli import main
from disputegraph.coding import ACTORS, Known, known_of
from disputegraph.drafting import Draft, read_drafted
from disputegraph.drafting.llm_alignment import align, in_order
from disputegraph.drafting.llm_answers import read_statements
from disputegraph.drafting.llm_prompts import pieces_of, shown_of
from disputegraph.projects import Project
from disputegraph.vocabulary import VALUES
from tests.drafting.llm_stub import finds, raw, statement, stub

TEXT = """“They knew,” said Ada Osei. “They knew,” she said.\r\nThe port denied that it “knew”. Café\u0301 “open"""


def test_a_project_is_drafted_by_a_model(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPUTEGRAPH_LLM_KEY", "sk-secret-1")
    found = [
        statement(
            "it had kept a report to itself",
            4,
            source="The port authority",
            cue="denied",
            actor="A2",
            polarity="denies",
        ),
        statement("They never knew", 2),
    ]
    with stub(finds(*found)) as (address, asked):
        command = ["draft", str(project.folder), "--with", "llm", "--endpoint", address, "--model", "stub-1"]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        assert "Sending to http://127.0.0.1" in done.stderr
        assert "1 of 2 proposed statements refused, since they are not in the text word for word (1)." in done.stderr
        again = CliRunner().invoke(main, command)
        assert "passed over; drafted already" in again.stderr
        anew = CliRunner().invoke(main, [*command, "--again"])
        assert "Sending" not in anew.stderr
    assert len(asked) == 1
    (document,) = project.graph.nodes("Document")
    (drafted,) = read_drafted(project, document)
    assert drafted.program == "llm"
    assert re.fullmatch(r"stub-1, prompt \w{12}, \d{4}-\d\d-\d\d", drafted.version)
    (draft,) = drafted.drafts.values()
    assert draft.polarity == "denies"
    known = known_of(project, *ACTORS)
    assert draft.speaker is not None
    assert draft.speaker.iri == known[1].iri
    assert f"A2: {known[1].label}" in asked[0].question
    texts = [path.read_bytes() for path in project.folder.rglob("*") if path.is_file()]
    assert not any(b"sk-secret-1" in text for text in texts)


def test_a_server_that_fails_leaves_the_project_as_it_was(project: Project) -> None:
    with stub(raw(404, b'{"error": "model not found"}')) as (address, _):
        command = ["draft", str(project.folder), "--with", "llm", "--endpoint", address, "--model", "stub-1"]
        done = CliRunner().invoke(main, command)
    assert done.exit_code == 3
    assert "there is no model 'stub-1'" in done.stderr
    assert not list(project.folder.glob("drafts/*"))


KNOWN = [Known("http://x/ada", "Ada Osei")]
WORDS = st.sampled_from(
    ["They knew", "“They knew,”", "Ada Osei", "said", "it “knew”", "knew", "Café “open", "", "\0", TEXT]
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "likelihood"]), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = list(statement(""))
ENTRY = st.dictionaries(st.sampled_from(FIELDS), VALUE) | st.builds(
    statement, WORDS | st.lists(WORDS, max_size=3), st.integers(-2, 9), number=st.integers(0, 4), source=WORDS,
    cue=WORDS, inside=st.integers(0, 4), name=WORDS, actor=st.sampled_from(["A1", "A2"]),
    kind=st.sampled_from(["direct", "mixed"]),
)  # fmt: skip


def aligned(entries: list[Any]) -> list[Draft]:
    (piece,) = pieces_of(TEXT)
    found = read_statements(json.dumps({"statements": entries}))
    assert found is not None
    made = align(piece, found.entries, shown_of("A", KNOWN, TEXT), shown_of("C", KNOWN, TEXT))
    assert len(found.entries) == len(made.drafts) + made.refused.total()
    return in_order([((0, number), draft) for number, draft in made.drafts], made.left_out)


@given(st.lists(ENTRY | VALUE, max_size=6))
@settings(max_examples=200)
def test_whatever_a_model_answers_a_draft_is_made_of_words_of_the_text(entries: list[Any]) -> None:
    drafts = aligned(entries)
    for place, draft in enumerate(drafts):
        assert draft.content
        spans = [*draft.content, *draft.source, *draft.cue]
        for start, end in spans:
            assert 0 <= start < end <= len(TEXT)
            assert TEXT[start:end] == TEXT[start:end].strip() != ""
        assert list(draft.content) == sorted(draft.content)
        assert all(one[1] <= other[0] for one, other in zip(draft.content, draft.content[1:], strict=False))
        assert draft.polarity in {None, "affirms", "denies", "neutral"}
        assert draft.speech_act is None or draft.speech_act in VALUES
        assert draft.speaker is None or draft.speaker.name == "Ada Osei" or draft.speaker.name in " ".join(TEXT.split())
        assert all(claim.iri == "http://x/ada" and 0 <= claim.score <= 1 for claim in draft.claims)
        seen, outer = {place}, draft.inside
        while outer is not None:
            assert outer not in seen
            seen.add(outer)
            outer = drafts[outer].inside


@given(st.text(max_size=60) | st.text('{}[]",:statemn\\1e-', max_size=80))
@settings(max_examples=200)
def test_any_text_is_read_as_an_answer_or_as_none(text: str) -> None:
    for given_text in (text, '{"statements": [' + text, text + '{"statements": []}'):
        found = read_statements(given_text)
        assert found is None or all(isinstance(entry, dict) for entry in found.entries)
