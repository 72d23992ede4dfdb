"""Whatever rules a dispute breaks, every face of the program counts the same, and says what it counts in part."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.analysis import contested
from disputegraph.cli import main
from disputegraph.identity import compare
from disputegraph.model import SIDES, Model, side_taken, statements
from disputegraph.networks import graph_of, weigh
from disputegraph.page import page_data
from disputegraph.store import Store, open_store

EX = "https://example.org/d/"
PREFIXES = """@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <https://example.org/d/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ACTORS, CLAIMS = ("ex:ann", "ex:bob", "_:cy", "_:di"), ("ex:c1", "ex:c2", "_:c3")
DAYS = ('"2016-01-05"^^xsd:date', '"-0044-03-15"^^xsd:date', '"12016-01-05"^^xsd:date', '"last May"')
THINGS = PREFIXES + "".join(
    f'{node} a dg:{kind} ; skos:prefLabel "{node[3:] or node} {kind}" .\n'
    for kind, nodes in (("Person", ACTORS), ("Claim", CLAIMS))
    for node in nodes
)


def few(*values: str, most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


UTTERANCE = st.fixed_dictionaries(
    {
        "dg:speaker": few(*ACTORS, '"Ann"'),
        "dg:onBehalfOf": few(*ACTORS, most=1),
        "dg:addressesClaim": few(*CLAIMS, '"It rained."'),
        "dg:polarity": few("dg:affirms", "dg:denies", "dg:neutral", "dg:asks", "dg:rejects", '"denies"'),
        "dg:saidOn": few(*DAYS),
        "dg:supersedes": few("ex:u0", "ex:u1", "ex:u2", most=1),
    }
)


def turtle(utterances: list[dict[str, list[str]]]) -> str:
    lines = [
        f"ex:u{place} a dg:Utterance{''.join(f' ; {name} {value}' for name, held in said.items() for value in held)} ."
        for place, said in enumerate(utterances)
    ]
    return THINGS + "\n".join(lines)


def breaking(utterances: list[dict[str, list[str]]]) -> set[str]:
    """Return the utterances that break a rule, as the documentation says it."""
    newer = {f"ex:u{place}": said["dg:supersedes"] for place, said in enumerate(utterances)}
    found = set()
    for place, said in enumerate(utterances):
        held = [values for name, values in said.items() if name != "dg:saidOn"]
        reached, ways = set(), [*said["dg:supersedes"]]
        while ways:
            if (way := ways.pop()) not in reached:
                reached.add(way)
                ways += newer.get(way, [])
        if (
            any(len(values) > 1 for values in said.values())
            or any(value.startswith('"') for values in held for value in values)
            or "dg:rejects" in said["dg:polarity"]
            or f"ex:u{place}" in reached
        ):
            found.add(f"{EX}u{place}")
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("disputes")


def opened(folder: Path, text: str) -> Store:
    (folder / "d.ttl").write_text(text, encoding="utf-8")
    return open_store([folder / "d.ttl"])


@settings(max_examples=60, deadline=None)
@given(utterances=st.lists(UTTERANCE, min_size=1, max_size=5))
def test_all_faces_count_the_same(folder: Path, utterances: list[dict[str, list[str]]]) -> None:
    with opened(folder, turtle(utterances)) as store, opened(folder, turtle(utterances)) as again:
        model, table, page = Model(store), statements(store), page_data(store)
        base = page["base"]
        listed = {(c.iri, side): getattr(c, side) for c in model.claims for side in SIDES if getattr(c, side)}

        rows = zip(table.column("claim").list(), table.column("polarity").list(), strict=True)
        assert Counter(row for row in rows if row[1] in SIDES) == listed

        drawn: Counter[Any] = Counter()
        for one in page["utterances"]:
            if not one.get("superseded") and not one.get("uncounted") and one.get("polarity") in SIDES:
                names = (claim if claim[:2] == "_:" or "//" in claim else base + claim for claim in one["claims"]) \
                    if one.get("claims") else ()  # fmt: skip
                drawn.update((name, one["polarity"]) for name in names)
        assert drawn == listed

        for each in contested(table):
            assert each.first_hand + each.hearsay == sum(listed.get((each.claim, side), 0) for side in SIDES)

        spoken = Counter((row.claim, row.polarity) for row in table if row.voice and row.polarity in SIDES)
        edges = graph_of(weigh(table, "affiliation")).edges(data=True)
        claims = {claim.iri for claim in model.claims}
        assert Counter(
            (a if a in claims else b, side) for a, b, told in edges for side in SIDES for _ in range(told[side])
        ) == spoken  # fmt: skip

        said = [one for one in model.utterances if one.counted]
        for actor in model.actors:
            assert actor.utterances == sum(
                actor.iri in {ref.iri for ref in (one.voice, one.speaker) if ref} for one in said
            )

        broken = {model.facts.terms.text(code) for code in model.said.broken.tolist()}
        assert broken == breaking(utterances)
        assert table.broken == page.get("broken", 0) == len(broken)
        assert compare(store, again).changes == ()


def test_a_narrower_polarity_is_no_fault(folder: Path) -> None:
    text = THINGS + "ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c1 ; dg:polarity dg:asks ."
    with opened(folder, text) as store:
        assert side_taken("asks") == "neutral"
        assert statements(store).broken == 0


TWO_SPEAKERS = "ex:u1 a dg:Utterance ; dg:speaker ex:ann, ex:bob ; dg:addressesClaim ex:c1 ; dg:polarity dg:affirms .\n"
SUCH = "Note: 1 utterance breaks rules and is counted in part: see 'disputegraph check'.\n"


@pytest.mark.parametrize(
    "command",
    ["actors", "claims", "utterances", "network congruence", "network affiliation", "analyse contested",
     "analyse coalitions", "analyse change", "export statements", "page -o page.html"],
)  # fmt: skip
def test_the_last_line_says_what_is_counted_in_part(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for text, note in ((TWO_SPEAKERS, SUCH), (TWO_SPEAKERS.replace(", ex:bob", ""), "")):
        (folder / "d.ttl").write_text(THINGS + text, encoding="utf-8")
        done = CliRunner().invoke(main, [*command.split(), "-d", "d.ttl"])
        assert done.exit_code == 0, done.output
        assert done.stderr.endswith(note)
        assert ("breaks rules" in done.stderr) == bool(note)
    if "page" in command:
        assert "and is counted in part. Made with" not in (folder / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--since 2016", "--until 2017-05", "--window years"])
def test_what_has_no_date_is_left_out_with_a_count(option: str, folder: Path) -> None:
    said = "ex:u{} a dg:Utterance ; dg:speaker ex:ann ; dg:addressesClaim ex:c1 ; dg:polarity dg:affirms{} .\n"
    days = ("", "", ' ; dg:saidOn "2016-05-04"^^xsd:date', ' ; dg:saidOn "2016-02-30"^^xsd:date')
    (folder / "d.ttl").write_text(THINGS + "".join(said.format(n, day) for n, day in enumerate(days)), encoding="utf-8")
    done = CliRunner().invoke(main, ["network", "affiliation", *option.split(), "-d", str(folder / "d.ttl")])
    name = option.split(maxsplit=1)[0]
    assert done.stderr == (
        f"Note: 2 statements without a date and 1 statement with a date that cannot be read are left out by {name}.\n"
    )
    assert ",1,1,0,0,1" in done.stdout
