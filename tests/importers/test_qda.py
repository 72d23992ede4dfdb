"""REFI-QDA projects: our own and back, one as another program keeps it, another reader's view, and damaged ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pyrefiqda.refiproject import RefiProject

from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.evidence import Sources
from disputegraph.importers import CodedTexts, Passage, import_passages, passages_of, read_qda, write_qda
from disputegraph.model import Model
from disputegraph.store import open_store

BASE = "https://example.org/harbour/"
TEXT = "The mayor met the press.\nHe will resign, said Ada Osei. Nobody believes it, 🚢 said Ben Li.\n"


def said(path: Path) -> list[tuple[object, ...]]:
    """Return what utterances say, without the names of nodes."""
    with open_store([path]) as store:
        return sorted(
            (
                each.speaker and each.speaker.label,
                each.claim and each.claim.label,
                each.polarity,
                each.speech_act,
                each.date,
                tuple(ref.label for ref in each.via),
                tuple(sorted((anchor.start, anchor.end, anchor.sha256) for anchor in each.anchors)),
                each.iri,
            )
            for each in Model(store).utterances
        )


def test_there_and_back(tmp_path: Path, harbour: Path) -> None:
    with open_store([harbour / "dispute.ttl"]) as store:
        coded = passages_of(store, Sources(harbour / "sources"), name="harbour")
    assert coded.left_out == {"'agent' of statements": 5}
    stream = io.BytesIO()
    write_qda(coded, stream, origin="test")
    again = io.BytesIO()
    write_qda(coded, again, origin="test")
    assert stream.getvalue() == again.getvalue()
    (tmp_path / "harbour.qdpx").write_bytes(stream.getvalue())
    done = import_passages(read_qda(tmp_path / "harbour.qdpx"), base=BASE)
    assert list(done.texts.values()) == [(harbour / "sources" / "meeting.txt").read_text(encoding="utf-8")]
    with (tmp_path / "back.ttl").open("wb") as output:
        done.triples.write(output)
    assert said(tmp_path / "back.ttl") == said(harbour / "dispute.ttl")


def test_another_reader_understands_it(tmp_path: Path, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store([harbour / "dispute.ttl"]) as store:
        coded = passages_of(store, Sources(harbour / "sources"))
    with (tmp_path / "a.qdpx").open("wb") as output:
        write_qda(coded, output, origin="test")
    monkeypatch.chdir(tmp_path)  # it unpacks the file where it stands
    project = RefiProject.load(str(tmp_path / "a.qdpx"))
    assert project.code_book and project.code_book.codes and project.sources  # noqa: PT018  # told apart by the lines below
    names = {code.guid: code.name for heading in project.code_book.codes.code for code in heading.code}
    (source,) = project.sources.text_source
    read = [
        (part.start_position, part.end_position, sorted(names[coding.code_ref.target_guid] for coding in part.coding))
        for part in source.plain_text_selection
    ]
    ours = [(each.start, each.end, sorted(v for some in each.codes.values() for v in some)) for each in coded.passages]
    assert sorted(read) == sorted(ours)


def _guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012}"


def _code(number: int, name: str, inner: str = "") -> str:
    return f'<Code guid="{_guid(number)}" name="{name}" isCodable="true">{inner}</Code>'


def _passage(start: int, end: int, *codes: int, user: int = 90) -> str:
    refs = "".join(f'<Coding guid="{_guid(80)}"><CodeRef targetGUID="{_guid(code)}"/></Coding>' for code in codes)
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="{_guid(81)}" {place} creatingUser="{_guid(user)}">{refs}</PlainTextSelection>'


def _project(path: Path, passages: str, *, codes: str = "", text: str | None = TEXT, more: str = "") -> Path:
    book = codes or "".join(
        (
            _code(1, "Actors", _code(11, "Ada Osei") + _code(12, "Ben Li")),
            _code(2, "Claims", _code(21, "The mayor will resign")),
            _code(3, "Position", _code(31, "affirms") + _code(32, "denies")),
            _code(4, "Mood", _code(41, "angry")),
        )
    )
    source = (
        f'<TextSource guid="{_guid(70)}" name="Gazette.docx" plainTextPath="internal://t.txt">{passages}</TextSource>'
    )
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Mayor">'
        f'<Users><User guid="{_guid(90)}" name="Kim"/></Users><CodeBook><Codes>{book}</Codes></CodeBook>'
        f"<Sources>{source}{more}</Sources></Project>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
        if text is not None:
            archive.writestr("Sources/t.txt", text.replace("\n", "\r\n").encode("utf-8-sig"))
    return path


def test_as_other_programs_keep_it(tmp_path: Path) -> None:
    """One passage a code, the speaker on the sentence around the claim, codes of other kinds, and what is not text."""
    resign, ada, ben = TEXT.index("He will"), TEXT.index("He will"), TEXT.index("Nobody")
    passages = "".join(
        (
            _passage(ada, ben - 1, 11),
            _passage(resign, resign + 14, 21),
            _passage(resign, resign + 14, 31),
            _passage(resign, resign + 14, 41),
            _passage(ben, len(TEXT) - 1, 12),
            _passage(ben, ben + 18, 21, 32),
            _passage(0, 3, 21),
            _passage(0, 9, 41),
            _passage(0, 9, 99),
            _passage(0, 9, 1),
            _passage(5, 5_000, 21, 11),
        )
    )
    path = _project(tmp_path / "mayor.qdpx", passages, more=f'<PictureSource guid="{_guid(71)}" name="photo"/>')
    done = import_passages(read_qda(path))
    warnings = " ".join(map(str, done.warnings))
    for told in (
        "2 passages have their speaker from a passage around them",
        "1 passages with a claim and without a speaker are left out",
        "1 passages without a claim are left out",
        "1 codings name a code that is not there",
        "1 codings by a heading",
        "1 passages lie outside of their text",
        "1 sources are no text (PictureSource)",
    ):
        assert told in warnings
    with (tmp_path / "out.ttl").open("wb") as output:
        done.triples.write(output)
    (tmp_path / "sources").mkdir()
    for name, text in done.texts.items():
        (tmp_path / "sources" / name).write_text(text, encoding="utf-8", newline="\n")
    sources = Sources(tmp_path / "sources")
    with open_store([tmp_path / "out.ttl"]) as store:
        model = Model(store)
        told_words = {}
        for each in model.utterances:
            (anchor,) = each.anchors
            digest = model.facts.text(model.facts.code(anchor.document or ""), "dg:textDigest")
            quote = sources.quote(digest, anchor.start or 0, anchor.end or 0, anchor.sha256 or "")
            assert quote is not None
            told_words[each.speaker and each.speaker.label] = (each.polarity, quote.status, quote.text)
        coded = store.select("SELECT ?v { ?u dg:hasCodedValue/dg:codedValue ?v }")
        assert [row["v"].value for row in coded] == ["angry"]
    assert told_words == {
        "Ada Osei": ("affirms", "verified", "He will resign"),
        "Ben Li": ("denies", "verified", "Nobody believes it"),
    }


def test_codes_can_be_mapped(tmp_path: Path) -> None:
    codes = _code(1, "Quién", _code(11, "Ada Osei")) + _code(21, "Resignation") + _code(4, "Mood", _code(41, "angry"))
    path = _project(tmp_path / "a.qdpx", _passage(25, 39, 11, 21, 41), codes=codes)
    with pytest.raises(DataError, match="--map CODE=FIELD"):
        import_passages(read_qda(path))
    done = import_passages(read_qda(path, {"Quién": "speaker", "Resignation": "claim", "Mood": ""}))
    assert done.counts["utterances"] == 1
    assert not any("dg:hasCodedValue" in str(quad) or "codedValue" in str(quad) for quad in done.triples.quads())
    with pytest.raises(UsageError, match="Did you mean 'Mood'"):
        read_qda(path, {"Mod": ""})
    with pytest.raises(UsageError, match="Did you mean 'claim'"):
        read_qda(path, {"Mood": "clam"})


def test_damaged_files_are_explained(tmp_path: Path) -> None:
    (tmp_path / "no.qdpx").write_bytes(b"no archive")
    with pytest.raises(DataError, match="no REFI-QDA project"):
        read_qda(tmp_path / "no.qdpx")
    with zipfile.ZipFile(tmp_path / "empty.qdpx", "w") as archive:
        archive.writestr("other.xml", "<a/>")
    with pytest.raises(DataError, match="without project.qde"):
        read_qda(tmp_path / "empty.qdpx")
    bomb = '<!DOCTYPE a [<!ENTITY b "bb">]><Project xmlns="urn:QDA-XML:project:1.0">&b;</Project>'
    for name, xml, told in (
        ("broken", "<Project", "cannot be read"),
        ("other", "<Project/>", "not a <Project>"),
        ("entity", bomb, "cannot be read"),
    ):
        with zipfile.ZipFile(tmp_path / f"{name}.qdpx", "w") as archive:
            archive.writestr("project.qde", xml)
        with pytest.raises(DataError, match=told):
            read_qda(tmp_path / f"{name}.qdpx")
    with pytest.raises(DataError, match="is not in the file"):
        read_qda(_project(tmp_path / "text.qdpx", _passage(0, 3, 21, 11), text=None))
    with zipfile.ZipFile(tmp_path / "flate.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", "<Project/>" * 9)
    flate = bytearray((tmp_path / "flate.qdpx").read_bytes())
    flate[41:45] = b"\xff" * 4  # behind the head of the entry
    (tmp_path / "flate.qdpx").write_bytes(flate)
    with pytest.raises(DataError, match="cannot be read"):
        read_qda(tmp_path / "flate.qdpx")
    with zipfile.ZipFile(tmp_path / "big.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * (20 << 20))
    with pytest.raises(LimitError, match="zip bomb"):
        read_qda(tmp_path / "big.qdpx")


def test_codes_may_lie_deep_and_share_an_identifier(tmp_path: Path) -> None:
    deep = "".join(f'<Code guid="{_guid(1_000 + level)}" name="level {level}">' for level in range(1_200))
    codes = _code(1, "Speakers", _code(11, "Ada Osei") + _code(11, "Ben Li"))
    codes += _code(2, "Claims", deep + "</Code>" * 1_200)
    done = import_passages(read_qda(_project(tmp_path / "a.qdpx", _passage(25, 39, 11, 2_199), codes=codes)))
    assert done.counts["utterances"] == 1
    assert "1 codes have the identifier of another" in " ".join(map(str, done.warnings))


@pytest.mark.parametrize("name", ["Osei; Li", "=Osei", r"O\;sei", "'-Osei", "R&D; Osei"])
def test_names_that_a_sheet_would_take_for_something_else(name: str, tmp_path: Path) -> None:
    passage = Passage(
        "gazette", 25, 39, {"speaker": (name,), "on_behalf_of": (f"{name} Ltd",), "claim": (f"{name} will",)}
    )
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "gazette.txt").write_text(TEXT, encoding="utf-8")
    done = import_passages(CodedTexts("names", {"gazette": TEXT}, (passage,)))
    with (tmp_path / "out.ttl").open("wb") as output:
        done.triples.write(output)
    with open_store([tmp_path / "out.ttl"]) as store:
        (back,) = passages_of(store, Sources(tmp_path / "sources")).passages
    assert dict(back.codes) == {**passage.codes, "polarity": ("affirms",)}
