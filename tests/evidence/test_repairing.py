"""Re-found anchors get their new places, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main
from disputegraph.evidence import Sources, digest, verify_anchors
from disputegraph.store.store_opening import open_store

TEXT = "One speaks. Two answers 😀. Three is silent."


def anchor(name: str, words: str, selector: str) -> str:
    start = TEXT.index(words)
    place = f"oa:start {start} ; oa:end {start + len(words)}"
    head = f'e:{name} a dg:Anchor ; oa:hasSource e:doc ; dg:exactDigest "{digest(words)}" ; oa:hasSelector '
    return f"{head} [ {place} ] ." if not selector else f"{head} e:{selector} . e:{selector} {place} ."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        "@prefix dg: <https://w3id.org/disputegraph/ns#> .",
        "@prefix oa: <http://www.w3.org/ns/oa#> . @prefix e: <http://e/> .",
        f'e:doc a dg:Document ; dg:textDigest "{digest(TEXT)}" ; dg:textLength {len(TEXT)} ; e:odd "01"^^e:x .',
        anchor("a", "Two answers 😀", ""),
        anchor("b", "Three is silent", "b-span"),
        anchor("c", "One speaks", ""),
    ]
    (tmp_path / "d.ttl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path / "d.ttl"


def repair(data: Path, text: str) -> Result:
    folder = data.parent / "sources"
    folder.mkdir(exist_ok=True)
    (folder / "doc.txt").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["anchors", "repair", str(data), "--sources", str(folder), "-o", str(data)])


def test_all_are_found_again(data: Path) -> None:
    run = repair(data, "😀 A new first line.\n" + TEXT)
    assert (run.exit_code, run.stderr) == (0, "3 anchors: 3 re-found. 3 rewritten.\n")
    with open_store([data]) as store:
        assert {report.status for report in verify_anchors(store, Sources(data.parent / "sources"))} == {"verified"}
        assert next(iter(store.select("SELECT ?l { ?d dg:textLength ?l }")))["l"].value == str(len(TEXT) + 20)
    assert '"01"^^<http://e/x>' in data.read_text(encoding="utf-8") or '"01"^^e:x' in data.read_text(encoding="utf-8")


def test_lost_and_ambiguous_ones_are_told_and_left(data: Path) -> None:
    run = repair(data, "Three is silent. Then one spoke. Two answers 😀. Three is silent.")
    assert run.exit_code == 1
    assert "ambiguous: http://e/b" in run.stderr
    assert "lost: http://e/c" in run.stderr
    assert "1 ambiguous, 1 lost, 1 re-found. 1 rewritten." in run.stderr
    text = data.read_text(encoding="utf-8")
    assert f"oa:start {TEXT.index('Three')}" in text
    assert "oa:start 33" in text


def test_a_text_that_did_not_change_changes_nothing(data: Path) -> None:
    first = repair(data, TEXT)
    before = data.read_text(encoding="utf-8")
    second = repair(data, TEXT)
    assert (first.exit_code, second.stderr) == (0, "3 anchors: 3 verified. 0 rewritten.\n")
    assert data.read_text(encoding="utf-8") == before


def test_missing_data_leaves_no_output(tmp_path: Path) -> None:
    run = CliRunner().invoke(
        main, ["anchors", "repair", str(tmp_path / "x.ttl"), "--sources", str(tmp_path), "-o", str(tmp_path / "o.ttl")]
    )
    assert (run.exit_code, (tmp_path / "o.ttl").exists()) == (3, False)
