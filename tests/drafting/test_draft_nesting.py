"""Which drafts stand inside others, and whether words are quoted, reported or both."""

from __future__ import annotations

import pytest

from disputegraph.drafting.draft_nesting import nested, quotation_kind
from disputegraph.drafting.draft_records import Draft

TEXT = "She said he had told her that the mate thinks the cranes are old."


def draft(source: str, cue: str, content: str) -> Draft:
    def place(words: str) -> tuple[tuple[int, int], ...]:
        start = f" {TEXT}".index(f" {words}")
        return ((start, start + len(words)),) if words else ()

    return Draft(place(content), place(source), place(cue))


def test_a_chain_of_hearsay() -> None:
    chain = [
        draft("the mate", "thinks", "the cranes are old"),
        draft("he", "told", "the mate thinks the cranes are old"),
        draft("She", "said", "he had told her that the mate thinks the cranes are old"),
    ]
    found = nested(chain)
    assert [TEXT[one.content[0][0] :][:6] for one in found] == ["he had", "the ma", "the cr"]
    assert [one.inside for one in found] == [None, 0, 1]


def test_what_has_its_cue_outside_is_not_inside() -> None:
    found = nested(
        [draft("She", "said", "the cranes are old"), draft("he", "told", "that the mate thinks the cranes are old")]
    )
    assert [one.inside for one in found] == [None, None]


def test_what_nobody_says_is_inside_nothing() -> None:
    found = nested([draft("She", "said", "he had told her that"), Draft(draft("", "", "told her").content)])
    assert [one.inside for one in found] == [None, None]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ([(0, 9)], "direct"),  # with its marks
        ([(1, 8)], "direct"),
        ([(10, 14)], "indirect"),
        ([(0, 14)], "mixed"),
        ([(0, 9), (15, 22)], "direct"),
        ([(0, 9), (10, 14), (15, 22)], "mixed"),
        ([(9, 10)], "indirect"),
    ],
)
def test_kinds(content: list[tuple[int, int]], kind: str) -> None:
    text = "“It goes” says “and on.” The end."
    assert quotation_kind(text, content, [(1, 8), (16, 23)]) == kind
