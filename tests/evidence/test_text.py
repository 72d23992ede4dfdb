"""The one normal form: NFC, LF, code points; and the way there from other offsets."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.evidence.text import OffsetMap, digest, normalise, utf16_to_code_point

PLAIN = ["a", " ", "\n", "\r\n", "\r", "é", "한", "😀", "👩\u200d👩\u200d👧", "𝒳", "\ufb01", "\ufeff"]
JOINED = ["e\u0301", "o\u0323\u0302", "\u0344", "\u1100\u1161\u11a8"]
PIECES = st.sampled_from([*PLAIN, *JOINED])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("\ufeffone\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("cafe\u0301 😀", "café 😀"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\ufeffb", "a\ufeffb"),
    ],
)
def test_normal_form(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


def test_digest_is_sha256_of_utf8() -> None:
    assert digest("é😀") == hashlib.sha256("é😀".encode()).hexdigest()


@given(TEXTS)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise(raw)
    if not once.startswith("\ufeff"):
        assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_map_gives_the_normal_form(raw: str) -> None:
    assert OffsetMap.of(raw).text == normalise(raw)


@given(st.tuples(TEXTS, TEXTS, TEXTS))
def test_map_of_a_span_is_the_normal_form_of_that_span(parts: tuple[str, str, str]) -> None:
    """A span whose bounds do not cut through what normalisation joins keeps its words; a cut one loses nothing."""
    raw = "".join(parts)
    start, end = len(parts[0]), len(parts[0] + parts[1])
    left, right = OffsetMap.of(raw).span(start, end)
    assert 0 <= left <= right <= len(normalise(raw))
    assert left <= len(normalise(raw[:start])) or raw[start:].startswith("\n")
    before, words, behind = normalise(parts[0]), *(normalise("x" + part)[1:] for part in parts[1:])
    cut = any(unicodedata.combining(part[:1] or "x") for part in parts[1:])
    if before + words + behind == normalise(raw) and not cut and not (start == 0 and raw.startswith("\ufeff")):
        assert normalise(raw)[left:right] == words


@given(TEXTS, st.data())
def test_utf16_offsets(raw: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(raw)))
    units = len(raw[:place].encode("utf-16-le")) // 2
    assert utf16_to_code_point(raw, [units]) == [place]


def test_utf16_offset_inside_a_pair_and_beyond() -> None:
    assert utf16_to_code_point("a😀b", [2, 99, 0]) == [1, 3, 0]
