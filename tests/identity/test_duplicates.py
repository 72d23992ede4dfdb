"""Likely doubles, with reasons, and what is never one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from disputegraph.identity import Duplicate, find_duplicates
from disputegraph.store.store_opening import open_store

Write = Callable[[str, str], Path]


def found(*paths: Path) -> list[Duplicate]:
    return find_duplicates([(path.name, open_store([path])) for path in paths])


def actor(iri: str, kind: str, name: str, more: str = "") -> str:
    return f'{iri} a dg:{kind} ; skos:prefLabel "{name}"@en {more}.\n'


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("Organization", "Royal College of Nursing"), ("Organization", "royal college  of nursing"), "the same name"),
        (("Person", "José Núñez"), ("Person", "Nunez, Jose"), "the same apart from spelling"),
        (("Organization", "Harbour Ltd"), ("Organization", "The Harbour"), "the same apart from spelling"),
        (("Organization", "RCN"), ("Organization", "Royal College of Nursing"), "RCN are the initials of"),
        (("Person", "Mr Osei"), ("Person", "Ada Osei"), "short for the other"),
        (("Person", "Aislin Macklin-Doherty"), ("Person", "Aisling Macklin-Doherty"), "spelt alike"),
        (("Actor", "Port authority"), ("Organization", "Port Authority"), "the same name"),
    ],
)
def test_reasons(write: Write, one: tuple[str, str], other: tuple[str, str], reason: str) -> None:
    (pair,) = found(write("x.ttl", actor("a:1", *one) + actor("a:2", *other)))
    assert reason in pair.reason
    assert {pair.iri, pair.other_iri} == {"https://a.example/1", "https://a.example/2"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Person", "Ada Osei"), ("Organization", "Ada Osei")),
        (("UnnamedSource", "spokesman"), ("UnnamedSource", "spokesman")),
        (("Organization", "Union of Dockers"), ("Organization", "Port authority")),
        (("Person", "Ada Osei"), ("Person", "Kofi Osei")),
        (("Organization", "BBC"), ("Organization", "BMA")),
    ],
)
def test_no_doubles(write: Write, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert found(write("x.ttl", actor("a:1", *one) + actor("a:2", *other))) == []


def test_across_files_by_alias_and_page(write: Write) -> None:
    first = write(
        "first.ttl",
        actor("a:1", "Organization", "Union", '; skos:altLabel "HWU" ; schema:sameAs <https://w.example/q1> '),
    )
    second = write(
        "second.ttl",
        actor("b:1", "Organization", "Dockers' body", "; schema:sameAs <https://w.example/q1> ")
        + actor("b:2", "Organization", "Harbour Workers' Union"),
    )
    pairs = {(pair.label, pair.other_label): pair for pair in found(first, second)}
    assert pairs["Union", "Dockers' body"].reason == "the same page: https://w.example/q1"
    assert pairs["Union", "Dockers' body"].score == 100
    assert pairs["Union", "Harbour Workers' Union"].files == ("first.ttl",)
    assert pairs["Union", "Harbour Workers' Union"].other_files == ("second.ttl",)


def test_one_actor_in_two_files_is_no_double(write: Write) -> None:
    text = actor("a:1", "Organization", "Union")
    assert found(write("x.ttl", text), write("y.ttl", text)) == []


def test_many_names_in_blocks_find_the_same_doubles(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{first}{k} {last}son" for k in range(12) for first in ("Anna", "Bert") for last in ("John", "Peter")]
    path = write("x.ttl", "".join(actor(f"a:{n}", "Person", name) for n, name in enumerate([*names, "Annaa3 Johnson"])))
    whole = found(path)
    monkeypatch.setattr("disputegraph.identity.duplicates._ALL_AGAINST_ALL", 10)
    assert found(path) == whole
    assert any("Annaa3 Johnson" in (pair.label, pair.other_label) for pair in whole)
