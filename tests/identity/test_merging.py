"""Joining files: one actor by IRI, page or confirmed pair, and never by guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from disputegraph.cli import main
from disputegraph.errors import DataError
from disputegraph.identity import Merged, merge_files, read_pairs
from disputegraph.tables.problems import ProblemsError

Write = Callable[[str, str], Path]

FIRST = """
a:union a dg:Organization ; skos:prefLabel "Union"@en ; schema:sameAs <https://w.example/q1> .
a:ada a dg:Person ; skos:prefLabel "Ada Osei"@en .
a:caller a dg:UnnamedSource ; skos:prefLabel "caller"@en ; schema:sameAs <https://w.example/q1> .
a:u1 a dg:Utterance ; dg:speaker a:ada ; dg:onBehalfOf a:union ; dg:evidence [ a dg:Anchor ] .
"""
SECOND = """
b:hwu a dg:Organization ; skos:prefLabel "Harbour Workers' Union"@en , "Syndicat"@fr ;
  schema:sameAs <https://w.example/q1> .
b:osei a dg:Person ; skos:prefLabel "Ada Osei"@en .
b:u1 a dg:Utterance ; dg:speaker b:osei ; dg:addressee b:hwu ; dg:evidence [ a dg:Anchor ] .
"""


def objects(merged: Merged, subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value if isinstance(quad.object, NamedNode | Literal) else "_"
        for quad in merged.quads
        if quad.subject == NamedNode(subject) and quad.predicate.value.endswith(predicate)
    }


def test_actors_are_unified_by_page_and_not_by_name(write: Write) -> None:
    merged = merge_files([write("1.ttl", FIRST), write("2.ttl", SECOND)])
    assert merged.unified == [
        ("https://b.example/hwu", "https://a.example/union", "schema:sameAs <https://w.example/q1>")
    ]
    assert objects(merged, "https://b.example/u1", "addressee") == {"https://a.example/union"}
    assert objects(merged, "https://a.example/union", "prefLabel") == {"Union", "Syndicat"}
    assert objects(merged, "https://a.example/union", "altLabel") == {"Harbour Workers' Union"}
    assert objects(merged, "https://b.example/u1", "speaker") == {"https://b.example/osei"}
    assert not any(quad.subject == NamedNode("https://b.example/hwu") for quad in merged.quads)
    assert len({quad.object for quad in merged.quads if quad.predicate.value.endswith("evidence")}) == 2


def test_unnamed_sources_and_excluding_kinds_are_never_unified(write: Write) -> None:
    path = write("1.ttl", FIRST + 'a:x a dg:Person ; schema:sameAs a:union ; skos:prefLabel "X" .')
    merged = merge_files([path])
    assert merged.unified == []
    assert sorted("an unnamed source is nobody else" in warning for warning in merged.warnings) == [False, True]
    assert any("organization and person" in warning for warning in merged.warnings)


def test_confirmed_pairs(write: Write, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "score,iri,other_iri,same\n99,https://b.example/osei,https://a.example/ada,yes\n1,https://a.example/ada,https://a.example/union,no\n",
        encoding="utf-8",
    )  # fmt: skip
    merged = merge_files([write("1.ttl", FIRST), write("2.ttl", SECOND)], pairs=read_pairs(pairs))
    assert ("https://b.example/osei", "https://a.example/ada", "a confirmed pair") in merged.unified
    assert objects(merged, "https://b.example/u1", "speaker") == {"https://a.example/ada"}
    with pytest.raises(DataError, match="is not an actor of these files"):
        merge_files([write("1.ttl", FIRST)], pairs=read_pairs(pairs))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "needs the columns"),
        ("iri,other_iri,same\nx,y,perhaps\n", "row 2, column 'same'"),
        ("iri,other_iri\nx,\n", "both IRIs"),
    ],
)
def test_bad_pairs(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "pairs.csv").write_text(text, encoding="utf-8")
    with pytest.raises((DataError, ProblemsError), match=message):
        read_pairs(tmp_path / "pairs.csv")


def test_merging_is_idempotent_and_keeps_every_triple_of_a_single_file(
    write: Write, root: Path, tmp_path: Path
) -> None:
    bundled = root / "data" / "junior-doctors-2016" / "dispute.ttl"
    out, again = tmp_path / "o.ttl", tmp_path / "p.ttl"
    for arguments in ([str(bundled), "-o", str(out)], [str(bundled), str(out), "-o", str(again)]):
        run = CliRunner().invoke(main, ["merge", *arguments])
        assert run.exit_code == 0, run.output
    stable = CliRunner().invoke(main, ["convert", "--stable", str(bundled)])
    assert out.read_text(encoding="utf-8") == again.read_text(encoding="utf-8") == stable.stdout


def test_one_iri_for_two_utterances_is_told(write: Write) -> None:
    other = write("2.ttl", "a:u1 a dg:Utterance ; dg:speaker a:kofi . a:kofi a dg:Person .")
    merged = merge_files([write("1.ttl", FIRST), other])
    assert any("a.example/u1 has different speakers" in warning for warning in merged.warnings)


def test_chains_of_pages_meet_in_the_first_file(write: Write) -> None:
    one = write("1.ttl", "a:z a dg:Actor ; schema:sameAs <https://w/1> .")
    two = write(
        "2.ttl",
        "b:a a dg:Actor ; schema:sameAs <https://w/1>, <https://w/2> . b:b a dg:Actor ; schema:sameAs <https://w/2> .",
    )
    merged = merge_files([one, two])
    assert {iri: stays for iri, stays, _ in merged.unified} == {
        "https://b.example/a": "https://a.example/z",
        "https://b.example/b": "https://a.example/z",
    }
