"""How much of a source goes along with a quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph.evidence import Sources, context_around, digest

TOLD = 'Talks broke down. "We have broken no rule," he said to Mr. Hall of J. Smith Ltd. The union denied it. No more.'


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("We have broken no rule", '"We have broken no rule," he said to Mr. Hall of J. Smith Ltd.'),
        ("denied", "The union denied it."),
        ("The union denied it.", "The union denied it."),
        ('down. "We', 'Talks broke down. "We have broken no rule," he said to Mr. Hall of J. Smith Ltd.'),
    ],
)
def test_the_sentence_goes_along(quote: str, sentence: str) -> None:
    start = TOLD.index(quote)
    before, after = context_around(TOLD, start, start + len(quote))
    assert before + quote + after == sentence
    assert context_around(TOLD, start, start + len(quote), "none") == ("", "")
    before, after = context_around(TOLD, start, start + len(quote), "paragraph")
    assert before + quote + after == TOLD


def test_a_context_is_bounded() -> None:
    text = "word " * 4_000
    for shown, most in (("sentence", 250), ("paragraph", 810)):
        before, after = context_around(text, 10_000, 10_004, shown)  # type: ignore[arg-type]
        assert before.startswith("… word")
        assert after.endswith("word …")
        assert 0 < len(before) <= most
        assert 0 < len(after) <= most


def test_a_text_with_single_line_breaks_has_a_paragraph_in_each_line(tmp_path: Path) -> None:
    text = "The first line of it.\nThe second says what matters.\nThe third ends it."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    start = text.index("what matters")
    quote = Sources(tmp_path).quote(digest(text), start, start + 12, digest("what matters"))
    assert quote is not None
    assert quote.paragraph == "The second says what matters."
