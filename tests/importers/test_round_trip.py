"""Import, export and import again give the same graph, whatever the sheet holds."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from disputegraph.checks import check_integrity
from disputegraph.importers import Imported
from disputegraph.importers.sheets import export_sheets, import_sheet
from disputegraph.rdf import source_of_bytes
from disputegraph.rdf.formats import format_named
from disputegraph.rdf.writing import write_stable
from disputegraph.store.embedded_store import EmbeddedStore
from disputegraph.store.store_opening import open_store
from disputegraph.tables.cells import from_cell, join_list, to_cell
from disputegraph.tables.table_files import write_sheet, write_workbook
from disputegraph.tables.written_names import key_of, shown, stands_for_nothing

from .conftest import BASE, write_rows

TEXT = "One of them said this. Another — “quite rightly” — did not.\n\nThird: 😀 café."
WORDS = ["a", "B", "é", "e\u0301", "ß", ";", "\\", "=1", "'", '"', ",", "😀", "x\ty", "-", "@", "id:", "[", "ﬁ"]
NAMES = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)
    .map(" ".join)
    .filter(lambda name: shown(name) and not stands_for_nothing(name))
)


def some(pool: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pool), max_size=3, unique=True).map(join_list)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return statements and actors that are right: names, claims whose rows agree, places that exist."""
    pool = draw(st.lists(NAMES, min_size=8, max_size=8, unique_by=key_of))
    pool = [" ".join(name.split()) for name in pool]
    people, issues = pool[:5], [f"issue {name}" for name in pool[5:7]]
    listed = draw(st.lists(st.sampled_from(people), max_size=4, unique=True))
    kinds = st.sampled_from(["person", "organization", "collective", "unnamed source", "", "news organization"])
    actors = [
        {
            "name": to_cell(join_list([name])),
            "kind": draw(kinds),
            "aliases": to_cell(f"alias {place}"),
            "description": draw(st.sampled_from(["", "seen; once", "-x"])),
            "member_of": to_cell(draw(some([pool[7]]))),
        }
        for place, name in enumerate(listed)
    ]
    offers = ["offer", "old; deal"]
    claims = [
        {
            "claim": to_cell(f"claim {number} {draw(NAMES)}"),
            "paraphrase": draw(st.sampled_from(["", "It is so.", "'=x"])),
            "agent": to_cell(draw(some(people))),
            "action": draw(st.sampled_from(["", "veto", "act-of-its-own"])),
            "target": to_cell(draw(some([*people, *issues, *offers]))),
            "issue": to_cell(draw(some(issues))),
            "note of mine": draw(st.sampled_from(["", "first;second", "-1"])),
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    if len(claims) > 1:
        claims[0]["modality"] = "ought"  # claims that contradict are not all alike
        claims[0]["contradicts"] = to_cell(join_list([from_cell(claims[-1]["claim"])]))
    start = st.integers(0, len(TEXT) - 2)
    statements = []
    for _ in range(draw(st.integers(1, 6))):
        chain = draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True))
        places = sorted(draw(st.sets(start, max_size=2)))
        document = draw(st.sampled_from(["text", "other paper"]))
        statements.append(
            {
                "document": document,
                "document_date": "2024-05-03" if document == "text" else "",
                "date": draw(st.sampled_from(["", "2024-05-01"])),
                "speaker": to_cell(join_list([chain[0]])),
                "on_behalf_of": to_cell(join_list(filter(None, [draw(st.sampled_from(["", *people]))]))),
                "addressee": to_cell(draw(some(people))),
                "via": to_cell(join_list(chain[1:])),
                "polarity": draw(st.sampled_from(["affirms", "denies", "neutral"])),
                "certainty": draw(st.sampled_from(["", "possible"])),
                "speech_act": draw(st.sampled_from(["", "accusing"])),
                "quotation_mode": draw(st.sampled_from(["", "mixed"])),
                "intensity": draw(st.sampled_from(["", "-2", "+1", "007"])),
                "cue": draw(st.sampled_from(["", "said", "'tis"])),
                "coder": draw(st.sampled_from(["", "MK"])),
                "start": "; ".join(map(str, places)) if document == "text" else "",
                "end": "; ".join(str(place + 2) for place in places) if document == "text" else "",
                **draw(st.sampled_from(claims)),
            }
        )
    if not any(row["claim"] == claims[-1]["claim"] for row in statements):
        for row in statements:
            row.pop("contradicts", None)
    attesting = st.sampled_from(["", *sorted({row["document"] for row in statements})])
    for offer, kind in zip(offers, ("proposal", "agreement"), strict=True):
        actors.append({"name": join_list([offer]), "kind": kind, "documented_in": draw(attesting)})
    return statements, actors


def graph_of(done: Imported) -> EmbeddedStore:
    output = io.BytesIO()
    done.triples.write(output)
    stable = io.BytesIO()
    write_stable(done.triples.quads(), stable, format_named("turtle"), prefixes={"d": done.base})
    assert output.getvalue() == stable.getvalue()
    store = EmbeddedStore()
    store.load_source(source_of_bytes(output.getvalue(), name="imported"))
    return store


@settings(max_examples=40)
@given(sheets())
def test_import_export_import(given_: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
    statements, actors = given_
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources").mkdir()
        (folder / "sources" / "text.txt").write_text(TEXT, encoding="utf-8")
        first = import_sheet(
            write_rows(folder / "statements.csv", statements),
            actors=write_rows(folder / "actors.csv", actors) if actors else None,
            sources=folder / "sources",
            base=BASE,
        )
        store = graph_of(first)
        assert not [finding for finding in check_integrity(store) if finding.severity == "violation"]
        files = export_sheets(store)
        assert (files.base, files.left_out) == (BASE, ())
        write_sheet(folder / "s.tsv", files.statements)
        write_sheet(folder / "a.csv", files.actors)
        second = import_sheet(folder / "s.tsv", actors=folder / "a.csv", base=files.base)
        assert triples_of(second) == triples_of(first)
        write_workbook(folder / "both.xlsx", {"statements": files.statements, "actors": files.actors})
        third = import_sheet(folder / "both.xlsx", actors=folder / "both.xlsx", base=files.base)
        assert triples_of(third) == triples_of(first)


def triples_of(done: Imported) -> set[Quad]:
    return set(done.triples.quads())


def test_the_bundled_dispute_keeps_its_names_through_sheets(root: Path, tmp_path: Path) -> None:
    files = export_sheets(open_store([root / "data" / "junior-doctors-2016" / "dispute.ttl"]))
    assert "stances (9)" in files.left_out
    write_sheet(tmp_path / "s.csv", files.statements)
    write_sheet(tmp_path / "a.csv", files.actors)
    first = import_sheet(tmp_path / "s.csv", actors=tmp_path / "a.csv", base=files.base)
    original = {str(quad.subject) for quad in open_store([root / "data" / "junior-doctors-2016"]).quads()}
    kept = {str(quad.subject) for quad in first.triples.quads() if "/u-" in str(quad.subject)}
    assert {iri for iri in kept if "-via-" not in iri} <= original
    again = export_sheets(graph_of(first))
    write_sheet(tmp_path / "s.csv", again.statements)
    write_sheet(tmp_path / "a.csv", again.actors)
    second = import_sheet(tmp_path / "s.csv", actors=tmp_path / "a.csv", base=again.base)
    assert triples_of(second) == triples_of(first)
