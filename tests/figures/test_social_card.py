"""The picture that goes with a link: what it shows, what it says, and that a page names it."""

from __future__ import annotations

import struct
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.figures import CARD_SIZE, draw_card
from disputegraph.page import page_data
from disputegraph.store import open_store

pytestmark = pytest.mark.once  # matplotlib takes its time

HEAD = """@prefix : <https://example.org/> . @prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
:dispute a dg:Dispute ; skos:prefLabel "Quay $1 & <b>more</b>" . :paper a dg:Document .
"""
SPOKEN = """:c dg:claimedAgent :firm .
:u1 dg:speaker :ann ; dg:addressesClaim :c ; dg:polarity dg:affirms ; dg:speechAct dg:accusing .
:u2 dg:speaker :bob ; dg:addressesClaim :c ; dg:polarity dg:affirms ; dg:speechAct dg:crediting .
:own dg:speaker :firm ; dg:addressesClaim :c ; dg:polarity dg:affirms ; dg:speechAct dg:crediting .
:gone dg:speaker :cat ; dg:addressesClaim :c ; dg:polarity dg:affirms ; dg:speechAct dg:accusing .
:taken-back a dg:Withdrawal ; dg:supersedes :gone .
"""
AGREED = """:u1 dg:speaker :ann ; dg:addressesClaim :c ; dg:polarity dg:affirms .
:u2 dg:speaker :bob ; dg:addressesClaim :c ; dg:polarity dg:denies .
"""
ALONE = ":u1 dg:speaker :ann ; dg:addressesClaim :c ; dg:polarity dg:affirms .\n"


def data_of(folder: Path, text: str) -> dict[str, Any]:
    path = folder / "data.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    with open_store([path]) as store:
        return page_data(store)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SPOKEN, "Who on whom: ann → firm (Critical: 1); bob → firm (Supportive: 1)."),
        (AGREED, "Coalitions: ann – bob (Conflict: 1)."),
        (ALONE, "1 utterance, 1 claim, 1 actor, 1 document."),
    ],
)
def test_it_shows_what_counts_and_says_so(tmp_path: Path, text: str, told: str) -> None:
    data = data_of(tmp_path, text)
    card = draw_card(data)
    assert card.png.startswith(b"\x89PNG")
    assert struct.unpack(">II", card.png[16:24]) == CARD_SIZE
    assert card.alt.startswith("Quay $1 & <b>more</b>. ")
    assert card.alt.endswith(told)
    assert "cat" not in card.alt.split()  # who took it back accuses nobody
    assert draw_card(data).png == card.png


def test_what_does_not_count_is_said(tmp_path: Path) -> None:
    data = data_of(tmp_path, SPOKEN)
    assert "Not counted: withdrawn, or only as others tell it: 1." in draw_card(data).alt
    assert "3 Äußerungen" in draw_card(data, language="de").alt


def test_the_page_names_its_picture(tmp_path: Path) -> None:
    data_of(tmp_path, SPOKEN)
    files = [
        "-d",
        str(tmp_path / "data.ttl"),
        "-o",
        str(tmp_path / "page.html"),
        "--card",
        str(tmp_path / "a card.png"),
    ]
    done = CliRunner().invoke(main, ["page", *files, "--url", "https://news.example/quay/"])
    assert done.exit_code == 0, done.output
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<meta property="og:image" content="https://news.example/quay/a%20card.png">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    alt = html.partition('og:image:alt" content="')[2].partition('">')[0]
    assert unescape(alt) in done.stderr
    assert "<b>" not in alt
    without = CliRunner().invoke(main, ["page", *files])
    assert without.exit_code == 0
    assert "og:image" not in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("option", "told"), [(("--card", "card.jpg"), "name it FILE.png"),
                                              (("--url", "news.example"), "the whole address")])  # fmt: skip
def test_wrong_wishes_are_explained(tmp_path: Path, option: tuple[str, str], told: str) -> None:
    done = CliRunner().invoke(main, ["page", "-o", str(tmp_path / "page.html"), *option])
    assert (done.exit_code, told in done.stderr) == (2, True)


def test_without_matplotlib_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    files = ["-o", str(tmp_path / "page.html"), "--card", str(tmp_path / "card.png")]
    done = CliRunner().invoke(main, ["page", *files])
    assert (done.exit_code, "pip install 'disputegraph[figures]'" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())
