"""One long quotation as drafts of its sentences."""

from __future__ import annotations

from disputegraph.drafting.draft_records import Draft, ProposedSpeaker
from disputegraph.drafting.quotation_parts import split_by_sentence

ADA = ProposedSpeaker("Ada Osei", 0.9, "named beside the words")


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in words)


def split(text: str, *contents: str, kind: str = "direct") -> list[list[str]]:
    whole = Draft(spans(text, *contents), ((0, 1),), ((1, 2),), kind, ADA)  # type: ignore[arg-type]
    found = split_by_sentence([whole], text)
    assert all((one.source, one.cue, one.kind, one.speaker) == (((0, 1),), ((1, 2),), kind, ADA) for one in found)
    return [[text[start:end] for start, end in one.content] for one in found]


def test_each_sentence_is_a_draft_without_marks_that_lost_their_partner() -> None:
    text = "She said: “The cranes are old. Nobody looked at them! We stay out.”"
    whole = "“The cranes are old. Nobody looked at them! We stay out.”"
    assert split(text, whole) == [["The cranes are old."], ["Nobody looked at them!"], ["We stay out."]]


def test_one_sentence_stays_as_it_is() -> None:
    assert split("He: “We stay out.”", "“We stay out.”") == [["“We stay out.”"]]


def test_a_sentence_broken_by_the_cue_is_one() -> None:
    text = "“The cranes,” she said, “are old. We stay out of the port.”"
    assert split(text, "“The cranes,”", "“are old. We stay out of the port.”") == [
        ["The cranes,", "are old."],
        ["We stay out of the port."],
    ]


def test_a_very_short_sentence_stays_with_the_one_before() -> None:
    text = "She: “The cranes are old. Very old. Nobody looked at them.”"
    assert split(text, "“The cranes are old. Very old. Nobody looked at them.”") == [
        ["The cranes are old. Very old."],
        ["Nobody looked at them."],
    ]


def test_what_is_told_in_other_words_is_not_split() -> None:
    text = "Ada said it is so. It was always so."
    assert split(text, "it is so. It was always so", kind="indirect") == [["it is so. It was always so"]]


def test_hearsay_is_inside_the_sentence_that_holds_it() -> None:
    text = "“The cranes are old. He told us that they are safe. We stay out.” So Ada Osei said."
    outer = Draft(spans(text, "“The cranes are old. He told us that they are safe. We stay out.”"), kind="direct")
    inner = Draft(spans(text, "they are safe"), spans(text, "He"), spans(text, "told"), inside=0)
    found = split_by_sentence([outer, inner], text)
    assert [one.inside for one in found] == [None, None, None, 1]
