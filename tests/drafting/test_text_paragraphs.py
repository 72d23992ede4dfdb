"""Paragraphs, whatever the lines of a text are."""

from __future__ import annotations

import pytest

from disputegraph.drafting.text_paragraphs import paragraph_spans

LONG = (
    "The harbour was shut for three days while crews looked at each of the cranes, and nobody could say when it opens."
)


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraph_spans(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n", "\r\n", "\r\n\r\n", " \n\t\n\n "])
def test_lines_are_paragraphs(gap: str) -> None:
    assert paragraphs(f"Cranes{gap}{LONG}{gap}It opens.") == ["Cranes", LONG, "It opens."]


def test_a_line_that_breaks_off_goes_on() -> None:
    broken = LONG.replace("looked at", "looked\xa0\nat")
    assert paragraphs(f"{broken}\nIt opens.") == [broken, "It opens."]


WRAPPED = (
    "The harbour was shut for three days\nwhile crews looked at each\nof the cranes. It is not known when\nit opens."
)


def test_lines_that_are_wrapped_are_joined() -> None:
    assert paragraphs(f"{WRAPPED}\n\n{WRAPPED}\n") == [WRAPPED, WRAPPED]


def test_wrapped_lines_without_empty_ones_end_a_paragraph_early() -> None:
    assert paragraphs(f"{WRAPPED}\n{WRAPPED}") == [WRAPPED, WRAPPED]


def test_short_lines_are_no_wrapped_ones() -> None:
    text = "Osei: It is shut.\nLund: Who says so?\nOsei: I do."
    assert paragraphs(text) == text.split("\n")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\n"])
def test_no_paragraph(text: str) -> None:
    assert paragraphs(text) == []
