"""The table of frames, and the forms of its words."""

from __future__ import annotations

import pytest

from disputegraph.drafting.attitude_frames import frames_of, verb_forms, words_of

IRREGULAR = {"say": ["said"], "write": ["wrote", "written"]}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("praise", {"praise", "praises", "praised", "praising"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("wish", {"wish", "wishes", "wished", "wishing"}),
        ("plan", {"plan", "plans", "planned", "planning"}),
    ],
)
def test_forms(verb: str, forms: set[str]) -> None:
    assert forms <= verb_forms(verb, IRREGULAR)


@pytest.mark.parametrize(
    ("part", "word", "lemma", "frame"),
    [
        ("verb", "told", "tell", "address"),
        ("verb", "pointed+out", "point+out", "clause"),
        ("verb", "urging", "urge", "them-to"),
        ("noun", "claims", "claim", "clause"),
        ("noun", "denials", "denial", "clause"),
        ("adjective", "confident", "confident", "clause"),
    ],
)
def test_a_form_has_the_frames_of_its_word(part: str, word: str, lemma: str, frame: str) -> None:
    found = frames_of(part, word)
    assert found is not None
    assert found.lemma == lemma
    assert frame in found.frames


def test_a_word_in_several_groups_has_the_frames_of_all() -> None:
    found = frames_of("verb", "asked")
    assert found is not None
    assert {"clause", "quote", "them-to", "address"} <= found.frames
    assert "for" in found.prepositions


def test_other_words_have_none() -> None:
    assert frames_of("verb", "walked") is None
    assert frames_of("noun", "crane") is None


def test_lists_without_frames() -> None:
    assert "made" in words_of("light_verbs")
    assert "monday" in words_of("days")
