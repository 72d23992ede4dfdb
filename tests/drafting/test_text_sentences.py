"""Sentences by their marks alone."""

from __future__ import annotations

import pytest

from disputegraph.drafting.quotation_marks import quotations
from disputegraph.drafting.text_sentences import sentence_spans


def sentences(text: str, *, whole: bool = False) -> list[str]:
    return [text[s:e] for s, e in sentence_spans(text, whole=quotations(text) if whole else None)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The quay is shut.", "Who says so?", "We do!", "It is so…", "Yes."],
        ["Dr. Osei met Mrs. E. M. Lund of Harbour Inc. in the U.S. port on Jan. 5.", "They spoke."],
        ["It rose by 3.5 per cent.", "100 ships left."],
        ["She said “no.”", "He left."],
        ["“We stay.”", "“Who says so?”", "Nobody."],
        ["(It is shut.)", "[Nobody knows.]"],
        ["Sen. Lund (I-Port) spoke vs. No. 5.", "It helped."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_no_sentence_ends_in_a_quotation_that_is_whole() -> None:
    text = "She said: “It is shut. We stay.” He left."
    assert sentences(text) == ["She said: “It is shut.", "We stay.”", "He left."]
    assert sentences(text, whole=True) == ["She said: “It is shut. We stay.”", "He left."]


def test_paragraphs_end_sentences() -> None:
    assert sentences("Cranes stand still\n\nIt is so") == ["Cranes stand still", "It is so"]


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_no_sentence(text: str) -> None:
    assert sentences(text) == []
