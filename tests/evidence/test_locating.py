"""Quotations are found in their texts, whatever an editor did to spaces, quotation marks and dashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.evidence import normalise
from disputegraph.evidence.locating import Locator

TEXT = normalise("“It’s  over,”\u00a0he said — twice…\r\nThe ﬁnal co\u00adoperation 😀 it's over.")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("“It’s  over,”", ["“It’s  over,”"]),
        ('"It\'s over,"', ["“It’s  over,”"]),
        ("he said - twice...", ["he said — twice…"]),
        ("The final cooperation", ["The ﬁnal co\u00adoperation"]),
        ("  twice… The ", ["twice…\nThe"]),
        ("'cooperation 😀'", ["co\u00adoperation 😀"]),
        ("it's over", ["it's over"]),
        ("over", ["over", "over"]),
        ("nowhere", []),
        ("It's over now", []),
        ("  ", []),
        ('"\'"', []),
    ],
)
def test_found(quote: str, found: list[str]) -> None:
    places = Locator().locate(TEXT, quote)
    assert [TEXT[start:end] for start, end in places.spans] == found


def test_words_as_given_win_over_words_alike() -> None:
    assert Locator().locate("a  b, a b", "a b").spans == ((6, 9),)


@given(st.text(st.sampled_from("ab “”'—–- \n😀"), max_size=40), st.data())
def test_every_span_of_a_text_is_found_where_it_stands(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end].strip()
    if words:
        start = text.index(words, start)
        assert (start, start + len(words)) in Locator().locate(text, words).spans
        mangled = words.replace("“", '"').replace("”", '"').replace("—", "-").replace("\n", "  ")
        spans = Locator().locate(text, mangled).spans
        assert spans
        assert any(left <= start < right for left, right in spans) or mangled in text or words.strip("'\"“”") != words


TYPESET = (
    "Oﬃcials shuﬄed it, \u200e5 µg, 10² times, ﬅ ㎏. The arbitra-\n  tion of a long-\nrunning re-sign co\u00ad\nop."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Officials shuffled it, 5 μg", "Oﬃcials shuﬄed it, \u200e5 µg"),
        ("The arbitration of", "The arbitra-\n  tion of"),
        ("a long-running", "a long-\nrunning"),
        ("st kg", "ﬅ ㎏"),
        ("re-sign coop", "re-sign co\u00ad\nop"),
        ("102 times", None),
        ("resign", None),
    ],
)
def test_quotes_from_typeset_text_are_found(quote: str, found: str | None) -> None:
    text = normalise(TYPESET)
    assert [text[start:end] for start, end in Locator().locate(text, quote).spans] == [found] * (found is not None)


@given(st.lists(st.text("abc", min_size=2, max_size=6), min_size=2, max_size=6), st.data())
def test_a_word_cut_at_the_end_of_a_line_is_found_whole(words: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(words) - 1))
    printed = [f"{word[:1]}-\n{word[1:]}" if place == cut else word for place, word in enumerate(words)]
    text = f"x {' '.join(printed)} x"
    assert Locator().locate(text, f"x {' '.join(words)} x").spans == ((0, len(text)),)


def test_a_full_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.evidence.locating.MOST_KEPT", 10)
    locator = Locator()
    assert all(locator.locate(f"{n} x  y", "x y").spans == ((len(str(n)) + 1, len(str(n)) + 5),) for n in range(30))
