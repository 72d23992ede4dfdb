"""Analyses from Python say what the command line says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph import Dispute, UsageError, open_data
from disputegraph.analysis import Inference
from disputegraph.cli import main

FEW = Inference(null=20, bootstrap=20)


@pytest.fixture(scope="module")
def dispute() -> Dispute:
    return open_data()


def told(*command: str) -> Any:
    done = CliRunner().invoke(main, ["analyse", *command, "-f", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "options", "command"),
    [
        ("coalitions", {"hangs_on": False}, ["--no-hangs-on", "--null", "20", "--bootstrap", "20"]),
        ("balance", {}, ["--null", "20", "--bootstrap", "20"]),
        ("polarisation", {"window": "months"}, ["--window", "months", "--null", "20", "--bootstrap", "20"]),
        ("contested", {}, []),
    ],
)
def test_python_and_command_say_the_same(
    dispute: Dispute, name: str, options: dict[str, Any], command: list[str]
) -> None:
    drawn = {} if name == "contested" else {"inference": FEW}
    found = getattr(dispute, name)(**options, **drawn)
    assert json.loads(json.dumps(found.to_dict())) == told(name, *command)
    assert str(found) == found.reading
    html = found._repr_html_()
    assert html.count("<table>") == sum(bool(each.rows) for each in found.tables)
    assert list(found.to_pandas().columns) == list(found.tables[0].columns)


def test_an_edge_is_explained(dispute: Dispute) -> None:
    made = dispute.explain("Jeremy Hunt", "Krishna Sivakumaran", "conflict")
    assert made
    assert sum(each.amount for each in made) == pytest.approx(2.0)


def test_readings_are_escaped(tmp_path: Path) -> None:
    """Two actors whose names are markup, for and against one claim."""
    lines = [
        "@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "<urn:u> a dg:Utterance ; dg:speaker <urn:s> ; dg:addressesClaim <urn:c> ; dg:polarity dg:affirms .",
        "<urn:v> a dg:Utterance ; dg:speaker <urn:t> ; dg:addressesClaim <urn:c> ; dg:polarity dg:denies .",
        '<urn:s> skos:prefLabel "<b>Ada</b>" . <urn:t> skos:prefLabel "<i>Ben</i>" .',
    ]
    (tmp_path / "a.ttl").write_text("\n".join(lines), encoding="utf-8")
    with open_data(tmp_path / "a.ttl") as dispute:
        html = dispute.coalitions(inference=FEW)._repr_html_() + dispute.contested()._repr_html_()
    assert "&lt;b&gt;Ada" in html
    assert "<b>Ada" not in html


def test_unknown_rules_for_hearsay_are_refused(dispute: Dispute) -> None:
    for ask in (dispute.statements, dispute.contested):
        with pytest.raises(UsageError, match="Did you mean 'none'"):
            ask(hearsay="non")  # type: ignore[arg-type]
