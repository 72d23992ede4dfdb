"""No sentence of a text stands in the whole dispute, and a sentence that did would be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.coded_dispute import ROOT
from tests.data.shared_words import shared_words

WHOLE = ROOT / "data" / "junior-doctors"


def project(folder: Path, readme: str, turtle: str, text: str, table: str = "") -> Path:
    files = {"README.md": readme, "codings/a.ttl": turtle, "review.csv": table, "sources/a.txt": text}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("place", ["readme", "turtle", "table"])
def test_seven_words_in_a_row_are_found_whatever_their_dress(tmp_path: Path, place: str) -> None:
    files = {"readme": "Nothing.", "turtle": 'd:c dg:paraphrase "Nothing."@en .', "table": "why"}
    files[place] += ' "the CRANE\'S cable broke, long before noon"'
    (found,) = shared_words(project(tmp_path, text="Then the crane’s cable\nbroke long before noon.", **files))
    assert found[0].name == {"readme": "README.md", "turtle": "a.ttl", "table": "review.csv"}[place]
    assert found[1:] == (tmp_path / "sources" / "a.txt", "the crane's cable broke long before noon")


def test_six_words_are_no_sentence(tmp_path: Path) -> None:
    folder = project(tmp_path, "A cable broke long before noon.", "", "The crane's cable broke long before noon today.")
    assert not list(shared_words(folder))


def test_an_address_made_of_a_headline_is_no_sentence(tmp_path: Path) -> None:
    address = "d:a schema:url <https://example.org/news/the-cranes-cable-broke-long-before-noon-today> ."
    folder = project(tmp_path, "Nothing.", address, "The cranes cable broke long before noon today")
    assert not list(shared_words(folder))


def test_nothing_to_compare_with_is_no_clean_bill(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no texts"):
        list(shared_words(tmp_path))


@pytest.mark.skipif(not list((WHOLE / "sources").glob("*.txt")), reason="the texts belong to their publishers")
def test_the_whole_dispute_repeats_no_text() -> None:
    assert not list(shared_words(WHOLE))
