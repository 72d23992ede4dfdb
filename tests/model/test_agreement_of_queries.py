"""One reading: the named queries, which read by themselves, say of the nasty dispute what the model says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from disputegraph.analysis import contested
from disputegraph.model import Model, statements
from disputegraph.sparql import named_queries
from disputegraph.store import Store, open_store
from tests.model.nasty_dispute import CONFLICTS, DATES, EX, HEARSAY, KINDS, LABELS, NASTY, WITHDRAWN, short


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store([NASTY]) as opened:
        yield opened


@pytest.fixture
def asked(store: Store) -> Callable[[str], list[dict[str, str]]]:
    def asked(name: str) -> list[dict[str, str]]:
        query = named_queries()[name]
        rows = store.select(query.text)
        return [{key: "" if row[key] is None else str(row[key].value) for key in query.columns} for row in rows]

    return asked


def by_node(rows: list[dict[str, str]], column: str) -> dict[str, dict[str, str]]:
    return {short(row[column]) if row[column].startswith(EX) else "stranger": row for row in rows}


def test_named_queries_list_the_same_actors(store: Store, asked: Callable[[str], list[dict[str, str]]]) -> None:
    model = Model(store)
    wanted = {(actor.label, actor.kind, actor.utterances) for actor in model.actors}
    assert {(row["actor"], row["kind"], int(row["says"])) for row in asked("actors")} == wanted
    rows = by_node(asked("actors"), "iri")
    assert {name: row["kind"] for name, row in rows.items() if name in KINDS} == KINDS
    assert {name: row["actor"] for name, row in rows.items() if name in LABELS} == {
        name: LABELS[name] for name in KINDS
    }


def test_named_queries_know_the_same_voices_days_and_documents(
    store: Store, asked: Callable[[str], list[dict[str, str]]]
) -> None:
    listed = {short(said.iri): said for said in Model(store).utterances}
    statements_, sources = asked("statements"), asked("claim-sources")
    assert len(statements_) == len({row["utterance"] for row in statements_})
    # Whose speaker is a text has no voice: it is no row of these queries.
    wanted = {name for name, said in listed.items() if said.voice}
    for rows, voice, label in ((statements_, "name", "claim"), (sources, "source", "label")):
        assert {short(row["utterance"]) for row in rows} == wanted
        for row in rows:
            said = listed[short(row["utterance"])]
            assert said.voice
            assert row[voice] == said.voice.label
            assert said.claim
            assert row[label] == said.claim.label
            assert row["polarity"] == (said.neutral_kind or said.polarity)
            assert (row["withdrawn"] == "true") == said.withdrawn
            assert row["said"] == (said.date if said.dated_by in ("utterance", "roughly") else "")
            assert row["via"] in ({ref.label for ref in said.via} or {""})
    of_documents: dict[str, set[str]] = {}
    for row in sources:
        of_documents.setdefault(short(row["utterance"]), set()).add(row["document"])
    called = Model(store).labels
    for name, documents in of_documents.items():
        anchored = {called[anchor.document] for anchor in listed[name].anchors if anchor.document}
        assert documents == (anchored or {""})
    days = by_node(asked("timeline"), "node")
    assert {name: row["day"] for name, row in days.items()} == {
        **{name: day for name, (day, _) in DATES.items() if name != "r1"},
        "u6": "2024-05-01",
    }
    dating = {"utterance": "said", "document": "published"}
    assert all(days[name]["dating"] == dating[whose] for name, (_, whose) in DATES.items() if name != "r1")
    assert {name for name, row in days.items() if row["withdrawn"] == "true"} == WITHDRAWN - {"o1", "o2"}
    assert {short(row["utterance"]) for row in asked("hearsay")} == set(HEARSAY) - {
        "h3"
    }  # of h3 nobody knows who heard it


def test_named_queries_count_alike(store: Store, asked: Callable[[str], list[dict[str, str]]]) -> None:
    rows = {row["claim"]: row for row in asked("most-contested")}
    found = {one.label: one for one in contested(statements(store)) if one.contested and one.affirms}
    assert set(rows) == set(found)
    for label, one in found.items():
        sides = (rows[label]["affirmed_by"], rows[label]["denied_by"], rows[label]["neutral"])
        assert tuple(map(int, sides)) == (len(one.affirms), len(one.denies), len(one.neutral))
    clashing = {frozenset((row["affirmed_by"], row["against"])) for row in asked("clashes") if not row["via"]}
    label = {**LABELS, "stranger": "a man at the gate"}
    wanted = {frozenset(label[name] for name in pair) for pair in CONFLICTS}
    assert wanted <= clashing
    assert {row["claim"] for row in asked("corroborated")} == {LABELS["c-hid"], LABELS["c-safe"]}
