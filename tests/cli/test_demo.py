"""`demo`, `page` and `check` as a newcomer runs them."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import rdflib


def test_the_demo_does_the_main_job_in_the_folder_that_is_named(run, tmp_path: Path) -> None:
    """That the folder is `demo` if none is named, the README's commands and the test of the wheel show."""
    folder = tmp_path / "a" / "b"
    result = run("demo", "--dir", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    expected = Path(__file__).with_name("demo.txt").read_text(encoding="utf-8")
    # Columns are as wide as the names of the files.
    assert result.stdout.split() == expected.replace("demo/", f"{folder}/").split()
    assert len(rdflib.Graph().parse(folder / "dispute.ttl")) > 1500
    assert nx.read_graphml(folder / "congruence.graphml").number_of_edges() >= 3
    assert nx.read_gexf(folder / "portrayal.gexf").is_directed()
    assert "<html" in (folder / "page.html").read_text(encoding="utf-8")


def test_the_demo_says_where_it_cannot_write(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("demo", "--dir", tmp_path / "file" / "x")
    assert result.exit_code == 2
    assert "cannot be made" in result.stderr


def test_page(run, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.html"
    result = run("page", "-d", small, "-o", out, "--title", "Ann & <Bob>")
    assert result.exit_code == 0
    assert "<title>Ann &amp; &lt;Bob&gt;</title>" in out.read_text(encoding="utf-8")


def test_check_passes_the_bundled_dispute_and_fails_a_broken_one(run, tmp_path: Path, small: Path) -> None:
    good = run("check", "--shacl")
    assert good.exit_code == 0, good.stdout
    assert " 0 violations" in good.stdout
    broken = tmp_path / "broken.ttl"
    broken.write_text(small.read_text() + "ex:c dg:claimedAction ex:nothing . ex:ann dg:vetoed ex:bob .")
    bad = run("check", "-d", broken, "-f", "json")
    assert bad.exit_code == 1
    told = json.loads(bad.stdout)
    assert told["ok"] is False
    assert {"severity", "check", "node", "message"} <= told["findings"][0].keys()


def test_check_verifies_evidence(run, harbour: Path, tmp_path: Path) -> None:
    check = ("check", "-d", harbour / "dispute.ttl", "--sources")
    good = run(*check, harbour / "sources")
    assert good.exit_code == 0, good.stdout
    assert "9 of 9 anchors verified" in good.stdout
    text = (harbour / "sources" / "meeting.txt").read_text(encoding="utf-8")
    (tmp_path / "meeting.txt").write_text("A line put before it.\n" + text, encoding="utf-8")
    moved = run(*check, tmp_path)
    # Words printed twice cannot be told apart once they have moved: they are called ambiguous, never guessed.
    assert moved.exit_code == 1
    assert "re-found: the span 312-336 now stands at 334-358 in meeting.txt" in moved.stdout
    assert moved.stdout.count("ambiguous: ") == 2
    assert "lost" not in moved.stdout
    (tmp_path / "meeting.txt").write_text("Another text altogether.", encoding="utf-8")
    lost = run(*check, tmp_path)
    assert lost.exit_code == 1
    assert lost.stdout.count("lost: ") == 9
