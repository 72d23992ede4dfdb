"""Web annotations there and back, as Hypothesis and Recogito write them; brat's files; what is bad in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from disputegraph.errors import DataError, UsageError
from disputegraph.evidence import Sources
from disputegraph.importers import (
    CodedTexts,
    annotations_of,
    import_passages,
    passages_of,
    read_annotations,
    read_brat,
)
from disputegraph.model import Model
from disputegraph.store import open_store

BASE = "https://example.org/harbour/"
TEXT = "He will resign, said Ada Osei.\nNobody believes it, 🚢 said Ben Li.\n"


def said(path: Path) -> list[tuple[Any, ...]]:
    with open_store([path]) as store:
        return sorted(
            (
                each.speaker and each.speaker.label,
                each.claim and each.claim.label,
                each.polarity,
                tuple(sorted((anchor.start, anchor.end) for anchor in each.anchors)),
            )
            for each in Model(store).utterances
        )


def imported(coded: CodedTexts, folder: Path) -> tuple[list[tuple[Any, ...]], str]:
    done = import_passages(coded, base=BASE)
    with (folder / "out.ttl").open("wb") as output:
        done.triples.write(output)
    return said(folder / "out.ttl"), " ".join(map(str, done.warnings))


@pytest.mark.parametrize("quotes", [True, False])
def test_annotations_there_and_back(tmp_path: Path, harbour: Path, *, quotes: bool) -> None:
    with open_store([harbour / "dispute.ttl"]) as store:
        coded = passages_of(store, Sources(harbour / "sources"))
    page = annotations_of(coded, quotes=quotes)
    assert ("rust on purpose" in json.dumps(page)) is quotes
    (tmp_path / "a.json").write_text(json.dumps(page), encoding="utf-8")
    read = read_annotations(tmp_path / "a.json", {"meeting": (harbour / "sources" / "meeting.txt").read_text("utf-8")})
    assert imported(read, tmp_path)[0] == said(harbour / "dispute.ttl")


def test_as_hypothesis_and_recogito_write_them(tmp_path: Path) -> None:
    """One finds its words whatever place it names; the other has its tags in bodies."""
    quote = {"type": "TextQuoteSelector", "exact": "He will resign", "prefix": "", "suffix": ", said"}
    place = {"type": "TextPositionSelector", "start": 4_711, "end": 4_725}  # on the page, not in the text
    hypothesis = {
        "user": "acct:kim@hypothes.is",
        "uri": "gazette.txt",
        "tags": ["speaker: Ada Osei", "claim: The mayor will resign", "polarity: affirms", "mood: calm", "important"],
        "target": [{"source": "gazette.txt", "selector": [place, quote]}],
    }
    start = TEXT.index("Nobody")
    tags = ("Speaker: Ben Li", "Concept: The mayor will resign", "Position: denies")
    recogito = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags],
        "target": {
            "source": "gazette",
            "selector": [{"type": "TextPositionSelector", "start": start, "end": start + 18}],
        },
    }
    nothing = {"type": "Annotation", "target": {"source": "gazette"}, "body": []}
    lines = "\n".join(map(json.dumps, (hypothesis, recogito, nothing)))
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    found, warnings = imported(read_annotations(tmp_path / "a.jsonl", {"gazette": TEXT}), tmp_path)
    assert found == [
        ("Ada Osei", "The mayor will resign", "affirms", ((0, 14),)),
        ("Ben Li", "The mayor will resign", "denies", ((start, start + 18),)),
    ]
    assert "1 tags that are not of the form" in warnings
    assert "1 annotations without a tag of that form" in warnings


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"{", "is not JSON"), (b"\xff{}", "not UTF-8"), (b"[]", "no passage has both"), (b"3", "no passage has both")],
)
def test_bad_annotations_are_explained(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(DataError, match=told):
        import_passages(read_annotations(tmp_path / "a.json"))


def test_brat(tmp_path: Path) -> None:
    """Speakers by relation and by event, claims by attribute and by note."""
    start = TEXT.index("Nobody")
    ada, ben = TEXT.index("Ada Osei"), TEXT.index("Ben Li")
    lines = (
        "T1\tStatement 0 14\tHe will resign",
        f"T2\tPerson {ada} {ada + 8}\tAda Osei",
        "R1\tSpeaker Arg1:T1 Arg2:T2",
        "A1\tPolarity T1 affirms",
        "#1\tAnnotatorNotes T1\tThe mayor will resign",
        f"T3\tStatement {start} {start + 6};{start + 7} {start + 18}\tNobody believes it",
        f"T4\tPerson {ben} {ben + 6}\tBen Li",
        "E1\tStatement:T3 Speaker2:T4",
        "A2\tClaim E1 The mayor will resign",
        "A3\tPolarity E1 denies",
        "*\tEquiv T1 T3",
    )
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "gazette.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "gazette.txt").write_text(TEXT, encoding="utf-8", newline="\n")
    found, warnings = imported(read_brat(folder), tmp_path)
    assert found == [
        ("Ada Osei", "The mayor will resign", "affirms", ((0, 14),)),
        ("Ben Li", "The mayor will resign", "denies", ((start, start + 18),)),
    ]
    assert "1 lines are none that is understood" in warnings
    assert "1 spans in pieces" in warnings
    with pytest.raises(UsageError, match="Did you mean 'Speaker'"):
        read_brat(folder, {"Speakr": "speaker"})
    (folder / "gazette.txt").unlink()
    with pytest.raises(DataError, match=r"has no text gazette\.txt"):
        read_brat(folder)
    with pytest.raises(UsageError, match=r"no \.ann file"):
        read_brat(tmp_path / "nowhere")


def test_brat_texts_of_several_folders_keep_apart(tmp_path: Path) -> None:
    lines = "T1\tPerson 21 29\tx\nT2\tSaid 0 14\tx\nR1\tSpeaker Arg1:T2 Arg2:T1\n#1\tNote T2\tResigns\u2028soon\n"
    for place in ("a/b", "a-b", "long/" + "x" * 200 + "/" + "y" * 200):
        (tmp_path / "brat" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "brat" / f"{place}.txt").write_text(f"{TEXT}{place}", encoding="utf-8")
        (tmp_path / "brat" / f"{place}.ann").write_text(lines + f"T3\tX 0 {'9' * 5_000}\tx\n", encoding="utf-8")
    coded = read_brat(tmp_path / "brat")
    assert sorted(coded.texts)[:2] == ["a-b", "a-b-2"]
    statements, warnings = imported(coded, tmp_path)
    assert [row[:2] for row in statements] == [("Ada Osei", "Resigns soon")] * 3
    assert "3 lines are none that is understood" in warnings


def test_halves_of_characters_and_absent_pages_are_told(tmp_path: Path) -> None:
    def read(speaker: str) -> CodedTexts:
        selector = {"type": "TextQuoteSelector", "exact": "He will resign"}
        item = {"tags": [f"speaker: {speaker}", "claim: c"], "target": {"source": "gazette.txt", "selector": selector}}
        page = {"type": "AnnotationCollection", "total": 9, "first": {"items": [item], "next": "https://example.org/2"}}
        (tmp_path / "a.json").write_text(json.dumps(page), encoding="utf-8")
        return read_annotations(tmp_path / "a.json", {"gazette": TEXT})

    with pytest.raises(DataError, match=r"\\ud800' holds a character that no text has"):
        import_passages(read("A\ud800"))
    assert "8 annotations of the whole stand in no page of this file" in imported(read("Ada"), tmp_path)[1]
