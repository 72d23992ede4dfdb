"""What is done by saying something, as far as the word that tells of it says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from disputegraph.drafting.attitude_frames import frames_of
from disputegraph.drafting.cue_acts import with_acts
from disputegraph.drafting.draft_records import Draft
from disputegraph.vocabulary import DG


def told(text: str, cue: str, content: str, **more: str) -> Draft:
    def place(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    return with_acts(text, [Draft(place(content), cue=place(cue), **more)])[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "cue", "content", "act", "polarity"),
    [
        ("The port denied that it had kept a report.", "denied", "it had kept a report", "asserting", "denies"),
        ("Ada Osei says that the cranes are old.", "says", "the cranes are old", None, "affirms"),
        ("She pointed out that the cranes are old.", "pointed out", "the cranes are old", "asserting", "affirms"),
        ("She accused the port of negligence.", "accused", "of negligence", "accusing", "affirms"),
        ("He condemned the strike.", "condemned", "the strike", "accusing", None),
        ("He thanked the crew.", "thanked", "the crew", "crediting", None),
        ("They called for new cranes.", "called for", "new cranes", "demanding", "affirms"),
        ("She asked whether the cranes are safe.", "asked", "whether the cranes are safe", "asking", "neutral"),
        ("She asked them to leave the quay.", "asked", "them to leave the quay", "demanding", "affirms"),
        ("She asked what they want to load there.", "asked", "what they want to load there", "asking", "neutral"),
        ("He vowed to go on.", "vowed", "to go on", "promising", "affirms"),
        ("He threatened to close the quay.", "threatened", "to close the quay", "threatening", "affirms"),
        ("Their denial that it happened came late.", "denial", "it happened", "asserting", "denies"),
        ("She is doubtful that it helps.", "doubtful", "it helps", None, "denies"),
    ],
)
def test_the_word_says_it(text: str, cue: str, content: str, act: str | None, polarity: str | None) -> None:
    found = told(text, cue, content)
    assert (found.speech_act, found.polarity) == (act, polarity)


@pytest.mark.parametrize(
    "text", ["He did not deny that it is so.", "He didn’t deny that it is so.", "He never did deny that it is so."]
)
def test_what_is_not_said_is_no_act(text: str) -> None:
    found = told(text, "deny", "it is so")
    assert (found.speech_act, found.polarity) == (None, None)


def test_a_not_in_the_sentence_before_denies_nothing() -> None:
    assert told("She would not. He denied that it is so.", "denied", "it is so").polarity == "denies"


def test_no_side_is_proposed_of_words_with_a_not_of_their_own() -> None:
    found = told("He confirmed that they will not leave.", "confirmed", "they will not leave")
    assert (found.speech_act, found.polarity) == ("asserting", None)


def test_what_a_draft_says_stays() -> None:
    found = told("He denied that it is so.", "denied", "it is so", polarity="neutral", speech_act="accusing")
    assert (found.speech_act, found.polarity) == ("accusing", "neutral")


def test_the_table_holds_words_of_saying_and_terms_of_the_ontology(root: Path) -> None:
    table = tomllib.loads((root / "src/disputegraph/drafting/cue_acts.toml").read_text())["act"]
    ontology = (root / "ontology" / "disputegraph.ttl").read_text()
    for one in table:
        for word in one["words"].split():
            spelled = {word, word.partition("+")[0]}
            assert any(frames_of(part, form) for part in ("verb", "noun", "adjective") for form in spelled), word
        if "act" in one:
            assert f"dg:{one['act']} a skos:Concept ; skos:inScheme dg:speech-act-scheme" in ontology
        if "polarity" in one:
            assert f"dg:{one['polarity']} a skos:Concept ; skos:inScheme dg:polarity-scheme" in ontology
    assert DG.term("denies")
