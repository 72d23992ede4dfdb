"""Pieces that a parser reads: paragraphs, in their length."""

from __future__ import annotations

import pytest

from disputegraph.drafting.parser_pieces import as_parsed, parser_pieces


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in parser_pieces(text)]


def test_a_paragraph_is_a_piece() -> None:
    assert pieces("Cranes stand still.\n\nAda Osei spoke\nat noon.") == [
        "Cranes stand still.",
        "Ada Osei spoke\nat noon.",
    ]


@pytest.mark.parametrize("dateline", ["NORTHPORT (HN) - ", "NORTHPORT, July 3 (Reuters) — ", "NEW NORTHPORT – "])
def test_a_dateline_is_left_out(dateline: str) -> None:
    assert pieces(f"{dateline}Ada Osei spoke.") == ["Ada Osei spoke."]


def test_long_pieces_are_cut_and_nothing_is_lost() -> None:
    text = "It is so and nobody knows. " * 500 + "x" * 9_000
    found = pieces(text)
    assert max(map(len, found)) <= 2_000
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "piece", ["a\nb", "İ" * 50 + " ŁÓDŹ", "THE UNION SAID THAT THE CRANES OF THE PORT WERE NOT SAFE AT ALL"]
)
def test_the_parser_reads_the_same_length(piece: str) -> None:
    assert len(as_parsed(piece)) == len(piece)
    assert "\n" not in as_parsed(piece)
