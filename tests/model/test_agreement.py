"""One reading: every face of the program says the same of one nasty little dispute."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.analysis import Inference, coalitions
from disputegraph.assistant.tool_answers import ToolAnswers
from disputegraph.cli import main
from disputegraph.identity import compare, find_duplicates
from disputegraph.importers import export_sheets
from disputegraph.model import Model, find_node, portrait, stances_taken, statements
from disputegraph.networks import graph_of, weigh
from disputegraph.page import page_data
from disputegraph.server.things import describe_thing
from disputegraph.store import EmbeddedStore, Store, open_store
from tests.model.nasty_dispute import (
    ALL_COUNTS,
    CONFLICTS,
    COUNTS,
    DATES,
    DOCUMENTS,
    EX,
    HEARSAY,
    KINDS,
    LABELS,
    NASTY,
    UNCOUNTED,
    WITHDRAWN,
    short,
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store([NASTY]) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(store: Store) -> dict[str, Any]:
    return page_data(store, embed=False)


@pytest.fixture
def told(store: Store) -> Callable[..., Any]:
    def told(*arguments: str) -> Any:
        result = CliRunner().invoke(main, [*arguments, "-d", str(NASTY), "-f", "json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return told


def of_page(data: dict[str, Any], group: str) -> dict[str, dict[str, Any]]:
    full = data["base"].removeprefix(EX)
    return {short(record["id"]).removeprefix(full): record for record in data[group]}


# ---- what a node is called, and of what kind it is


def test_labels(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    model = Model(store)
    iris = {name: EX + name for name in LABELS}
    faces = {
        "model": {name: model.labels[iri] for name, iri in iris.items()},
        "whole": {name: Model.whole(store).labels[iri] for name, iri in iris.items()},
        "listings": {short(one["iri"]): one["label"] for one in (*told("actors"), *told("claims"))},
        "show": {name: portrait(iri, store)["label"] for name, iri in iris.items()},
        "network": dict(statements(store).names(list(iris.values())).labels),
        "page": {name: one["label"] for group in ("things", "claims") for name, one in of_page(page, group).items()},
        "diff": {short(change.iri): change.label.strip("'") for change in compare(EmbeddedStore(), store).changes},
        "sheets": sheet_names(store),
        "server": {name: title_of_page(store, iri) for name, iri in iris.items()},
    }
    faces["network"] = {short(iri): label for iri, label in faces["network"].items()}
    for face, labels in faces.items():
        wanted = set(LABELS) if face != "sheets" else set(labels) & set(LABELS)
        assert {name: labels[name] for name in sorted(wanted)} == {n: LABELS[n] for n in sorted(wanted)}, face
    stranger = "a man at the gate"
    assert stranger in {one["label"] for one in told("actors")}
    assert stranger in {one["label"] for one in page["things"]}
    assert stranger in weigh(statements(store), "congruence").labels.values()
    assert stranger in {row[0] for row in export_sheets(store).actors}


def title_of_page(store: Store, iri: str) -> str:
    html = describe_thing(store, {"iri": iri, "accept": "text/html"})[1].decode()
    return unescape(html.partition("<title>")[2].partition("</title>")[0]).removeprefix("ex:")


def sheet_names(store: Store) -> dict[str, str]:
    sheets = export_sheets(store)
    header = sheets.actors[0]
    by_label = {label: name for name, label in LABELS.items()}
    names = [row[header.index("name")] for row in sheets.actors[1:]]
    claims = [row[sheets.statements[0].index("claim")] for row in sheets.statements[1:]]
    found = {by_label[label]: label for label in (*names, *claims) if label in by_label}
    assert set(found) == set(LABELS)
    return found


def test_a_name_finds_its_node(store: Store) -> None:
    for name, label in LABELS.items():
        assert find_node(label, store) == EX + name
    assert find_node("DU", store) == EX + "union"


def test_kinds(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    names = statements(store).names([EX + name for name in KINDS])
    faces = {
        "listing": {short(one["iri"]): one["kind"] for one in told("actors")},
        "show": {name: portrait(EX + name, store)["kind"] for name in KINDS},
        "network": {short(iri): kind for iri, kind in names.kinds.items()},
        "page": {name: one["kind"] for name, one in of_page(page, "things").items()},
        "assistant": {name: ToolAnswers(store).actor(LABELS[name])["actor"]["kind"] for name in KINDS},
    }
    sheet = {row[0]: row[1].replace(" ", "") for row in export_sheets(store).actors[1:]}
    assert {name: sheet[LABELS[name]] for name in KINDS} == {name: kind.lower() for name, kind in KINDS.items()}
    for face, kinds in faces.items():
        assert {name: kinds[name] for name in KINDS} == KINDS, face
    actors = {name for name, one in of_page(page, "things").items() if one.get("actor")}
    assert {short(one["iri"]) for one in told("actors")} == {*KINDS, "stranger"}
    assert actors - set(KINDS) == {name for name in actors if name.startswith("_:") or name == "stranger"}
    assert len(actors) == len(KINDS) + 1


# ---- where it stands, and when it was said


def test_days(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    listed = {short(one["iri"]): one for one in told("utterances")}
    rows = {short(row.utterance): row for row in statements(store, withdrawn=True)}
    of_people = of_page(page, "utterances")
    sheets = export_sheets(store)
    header = sheets.statements[0]
    written = {row[header.index("id")]: dict(zip(header, row, strict=True)) for row in sheets.statements[1:]}
    assistant = {short(one["node"]): one["day"] for one in ToolAnswers(store).timeline()["entries"]}
    assert assistant == {"u6": "2024-05-01", **{name: day for name, (day, _) in DATES.items() if name in listed}}
    for name, one in listed.items():
        day, whose = DATES.get(name, ("", None))
        assert portrait(EX + name, store)["date"] == one["date"]
        in_sheet = written[name]["date"] or written[name]["document_date"]
        assert in_sheet[:10] == (one["date"] or "")[:10]
        if name == "u6":  # a month is not a day: listed as it is
            assert one["date"] == rows[name].date == "2024-05"
            assert "date" not in of_people[name]
            continue
        assert (one["date"] or "")[:10] == day
        assert one["dated_by"] == whose
        assert of_people[name].get("date", "") == day
        assert of_people[name].get("dated", "") == {"utterance": "said", "document": "document", None: ""}[whose]
        if name in rows:
            assert (rows[name].date or "")[:10] == day


def test_documents(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    listed = {short(one["iri"]): one for one in told("utterances")}
    rows = {short(row.utterance): row for row in statements(store, withdrawn=True)}
    sheets = export_sheets(store)
    header = sheets.statements[0]
    written = {row[header.index("id")]: row[header.index("document")] for row in sheets.statements[1:]}
    for name, one in listed.items():
        document = DOCUMENTS.get(name)
        assert one["document_iri"] == (EX + document if document else None)
        if name in rows:
            assert rows[name].document == one["document_iri"]
            assert written[name] == (one["document"] or "unknown")
        evidence = [page["anchors"][place] for place in of_page(page, "utterances")[name].get("evidence", ())]
        places = [(short(page["base"] + anchor["document"]), anchor.get("start")) for anchor in evidence]
        assert places == [(short(anchor["document"]), anchor["start"]) for anchor in one["anchors"]]
        assert (places[0][0] if places else None) == document
    assert [anchor["start"] for anchor in listed["u1"]["anchors"]] == [9, 70, 1]


# ---- what stands, what is hearsay, and what is counted


def test_standing(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    listed = told("utterances")
    assert {short(one["iri"]) for one in listed if one["superseded_by"]} == WITHDRAWN
    assert {name for name, one in of_page(page, "utterances").items() if one.get("superseded")} == WITHDRAWN
    assert not {short(row.utterance) for row in statements(store)} & WITHDRAWN
    assert {short(row.utterance) for row in statements(store, withdrawn=True)} >= WITHDRAWN
    shown = CliRunner().invoke(main, ["show", "Report was open", "-d", str(NASTY)]).stdout
    assert shown.count("withdrawn: superseded by") == 2
    table = CliRunner().invoke(main, ["utterances", "-d", str(NASTY), "-f", "csv"]).stdout
    assert table.count(",by w") == 2
    bea = next(one for one in told("actors") if one["label"] == "Béa")
    assert bea["utterances"] == portrait(EX + "bea", store)["utterances"] == 1
    sheet = export_sheets(store).statements
    header = sheet[0]
    assert {row[header.index("id")] for row in sheet[1:] if row[header.index("withdrawn")]} == WITHDRAWN
    for name in listed:
        iri = name["iri"]
        page_of = describe_thing(store, {"iri": iri, "accept": "text/html"})[1].decode()
        assert ("withdrawn" in page_of.lower()) == (short(iri) in WITHDRAWN), iri


def test_hearsay(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    listed = {short(one["iri"]): one for one in told("utterances")}
    assert {name: [short(iri) for iri in one["via_iri"]] for name, one in listed.items() if one["hearsay"]} == HEARSAY
    assert {name for name, one in of_page(page, "utterances").items() if one.get("hearsay")} == set(HEARSAY)
    assert {name for name, one in of_page(page, "utterances").items() if one.get("uncounted")} == UNCOUNTED
    assert {name for name, one in listed.items() if not one["counted"]} == UNCOUNTED | WITHDRAWN
    assert {short(row.utterance) for row in statements(store)} & set(HEARSAY) == {"h1"}
    assert not {short(row.utterance) for row in statements(store, hearsay="none")} & set(HEARSAY)
    assert (statements(store).uncounted, statements(store, hearsay="none").uncounted) == (4, 5)
    table = statements(store, hearsay="all")
    hearsay = dict(zip(map(short, table.column("utterance").list()), table.column("hearsay").list(), strict=True))
    assert {name for name, value in hearsay.items() if value == "true"} == set(HEARSAY)
    via = {short(row.utterance): short(row.via) for row in table if row.via}
    assert via == {name: chain[0] for name, chain in HEARSAY.items() if chain}


def test_counts(store: Store, page: dict[str, Any], told: Callable[..., Any]) -> None:
    polarities = ("affirms", "denies", "neutral")
    table = statements(store)
    counted = Counter(zip(map(short, table.column("claim").list()), table.column("polarity").list(), strict=True))
    standing = [one for one in page["utterances"] if not one.get("superseded") and not one.get("uncounted")]
    drawn = Counter((claim, one.get("polarity")) for one in standing for claim in one.get("claims", ()))
    contested = {one["label"]: one for one in told("analyse", "contested")["claims"]}
    faces = {
        "listing": {short(one["iri"]): tuple(one[p] for p in polarities) for one in told("claims")},
        "show": {c: tuple(portrait(EX + c, store)[p] for p in polarities) for c in COUNTS},
        "network": {c: tuple(counted[c, p] for p in polarities) for c in COUNTS},
        "page": {c: tuple(drawn[c if c in {k for k, _ in drawn} else EX + c, p] for p in polarities) for c in COUNTS},
    }
    for face, counts in faces.items():
        assert counts == COUNTS, face
    everything = statements(store, hearsay="all")
    heard = Counter(
        zip(map(short, everything.column("claim").list()), everything.column("polarity").list(), strict=True)
    )
    assert {c: tuple(heard[c, p] for p in polarities) for c in COUNTS} == ALL_COUNTS
    left = {short(one["iri"]): one["hearsay"] for one in told("claims")}
    assert left == {c: sum(ALL_COUNTS[c]) - sum(COUNTS[c]) for c in COUNTS}
    assert set(contested) == {LABELS[name] for name in ("c-hid", "c-open")}
    for claim in (one for one in told("claims") if one["label"] in contested):
        found = contested[claim["label"]]
        assert found["first_hand"] + found["hearsay"] == sum(claim[p] for p in polarities)
        assert found["hearsay"] == (short(claim["iri"]) == "c-hid")
    parts = graph_of(weigh(table, "affiliation")).edges(data=True)
    assert sum(edge["affirms"] for _, _, edge in parts) == sum(count[0] for count in COUNTS.values()) - 1  # ex:lit


# ---- who conflicts with whom


def test_conflicts(store: Store, page: dict[str, Any]) -> None:
    weights = weigh(statements(store), "signed")
    graph = graph_of(weights)
    signed = {frozenset((short(a), short(b))) for a, b, told in graph.edges(data=True) if told["conflict"]}
    alone = {frozenset((short(a), short(b))) for a, b in graph_of(weigh(statements(store), "conflict")).edges}
    subtracted = graph_of(weigh(statements(store), "subtract")).edges(data=True)
    assert {frozenset((short(a), short(b))) for a, b, told in subtracted if told["conflict"]} == CONFLICTS
    divided = coalitions(statements(store), inference=Inference(0, 0), hangs_on=False).partition.network
    apart = [[short(divided.nodes[end]) for end in ends] for ends in divided.ends[divided.signs < 0].tolist()]
    assert set(map(frozenset, apart)) == CONFLICTS
    named = {label: name for name, label in LABELS.items()} | {"a man at the gate": "stranger"}
    told = ToolAnswers(store).conflicts()["conflicts"]
    assert {frozenset((named[each["one"]], named[each["other"]])) for each in told} == CONFLICTS
    view = page["views"]["coalitions"]
    name = {one["id"]: short(one["id"] if one["id"].startswith("_:") else EX + one["id"]) for one in page["things"]}
    drawn = {frozenset((name[e["from"]], name[e["to"]])): e for e in view["edges"]}
    assert signed == alone == CONFLICTS
    assert {pair for pair, edge in drawn.items() if edge["kind"] in ("conflict", "mixed")} == CONFLICTS
    assert set(drawn) == {frozenset((short(a), short(b))) for a, b in graph.edges}
    without = weigh(statements(store), "conflict", contradictions=False)
    assert {frozenset((short(a), short(b))) for a, b in graph_of(without).edges} == CONFLICTS - {
        frozenset(("zed", "ann")),
        frozenset(("union", "ann")),
    }


# ---- the rest


def test_a_dispute_does_not_differ_from_itself(store: Store) -> None:
    assert compare(store, store).changes == ()


def test_stances(store: Store, page: dict[str, Any]) -> None:
    (taken,) = stances_taken(store)
    assert (short(taken.holder), taken.date, taken.value) == ("zed", "2024-05-02", "opposes")
    (drawn,) = page["stances"]
    assert (drawn["holder"], drawn["value"], drawn["utterances"]) == ("zed", "opposes", ["u1"])
    assert portrait(EX + "zed", store)["stances"] == [
        {"on": ["Night work"], "on_iri": [EX + "night"], "value": "opposes", "shown_in": [EX + "u1"]}
    ]


def test_duplicates_know_the_same_names(store: Store) -> None:
    pairs = find_duplicates([("one", store)], threshold=60)
    assert all(pair.label in LABELS.values() and pair.other_label in LABELS.values() for pair in pairs)


def test_a_literal_that_should_be_a_node_is_counted(store: Store) -> None:
    model = Model(store)
    assert "a text" not in {actor.label for actor in model.actors}
    assert sum(map(len, model.facts.dropped.values())) == 1
