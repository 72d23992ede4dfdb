"""What changed between two versions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.identity import compare
from disputegraph.store.store_opening import open_store

Write = Callable[[str, str], Path]

OLD = """
a:ada a dg:Person ; skos:prefLabel "Ada"@en .
a:union a dg:Organization ; skos:prefLabel "Union"@en .
a:c a dg:Claim ; skos:prefLabel "X hid it"@en ; dg:paraphrase "X hid it."@en ; dg:claimedAgent a:union .
a:u1 a dg:Utterance ; dg:speaker a:ada ; dg:addressesClaim a:c ; dg:polarity dg:affirms ;
  dg:saidOn "2024-05-01"^^xsd:date .
a:u2 a dg:Utterance ; dg:speaker a:union ; dg:addressesClaim a:c ; dg:polarity dg:denies .
a:s a dg:Stance ; dg:stanceHolder a:ada ; dg:stanceOn a:union ; dg:stanceValue dg:favours ; dg:expressedIn a:u1 .
"""
ADDED = """
a:u3 a dg:Utterance ; dg:speaker a:kofi ; dg:addressesClaim a:c ; dg:polarity dg:affirms .
a:kofi a dg:Person ; skos:prefLabel "Kofi" .
"""
NEW = OLD.replace('"Ada"', '"Ada Osei"').replace("dg:denies", "dg:neutral").replace("favours", "opposes") + ADDED


def test_each_kind_of_change(write: Write) -> None:
    with open_store([write("old.ttl", OLD)]) as old, open_store([write("new.ttl", NEW)]) as new:
        comparison = compare(old, new)
        back = compare(new, old)
    assert [str(change) for change in comparison.changes] == [
        "+ actor Kofi",
        "~ actor Ada Osei: name: Ada → Ada Osei",
        "+ utterance of Kofi on 'X hid it'",
        "~ utterance of Union on 'X hid it': polarity: denies → neutral",
        "~ stance of Ada Osei on Union: value: favours → opposes",
    ]
    assert str(comparison) == "Actors: 1 added, 1 changed. Utterances: 1 added, 1 changed. Stances: 1 changed."
    assert back.counts()["utterance"] == {"added": 0, "removed": 1, "changed": 1}


def test_a_renamed_claim_is_one_change(write: Write) -> None:
    with (
        open_store([write("old.ttl", OLD)]) as old,
        open_store([write("new.ttl", OLD.replace('"X hid it"', '"X kept it"'))]) as new,
    ):
        (change,) = compare(old, new).changes
    assert (change.what, change.fields) == ("claim", {"name": ("X hid it", "X kept it")})


def test_the_command(write: Write) -> None:
    old, new = str(write("old.ttl", OLD)), str(write("new.ttl", NEW))
    run = CliRunner().invoke(main, ["diff", old, new, "-f", "json"])
    told = json.loads(run.stdout)
    assert (run.exit_code, told["same"], len(told["changes"])) == (0, False, 5)
    assert told["changes"][1]["fields"] == {"name": {"before": "Ada", "after": "Ada Osei"}}
    assert CliRunner().invoke(main, ["diff", old, new, "--exit-code"]).exit_code == 1
    same = CliRunner().invoke(main, ["diff", old, old, "--exit-code"])
    assert (same.exit_code, same.stdout) == (0, "No actor, claim, utterance or stance differs.\n")
    missing = CliRunner().invoke(main, ["diff", old, "none.ttl"])
    assert (missing.exit_code, "no such file" in missing.stderr) == (3, True)
