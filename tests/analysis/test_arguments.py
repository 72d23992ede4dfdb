"""Extensions against Dung's definitions tried on all sets, and against published answers."""

from __future__ import annotations

import json
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import AttackGraph, extensions, read_attacks, standing
from disputegraph.errors import DataError

ARGUMENTS = tuple("abcdef")
GRAPHS = st.sets(st.tuples(st.sampled_from(ARGUMENTS), st.sampled_from(ARGUMENTS)), max_size=14).map(
    lambda attacks: AttackGraph(ARGUMENTS, tuple(sorted(attacks)))
)


def all_sets() -> list[frozenset[str]]:
    return [
        frozenset(each)
        for each in chain.from_iterable(combinations(ARGUMENTS, size) for size in range(len(ARGUMENTS) + 1))
    ]


@settings(max_examples=200, deadline=None)
@given(graph=GRAPHS)
def test_definitions(graph: AttackGraph) -> None:
    def attacks(some: frozenset[str], one: str) -> bool:
        return any((other, one) in graph.attacks for other in some)

    def defends(some: frozenset[str], one: str) -> bool:
        return all(attacks(some, other) for other, target in graph.attacks if target == one)

    free = [some for some in all_sets() if not any(attacks(some, one) for one in some)]
    admissible = [some for some in free if all(defends(some, one) for one in some)]
    preferred = {some for some in admissible if not any(some < other for other in admissible)}
    stable = {some for some in free if all(attacks(some, one) for one in set(ARGUMENTS) - some)}
    grounded: frozenset[str] = frozenset()
    while (more := frozenset(one for one in ARGUMENTS if defends(grounded, one))) != grounded:
        grounded = more
    found = extensions(graph)
    assert found.complete
    assert found.grounded == grounded
    assert set(found.preferred) == preferred
    assert len(found.preferred) == len(preferred)
    assert set(found.stable) == stable
    for one, stands in standing(graph).items():
        assert stands.grounded == (one in grounded)
        for name, kind in (("preferred", preferred), ("stable", stable)):
            holding = sum(one in each for each in kind)
            expected = "none" if not kind else "no" if not holding else "all" if holding == len(kind) else "some"
            assert getattr(stands, name) == expected


def test_published_answers(shared: Path) -> None:
    answers = json.loads((shared / "argumentation" / "answers.json").read_text(encoding="utf-8"))
    assert len(answers) == 3
    for name, told in answers.items():
        found = extensions(read_attacks(shared / "argumentation" / f"{name}.af"))
        for short, mine in (("GR", [found.grounded]), ("PR", found.preferred), ("ST", found.stable)):
            wanted = {frozenset(map(str, each)) for each in told["answers"][short]["extensions"]}
            assert set(mine) == wanted, (name, short)


def test_many_independent_quarrels_do_not_matter_to_standing() -> None:
    names = [f"{side}{number}" for number in range(40) for side in "xy"]
    attacks = [(f"{a}{number}", f"{b}{number}") for number in range(40) for a, b in ("xy", "yx")]
    graph = AttackGraph((*names, "free"), tuple(attacks))
    stands = standing(graph)
    assert stands["free"].grounded
    assert {each.preferred for name, each in stands.items() if name != "free"} == {"some"}
    found = extensions(graph, time_limit=2)
    assert not found.complete
    assert len(found.preferred) == 10_000


def test_attack_files(tmp_path: Path) -> None:
    path = tmp_path / "graph.af"
    path.write_text("# a comment\np af 3\n1 2\n2 1\n2 1\n", encoding="utf-8")
    graph = read_attacks(path)
    assert graph == AttackGraph(("1", "2", "3"), (("1", "2"), ("2", "1")))
    for text, says in (
        ("1 2\n", "1: begins with"),
        ("p af 2\n1 3\n", "2: '1 3' is no attack"),
        ("p af 2\n1\n", "no attack"),
        ("", "empty"),
        ("p af x\n", "begins"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=says):
            read_attacks(path)
