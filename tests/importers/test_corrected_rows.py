"""Rows that are corrected or withdrawn stay the statements that they were, by their ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from disputegraph.importers.sheets import export_sheets, import_sheet
from disputegraph.importers.triples import term
from disputegraph.model import Model, portrait
from disputegraph.store import EmbeddedStore
from disputegraph.tables.problems import ProblemsError

from .conftest import BASE, statement, write_rows
from .sheet_values import Run, page_records, subjects, values


def test_an_id_keeps_a_corrected_row(run: Run, tmp_path: Path) -> None:
    """Ids are those that the rows have anyway; with them quote, side and claim can be corrected."""
    rows = [statement(id="", quote="They knew"), statement(id="", speaker="Union", quote="hidden"), statement(id="own")]
    path = write_rows(tmp_path / "statements.csv", rows)
    first = import_sheet(path, base=BASE)
    assert first.ids is not None
    assert first.ids.write() == 2
    before = subjects(first.triples, "rdf:type", "dg:Utterance")
    assert BASE + "own" in before
    again = import_sheet(path, base=BASE)
    assert sorted(map(str, again.triples.quads())) == sorted(map(str, first.triples.quads()))
    assert again.ids is not None
    assert again.ids.write() == 0
    path.write_text(path.read_text(encoding="utf-8").replace("affirms", "denies", 1), encoding="utf-8")
    corrected = import_sheet(path, base=BASE)
    assert sorted(subjects(corrected.triples, "rdf:type", "dg:Utterance")) == sorted(before)


def test_an_id_is_never_given_twice(run: Run, tmp_path: Path) -> None:
    """A row that says what another said before it was corrected is a new statement; a repeated one is not."""
    path = write_rows(tmp_path / "statements.csv", [statement(id="")])
    ids = import_sheet(path, base=BASE).ids
    assert ids is not None
    ids.write()
    kept = ids.given[2]
    done = run([statement(id=kept, polarity="denies"), statement()])
    assert len(set(subjects(done.triples, "rdf:type", "dg:Utterance"))) == 2
    assert values(done.triples, BASE + kept, "dg:polarity") == [term("dg:denies").value]
    repeated = run([statement(), statement(id=kept)])
    assert subjects(repeated.triples, "rdf:type", "dg:Utterance") == [BASE + kept]
    assert any("repeats" in str(warning) for warning in repeated.warnings)


def test_a_withdrawn_row_counts_nowhere_and_comes_back(run: Run) -> None:
    rows = [
        statement(id="one", withdrawn="the paper corrected it; 2024-05-10"),
        statement(id="two", speaker="Union", withdrawn="by three"),
        statement(id="three", speaker="Union", polarity="denies"),
        statement(id="four", speaker="Dockers", withdrawn="yes"),
        statement(id="five", speaker="Dockers", quote="x"),
    ]
    done = run(rows)
    store = EmbeddedStore()
    store.engine.extend(done.triples.quads())
    told = {
        utterance.iri.removeprefix(BASE): (
            utterance.withdrawn, utterance.counted, utterance.withdrawn_on, utterance.withdrawn_because,
            [iri.removeprefix(BASE) for iri in utterance.superseded_by],
        )
        for utterance in Model(store).utterances
    }  # fmt: skip
    assert told == {
        "one": (True, False, "2024-05-10", "the paper corrected it", []),
        "two": (True, False, None, None, ["three"]),
        "three": (False, True, None, None, []),
        "four": (True, False, None, None, []),
        "five": (False, True, None, None, []),
    }
    (one,) = (record for record in page_records(store) if record["id"].endswith("one"))
    assert (one["superseded"], one["withdrawn"]) == (True, "2024-05-10, the paper corrected it")
    assert portrait(BASE + "one", store)["withdrawn_because"] == "the paper corrected it"
    sheet = export_sheets(store, base=BASE).statements
    at, name = sheet[0].index("withdrawn"), sheet[0].index("id")
    assert {row[name]: row[at] for row in sheet[1:]} == {
        "one": "2024-05-10; the paper corrected it", "two": "by three", "three": "", "four": "yes", "five": "",
    }  # fmt: skip
    silent = NamedNode(BASE + "silent")
    store.engine.extend([Quad(silent, term("dg:supersedes"), NamedNode(BASE + "five"))])
    told_again = export_sheets(store, base=BASE)
    assert {row[name]: row[at] for row in told_again.statements[1:]}["five"] == "yes"
    assert any("take one back (1)" in left for left in told_again.left_out)
    again = run([dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]])
    withdrawals = [
        [text for text in map(str, each.triples.quads()) if "-withdrawal" in text or "supersedes" in text]
        for each in (done, again)
    ]
    assert sorted(withdrawals[0]) == sorted(withdrawals[1])
    assert len(withdrawals[0]) > 5


def test_what_withdraws_must_be_there(run: Run) -> None:
    with pytest.raises(ProblemsError, match="'three' is the id of no other statement") as raised:
        run([statement(id="two", withdrawn="by three")])
    assert [(problem.row, problem.column) for problem in raised.value.problems] == [(2, "withdrawn")]
    with pytest.raises(ProblemsError, match=r"'2\.5\.2024' cannot be taken as a date"):
        run([statement(withdrawn="2.5.2024; misquoted")])
