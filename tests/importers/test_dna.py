"""DNA databases: everything in them is in the graph, and what is no DNA database is refused."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.errors import DataError, UsageError
from disputegraph.evidence import Sources, digest, normalise, verify_anchors
from disputegraph.importers.dna import DnaImport, import_dna
from disputegraph.importers.dna.dna_database import SCHEMA
from disputegraph.importers.triples import Triples, term
from disputegraph.store.store_opening import open_store

BASE = "https://example.org/dna/"
TEXT = (
    "\ufeff\U0001f600 She said: nous résistons.\r\nCafe\u0301 owners agreed \U0001f600\U0001f600 with her, twice.\r\n"
)
WORDS = ["nous résistons", "Cafe\u0301", "agreed \U0001f600\U0001f600 with", "twice."]
KINDS = ["short text", "long text", "integer", "boolean"]


def utf16(text: str, words: str) -> tuple[int, int]:
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def build(path: Path, *, version: str = "3.0.11") -> Path:
    """Write a small database with three statement types and every kind of value."""
    base = sqlite3.connect(path)
    for table, columns in SCHEMA.items():
        base.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    add = lambda table, *rows: base.executemany(  # noqa: E731
        f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
    )
    add("SETTINGS", ("version", version))
    add("CODERS", (1, "Admin"), (2, "Åsa"))
    add("DOCUMENTS",
        (1, "First", TEXT, 2, "Author A", "Paper", "Politics", "a note", "report", 1106697661),
        (2, "", "Old \ud83d".replace("\ud83d", "text"), None, "", "", "", "", "", -86400))  # fmt: skip
    add("STATEMENTTYPES", (1, "DNA Statement"), (2, "Story"), (3, "Annotation"), (4, "Scale"))
    add("VARIABLES",
        (1, "person", "short text", 1), (2, "organization", "short text", 1), (3, "concept", "short text", 1),
        (4, "agreement", "boolean", 1), (5, "frame", "short text", 1), (6, "urgent", "boolean", 1),
        (7, "hero", "short text", 2), (8, "plot", "short text", 2), (9, "note", "long text", 3),
        (10, "Organisation", "short text", 4), (11, "Belief", "long text", 4), (12, "Agreement", "integer", 4),
        (13, "page", "integer", 4))  # fmt: skip
    add("ENTITIES", (1, 1, "", 0, 0, 0, None), (2, 1, "Ada", 255, 0, 16, None), (3, 2, "", 0, 0, 0, None),
        (4, 2, "Union", 0, 0, 0, None), (5, 3, "", 0, 0, 0, None), (6, 3, "We resist", 0, 0, 0, None),
        (7, 3, "Never used", 0, 0, 0, None), (8, 5, "moral", 0, 0, 0, None), (9, 7, "Ada", 0, 0, 0, None),
        (10, 8, "rescue", 0, 0, 0, 11), (11, 8, "plots", 0, 0, 0, None), (12, 10, "Union", 0, 0, 0, None),
        (13, 2, "Ada", 0, 0, 0, None), (14, 2, "union", 0, 0, 0, None), (15, 5, "", 0, 0, 0, None))  # fmt: skip
    add("ATTRIBUTEVARIABLES", (1, 1, "Type"), (2, 1, "Alias"), (3, 1, "Notes"), (4, 3, "Type"))
    add("ATTRIBUTEVALUES", (2, 1, "NGO"), (2, 2, "A. O."), (2, 3, "speaks often"), (4, 1, ""), (6, 4, "core"))
    spans = [utf16(TEXT, words) for words in WORDS]
    add("STATEMENTS",
        (1, 1, 1, *spans[0], 2), (2, 1, 1, *spans[1], 2), (3, 1, 1, *spans[2], 1), (4, 1, 1, *spans[3], None),
        (5, 1, 1, *spans[3], 2), (6, 2, 1, *spans[0], 2), (7, 3, 1, *spans[0], 1), (8, 4, 1, *spans[1], 2),
        (9, 4, 2, 0, 3, 2), (10, 1, 1, 5000, 5001, 2))  # fmt: skip
    short = [(1, 1, 2), (1, 2, 4), (1, 3, 6), (1, 5, 8)]  # person for an organization
    short += [(2, 1, 2), (2, 2, 3), (2, 3, 6), (2, 5, 15)]  # a person alone
    short += [(3, 1, 1), (3, 2, 4), (3, 3, 6)]  # an organization alone
    short += [(4, 1, 1), (4, 2, 3), (4, 3, 6)]  # neither
    short += [(5, 1, 2), (5, 2, 4), (5, 3, 5)]  # no concept
    short += [(6, 7, 9), (6, 8, 10), (8, 10, 12), (9, 10, 12), (10, 1, 2), (10, 3, 6)]
    add("DATASHORTTEXT", *short)
    add("DATABOOLEAN", (1, 4, 1), (1, 6, 0), (2, 4, 0), (3, 4, 1), (4, 4, 1), (5, 4, 0), (10, 4, 0))
    add("DATAINTEGER", (8, 12, -2), (8, 13, 7), (9, 12, 0))
    add("DATALONGTEXT", (7, 9, "look again"), (8, 11, "Tea is better"), (9, 11, "Tea is better"))
    base.commit()
    base.close()
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return build(tmp_path / "tea.dna")


@pytest.fixture
def done(database: Path) -> DnaImport:
    return import_dna(database, base=BASE)


def facts(triples: Triples, subject: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in triples.quads():
        if quad.subject == NamedNode(subject):
            value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else ""
            name = value.removeprefix(BASE).removeprefix(term("dg:x").value[:-1])
            found.setdefault(str(quad.predicate.value).rpartition("#")[2].rpartition("/")[2], []).append(name)
    return found


def label(triples: Triples, iri: str) -> str:
    return facts(triples, BASE + iri)["prefLabel"][0]


def test_person_for_an_organization(done: DnaImport) -> None:
    said = facts(done.triples, BASE + "statement-1")
    assert "Utterance" in said["type"]
    assert [label(done.triples, said[role][0]) for role in ("speaker", "onBehalfOf", "addressesClaim", "codedBy")] == [
        "Ada", "Union", "We resist", "Åsa",
    ]  # fmt: skip
    assert (said["polarity"], said["identifier"]) == (["affirms"], ["1"])
    coded = {
        label(done.triples, value["codedVariable"][0]): value.get("codedValue")
        or [label(done.triples, value["codedEntity"][0])]
        for value in (facts(done.triples, BASE + iri) for iri in said["hasCodedValue"])
    }
    assert coded == {"frame": ["moral"], "urgent": ["false"]}


def test_person_alone_organization_alone_and_neither(done: DnaImport) -> None:
    person, organization, neither = (facts(done.triples, f"{BASE}statement-{number}") for number in (2, 3, 4))
    assert (label(done.triples, person["speaker"][0]), person.get("onBehalfOf"), person["polarity"]) == (
        "Ada",
        None,
        ["denies"],
    )
    assert "hasCodedValue" not in person  # an empty entity is not a value
    assert label(done.triples, organization["speaker"][0]) == "Union"
    assert "UnnamedSource" in facts(done.triples, BASE + neither["speaker"][0])["type"]
    assert "codedBy" not in neither


def test_statement_without_a_concept_is_a_coded_span(done: DnaImport) -> None:
    span = facts(done.triples, BASE + "statement-5-anchor")
    values = [facts(done.triples, BASE + iri) for iri in span["hasCodedValue"]]
    assert {label(done.triples, value["codedVariable"][0]) for value in values} == {
        "person",
        "organization",
        "agreement",
    }
    assert "Anchor" in span["type"]
    assert not facts(done.triples, BASE + "statement-5")


def test_other_statement_types_keep_all_their_variables(done: DnaImport) -> None:
    story = facts(done.triples, BASE + "statement-6-anchor")
    assert "Story" in story["type"]
    plot = next(facts(done.triples, BASE + iri) for iri in story["hasCodedValue"] if "plot" in iri)
    rescue = facts(done.triples, BASE + plot["codedEntity"][0])
    assert rescue["prefLabel"] == ["rescue"]
    assert label(done.triples, rescue["broader"][0]) == "plots"
    note = facts(done.triples, BASE + "statement-7-anchor")
    assert facts(done.triples, BASE + note["hasCodedValue"][0])["codedValue"] == ["look again"]


def test_integer_agreement_and_concepts_as_text(done: DnaImport) -> None:
    against, neither = (facts(done.triples, f"{BASE}statement-{number}") for number in (8, 9))
    assert (against["polarity"], against["intensity"]) == (["denies"], ["-2"])
    assert (neither["polarity"], neither["intensity"]) == (["neutral"], ["0"])
    assert label(done.triples, against["addressesClaim"][0]) == "Tea is better"
    assert against["speaker"] == facts(done.triples, BASE + "statement-3")["speaker"]  # one Union in two types
    assert facts(done.triples, BASE + against["hasCodedValue"][0])["codedValue"] == ["7"]


def test_names_that_differ_in_role_or_case_stay_apart(done: DnaImport) -> None:
    nodes: dict[str, set[str]] = {}
    for quad in done.triples.quads():
        if quad.predicate == term("skos:prefLabel") and isinstance(quad.object, Literal):
            nodes.setdefault(quad.object.value, set()).add(str(quad.subject))
    assert (len(nodes["Ada"]), len(nodes["Union"]), len(nodes["union"])) == (3, 1, 1)  # person, organization, hero


def test_attributes_aliases_colours_and_unused_entities(done: DnaImport) -> None:
    ada = facts(done.triples, BASE + facts(done.triples, BASE + "statement-1")["speaker"][0])
    assert (ada["altLabel"], ada["note"], ada["color"]) == (["A. O."], ["speaks often"], ["#ff0010"])
    assert facts(done.triples, BASE + ada["hasCodedValue"][0])["codedValue"] == ["NGO"]
    unused = [quad.subject for quad in done.triples.quads() if quad.object == Literal("Never used", language="en")]
    assert len(unused) == 1
    assert "Concept" in " ".join(facts(done.triples, str(unused[0])[1:-1])["type"])


def test_documents_keep_all_fields_and_no_text(done: DnaImport) -> None:
    first = facts(done.triples, BASE + "document-1")
    assert {key: first[key] for key in ("creator", "source", "articleSection", "note", "issued", "identifier")} == {
        "creator": ["Author A"], "source": ["Paper"], "articleSection": ["Politics"], "note": ["a note"],
        "issued": ["2005-01-26T00:01:01Z"], "identifier": ["1"],
    }  # fmt: skip
    assert "report" in first["type"]
    assert first["textDigest"] == [digest(normalise(TEXT))]
    assert facts(done.triples, BASE + "document-2")["issued"] == ["1969-12-31T00:00:00Z"]
    assert not any(
        isinstance(quad.object, Literal) and "résistons" in quad.object.value for quad in done.triples.quads()
    )


def test_utf16_offsets_become_code_points_of_the_normal_form(done: DnaImport, tmp_path: Path) -> None:
    text = normalise(TEXT)
    for number, words in enumerate(WORDS, start=1):
        start, end = (
            int(facts(done.triples, f"{BASE}statement-{number}-anchor-span")[bound][0]) for bound in ("start", "end")
        )
        assert text[start:end] == normalise(words)
    assert [warning.message for warning in done.warnings] == [
        "statement 10 spans 5000-5001, which is outside the text of document 1; it has no anchor."
    ]
    assert facts(done.triples, BASE + "statement-10")["documentedIn"] == ["document-1"]


def test_through_the_command_and_the_checks(database: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        main, ["import", "dna", str(database), "-o", str(tmp_path / "o.ttl"), "--sources", str(tmp_path / "texts")]
    )
    assert run.exit_code == 0, run.output
    assert "2 documents, 7 utterances, 3 coded spans" in run.stderr
    store = open_store([tmp_path / "o.ttl"])
    assert [finding for finding in check_integrity(store) if finding.severity == "violation"] == []
    assert Counter(report.status for report in verify_anchors(store, Sources(tmp_path / "texts"))) == {"verified": 9}
    again = CliRunner().invoke(main, ["import", "dna", str(database), "--sources", str(tmp_path / "texts")])
    assert again.exit_code == 0
    assert again.stdout == (tmp_path / "o.ttl").read_text(encoding="utf-8")
    (tmp_path / "texts" / "document-1.txt").write_text("mine", encoding="utf-8")
    refused = CliRunner().invoke(main, ["import", "dna", str(database), "--sources", str(tmp_path / "texts")])
    assert (refused.exit_code, "holds another text" in refused.stderr) == (2, True)


def test_mapping_of_variables(database: Path) -> None:
    done = import_dna(database, base=BASE, mapping={"hero": "speaker", "Story.plot": "claim", "frame": ""})
    story = facts(done.triples, BASE + "statement-6")
    assert (label(done.triples, story["speaker"][0]), label(done.triples, story["addressesClaim"][0])) == (
        "Ada",
        "rescue",
    )
    assert story["polarity"] == ["affirms"]
    with pytest.raises(UsageError, match="no variable 'heroe'.*Did you mean 'hero'"):
        import_dna(database, mapping={"heroe": "speaker"})
    with pytest.raises(UsageError, match="is long text, and speaker needs short text"):
        import_dna(database, mapping={"note": "speaker"})
    with pytest.raises(UsageError, match="no field 'voice'"):
        import_dna(database, mapping={"hero": "voice"})


def _text(path: Path) -> None:
    path.write_text("person;organization;concept", encoding="utf-8")


def _cut(path: Path) -> None:
    build(path)
    path.write_bytes(path.read_bytes()[:6000])


def _view(path: Path) -> None:
    build(path)
    base = sqlite3.connect(path)
    base.execute("DROP TABLE CODERS")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i ID, 'x' Name FROM n"
    base.execute(f"CREATE VIEW CODERS AS {endless}")
    base.commit()
    base.close()


def _plain_sqlite(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (x)")
    base.commit()
    base.close()


BAD: list[tuple[Callable[[Path], object], str]] = [
    (_text, "is text, not an SQLite database"),
    (lambda path: path.write_bytes(b""), "is empty"),
    (lambda path: path.write_bytes(bytes(range(200, 256)) * 40), "an encrypted one"),
    (
        lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40),
        "damaged or encrypted|cannot be read",
    ),
    (lambda path: path.write_bytes(b"<?xml version='1.0'?><x/>"), "is XML"),
    (_cut, "damaged"),
    (_view, "has no table CODERS"),
    (_plain_sqlite, "no DNA 3 database"),
    (lambda path: build(path, version="2.0 beta 25"), "written by DNA 2.0 beta 25"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_what_is_no_database_is_refused(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    make(tmp_path / "bad.dna")
    with pytest.raises(DataError, match=message):
        import_dna(tmp_path / "bad.dna")


def test_missing_and_locked(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="no such file"):
        import_dna(database.with_name("none.dna"))
    monkeypatch.setattr("disputegraph.importers.dna.dna_database.WAIT", 0.1)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DataError, match="is locked by another program"):
        import_dna(database)
    other.close()


def test_the_file_is_left_as_it_was(database: Path) -> None:
    before = database.read_bytes()
    import_dna(database)
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == ["tea.dna"]


def test_sample_of_dna(shared: Path) -> None:
    path = shared / "dna" / "sample.dna"
    done = import_dna(path)
    counts = {"documents": 7, "utterances": 40, "coded spans": 1}
    assert (dict(done.counts), done.warnings) == (counts, ())
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    value = (
        "(SELECT e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity"
        " WHERE d.StatementId = s.ID AND d.VariableId = {})"
    )
    side = "(SELECT Value FROM DATABOOLEAN WHERE StatementId = s.ID)"
    query = f"SELECT {value.format(2)}, {value.format(3)}, {side} FROM STATEMENTS s WHERE s.StatementTypeId = 1"
    expected = Counter((org, concept, "affirms" if yes else "denies") for org, concept, yes in base.execute(query))
    base.close()
    labels = {
        quad.subject.value: quad.object.value  # type: ignore[union-attr]
        for quad in done.triples.quads()
        if quad.predicate == term("skos:prefLabel")
    }
    rows: dict[str, dict[str, str]] = {}
    for quad in done.triples.quads():
        rows.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value  # type: ignore[union-attr]
    found = Counter(
        (
            labels[row[term("dg:onBehalfOf").value]],
            labels[row[term("dg:addressesClaim").value]],
            row[term("dg:polarity").value][len(term("dg:x").value) - 1 :],
        )
        for row in rows.values()
        if term("dg:addressesClaim").value in row
    )
    assert found == expected


@pytest.mark.parametrize(
    ("date", "issued", "told"),
    [
        (None, None, "no date"),
        ("soon", None, "no date"),
        (1714608000000, None, "milliseconds?"),
        (-62_135_596_801, None, "no calendar"),
        ("1" + "0" * 30, None, "no calendar"),
        (1714608000.0, "2024-05-02T00:00:00Z", ""),
        (0, "1970-01-01T00:00:00Z", "may stand for none"),
    ],
)
def test_odd_dates_are_told_and_never_become_another(
    database: Path, date: object, issued: str | None, told: str
) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as base:
        base.execute("UPDATE DOCUMENTS SET Date = ? WHERE ID = 1", (date,))
    done = import_dna(database, base=BASE)
    assert facts(done.triples, BASE + "document-1").get("issued") == ([issued] if issued else None)
    assert any(told in warning.message for warning in done.warnings)


@pytest.mark.parametrize("value", [None, 7, "maybe", "missing row"])
def test_agreement_that_is_none_takes_no_side(database: Path, value: object) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as base:
        base.execute("DELETE FROM DATABOOLEAN WHERE StatementId = 1 AND VariableId = 4")
        if value != "missing row":
            base.execute("INSERT INTO DATABOOLEAN VALUES (1, 4, ?)", (value,))
    done = import_dna(database, base=BASE)
    said = facts(done.triples, BASE + "statement-1")
    assert ("Utterance" in said["type"], said.get("polarity")) == (True, None)
    assert any("1 statements have no agreement" in warning.message for warning in done.warnings)


@pytest.mark.parametrize("name", [None, "", " ", "\u00a0\u200b", "NA", "-"])
def test_a_blank_person_is_nobody(database: Path, name: str | None) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as base:
        base.execute("UPDATE ENTITIES SET Value = ? WHERE ID = 2", (name,))
    said = facts(import_dna(database, base=BASE).triples, BASE + "statement-1")
    assert "onBehalfOf" not in said
    assert said["speaker"][0].startswith("organization-union")


def test_spellings_that_look_alike_are_one_entity(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as base:
        base.execute("INSERT INTO ENTITIES VALUES (90, 2, ?, 0, 0, 0, NULL)", ("Uni\u00adon\u200b",))
        base.execute("UPDATE DATASHORTTEXT SET Entity = 90 WHERE StatementId = 3 AND VariableId = 2")
    done = import_dna(database, base=BASE)
    one, other = (facts(done.triples, BASE + name) for name in ("statement-1", "statement-3"))
    assert one["onBehalfOf"] == other["speaker"]
    assert any("1 entities differ" in warning.message for warning in done.warnings)
