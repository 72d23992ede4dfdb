"""Source folders: which text is a document's, and where a span stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph.errors import DataError, LimitError
from disputegraph.evidence import Sources, digest, normalise
from disputegraph.evidence.search import Budget, find_span

TEXT = "Ärzte 😀 streiken.\r\n\r\nThe café was shut; the cafe\u0301 was dark.\r\n\r\nA third paragraph ends it."
NORMAL = normalise(TEXT)


def span(words: str, text: str = NORMAL) -> tuple[int, int, str]:
    start = text.index(words)
    return start, start + len(words), digest(words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    (tmp_path / "other.md").write_text("Nothing of the kind.", encoding="utf-8")
    return tmp_path


def test_verified_quote_with_its_paragraph(folder: Path) -> None:
    quote = Sources(folder).quote(digest(NORMAL), *span("the café was dark"))
    assert quote is not None
    assert (quote.text, quote.status, quote.file) == ("the café was dark", "verified", "report.txt")
    assert quote.paragraph == "The café was shut; the café was dark."
    assert quote.paragraph[quote.start_in_paragraph : quote.end_in_paragraph] == quote.text


def test_span_is_refound_in_a_text_that_drifted(folder: Path) -> None:
    (folder / "report.txt").write_text("An editor's note: 😀\n\n" + NORMAL, encoding="utf-8")
    quote = Sources(folder).quote(digest(NORMAL), *span("streiken"))
    assert quote is not None
    assert (quote.text, quote.status) == ("streiken", "re-found")
    assert quote.start == span("streiken")[0] + len("An editor's note: 😀\n\n")


def test_ambiguous_even_when_the_nearest_is_found_first(folder: Path) -> None:
    (folder / "report.txt").write_text("x " + NORMAL + " streiken", encoding="utf-8")
    quote = Sources(folder).quote(digest(NORMAL), *span("streiken"))
    assert quote is not None
    assert quote.status == "ambiguous"


def test_lost_when_the_document_is_there_and_the_words_are_not(folder: Path) -> None:
    quote = Sources(folder).quote(digest(NORMAL), 0, 5, digest("nobody said this"))
    assert quote is not None
    assert (quote.status, quote.text) == ("lost", "")


def test_none_without_any_text_of_the_document(folder: Path) -> None:
    assert Sources(folder).quote(digest("unknown"), 0, 5, digest("never")) is None


def test_a_document_that_is_not_there_is_not_searched_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = Sources(folder)
    searched: list[object] = []
    monkeypatch.setattr(sources, "find", lambda *place: searched.append(place))
    for start in range(100):
        assert sources.quote(digest("unknown"), start, start + 5, digest("never")) is None
    assert len(searched) == 12 * len(sources.texts)


def test_a_drifted_text_is_known_by_its_name(folder: Path) -> None:
    assert Sources(folder).text_of(digest("old"), names=["Report"]).name == "report.txt"  # type: ignore[union-attr]


def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    (folder / "link.txt").symlink_to(secret)
    (folder / "folder-link").symlink_to(secret.parent)
    sources = Sources(folder)
    assert sources.quote(None, *span("secret words", "the secret words")) is None
    assert all("secret" not in source.text for source in sources.texts)
    assert "leads out" in dict(sources.skipped)["link.txt"]


def test_what_is_no_text_is_passed_over_and_said(folder: Path) -> None:
    (folder / "latin.txt").write_bytes("Müller".encode("latin-1"))
    (folder / "wide.txt").write_bytes("Müller".encode("utf-16"))
    (folder / ".hidden").write_text("hidden", encoding="utf-8")
    sources = Sources(folder)
    assert [source.name for source in sources.texts] == ["other.md", "report.txt"]
    assert {name for name, _ in sources.skipped} == {"latin.txt", "wide.txt"}


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        Sources(tmp_path / "nowhere")


def test_search_agrees_with_plain_text_search() -> None:
    text = "abcabdabcab" * 3
    for start in range(len(text)):
        for length in (1, 3, 7):
            for words in {text[k : k + length] for k in range(len(text) - length + 1)}:
                found = find_span(text, start, start + length, digest(words), Budget())
                assert found is not None
                assert text[found.start : found.start + length] == words
                nearest = min(abs(k - start) for k in range(len(text)) if text.startswith(words, k))
                assert abs(found.start - start) == nearest


def test_search_has_a_limit() -> None:
    with pytest.raises(LimitError, match="too many anchors"):
        find_span("a" * 50_000, 0, 10, digest("never"), Budget(left=1_000_000))
