"""Drafts by rules alone: who says what in texts of our own, what is nobody's, and how good it is on reference data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.drafting import Draft, attribution_line, evaluate_attributions, read_attribution_lines
from disputegraph.drafting.rule_drafting import RuleDrafter


def plain(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end].strip("“”\"‘’'`«»,. ") for start, end in spans)


def told(text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each draft."""
    return [(plain(text, one.source), plain(text, one.cue), plain(text, one.content)) for one in drafted(text)]


def drafted(text: str) -> list[Draft]:
    return RuleDrafter().draft(text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The quay is shut,” Ada Osei said.", "Ada Osei", "said", "The quay is shut"),
        ("“The quay is shut,” said Ada Osei.", "Ada Osei", "said", "The quay is shut"),
        ("Ada Osei said, “The quay is shut.”", "Ada Osei", "said", "The quay is shut"),
        ("Ada Osei added: “The quay is shut.”", "Ada Osei", "added", "The quay is shut"),
        ("'The dockers' quay is shut,' Ada Osei said.", "Ada Osei", "said", "The dockers' quay is shut"),
        ("“The quay,” Ada Osei said, “is shut for now.”", "Ada Osei", "said", "The quay … is shut for now"),
        ("“The quay is shut,” said Ada Osei. “We stay.”", "Ada Osei", "said", "The quay is shut … We stay"),
        ("“Is the quay shut?” Ada Osei asked.", "Ada Osei", "asked", "Is the quay shut?"),
        ("Ada Osei said that the quay is shut.", "Ada Osei", "said", "the quay is shut"),
        ("Ada Osei said the quay is shut.", "Ada Osei", "said", "the quay is shut"),
        ("She said on Monday that the quay is shut.", "She", "said", "the quay is shut"),
        ("Ada Osei, who runs the port, said it is shut.", "Ada Osei", "said", "it is shut"),
        ("The quay is shut for now, Ada Osei said.", "Ada Osei", "said", "The quay is shut for now"),
        ("The quay is shut for now, said Ada Osei.", "Ada Osei", "said", "The quay is shut for now"),
        ("Ada Osei told reporters that the quay is shut.", "Ada Osei", "told", "the quay is shut"),
        ("According to Ada Osei, the quay is shut.", "Ada Osei", "According to", "the quay is shut"),
        ("The quay is shut, according to Ada Osei.", "Ada Osei", "according to", "The quay is shut"),
        ("The quay, according to Ada Osei, is shut.", "Ada Osei", "according to", "The quay … is shut"),
        ("Its mate, Ada Osei, said the quay was shut.", "Its mate", "said", "the quay was shut"),
        ("The mate, Ada Osei, told the Gazette he knew it.", "The mate", "told", "he knew it"),
        ("“The quay is shut.” ― Ada Osei, the mate", "Ada Osei", "―", "The quay is shut"),
        ("Ada Osei said:\n\n“The quay is shut. We stay.”", "Ada Osei", "said", "The quay is shut. We stay"),
        ("Ada Osei said “nobody knows when it opens.”", "Ada Osei", "said", "nobody knows when it opens"),
        ("Ada Osei: quay shut for months to come", "Ada Osei", ":", "quay shut for months to come"),
    ],
)  # fmt: skip
def test_who_says_what(text: str, source: str, cue: str, content: str) -> None:
    assert told(text) == [(source, cue, content.strip("“”"))]


@pytest.mark.parametrize(
    "text",
    [
        "The quay is shut.",
        "The so-called “experts” left the “old” quay.",
        "The ‘Anna’ and the ‘Berta’ lay at the dockers’ quay.",
        "",
        "\n \n",
        "Der Hafen ist zu, und niemand weiß es.",
        "0% @@ |~ ^^ -- ,,,, ;;; ((( ]]]",
    ],
)
def test_where_nobody_speaks(text: str) -> None:
    assert told(text) == []


def test_kinds_acts_and_speakers() -> None:
    text = "“The quay is shut,” said Ada Osei. She denied that it is old. She said that “nobody knows” when it opens."
    first, second, third = drafted(text)
    assert [one.kind for one in (first, second, third)] == ["direct", "indirect", "mixed"]
    assert (second.speech_act, second.polarity) == ("asserting", "denies")
    assert [one.speaker.name for one in (first, second, third) if one.speaker] == ["Ada Osei"] * 3
    assert {(one.program, bool(one.version)) for one in (first, second, third)} == {("rules", True)}


def test_hearsay_is_inside_what_tells_it() -> None:
    text = "According to Radio Nord, Eva Lund told colleagues that the cranes were safe."
    outer, inner = drafted(text)
    assert (outer.inside, inner.inside) == (None, 0)
    assert plain(text, inner.source) == "Eva Lund"


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“The quay is shut.\n\n“Nobody knows when it opens,” said Ada Osei.\n\nThe port said nothing."
    (one,) = drafted(text)
    assert plain(text, one.content) == "The quay is shut … Nobody knows when it opens"
    assert plain(text, one.source) == "Ada Osei"


def test_capitals_only() -> None:
    text = "“THE QUAY IS SHUT,” ADA OSEI SAID. SHE SAID THAT NOBODY KNOWS WHEN IT OPENS."
    assert next((source, content) for source, _, content in told(text)) == ("ADA OSEI", "THE QUAY IS SHUT")


WORDS = [
    "said",
    "“",
    "”",
    '"',
    "'",
    "’",
    ",",
    ".",
    ":",
    "that",
    "Ada",
    "Osei",
    "he",
    "told",
    "according to",
    "\n\n",
    "\n",
    "―",
    "it is so",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_text_gives_words_of_its_own(text: str) -> None:
    drafts = drafted(text)
    for one in drafts:
        assert one.content
        assert list(one.content) == sorted(one.content)
        for start, end in (*one.content, *one.source, *one.cue):
            assert text[start:end] == text[start:end].strip() != ""
        assert one.inside is None or 0 <= one.inside < len(drafts)


def test_how_good_they_are(shared: Path) -> None:
    """A little below what is reached."""
    gold = list(read_attribution_lines(shared / "attribution" / "dev.jsonl"))
    figures = evaluate_attributions(gold, [attribution_line(one["id"], drafted(one["text"])) for one in gold])
    least = {
        "partial_precision": 79,
        "partial_f": 57.5,
        "partial_source_f": 54,
        "exact_f": 49,
        "token_f": 77,
        "direct_recall": 94,
        "direct_source_recall": 89,
    }
    assert {name: figures[name] for name, floor in least.items() if figures[name] < floor} == {}
