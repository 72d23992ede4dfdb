"""Texts that nobody wrote: what the rules cost grows with the length, and nothing crashes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disputegraph.drafting.quotation_marks import quotations
from disputegraph.drafting.rule_drafting import RuleDrafter
from disputegraph.drafting.text_sentences import sentence_spans
from tests.growth import grows_in_proportion

BASE = 'Ada Osei said that “it is so,” he told reporters. According to Radio Nord, he denied it. "We stay," she said. '
TEXTS = {
    "one line": BASE,
    "capitals": BASE.upper(),
    "opened in every paragraph": "“It is so and nobody knows.\n\n",
    "unbalanced": 'He said “it is so. And "that was it. ',
    "no end of a sentence": "he said that she said that ",
    "marks": "“\"'‘’”",
    "single ones": "'a ",
    "words of saying": "said ",
    "commas": "said, ",
    "named": "Ada Osei said ",
    "points": ". ",
    "one word": "a",
    "asked": "“Why?” he asked. ",
    "according": "according to ",
    "labels": "Ada: ",
    "line ends": "\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_cost_grows_with_the_length(name: str) -> None:
    def text(length: int) -> str:
        return (TEXTS[name] * (length // len(TEXTS[name]) + 1))[:length]

    drafter = RuleDrafter()
    drafter.draft(BASE)
    assert grows_in_proportion(lambda length: drafter.draft(text(length)), 2_000)


@pytest.mark.parametrize("work", [quotations, sentence_spans])
def test_a_million_characters_of_marks(work: Callable[[str], object]) -> None:
    assert grows_in_proportion(lambda count: work("“No.” 'It' \"is\" 'so." * count), 2_000)
