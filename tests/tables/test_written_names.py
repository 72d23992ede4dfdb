"""Names: the form to show and the form to compare, whatever invisible signs were copied with them."""

from __future__ import annotations

import html

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from disputegraph.tables.written_names import key_of, shown, stands_for_nothing, whole

INVISIBLE = st.sampled_from(
    ["\u200b", "\u00ad", "\u200e", "\u200f", "\u2060", "\ufeff", "\u202e", "\u200d", "\ufe0f", "\x01"]
)
WORDS = st.text(alphabet="abÅß'’-–é& ;9", min_size=1, max_size=12)


@given(WORDS, st.lists(st.tuples(st.integers(0, 12), INVISIBLE), max_size=4))
def test_signs_that_nobody_sees_tell_nothing_apart(name: str, signs: list[tuple[int, str]]) -> None:
    assume("&" not in name or ";" not in name)
    copied = name
    for place, sign in signs:
        copied = copied[:place] + sign + copied[place:]
    assert key_of(copied) == key_of(name)
    assert bool(shown(copied)) == bool(shown(name))


@given(st.text(max_size=20))
def test_both_forms_are_fixed(name: str) -> None:
    assume("&" not in name)
    assert shown(shown(name)) == shown(name)
    assert key_of(key_of(name)) == key_of(name) == key_of(shown(name))
    assert key_of(html.escape(name)) == key_of(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Drivers’ Guild", "drivers' guild"),
        ("R&amp;D", "R&D"),
        ("Pay &amp;amp; hours", "pay & hours"),
        ("North–South", "north-south"),
        ("«Tea»", '"tea"'),
        ("Ann\u00a0Lee", "ann lee"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_what_shapes_letters_is_shown_and_not_compared() -> None:
    assert shown("می\u200cخواهم") == "می\u200cخواهم"
    assert key_of("می\u200cخواهم") == key_of("میخواهم")
    assert key_of("Müller") != key_of("Muller")


@pytest.mark.parametrize("mark", ["NA", "n/a", "#N/A", "-", "–", "?", "none", "NULL", "k. A.", "NaN", "…"])
def test_marks_of_missing_values(mark: str) -> None:
    assert stands_for_nothing(mark)


@pytest.mark.parametrize("name", ["Nadia", "Nona", "unknown", "NATO", "A", "0", "no"])
def test_names_that_are_no_marks(name: str) -> None:
    assert not stands_for_nothing(name)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.0", "3"),
        ("-2.00", "-2"),
        ("+1", "1"),
        ("007", "7"),
        ("1.000", None),
        ("1,0", None),
        ("1_0", None),
        ("", None),
    ],
)
def test_whole_numbers(text: str, number: str | None) -> None:
    assert whole(text) == number
