"""The named queries: their headers, their rows in two engines, and their parameters."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Graph

from disputegraph.analysis import contested
from disputegraph.model import Model, first_day, statements
from disputegraph.networks import network
from disputegraph.resources import bundled_dispute
from disputegraph.sparql import QueryFile, bind, read_query_file
from disputegraph.store import open_store
from disputegraph.vocabulary import XSD

QUERIES = Path(__file__).resolve().parents[2] / "ontology" / "queries"
CASES = Path(__file__).resolve().parent / "cases" / "queries"
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))
EX = "https://example.org/library/"
Rows = list[tuple[str, ...]]


def named(name: str) -> QueryFile:
    return read_query_file(QUERIES / f"{name}.rq")


@cache
def oxigraph_store(*paths: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in paths:
        store.load(path=path)
    return store


@cache
def rdflib_graph(path: Path) -> Graph:
    return Graph().parse(path)


def oxigraph_rows(text: str, *paths: Path) -> Rows:
    answer = oxigraph_store(*paths).query(text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [tuple("" if term is None else str(term.value) for term in solution) for solution in answer]


def rdflib_rows(text: str, path: Path) -> Rows:
    return [tuple("" if term is None else str(term) for term in row) for row in rdflib_graph(path).query(text)]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
def test_header_matches_the_projection(name: str) -> None:
    query = named(name)
    assert set(query.fields) == {"title", "question"}
    assert query.question.endswith("?")
    answer = pyoxigraph.Store().query(query.text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in answer.variables] == list(query.columns)
    assert all(query.columns.values())
    for parameter in query.parameters:
        assert parameter not in query.columns  # a column shows a label, a parameter takes a node or value
        assert re.search(rf"\?{parameter}\b", query.text.split("SELECT", 1)[1])
    declared = re.findall(r"PREFIX (\w+):", query.text)
    body = re.sub(r'"[^"]*"|<https?:[^>]*>|#.*', "", query.text[query.text.rindex("PREFIX") :].split("\n", 1)[1])
    assert declared == sorted(set(re.findall(r"\b([a-z]+):[A-Za-z]", body)))
    assert "ORDER BY" in query.text


def test_every_query_has_its_expected_rows() -> None:
    assert len(NAMES) >= 12
    assert sorted(path.stem for path in CASES.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rows(name: str, good: Path) -> None:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    query = named(name)
    assert header == list(query.columns)
    assert oxigraph_rows(query.text, good) == [tuple(row) for row in rows]
    assert rows, "a query that the good dispute does not exercise"


@pytest.mark.parametrize("name", NAMES)
def test_two_engines_one_answer(name: str, good: Path) -> None:
    assert oxigraph_rows(named(name).text, good) == rdflib_rows(named(name).text, good)


@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_two_engines_one_answer_on_the_bundled_dispute(name: str, root: Path) -> None:
    path = root / "data" / "junior-doctors-2016" / "dispute.ttl"
    assert oxigraph_rows(named(name).text, path) == rdflib_rows(named(name).text, path)


@pytest.mark.parametrize("name", NAMES)
def test_the_ontology_beside_the_data_changes_nothing(name: str, good: Path, ontology: Path) -> None:
    query = named(name)
    with_it = oxigraph_rows(query.text, good, ontology / "disputegraph.ttl", ontology / "actions.ttl")
    assert with_it == oxigraph_rows(query.text, good)


@pytest.mark.parametrize("name", NAMES)
def test_further_labels_multiply_no_row(name: str, good: Path, tmp_path: Path) -> None:
    """A second label in the same language, others in other languages: one label is shown, the first."""
    graph = good.read_text(encoding="utf-8")
    more = tmp_path / "labels.ttl"
    labelled = re.findall(r'^(ex:[\w-]+) .*?skos:prefLabel ("[^"]+")(@\w+)?', graph, re.MULTILINE)
    assert len(labelled) > 15
    lines = [f'{node} skos:prefLabel "zz"{language}, "zzz"@de, "zzzz"@pt .' for node, _, language in labelled]
    heads = [line for line in graph.splitlines() if line.startswith("@prefix")]
    more.write_text("\n".join([*heads, *lines]), encoding="utf-8")
    query = named(name)
    assert oxigraph_rows(query.text, good, more) == oxigraph_rows(query.text, good)


def bound(name: str, good: Path, **values: NamedNode | Literal) -> Rows:
    text = bind(named(name).text, values)
    rows = oxigraph_rows(text, good)
    assert rows == rdflib_rows(text, good)
    return rows


@pytest.mark.parametrize(
    ("name", "parameter", "value", "label"),
    [
        ("claim-sources", "claim", "c-deal", "Council broke the deal"),
        ("independent-sources", "claim", "c-close", "Close on Sundays"),
        ("evidence", "claim", "c-deal", "Council broke the deal"),
        ("statements", "actor", "ana", "Ana Berg"),
        ("about-thing", "thing", "council", "Town council"),
    ],
)
def test_a_bound_node_leaves_its_rows(name: str, parameter: str, value: str, label: str, good: Path) -> None:
    everything = oxigraph_rows(named(name).text, good)
    rows = bound(name, good, **{parameter: NamedNode(EX + value)})
    assert rows == [row for row in everything if row[0] == label]
    assert 0 < len(rows) < len(everything)
    assert bound(name, good, **{parameter: NamedNode(EX + "nobody")}) == []


def test_posts_on_a_day(good: Path) -> None:
    def holders(day: str) -> set[str]:
        return {row[0] for row in bound("posts", good, date=Literal(day, datatype=XSD.date))}

    assert holders("2020-03-05") == {"Ana Berg", "Bo Dahl"}  # attested that day; within the tenure
    assert holders("2019-01-01") == {"Bo Dahl"}
    assert holders("2018-12-31") == set()
    assert holders("2021-01-01") == set()


def test_every_parameter_is_tested() -> None:
    assert {(name, p) for name in NAMES for p in named(name).parameters} == {
        ("claim-sources", "claim"),
        ("independent-sources", "claim"),
        ("evidence", "claim"),
        ("statements", "actor"),
        ("about-thing", "thing"),
        ("posts", "date"),
    }


def test_counts_are_those_of_the_commands() -> None:
    with open_store([bundled_dispute()]) as store:
        contested_by_query = {
            row["claim"].value: tuple(int(row[side].value) for side in ("affirmed_by", "denied_by", "neutral"))
            for row in store.select(named("most-contested").text)
        }
        model = Model(store)
        found = [each for each in contested(statements(model)) if each.contested and each.affirms]
        assert contested_by_query == {
            each.label: (len(each.affirms), len(each.denies), len(each.neutral)) for each in found
        }
        says = {row["iri"].value: int(row["says"].value) for row in store.select(named("actors").text)}
        assert says == {actor.iri: actor.utterances for actor in model.actors}


HEAD = "@prefix : <https://example.org/> . @prefix dg: <https://w3id.org/disputegraph/ns#> .\n"


def test_the_timeline_dates_as_the_commands_do(tmp_path: Path) -> None:
    rough = [
        "2016", "2016-02", "2016-02~", "2016-02-1X", "2016-XX-03", "2016-0X", "201X", "2016-21", "2016-22~", "2016-23",
        "2016-24", "2016-06-21", "2016-01/2016-03", "2016-03-04/2016-03-09", "2016-05-06?", "Y2016-07",
    ]  # fmt: skip
    path = tmp_path / "rough.ttl"
    said = "".join(
        f':u{n} dg:speaker :ann ; dg:addressesClaim :c ; dg:saidRoughly "{text}" .' for n, text in enumerate(rough)
    )
    path.write_text(
        f"""{HEAD}@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        :late dcterms:issued "2016-09-02"^^xsd:date . :early dcterms:date "2016-08"^^xsd:gYearMonth .
        :twice dg:speaker :ann ; dg:addressesClaim :c ; dg:documentedIn :late, :early .
        :time dg:speaker :ann ; dg:addressesClaim :c ; dg:saidAt "2016-10-03T10:00:00Z"^^xsd:dateTime .
        {said}""",
        encoding="utf-8",
    )
    text = named("timeline").text
    rows = oxigraph_rows(text, path)
    assert rows == rdflib_rows(text, path)
    days = {row[-1].removeprefix("https://example.org/"): row[:2] for row in rows}
    assert len(rows) == len(days) == len(rough) + 2
    assert days.pop("twice") == ("2016-08-01", "published")
    assert days.pop("time") == ("2016-10-03", "said")
    assert days == {f"u{n}": (first_day(each), "roughly") for n, each in enumerate(rough)}


def test_who_accuses_by_denying_accuses_and_who_evaluates_does_not(tmp_path: Path) -> None:
    path = tmp_path / "acts.ttl"
    path.write_text(
        f"""{HEAD}:kind dg:claimedAgent :firm . :unfair dg:claimedAgent :firm ; dg:evaluation dg:negative .
        :u1 dg:speaker :ann ; dg:addressesClaim :kind ; dg:polarity dg:denies ; dg:speechAct dg:accusing .
        :u2 dg:speaker :ann ; dg:addressesClaim :kind ; dg:polarity dg:affirms ; dg:speechAct dg:crediting .
        :u3 dg:speaker :bob ; dg:addressesClaim :unfair ; dg:polarity dg:affirms ; dg:speechAct dg:evaluating .""",
        encoding="utf-8",
    )
    assert oxigraph_rows(named("portrayal").text, path) == [("ann", "firm", "1", "1", "1")]
    with open_store([path]) as store:
        edges = network(statements(store), "portrayal").edges(data=True)
        assert [(*ends, values["accuses"], values["credits"]) for *ends, values in edges] == [
            ("https://example.org/ann", "https://example.org/firm", 1, 1)
        ]
        assert {said.tone for said in Model(store).utterances if said.voice.label == "bob"} == {"critical"}


def test_who_denies_never_counts_as_a_source(good: Path) -> None:
    rows = oxigraph_rows(named("corroborated").text, good)
    assert [(row[0], row[1]) for row in rows] == [("Council broke the deal", "2")]
    contested = oxigraph_rows(named("most-contested").text, good)
    assert ("Council broke the deal", "2", "1", "0", "1") in contested


def test_witnesses_are_counted_not_voices() -> None:
    """A voice had only through a counted one, through a friend, or a member of a body that says it too adds none."""
    path = CASES.parent / "witnesses.ttl"
    text = named("corroborated").text
    rows = oxigraph_rows(text, path)
    assert [row[:4] for row in rows] == [("through-news", "2", "2", "1"), ("two-members", "2", "2", "2")]
    assert rows == rdflib_rows(text, path)
    text = named("independent-sources").text
    rows = oxigraph_rows(text, path)
    assert {row[0]: row[-1] for row in rows} == {
        "through-a-counted-voice": "1",
        "through-a-friend": "1",
        "member-and-crowd": "1",
        "member-and-union": "1",
        "two-members": "2",
        "through-news": "2",
    }
    assert len(rows) == 13
    assert rows == rdflib_rows(text, path)


def test_what_was_taken_back_is_not_counted(good: Path) -> None:
    clashes = oxigraph_rows(named("clashes").text, good)
    assert ("denial", "Close on Sundays", "Town council", "", "Ana Berg", "", "") in clashes
    assert not [row for row in clashes if row[1] == "Close on Sundays" and row[2] == "Ana Berg"]


def test_the_readme_lists_every_query_and_check_as_its_header_says(root: Path) -> None:
    readme = (root / "ontology" / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"| `{name}` | {named(name).question} |" in readme
    for path in sorted((root / "ontology" / "checks").glob("*.rq")):
        check = read_query_file(path)
        assert f"| `{check.name}` | {check.fields['severity']} | {check.title} |" in readme
    listed = re.findall(r"^\| `([a-z-]+)` \|", readme, re.MULTILINE)
    assert sorted(listed) == sorted([*NAMES, *(path.stem for path in (root / "ontology" / "checks").glob("*.rq"))])
