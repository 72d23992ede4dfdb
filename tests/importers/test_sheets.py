"""Sheets become graphs: what a row gives, which names are meant, where quotes stand, and all that can be wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from disputegraph.checks import check_integrity
from disputegraph.errors import DataError, UsageError
from disputegraph.evidence import digest
from disputegraph.importers.sheets import export_sheets, import_sheet
from disputegraph.importers.triples import term
from disputegraph.model import Model, statements
from disputegraph.store import EmbeddedStore
from disputegraph.tables.problems import ProblemsError

from .conftest import BASE, statement, write_rows
from .sheet_values import ACTORS, Run, called, page_records, subjects, values

TEXT = "“They knew,” said Osei. The\u00a0report\nwas hidden. It was hidden, she said.\r\nCafe\u0301 \U0001f600 closed."


def test_an_evaluation_has_a_direction(run: Run) -> None:
    rows = [
        statement(claim="The offer is fair", speech_act="evaluating", evaluation="positive"),
        statement(claim="The offer is fair", speech_act="evaluating", polarity="denies", speaker="Union"),
        statement(claim="The offer is late", speech_act="evaluating", evaluation="mixed"),
        statement(claim="The offer is here", speech_act="evaluating"),
        statement(claim="The offer is here", speech_act="evaluating", speaker="Union"),
    ]
    done = run(rows)
    fair, late = called(done.triples, "The offer is fair"), called(done.triples, "The offer is late")
    assert values(done.triples, fair, "dg:evaluation") == [str(term("dg:positive").value)]
    assert values(done.triples, late, "dg:evaluation") == [str(term("dg:mixedEvaluation").value)]
    (warning,) = [text for text in map(str, done.warnings) if "its tone" in text]
    assert "row 5" in warning
    assert "so are 1 below" in warning


def test_a_row_is_an_utterance(run: Run) -> None:
    row = statement(
        document_date="2024-05-03", date="2024-05-02", on_behalf_of="Union", addressee="Port authority; Dockers",
        certainty="likely", speech_act="accuses", agent="Port authority", action="conceal", target="safety report",
        issue="dock safety", paraphrase="The authority kept the report back.", intensity="2", cue="said",
        quotation_mode="direct", coder="MK",
    )  # fmt: skip
    done = run([row], ACTORS)
    triples = done.triples
    (utterance,) = subjects(triples, "rdf:type", "dg:Utterance")
    claim = called(triples, "The report was hidden")
    expected = {
        "dg:speaker": [called(triples, "Ada Osei")],
        "dg:onBehalfOf": [called(triples, "Union")],
        "dg:addressee": sorted([called(triples, "Dockers"), called(triples, "Port authority")]),
        "dg:addressesClaim": [claim],
        "dg:polarity": [term("dg:affirms").value],
        "dg:certainty": [term("dg:probable").value],
        "dg:speechAct": [term("dg:accusing").value],
        "dg:quotationMode": [term("dg:direct").value],
        "dg:saidOn": ["2024-05-02"],
        "dg:intensity": ["2"],
        "dg:cue": ["said"],
        "dg:codedBy": [called(triples, "MK")],
        "dg:documentedIn": [called(triples, "gazette")],
    }
    assert {predicate: values(triples, utterance, predicate) for predicate in expected} == expected
    assert values(triples, claim, "dg:claimedAgent") == [called(triples, "Port authority")]
    assert values(triples, claim, "dg:claimedAction") == [term("act:conceal").value]
    assert values(triples, claim, "dg:claimedTarget") == [called(triples, "safety report")]
    assert values(triples, claim, "dg:aboutIssue") == [called(triples, "dock safety")]
    assert values(triples, claim, "dg:paraphrase") == ["The authority kept the report back."]
    assert values(triples, called(triples, "gazette"), "dcterms:issued") == ["2024-05-03"]
    assert done.warnings == ()


def test_names_resolve_by_label_and_alias_whatever_the_case(run: Run) -> None:
    done = run([statement(speaker=name) for name in ("Osei", "ADA OSEI", "A.  Osei")], ACTORS)
    (utterance,) = subjects(done.triples, "rdf:type", "dg:Utterance")
    assert values(done.triples, utterance, "dg:speaker") == [called(done.triples, "Ada Osei")]
    left_out, *repeated = done.warnings
    assert [warning.row for warning in repeated] == [3, 4]
    assert "no claim names it: it is left out" in left_out.message
    assert "repeats row 2" in repeated[0].message


def test_one_statement_in_two_papers_has_two_anchors(run: Run, tmp_path: Path) -> None:
    for name, text in (("gazette", TEXT), ("echo", "She told Echo: “They knew,” and no more.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = [statement(id="u1", quote="They knew"), statement(id="u1", document="echo", quote="“They knew,”")]
    done = run(rows, ACTORS, sources=tmp_path)
    (utterance,) = subjects(done.triples, "rdf:type", "dg:Utterance")
    anchors = values(done.triples, utterance, "dg:evidence")
    documents = [values(done.triples, anchor, "oa:hasSource") for anchor in anchors]
    assert sorted(documents) == sorted([[called(done.triples, "gazette")], [called(done.triples, "echo")]])
    assert not [one for one in done.warnings if "repeats" in one.message]
    assert done.counts["utterances"] == 1

    told = "'u1' is the id of row 2 too, which says something else: speaker, polarity"
    with pytest.raises(ProblemsError, match=told):
        run([rows[0], {**rows[1], "speaker": "Port authority", "polarity": "denies"}], ACTORS, sources=tmp_path)
    (again,) = [one for one in run([rows[0], rows[0]], ACTORS, sources=tmp_path).warnings if "repeats" in one.message]
    assert again.message.startswith("repeats row 2, and adds nothing")


def test_unknown_name_is_created_with_a_warning_or_refused(run: Run) -> None:
    rows = [statement(speaker="Ada Osej")]
    done = run(rows, ACTORS)
    warning = done.warnings[-1]
    assert (warning.row, warning.column) == (2, "speaker")
    assert "Did you mean 'Ada Osei'" in warning.message
    assert called(done.triples, "Ada Osej") in subjects(done.triples, "rdf:type", "dg:Actor")
    with pytest.raises(ProblemsError, match="row 2, column 'speaker'.*Did you mean 'Ada Osei'"):
        run(rows, ACTORS, strict=True)


def test_hearsay_makes_a_chain(run: Run) -> None:
    done = run([statement(via="caller; Radio Nord")], ACTORS)
    triples = done.triples
    (said,) = subjects(triples, "dg:reportedPolarity", "dg:affirms")
    first, last = f"{said}-via-1", f"{said}-via-2"
    assert values(triples, first, "dg:reportedSpeaker") == [called(triples, "caller")]
    assert values(triples, last, "dg:speaker") == [called(triples, "Radio Nord")]
    assert (values(triples, first, "dg:reports"), values(triples, last, "dg:reports")) == ([said], [first])
    assert sorted(subjects(triples, "rdf:type", "dg:ReportedUtterance")) == sorted([said, first])


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "gazette.txt").write_text(TEXT, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ('"They knew,"', "“They knew,”"),
        ("The report was hidden", "The\u00a0report\nwas hidden"),
        ("It was  hidden", "It was hidden"),
        ("'Café \U0001f600 closed.'", "Café \U0001f600 closed."),
        ("Cafe\u0301", "Café"),
    ],
)
def test_quote_becomes_an_anchor(run: Run, sources: Path, quote: str, found: str) -> None:
    text = TEXT.replace("\r\n", "\n").replace("e\u0301", "é")
    done = run([statement(quote=quote)], sources=sources)
    (anchor,) = subjects(done.triples, "rdf:type", "dg:Anchor")
    assert values(done.triples, anchor, "dg:exactDigest") == [digest(found)]
    start, end = (int(values(done.triples, anchor + "-span", f"oa:{bound}")[0]) for bound in ("start", "end"))
    assert text[start:end] == found
    document = called(done.triples, "gazette")
    assert values(done.triples, document, "dg:textDigest") == [digest(text)]
    assert values(done.triples, document, "dg:textLength") == [str(len(text))]
    assert not any(isinstance(quad.object, Literal) and found in quad.object.value for quad in done.triples.quads())


def test_words_are_kept_only_when_asked(run: Run, sources: Path) -> None:
    done = run([statement(quote="They knew")], sources=sources, keep_quotes=True)
    assert subjects(done.triples, "schema:text", "They knew")


def test_quote_and_start_choose_one_of_two_places(run: Run, sources: Path) -> None:
    second = TEXT.replace("\r\n", "\n").rindex("was hidden")
    done = run([statement(quote="was hidden", start=str(second))], sources=sources)
    (anchor,) = subjects(done.triples, "rdf:type", "dg:Anchor")
    assert values(done.triples, anchor + "-span", "oa:start") == [str(second)]


PROBLEMS = [
    ({"quote": "was hidden"}, "quote", "occurs 2 times in gazette.txt, at"),
    ({"quote": "They knew nothing"}, "quote", "stands nowhere in gazette.txt"),
    ({"quote": "They knew", "start": "5"}, "quote", "does not stand at 5"),
    ({"start": "5", "end": "5"}, "start", "is not a place"),
    ({"start": "5"}, "end", "each place needs both"),
    ({"start": "5", "end": "5000"}, "end", "beyond the"),
    ({"start": "0", "end": "5", "sha256": "0" * 64}, "sha256", "the text has changed"),
    ({"date": "10/02/2016"}, "date", "2016-02-10 if the day comes first"),
    ({"document_date": "May 3, 2024"}, "document_date", "Write it as 2024-05-03"),
    ({"polarity": "afirms"}, "polarity", "Did you mean 'affirms'"),
    ({"polarity": "0"}, "polarity", "write denies or neutral"),
    ({"certainty": "surely not"}, "certainty", "is not one of: certain"),
    ({"speech_act": "shouting"}, "speech_act", "is not one of"),
    ({"speaker": ""}, "speaker", "is empty"),
    ({"claim": ""}, "claim", "is empty"),
    ({"intensity": "much"}, "intensity", "not a whole number"),
    ({"via": "Ada Osei"}, "via", "is a loop"),
    ({"via": "Radio Nord; caller; radio nord"}, "via", "is a loop"),
    ({"contradicts": "the report was hidden"}, "contradicts", "contradicts itself"),
    ({"contradicts": "The report was hiden"}, "contradicts", "Did you mean 'The report was hidden'"),
    ({"speaker": "St Mary"}, "speaker", "is not an actor (hospital)"),
    ({"agent": "safety report"}, "agent", "is not an actor (proposal)"),
    ({"issue": "Dockers"}, "issue", "is not an issue (collective)"),
    ({"id": "a b"}, "id", "cannot be part of an IRI"),
    ({"speaker": "=cmd()"}, "speaker", "begins with '='"),
]


@pytest.mark.parametrize(("cells", "column", "message"), PROBLEMS)
def test_each_problem_names_row_and_column(
    run: Run, sources: Path, cells: dict[str, str], column: str, message: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        run([statement(), statement(**cells)], ACTORS, sources=sources)
    found = [(problem.row, problem.column) for problem in raised.value.problems if message in problem.message]
    assert found == [(3, column)]
    assert f"statements.csv, row 3, column '{column}': " in str(raised.value)


def test_all_problems_are_told_in_one_go(run: Run, sources: Path) -> None:
    rows = [statement(**cells) for cells, _, _ in PROBLEMS]
    with pytest.raises(ProblemsError) as raised:
        run(rows, ACTORS, sources=sources)
    places = {(problem.row, problem.column) for problem in raised.value.problems}
    assert places >= {(row, column) for row, (_, column, _) in enumerate(PROBLEMS, start=2)}


def test_rows_that_disagree_on_a_claim(run: Run) -> None:
    with pytest.raises(ProblemsError, match="row 3, column 'agent'.*row 2 has 'Port authority'"):
        run([statement(agent="Port authority"), statement(agent="Union", speaker="B"), statement(agent="")], ACTORS)


def test_arrangements_are_attested_or_known_through_claims(run: Run) -> None:
    actors = [*ACTORS, {"name": "offer", "kind": "proposal", "documented_in": "gazette"}]
    rows = [statement(target="safety report"), statement(claim="The offer is fair", target="offer")]
    triples = run(rows, actors).triples
    report, offer = called(triples, "safety report"), called(triples, "offer")
    assert values(triples, report, "dg:introducedBy") == [called(triples, "The report was hidden")]
    assert values(triples, offer, "dg:documentedIn") == [called(triples, "gazette")]
    assert subjects(triples, "dg:claimedStatus", "dg:proposed") == [report]
    assert report in subjects(triples, "rdf:type", "dg:ClaimedThing")
    assert offer in subjects(triples, "rdf:type", "dg:Arrangement")
    assert not values(triples, offer, "dg:introducedBy")
    with pytest.raises(ProblemsError, match="is neither an arrangement"):
        run(rows, [*ACTORS, {"name": "Zed", "kind": "person", "documented_in": "gazette"}])


def test_bad_actors(run: Run) -> None:
    actors = [
        {"name": "A", "kind": "persn", "aliases": "", "same_as": "", "id": "", "represents": ""},
        {"name": "B", "kind": "person", "aliases": "C"},
        {"name": "c", "kind": "person"},
        {"name": "", "kind": "person"},
        {"name": "D", "same_as": "wikipedia"},
        {"name": "E", "kind": "anonymous", "same_as": "https://example.org/e"},
        {"name": "F", "kind": "person", "represents": "B"},
        {"name": "G", "kind": "elsewhere"},
    ]
    with pytest.raises(ProblemsError) as raised:
        run([statement()], actors)
    assert [(problem.row, problem.column) for problem in raised.value.problems] == [
        (2, "kind"), (4, "name"), (5, "name"), (6, "same_as"), (7, "same_as"), (8, "represents"), (9, "id"),
    ]  # fmt: skip
    assert "Did you mean 'person'" in raised.value.problems[0].message


def test_missing_column_and_mapping(run: Run) -> None:
    rows = [{"Artikel": "gazette", "Wer": "Ada Osei", "claim": "X", "Haltung": "yes", "Rest": "kept", "Weg": "gone"}]
    with pytest.raises(ProblemsError, match="no column 'document'(?s:.)*no column 'polarity'(?s:.)*--map COLUMN"):
        run(rows)
    mapping = {"Artikel": "document", "Wer": "speaker", "Haltung": "polarity", "Weg": ""}
    done = run(rows, mapping=mapping)
    assert subjects(done.triples, "dg:codedValue", "kept")
    assert called(done.triples, "Rest") in subjects(done.triples, "rdf:type", "dg:Variable")
    assert not subjects(done.triples, "dg:codedValue", "gone")
    with pytest.raises(UsageError, match="no column 'Were'.*Did you mean 'Wer'"):
        run(rows, mapping={"Were": "speaker"})
    with pytest.raises(UsageError, match="no field 'speeker'.*Did you mean 'speaker'"):
        run(rows, mapping={"Wer": "speeker"})
    with pytest.raises(ProblemsError, match="column 'Rest': is not a field"):
        run(rows, mapping=mapping, strict=True)


def test_the_same_row_gives_the_same_iri_wherever_it_stands(run: Run) -> None:
    rows = [
        statement(speaker=speaker, claim=claim, polarity=polarity, via=via, certainty=certainty)
        for speaker in ("Ada Osei", "the union", "The Union")
        for claim in ("X", "Y")
        for polarity in ("yes", "no")
        for via in ("", "Radio; Post")
        for certainty in ("certain", "possible")
    ]
    before = set(run(rows).triples.quads())
    random.Random(1).shuffle(rows)
    assert set(run(rows).triples.quads()) == before


def test_editing_how_sure_a_speaker_sounds_keeps_the_iri(run: Run) -> None:
    one, other = (run([statement(certainty=word)]).triples for word in ("certain", "possible"))
    assert subjects(one, "rdf:type", "dg:Utterance") == subjects(other, "rdf:type", "dg:Utterance")


def test_default_base_comes_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Harbour dispute"
    folder.mkdir()
    done = import_sheet(write_rows(folder / "statements.csv", [statement()]))
    assert done.base == "https://w3id.org/disputegraph/data/harbour-dispute/"
    assert import_sheet(write_rows(folder / "docks.csv", [statement()])).base.endswith("/docks/")


def test_workbook_with_both_sheets(tmp_path: Path) -> None:
    from disputegraph.tables.table_files import write_workbook

    row = statement(speaker="Osei", claim="=not a formula", document="-1")
    sheets = {
        "notes": [["anything"]],
        "statements": [list(row), ["'=not a formula" if cell.startswith("=") else cell for cell in row.values()]],
        "actors": [["name", "aliases"], ["Ada Osei", "Osei"]],
    }
    write_workbook(tmp_path / "both.xlsx", sheets)
    done = import_sheet(tmp_path / "both.xlsx", actors=tmp_path / "both.xlsx", base=BASE)
    assert called(done.triples, "=not a formula")
    assert called(done.triples, "Ada Osei")
    assert done.warnings == ()


def test_missing_sources_folder(run: Run, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        run([statement()], sources=tmp_path / "nowhere")


def test_quotes_without_texts_are_told(run: Run, tmp_path: Path) -> None:
    created, unplaced = run([statement(quote="x"), statement(quote="y")]).warnings
    assert "1 name was created from this sheet" in created.message
    assert "2 quotations have no place" in unplaced.message
    (tmp_path / "empty").mkdir()
    done = run([statement(quote="x")], sources=tmp_path / "empty")
    assert any("no text of 'gazette'" in warning.message and warning.row == 2 for warning in done.warnings)
    assert isinstance(next(done.triples.quads()), Quad)


def test_a_time_known_roughly_is_kept_as_such(run: Run) -> None:
    """It comes in order, in periods and on the time line by the first day that it may mean."""
    written = {
        "about 20 June 2022": ("2022-06-20~", "2022-06-20"),
        "2022-06": ("2022-06", "2022-06-01"),
        "June 2022": ("2022-06", "2022-06-01"),
        "around 2022": ("2022~", "2022-01-01"),
        "2022-06-10/2022-06-12": ("2022-06-10/2022-06-12", "2022-06-10"),
    }
    rows = [statement(id=f"u{place}", date=date, document_date="2022-07-01") for place, date in enumerate(written)]
    store = EmbeddedStore()
    store.engine.extend(run([*rows, statement(id="day", date="2022-06-11", document="other")]).triples.quads())
    told = {utterance.iri.removeprefix(BASE): utterance for utterance in Model(store).utterances}
    assert [name for name in told if name != "day"] == ["u3", "u1", "u2", "u4", "u0"]
    assert list(told).index("day") == 4
    on_page = {record["id"].rpartition("/")[2]: record for record in page_records(store)}
    table = statements(store)
    instants = dict(zip(table.utterances, table.dates, strict=True))
    for place, (edtf, first) in enumerate(written.values()):
        one, shown = told[f"u{place}"], on_page[f"u{place}"]
        assert (one.date, one.dated_by) == (edtf, "roughly")
        assert (shown["date"], shown["dated"], shown["roughly"]) == (first, "roughly", edtf)
        assert str(instants[one.iri])[:10] == first
    assert (on_page["day"]["dated"], "roughly" in on_page["day"]) == ("said", False)


@pytest.mark.parametrize("text", ["about 20 June", "about 2.5.2022", "2022-13", "about nothing", "2022-06-31~"])
def test_what_is_too_rough_is_told(run: Run, text: str) -> None:
    with pytest.raises(ProblemsError, match="cannot be taken as a date"):
        run([statement(date=text)])


def test_a_document_may_say_something_itself(run: Run) -> None:
    rows = [statement(id="u", speaker="the contract", document="bbc"), statement(id="v", document="Contract of May")]
    actors = [
        {"name": "Contract of May", "kind": "document", "aliases": "the contract"},
        {"name": "Ada Osei", "kind": "person"},
    ]
    done = run(rows, actors)
    paper = called(done.triples, "Contract of May")
    assert paper.startswith(BASE + "document-")
    assert sorted(values(done.triples, paper, "rdf:type")) == [term("dg:Actor").value, term("dg:Document").value]
    assert values(done.triples, BASE + "u", "dg:speaker") == [paper]
    store = EmbeddedStore()
    store.engine.extend(done.triples.quads())
    assert [finding for finding in check_integrity(store) if finding.severity == "violation"] == []
    told = {utterance.iri: utterance for utterance in Model(store).utterances}
    assert told[BASE + "u"].voice == told[BASE + "v"].document
    sheet = export_sheets(store, base=BASE).actors
    assert ["Contract of May", "document"] in [row[:2] for row in sheet]
