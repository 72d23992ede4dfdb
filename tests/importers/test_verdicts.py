"""Verdicts: no wording comes out as the side that it is not on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.importers.verdicts import side_of, side_of_words

TRUE = (
    "true",
    "accurate",
    "wahr",
    "richtig",
    "vrai",
    "exact",
    "cierto",
    "correcto",
    "vero",
    "corretto",
    "verdade",
    "certo",
)
FALSE = ("false", "wrong", "falsch", "faux", "falso", "incorrecto", "errato", "errado", "fake")
DOUBT = (
    "not",
    "hardly",
    "far from",
    "isn't",
    "nowhere near",
    "nicht",
    "kaum",
    "keineswegs",
    "alles andere als",
    "pas",
    "loin d'être",
    "no es",
    "nada",
    "ni",
    "non è",
    "per niente",
    "não é",
    "longe de ser",
    "never",
    "cannot be called",
    "anything but",
    "❌",
)
SPACE = st.sampled_from([" ", "  ", "\u00a0", " \u200b"])


@given(st.sampled_from(DOUBT), SPACE, st.sampled_from(TRUE), st.booleans())
def test_a_doubted_truth_never_affirms(doubt: str, space: str, word: str, loud: bool) -> None:
    text = f"{doubt}{space}{word}"
    assert side_of_words(text.upper() if loud else text) != "affirms"
    assert side_of_words(f"{word}: {doubt}") != "affirms"


@given(st.sampled_from(DOUBT), SPACE, st.sampled_from(FALSE))
def test_a_doubted_falsehood_neither_affirms_nor_denies_by_its_negation(doubt: str, space: str, word: str) -> None:
    assert side_of_words(f"{doubt}{space}{word}") in ("neutral", None)


@given(st.sampled_from(TRUE), st.text(alphabet="abcdefghij", min_size=4, max_size=9))
def test_unknown_words_beside_a_truth_do_not_affirm(word: str, other: str) -> None:
    assert side_of_words(f"{other} {word}") is None


@pytest.mark.parametrize("word", TRUE)
def test_plain_truth(word: str) -> None:
    assert side_of_words(f"{word.capitalize()}!") == "affirms"


@pytest.mark.parametrize("word", FALSE)
def test_plain_falsehood(word: str) -> None:
    assert side_of_words(word.upper()) == "denies"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("This isn’t true", "denies"),
        ("Das ist nicht wahr", "denies"),
        ("Ce n'est pas exact", "denies"),
        ("No es cierto", "denies"),
        ("Non è vero", "denies"),
        ("Não é verdade", "denies"),
        ("Not quite true", "neutral"),
        ("No, it is true", "neutral"),
        ("True?", "neutral"),
        ("True or false", "neutral"),
        ("Mostly true", "affirms"),
        ("Mostly false", "denies"),
        ("False. The film is from an older flood", "denies"),
        ("True. The film is from an older flood", None),
        ("Four long noses", None),
    ],
)
def test_wordings(text: str, side: str | None) -> None:
    assert side_of_words(text) == side


@pytest.mark.parametrize(
    ("rating", "found"),
    [
        ({"value": ["1"], "best": ["6"], "words": ["True"]}, ("neutral", "contradictory")),
        ({"value": ["5"], "words": ["Half true"]}, ("neutral", "contradictory")),
        ({"value": ["5"], "words": ["Four long noses"]}, ("affirms", "")),
        ({"value": ["-1"], "words": ["Fake"]}, ("denies", "")),
        ({"value": ["4,5"]}, ("neutral", "unknown")),
        ({"value": ["1e999"], "best": ["nan"]}, ("neutral", "unknown")),
        ({}, ("neutral", "missing")),
    ],
)
def test_numbers_with_words(rating: dict[str, list[str]], found: tuple[str, str]) -> None:
    assert side_of([rating]) == found


def test_ratings_that_differ_are_neutral() -> None:
    assert side_of([{"words": ["False"]}, {"words": ["Wahr"]}]) == ("neutral", "contradictory")
