"""Quotations by their marks: all sorts of them, nested, over paragraphs, and unbalanced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputegraph.drafting.quotation_marks import quotations


def quoted(text: str) -> list[str]:
    """Return the words of each quotation, paragraphs parted by a bar, an open end shown by a dash."""
    return [" | ".join(text[s:e] for s, e in one.inner) + ("" if one.closed else " –") for one in quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is shut,” she said.",
        '"The quay is shut," she said.',
        "‘The quay is shut,’ she said.",
        "'The quay is shut,' she said.",
        "``The quay is shut,'' she said.",
        '``The quay is shut," she said.',
        "''The quay is shut,'' she said.",
        "`The quay is shut,' she said.",
        "«The quay is shut,» she said.",
        "»The quay is shut,« she said.",
        "„The quay is shut,“ she said.",
        "„The quay is shut,” she said.",
        "‚The quay is shut,‘ she said.",
        "“The quay is shut,“ she said.",  # typed by mistake, as the next one
        "”The quay is shut,” she said.",
        '“The quay is shut," she said.',
        "She said:“The quay is shut,”and left.",
        "« The quay is shut, » she said.",
    ],
)
def test_marks_of_all_sorts(text: str) -> None:
    assert quoted(text) == ["The quay is shut,"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We stay,” she said, “until they move.” “Yes.”", ["We stay,", "until they move.", "Yes."]),
        ("“He said, ‘Go,’ and I went,” she said.", ["He said, ‘Go,’ and I went,"]),
        ("\"He said, 'Go,' and I went,\" she said.", ["He said, 'Go,' and I went,"]),
        ("‘He said, “Go,” and I went,’ she said.", ["He said, “Go,” and I went,"]),
        ("'He said, \"Go,\" and I went,' she said.", ['He said, "Go," and I went,']),
        ("“The “Anna” sank,” she said.", ["The “Anna” sank,"]),
        ('"The "Anna" sank," she said.', ['The "Anna" sank,']),
        ("“hi”“yo”", ["hi", "yo"]),
    ],
)
def test_broken_and_nested_ones(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‘It isn’t ours,’ she said. ‘The dockers’ pay is low.’", ["It isn’t ours,", "The dockers’ pay is low."]),
        ("'It isn't ours,' she said. 'The dockers' pay is low.'", ["It isn't ours,", "The dockers' pay is low."]),
        ("The dockers' pay and the crews' rest, 'tis so in the '90s, rock 'n' roll.", []),
        ("It’s the O’Briens’ boat, the mate’s and the cook’s.", []),
        ('A 6\' 2" man drove a 5" nail through "the old hull".', ["the old hull"]),
        ("“It’s the dockers’ day,” she said. The ‘Anna’ sails.", ["It’s the dockers’ day,", "Anna"]),
        ('He told \'em "no" and "never".', ["no", "never"]),
        ('The crews \'bout said "no". The dockers\' men said "yes".', ["no", "yes"]),
    ],
)
def test_apostrophes_quote_nothing(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "''", "«»"])
def test_a_quotation_goes_on_where_the_next_paragraph_opens_again(opening: str, closing: str) -> None:
    text = f"{opening}One.\n\n{opening}Two.\n\n{opening}Three,{closing} she said. {opening}Four.{closing}"
    assert quoted(text) == ["One. | Two. | Three,", "Four."]


def test_spans_hold_the_marks() -> None:
    text = "So “we stay,” she said."
    (one,) = quotations(text)
    assert (text[one.start : one.end], one.spans, one.inner) == ("“we stay,”", ((3, 13),), ((4, 12),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We stay.\n\nThe “Anna” sails.", ["We stay. –", "Anna"]),
        ('"We stay, she said.\n\nThe "Anna" sails.', ["We stay, she said. –", "Anna"]),
        ("“We stay, she said. “We wait.”", ["We wait."]),
        ("'We stay, she said.\n\nNobody sails.", []),
        ("We stay,” she said.", []),
        ("We “stay", ["stay –"]),
        *((text, []) for text in ("", '"', "“”", "“ ”", "''", '""""', "'", "“\n\n“", "»", "‘’")),
    ],
)
def test_a_mark_without_partner_spoils_its_paragraph_at_most(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@given(st.text(alphabet="“”\"'‘’„«»‚`´ ab.,\n", max_size=60))
def test_any_marks_give_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    for one in quotations(text):
        for (start, stop), (first, last) in zip(one.spans, one.inner, strict=True):
            assert end <= start <= first < last <= stop
            assert text[first:last] == text[first:last].strip()
            end = stop
