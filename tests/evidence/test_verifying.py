"""Every anchor of a graph against its sources."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

from disputegraph.evidence import Sources, digest, verify_anchors
from disputegraph.rdf import source_of_bytes
from disputegraph.store import EmbeddedStore, open_store

FIRST = "One speaks. Two answers. One speaks again."
SECOND = "Another text, with its own words."


def store_of(*documents: tuple[str, str, list[tuple[str, int]]]) -> EmbeddedStore:
    """Return a store with a document for each (name, text, spans as words and an offset)."""
    rows = ["@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix oa: <http://www.w3.org/ns/oa#> ."]
    rows.append("@prefix e: <http://e/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .")
    for name, text, spans in documents:
        rows.append(f'e:{name} a dg:Document ; skos:prefLabel "{name}"@en ; dg:textDigest "{digest(text)}" .')
        for words, start in spans:
            rows.append(
                f"e:{name}-{start} a dg:Anchor ; oa:hasSource e:{name} ; "
                f"oa:hasSelector [ oa:start {start} ; oa:end {start + len(words)} ] ; "
                f'dg:exactDigest "{digest(words)}" .'
            )
    store = EmbeddedStore()
    store.load_source(source_of_bytes("\n".join(rows).encode(), name="test"))
    return store


def test_each_status(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    spans = [("One speaks", 0), ("Two answers", 3), ("speaks", 1), ("nowhere", 20)]
    reports = verify_anchors(store_of(("first", FIRST, spans)), Sources(tmp_path))
    assert [(r.start, r.status, r.new_start) for r in reports] == [
        (0, "verified", 0),
        (1, "ambiguous", 4),
        (3, "re-found", 12),
        (20, "lost", None),
    ]
    assert {r.file for r in reports} == {"first.txt"}
    assert [
        next(words for words in ("as recorded", "more than once", "12-23", "nowhere") if words in r.message)
        for r in reports
    ] == ["as recorded", "more than once", "12-23", "nowhere"]
    assert reports[2].new_end == 12 + len("Two answers")


def test_drifted_documents_find_their_own_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Corrected. " + SECOND, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Corrected. " + FIRST, encoding="utf-8")
    store = store_of(("first", FIRST, [("Two answers", 12)]), ("second", SECOND, [("own words", 23)]))
    assert [(r.document, r.file, r.status) for r in verify_anchors(store, Sources(tmp_path))] == [
        ("http://e/first", "b.txt", "re-found"),
        ("http://e/second", "a.txt", "re-found"),
    ]


def test_missing_source(tmp_path: Path) -> None:
    (report,) = verify_anchors(store_of(("first", FIRST, [("One", 0)])), Sources(tmp_path))
    assert (report.status, report.file) == ("lost", None)


def statuses(dispute: Path, sources: Path) -> dict[str, str]:
    """Return the status of each anchor of a dispute, by the last part of its name."""
    with open_store([dispute]) as store:
        return {r.anchor.rpartition("/")[2]: r.status for r in verify_anchors(store, Sources(sources))}


def test_a_coded_dispute_verifies(harbour: Path) -> None:
    found = statuses(harbour / "dispute.ttl", harbour / "sources")
    assert len(found) == 9
    assert set(found.values()) == {"verified"}


def test_a_coded_dispute_against_an_edited_text(harbour: Path, tmp_path: Path) -> None:
    text = (harbour / "sources" / "meeting.txt").read_text(encoding="utf-8")
    edited = "Corrected 🚢\n\n" + text.replace("a café needs guests", "a café needs visitors")
    (tmp_path / "meeting.txt").write_text(edited, encoding="utf-8")
    assert statuses(harbour / "dispute.ttl", tmp_path) == {
        "a-rust": "ambiguous",  # these words stand in the text twice
        "a-rust-again": "ambiguous",
        "a-cafe": "lost",
        "a-ferry": "re-found",
        "a-reports": "re-found",
        "a-painted": "re-found",
        "a-letter": "re-found",
        "a-promised": "re-found",
        "a-never": "re-found",
    }


def test_spellings_of_one_text_are_one_text(harbour: Path, tmp_path: Path) -> None:
    text = (harbour / "sources" / "meeting.txt").read_text(encoding="utf-8")
    other = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    (tmp_path / "meeting.txt").write_bytes(b"\xef\xbb\xbf" + other.encode())
    assert set(statuses(harbour / "dispute.ttl", tmp_path).values()) == {"verified"}


def test_the_bundled_dispute_verifies(shared: Path, root: Path) -> None:
    found = statuses(root / "data" / "junior-doctors-2016" / "dispute.ttl", shared)
    assert Counter(found.values()) == {"verified": 76}
