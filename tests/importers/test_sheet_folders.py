"""Folders of sheets that people write: what they may leave out, and what is told where they are wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from disputegraph.errors import DataError
from disputegraph.evidence import digest
from disputegraph.importers import Imported, import_sheet
from disputegraph.tables.problems import ProblemsError

from .conftest import BASE, statement, write_rows

Triples = set[Quad]


def folder_of(folder: Path, **sheets: list[dict[str, str]]) -> Path:
    for name, rows in sheets.items():
        write_rows(folder / f"{name}.csv", rows)
    return folder


def lines(done: Imported) -> set[str]:
    short = {BASE: "", "https://w3id.org/disputegraph/ns#": "dg:", "http://www.w3.org/2004/02/skos/core#": "skos:"}
    found = set()
    for quad in done.triples.quads():
        line = f"{quad.subject} {quad.predicate} {quad.object}".replace("<", "").replace(">", "")
        for space, prefix in short.items():
            line = line.replace(space, prefix)
        found.add(line)
    return found


def test_sheets_that_somebody_writes_beside_the_statements(tmp_path: Path) -> None:
    done = import_sheet(
        folder_of(
            tmp_path,
            statements=[statement(id="u1", note="at noon"), statement(claim="C2", supersedes="u1", via="Radio")],
            actors=[
                {"name": "Ada Osei", "kind": "person", "aliases": "Ada", "works_at": "St Mary"},
                {"name": "St Mary", "kind": "hospital"},
            ],
            claims=[
                {"label": "The report was hidden", "id": "c1", "supports": "Nobody says this", "agent": "Ada"},
                {"label": "Nobody says this", "id": "c2", "agent": "Port authority"},
            ],
            documents=[{"label": "gazette", "id": "d1", "publisher": "Harbour Press", "issued": "2024"}],
            stances=[{"id": "s1", "holder": "Ada", "on": "strike", "value": "favours", "expressed_in": "u1"}],
            events=[{"kind": "industrial action", "label": "strike", "id": "e1", "participant": "Ada; Dockers"}],
        ),
        base=BASE,
    )
    found = lines(done)
    ada, mary, dockers, port, press = (
        next(line.split()[0] for line in found if f'skos:prefLabel "{name}"@en' in line)
        for name in ("Ada Osei", "St Mary", "Dockers", "Port authority", "Harbour Press")
    )
    assert {
        "u1 dg:addressesClaim c1", 'u1 skos:note "at noon"@en', "u1 dg:documentedIn d1", f"u1 dg:speaker {ada}",
        f"{ada} dg:worksAt {mary}", "c1 dg:supportsClaim c2", f"c1 dg:claimedAgent {ada}",
        f"c2 dg:claimedAgent {port}", f"s1 dg:stanceHolder {ada}", "s1 dg:stanceOn e1", "s1 dg:stanceValue dg:favours",
        "s1 dg:expressedIn u1", f"e1 dg:participant {dockers}", "d1 http://purl.org/dc/terms/publisher " + press,
        'd1 http://purl.org/dc/terms/issued "2024"^^http://www.w3.org/2001/XMLSchema#gYear',
    } <= found  # fmt: skip
    assert any(line.endswith("dg:supersedes u1") for line in found)
    assert not any(line.startswith("c1 dg:paraphrase") for line in found)
    created = [warning.message for warning in done.warnings]
    assert sum("is not in the list of actors" in message for message in created) == len(created) == 4


def event(**cells: str) -> dict[str, list[dict[str, str]]]:
    return {"events": [{"kind": "event", "label": "x", **cells}]}


HIDDEN = "The report was hidden"
ROLES = [{"kind": "role", "label": "x", "id": name} for name in ("1", "2")]
PROBLEMS: list[tuple[dict[str, list[dict[str, str]]], str]] = [
    (
        {
            "statements": [statement(paraphrase="It is so.")],
            "claims": [{"label": HIDDEN, "paraphrase": "It lay open."}],
        },
        "statements.csv, row 2, column 'paraphrase': 'It is so.' .*claims.csv, row 2, has 'It lay open.'",
    ),
    (
        {"statements": [statement(document_date="2024-05-03")], "documents": [{"label": "gazette", "issued": "2024"}]},
        "statements.csv, row 2, column 'document_date': '2024-05-03' .*documents.csv, row 2, has '2024'",
    ),
    (
        {"stances": [{"holder": "Ada", "value": "favors"}]},
        "stances.csv, row 2, column 'value': 'favors' is not one of: .*Did you mean 'favours'",
    ),
    (
        {"claims": [{"label": "One claim", "entails": "One clam"}]},
        "claims.csv, row 2, column 'entails': 'One clam' is the name or id of no claim. Did you mean 'One claim'",
    ),
    (event(kind="strke"), "events.csv, row 2, column 'kind': 'strke' is not a kind.*Kinds of this sheet: event,"),
    (event(kind=""), "events.csv, row 2, column 'kind': is empty"),
    ({"posts": [ROLES[0], ROLES[0]]}, "posts.csv, row 3, column 'id': .* is described in .*posts.csv, row 2 too"),
    (
        {"posts": [*ROLES, {"kind": "membership", "id": "3", "role": "x"}]},
        r"posts.csv, row 4, column 'role': 'x' is the name of 2; write one of 'x \[1\]', 'x \[2\]', or an id",
    ),
    (event(id="a b"), "events.csv, row 2, column 'id': 'a b' cannot be part of an IRI"),
    (event(classes="not a class"), "column 'classes': 'not a class' is not a class"),
    (event(evidence="gazette"), "column 'evidence': 'gazette' is not a place; write"),
    (event(evidence="gazette 9-3"), "column 'evidence': '9' to '3' is not a place"),
    (event(evidence="gazette 3-9"), "column 'evidence': a place without its text .* or a column 'evidence_sha256'"),
    (event(evidence="gazette 3-9", evidence_sha256="1; 2"), "column 'evidence_sha256': 2 for 1 places"),
    (event(started_at="3.5.2024"), "column 'started_at': '3.5.2024' cannot be taken as a date"),
    (event(from_time="noon"), "column 'from_time': 'noon' is not a time such as 19:00"),
    (
        {"documents": [{"label": "gazette", "text_length": "long"}]},
        "documents.csv, row 2, column 'text_length': 'long' is not a whole number",
    ),
    ({"stances": [{"id": "s", "holder": "Ada; Bo"}]}, "stances.csv, row 2, column 'holder': names several: Ada, Bo"),
    ({"statements": [{"kind": "utterance", "id": "u", "via": "Bo"}]}, "column 'via': is for rows without a kind"),
    (
        {"statements": [{"kind": "person", "id": "u"}]},
        "column 'kind': 'person' is not a kind of statement; write utterance or",
    ),
]


@pytest.mark.parametrize(("sheets", "message"), PROBLEMS)
def test_each_problem_names_file_row_and_column(
    tmp_path: Path, sheets: dict[str, list[dict[str, str]]], message: str
) -> None:
    with pytest.raises(ProblemsError, match=message):
        import_sheet(folder_of(tmp_path, **sheets), base=BASE)


def test_a_claim_that_says_the_same_in_both_sheets_is_one(tmp_path: Path) -> None:
    done = import_sheet(
        folder_of(
            tmp_path,
            statements=[statement(agent="HWU", modality="did", issue="safety")],
            actors=[{"name": "Union", "kind": "organization", "aliases": "HWU"}],
            claims=[{"label": "The report was hidden", "agent": "Union", "modality": "was", "id": "c"}],
        ),
        base=BASE,
    )
    found = lines(done)
    assert {"c dg:modality dg:did"} <= found
    assert sum(line.startswith("c dg:claimedAgent") for line in found) == 1
    assert sum(line.startswith("c dg:aboutIssue") for line in found) == 1


def test_a_sheet_of_statements_alone_keeps_columns_of_ones_own(run: Callable[..., Imported]) -> None:
    found = lines(run([statement(note="mine", kind="a kind of my own", channel="radio")]))
    assert len([line for line in found if "dg:codedValue " in line]) == 3
    assert not any("skos:note" in line for line in found)


DIGEST = digest("They knew")


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        ({"evidence": f"gazette 1-10 {DIGEST}"}, {}),
        ({"evidence": "gazette 1-10", "evidence_sha256": DIGEST}, {}),
        ({"evidence": "gazette 1-10"}, {"sources": True}),
        ({"evidence": "gazette 1-10", "evidence_id": "document-gazette-62f0bcd9-1-10"}, {"sources": True}),
    ],
)
def test_evidence_in_a_cell(tmp_path: Path, cells: dict[str, str], options: dict[str, bool]) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "gazette.txt").write_text("“They knew,” she said.", encoding="utf-8")
    sources = tmp_path / "sources" if options else None
    done = import_sheet(folder_of(tmp_path, **event(id="e", **cells)), base=BASE, sources=sources)
    found = lines(done)
    assert {
        "e dg:evidence document-gazette-62f0bcd9-1-10",
        f'document-gazette-62f0bcd9-1-10 dg:exactDigest "{DIGEST}"',
    } <= found


def test_a_folder_with_two_files_for_one_sheet(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, statements=[statement()])
    write_rows(folder / "statements.tsv", [statement()], delimiter="\t")
    with pytest.raises(DataError, match=r"holds statements.csv and statements.tsv; leave one of the two"):
        import_sheet(folder)
