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


def test_a_full_memory_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disputegraph.evidence.locating.MOST_KEPT", 10)
    locator = Locator()
    assert all(locator.locate(f"{n} x  y", "x y").spans == ((len(str(n)) + 1, len(str(n)) + 5),) for n in range(30))
