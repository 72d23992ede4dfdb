"""Nothing that a table or a message quotes steers a terminal."""

from __future__ import annotations

import io
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from disputegraph.cli.output import table_text
from disputegraph.cli.shown_text import ShownStream, shown_text

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = st.text() | st.text(alphabet="a\x1b\x07\x9b\r\x7f\u2028\u2029" + BIDI)


def steering(text: str) -> set[str]:
    return {char for char in text if (unicodedata.category(char) == "Cc" and char not in "\t\n") or char in BIDI}


@given(texts)
def test_what_is_shown_steers_nothing(text: str) -> None:
    assert not steering(shown_text(text))
    stream = io.StringIO()
    ShownStream(stream).write(text)
    assert stream.getvalue() == shown_text(text)
    assert not steering(table_text(["a", "b"], [[text, 1]]))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "M"])))
def test_letters_stay_as_they_are(text: str) -> None:
    assert shown_text(text) == text
