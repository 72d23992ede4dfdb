"""Data of version 0.1 become data of version 0.2: whole or not at all, and the same when they are read."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.compare import isomorphic

from disputegraph import open_data
from disputegraph.cli import main
from disputegraph.errors import DataError, UsageError
from disputegraph.importers import upgrade_files
from disputegraph.store import load_into, open_store, restore, sources_of

HEAD = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix ex: <https://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SAID = """
# what was said
ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:reports ex:u2 .
ex:u2 a dg:Utterance, dg:ReportedUtterance ; dg:speaker ex:minister ; dg:onBehalfOf ex:ministry ; dg:addressee ex:ann ;
  dg:addressesClaim ex:c1 ; dg:polarity dg:affirms ; dg:certainty dg:certain ; dg:speechAct dg:accusing ;
  dg:intensity 2 ; dg:saidOn "2020-01-02"^^xsd:date ; dg:cue "said" .
"""
KNOWN = """
ex:deal a dg:Agreement ; dg:party ex:ann, ex:ministry ; dg:introducedBy ex:c1 .
ex:crowd a dg:Collective, foaf:Group ; foaf:member ex:ann .
ex:offer a dg:Proposal ; dg:proposedBy ex:ministry ; dg:evidence ex:a1 ; dg:attestedOn "2020-01-01"^^xsd:date .
ex:c1 a dg:Claim ; dg:supportsClaim ex:c2 .
"""
SAID_NOW = """
ex:u1 a dg:Utterance ; dg:speaker ex:ann ; dg:reports ex:u2 .
ex:u2 a dg:ReportedUtterance ; dg:reportedSpeaker ex:minister ; dg:reportedOnBehalfOf ex:ministry ;
  dg:reportedAddressee ex:ann ; dg:reportedClaim ex:c1 ; dg:reportedPolarity dg:affirms ;
  dg:reportedCertainty dg:certain ; dg:reportedSpeechAct dg:accusing ; dg:reportedIntensity 2 ;
  dg:reportedSaidOn "2020-01-02"^^xsd:date ; dg:cue "said" .
"""
KNOWN_NOW = """
ex:deal a dg:ClaimedThing ; dg:claimedKind dg:Arrangement ; dg:claimedStatus dg:agreed ;
  dg:claimedParty ex:ann, ex:ministry ; dg:introducedBy ex:c1 .
ex:crowd a dg:Collective, foaf:Group . ex:ann dg:memberOf ex:crowd .
ex:offer a dg:Arrangement ; dg:proposedBy ex:ministry ; dg:evidence ex:a1 ; dg:hasStatus ex:offer-proposed .
ex:offer-proposed a dg:Status ; dg:statusValue dg:proposed ; dg:evidence ex:a1 ; dg:attestedOn "2020-01-01"^^xsd:date .
ex:c1 a dg:Claim .
ex:c1-supports-c2 a dg:Argument ; dg:premise ex:c1 ; dg:conclusion ex:c2 ; dg:argumentDirection dg:supporting .
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "said.ttl").write_text(HEAD + SAID, encoding="utf-8")
    (tmp_path / "known.ttl").write_text(HEAD + KNOWN, encoding="utf-8")
    return tmp_path / "said.ttl", tmp_path / "known.ttl"


def same(path: Path, turtle: str) -> bool:
    return isomorphic(Graph().parse(path), Graph().parse(data=HEAD + turtle, format="turtle"))


def test_every_step(files: tuple[Path, Path]) -> None:
    done = upgrade_files(files)
    assert [step.name for step in done.steps] == [
        "1-hearsay", "2-claimed-things", "3-arrangements", "4-arguments", "5-collectives",
    ]  # fmt: skip
    assert all(step.nodes and step.look and str(len(step.nodes)) in step.done for step in done.steps)
    said, known = files
    assert same(said, SAID_NOW)
    assert same(known, KNOWN_NOW)  # and each triple stays in its file
    assert done.comments == 1
    assert same(said.with_name("said.ttl.bak"), SAID)
    assert upgrade_files(files).steps == ()  # a second time there is nothing to do


def test_what_is_read_is_what_is_upgraded(files: tuple[Path, Path], tmp_path: Path) -> None:
    with open_store([*files]) as store:
        read = set(store.quads())
        (note,) = store.notes
    assert "'disputegraph upgrade'" in note
    load_into(tmp_path / "store", [source for file in files for source in sources_of(file)])
    with open_store([tmp_path / "store"]) as store:
        assert set(store.quads()) == read
    upgrade_files(files)
    with open_store([*files]) as store:
        assert set(store.quads()) == read
        assert store.notes == ()


def test_a_store_that_was_built_before_says_so(files: tuple[Path, Path], tmp_path: Path) -> None:
    load_into(tmp_path / "new", [source for file in files for source in sources_of(file)])
    with open_store([tmp_path / "new"]) as store:
        assert store.notes == ()
    engine = pyoxigraph.Store(str(tmp_path / "engine"))
    engine.update("INSERT DATA { <https://example.org/x> a <https://w3id.org/disputegraph/ns#Proposal> }")
    engine.flush()
    del engine
    restore(tmp_path / "engine", tmp_path / "old")
    with open_store([tmp_path / "old"]) as store:
        assert "--replace" in store.notes[0]


def test_a_careless_query_on_old_data_finds_nothing_that_is_only_said(files: tuple[Path, Path]) -> None:
    dispute = open_data(*files)
    assert dispute.select("SELECT ?p { ?a a dg:Agreement ; dg:party ?p }") == []
    assert dispute.select("SELECT ?p { ?a dg:party ?p }") == []
    assert dispute.select("SELECT ?c { ?u dg:speaker|dg:onBehalfOf <https://example.org/ministry> }") == []


def test_all_or_nothing(files: tuple[Path, Path]) -> None:
    before = [file.read_text(encoding="utf-8") for file in files]
    broken = files[0].with_name("broken.ttl")
    broken.write_text(HEAD + "ex:a ex:b", encoding="utf-8")
    with pytest.raises(DataError, match="broken.ttl"):
        upgrade_files([*files, broken])
    graphs = files[0].with_name("graphs.trig")
    graphs.write_text(HEAD + "ex:g { ex:a ex:b ex:c }", encoding="utf-8")
    with pytest.raises(DataError, match="named graphs"):
        upgrade_files([*files, graphs])
    with pytest.raises(UsageError, match="one file"):
        upgrade_files(files, files[0].with_name("out.ttl"))
    assert [file.read_text(encoding="utf-8") for file in files] == before


def test_the_command(files: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "out" / "new.ttl"
    target.parent.mkdir()
    done = CliRunner().invoke(main, ["upgrade", str(files[1]), "-o", str(target)])
    assert done.exit_code == 0, done.output
    assert same(target, KNOWN_NOW)
    assert "Look: " in done.stdout
    assert "https://example.org/deal" in done.stdout
    again = CliRunner().invoke(main, ["upgrade", str(target)])
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing to do" in again.stderr
    note = CliRunner().invoke(main, ["claims", "-d", str(files[0])]).stderr
    assert "is written for version 0.1 of the ontology" in note
