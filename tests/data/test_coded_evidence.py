"""The anchors of the coded dispute lie in the report and repeat none of it, and its README counts what is there."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from rdflib import URIRef

from tests.data.coded_dispute import (
    ACTOR_KINDS,
    CASE,
    DG,
    EX,
    OA,
    ORG,
    ROOT,
    STATEMENTS,
    either,
    label,
    of_kind,
    span,
    statements,
    voices,
)
from tests.data.shared_words import runs

RUN_OF_NAMES = ["epsom and st helier university hospitals nhs trust"]  # a name is no sentence


# ---- evidence


def test_anchors_are_places_and_digests_without_words(graph: rdflib.Graph) -> None:
    length = int(graph.value(EX.doc, DG.textLength))
    anchors = of_kind(graph, DG.Anchor)
    assert anchors == set(graph.objects(None, DG.evidence)), "unused or missing anchors"
    for anchor in anchors:
        assert graph.value(anchor, OA.hasSource) == EX.doc
        assert graph.value(anchor, OA.hasSelector) == URIRef(f"{anchor}-span")
        start, end = span(graph, anchor)
        assert 0 <= start < end <= length, anchor
        assert re.fullmatch(r"[0-9a-f]{64}", str(graph.value(anchor, DG.exactDigest))), anchor
    assert not list(graph.subject_objects(OA.exact))


def test_the_document_is_the_report(graph: rdflib.Graph, report: str) -> None:
    assert int(graph.value(EX.doc, DG.textLength)) == len(report)
    digest = hashlib.sha256(report.encode()).hexdigest()
    assert str(graph.value(EX.doc, DG.textDigest)) == digest


def test_every_anchor_verifies(graph: rdflib.Graph, report: str) -> None:
    for anchor in of_kind(graph, DG.Anchor):
        start, end = span(graph, anchor)
        quote = report[start:end]
        assert quote == quote.strip(), anchor
        digest = hashlib.sha256(quote.encode()).hexdigest()
        assert str(graph.value(anchor, DG.exactDigest)) == digest, anchor


def test_no_anchor_and_no_file_holds_an_age_or_a_home_address(graph: rdflib.Graph, report: str) -> None:
    private = list(re.finditer(r", (\d\d), from ([^,]+), [^,]+,", report))
    assert len(private) == 2
    spans = [span(graph, anchor) for anchor in of_kind(graph, DG.Anchor)]
    for match in private:
        assert not [s for s in spans if s[0] < match.end() and match.start() < s[1]]
        for path in text_files():
            assert match[2].lower() not in path.read_text(encoding="utf-8").lower(), path


def test_the_reports_sentences_stand_nowhere(report: str) -> None:
    forbidden = runs(report) - set(chain.from_iterable(map(runs, RUN_OF_NAMES)))
    files = list(text_files())
    assert CASE / "dispute.ttl" in files
    for path in files:
        found = forbidden & runs(path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {len(found)} runs of words from the report"


def text_files() -> list[Path]:
    """Every file of text under data/ and ontology/; texts in sources/ are never committed."""
    suffixes = {".ttl", ".md", ".rq", ".jsonld", ".json", ".csv", ".txt", ".tsv"}
    return [
        path
        for folder in ("data", "ontology")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in suffixes and "sources" not in path.parts
    ]


# ---- the README


def table(readme: str, first_heading: str) -> dict[str, int]:
    rows = readme.split(f"| {first_heading} |", 1)[1].split("\n\n", 1)[0]
    return {name: int(count) for name, count in re.findall(r"^\| (.+?) \| (\d+) \|$", rows, re.MULTILINE)}


def test_the_readme_counts_what_is_there(graph: rdflib.Graph, readme: str) -> None:
    def count(*kinds: URIRef) -> int:
        return len(of_kind(graph, *kinds))

    assert table(readme, "kind") == {
        "claims": count(DG.Claim),
        "statements": count(*STATEMENTS),
        "of these, utterances at hand": count(DG.Utterance),
        "of these, known only through another speaker": count(DG.ReportedUtterance),
        "of these, that only pass on what others say": len(
            set(graph.subjects(DG.reports))
            - set(graph.subjects(DG.addressesClaim))
            - set(graph.objects(None, DG.expressedIn))
        ),
        "stances": count(DG.Stance),
        "actors": count(*ACTOR_KINDS),
        "hospitals": count(DG.Hospital),
        "posts and roles held": count(ORG.Membership),
        "affiliations": count(DG.Affiliation),
        "contracts": count(DG.Arrangement),
        "provisions": count(DG.Provision),
        "things known only through a claim": count(DG.ClaimedThing),
        "events": count(DG.Event, DG.IndustrialAction, DG.Negotiation),
        "issues": count(DG.Issue),
        "arguments": count(DG.Argument),
        "contradictions between claims": len(list(graph.subject_objects(DG.contradicts))),
        "anchors": count(DG.Anchor),
        "documents": count(DG.Document),
    }


def test_the_readme_counts_the_voices(graph: rdflib.Graph, readme: str) -> None:
    utterances = of_kind(graph, *STATEMENTS)
    spoken = Counter(label(graph, voice) for u in utterances for voice in voices(graph, u))
    told = {name.split(", ")[0]: count for name, count in table(readme, "voice").items()}
    assert told == dict(spoken)


def test_the_readme_counts_the_charges(graph: rdflib.Graph, readme: str) -> None:
    accused = Counter(
        label(graph, agent)
        for utterance in statements(graph, DG.speechAct, DG.accusing)
        for claim in either(graph, utterance, DG.addressesClaim)
        for agent in graph.objects(claim, DG.claimedAgent)
    )
    (sentence,) = re.findall(r"^\d+ statements are accusations:[^.]*\.", readme, re.MULTILINE)
    told = {" ".join(name.split()): int(n) for n, name in re.findall(r"(\d+) against\s+(?:the )?([^,.]+)", sentence)}
    assert told == dict(accused)
    assert sentence.startswith(f"{accused.total()} statements")


def test_the_readmes_own_verification_works(
    graph: rdflib.Graph,
    readme: str,
    report: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    anchors = len(of_kind(graph, DG.Anchor))
    (tmp_path / "texts").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    text = tmp_path / "texts" / "report.txt"

    text.write_text(report, encoding="utf-8")
    exec(compile(script, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == f"{anchors} anchors, 0 wrong"

    text.write_text(" " + report, encoding="utf-8")
    exec(compile(script, "README.md", "exec"), {})
    assert f"{anchors} anchors, {anchors} wrong" in capsys.readouterr().out
