"""Pages of HTML are read as their main text, and what they say of themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from disputegraph.coding.text_reading import read_document_bytes
from disputegraph.errors import DataError, LimitError
from tests.coding.document_samples import LONG, PAGE, page

# HTML


def test_a_page_gives_its_main_text_in_whole_paragraphs() -> None:
    read = read_document_bytes(PAGE.encode(), "page.html")
    assert read.text.split("\n\n") == [
        "Council votes on the quay",
        "On 12 March the council voted, by nine to four, to widen the harbour basin, after a debate past midnight.",
        "Mayor Ingrid Falk said that the plan brings work.\nShe called it overdue. So be it.",
        LONG,
        "The basin gets deeper, as the file plan.pdf shows.",
        "Boats move.",
        "Ward",
        "Votes",
        "North",
        "1,204",
        "Opponents led by Jon Berg announced a complaint to the county governor within three weeks.",
    ]
    assert read.title == "Quay votes | The Daily Tide"
    assert (read.date, read.publisher, read.language) == ("2021-03-12", "The Daily Tide", "en-GB")
    assert read.url == "https://tide.example/quay"
    assert read.notes == ("Left out: 5 of 16 paragraphs of the page (menus, captions, comments and the like).",)


def test_a_page_reads_the_same_each_time() -> None:
    assert len({read_document_bytes(PAGE.encode(), "page.html") for _ in range(3)}) == 1


def test_tables_and_formulas_that_are_left_out_are_said() -> None:
    menu = "".join(
        f'<tr><td><a href="/{n}">A link to some other page of this site, number {n}</a></td></tr>' for n in range(9)
    )
    content = page(f"<p>{LONG}</p><p>Let <math><mi>x</mi></math> be. {LONG} {LONG}</p><nav><table>{menu}</table></nav>")
    read = read_document_bytes(content, "page.html")
    assert read.text == f"{LONG}\n\nLet be. {LONG} {LONG}"
    assert read.notes == (
        "Left out: 9 of 11 paragraphs of the page (menus, captions, comments and the like).",
        "Left out, wholly or in part: 1 of 1 table of the page.",
        "Left out: 1 formula of the page.",
    )


def test_breaks_and_preformatted_text() -> None:
    body = (
        f"<div>{LONG}<br>next line<br>\n<br>next paragraph\n<br> last </div><pre>  a\n\n  b</pre><p>{LONG}&nbsp;End</p>"
    )
    text = read_document_bytes(page(body), "page.html").text
    assert text.startswith(f"{LONG}\nnext line\n\nnext paragraph\nlast\n\n")
    assert text.endswith(f"{LONG}\u00a0End")


def test_signs_that_mark_the_pieces_of_a_page_stay_in_its_text() -> None:
    assert read_document_bytes(page(f"<p>{LONG} \u2801\u28ff</p><p>{LONG}</p>"), "p.html").text.startswith(
        f"{LONG} \u2801\u28ff"
    )


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(
        DataError, match="no main text was found among 0 paragraphs of the page. If it is loaded by a script"
    ):
        read_document_bytes(b"<html><body><div id=app></div><script>run()</script></body></html>", "app.html")


def test_text_that_is_only_in_data_for_search_engines_is_taken_with_a_word() -> None:
    text = f"{LONG} \u2801\u2802 {LONG}"
    data = json.dumps({"@type": "NewsArticle", "articleBody": text, "datePublished": "2020-01-02"})
    read = read_document_bytes(
        page("<div id=app></div>", f'<script type="application/ld+json">{data}</script>'), "app.html"
    )
    assert (read.text, read.date) == (text, "2020-01-02")
    assert read.notes == (
        "The page itself shows no text; it was taken from the data for search engines that it carries.",
    )


@pytest.mark.parametrize(
    ("head", "date", "notes"),
    [
        ('<meta name="DC.date" content="2019/05/04">', "2019-05-04", ()),
        ('<meta name="citation_date" content="20190504">', "2019-05-04", ()),
        ('<meta name="date" content="2019-05">', None, ()),
        ('<meta name="date" content="2019-02-30">', None, ()),
        ('<meta name="date" content="4 May 2019">', None, ()),
        ('<meta property="article:modified_time" content="2019-05-04">', None, ()),
        (
            '<meta name="date" content="2019-05-04"><meta property="article:published_time" content="2019-05-03">',
            "2019-05-03",
            ("The page names 2 days of publication (2019-05-03, 2019-05-04); the first was taken.",),
        ),
        (
            '<script type="application/ld+json">{"@graph": [1, {"datePublished": "2019-05-04"}]}</script>',
            "2019-05-04",
            (),
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None, ()),
    ],
)
def test_a_day_of_publication_is_what_the_page_says(head: str, date: str | None, notes: tuple[str, ...]) -> None:
    read = read_document_bytes(page(f"<p>{LONG}</p><p>On 7 June 2018 it rained. {LONG}</p>", head), "page.html")
    assert (read.date, read.notes) == (date, notes)


def test_data_that_nest_to_death_say_nothing() -> None:
    head = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert read_document_bytes(page(f"<p>{LONG}</p><p>{LONG}</p>", head), "page.html").date is None


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:title" content=" A  title "><title>Window</title>', "title", "A title"),
        ("<title>Window</title>", "title", "Window"),
        ("", "title", None),
        ('<script type="application/ld+json">{"publisher": {"name": "Tide"}}</script>', "publisher", "Tide"),
        ("", "publisher", None),
        ('<link rel="canonical" href="/relative">', "url", None),
        ('<link rel="canonical" href="javascript:run()">', "url", None),
        ('<meta property="og:url" content="https://tide.example/1">', "url", "https://tide.example/1"),
        ('<meta http-equiv="content-language" content="de">', "language", "de"),
        ('<meta http-equiv="content-language" content="de, en">', "language", None),
    ],
)
def test_a_page_says_of_itself(head: str, field: str, value: str | None) -> None:
    assert getattr(read_document_bytes(page(f"<p>{LONG}</p><p>{LONG}</p>", head), "page.html"), field) == value


@pytest.mark.parametrize(
    ("head", "encoding", "note"),
    [
        ('<meta charset="iso-8859-1">', "windows-1252", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r", None),
        ("", "utf-8", None),
        ("", "utf-16", None),
        ("", "windows-1252", "The page does not say its encoding; it was read as windows-1252."),
        (
            '<meta charset="unicode_escape">',
            "windows-1252",
            "The page does not say its encoding; it was read as windows-1252.",
        ),
    ],
)
def test_the_encoding_of_a_page(head: str, encoding: str, note: str | None) -> None:
    word = "Это" if encoding == "koi8-r" else "“Größe”"
    content = page(f"<p>{word} {LONG}</p><p>{LONG}</p>", head).decode().encode(encoding)
    read = read_document_bytes(content, "page.html")
    assert read.text.startswith(f"{word} {LONG}")
    assert read.notes == ((note,) if note else ())


def test_bytes_that_are_not_of_the_encoding_that_a_page_says_are_counted() -> None:
    content = page(f"<p>Gr\u00f6\u00dfe {LONG}</p><p>{LONG}</p>", "<meta charset=utf-8>").decode().encode("latin-1")
    read = read_document_bytes(content, "page.html")
    assert read.text.startswith("Gr\ufffd\ufffde")
    assert read.notes == (
        "2 byte sequences of the page are not utf-8 and stand as �.",
        "Not known: the letters of 2 signs (� or private use).",
    )


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_a_page_that_nests_to_death(tag: str) -> None:
    with pytest.raises(LimitError, match="nest too deeply"):
        read_document_bytes(page(f"<{tag}>" * 100_000 + LONG), "deep.html")


def test_entities_of_a_page_fetch_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    content = head.encode() + page(f"<p>{LONG}</p><p>{LONG} &x;</p>")
    assert "secret" not in read_document_bytes(content, "page.xhtml").text
