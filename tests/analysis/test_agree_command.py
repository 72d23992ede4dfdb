"""`disputegraph agree`: every format, the page, the paragraph, and what is wrong with the input."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.cli import main
from disputegraph.coding import Project, new_project

TEXT = 'Ferry late\n\n"It is late," said Ada <b>Osei</b>. The company denied it.\n\n"Too old," said Ben.\n'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["agree", *map(str, arguments)])


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """A project that two coders coded apart from each other."""
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    folder = new_project(tmp_path / "ferry", title="Ferry <1>").folder
    Project(folder).add_document(tmp_path / "gazette.txt", title="Gazette & Sons")
    ada, ben = (Project(folder, coder=name, independent=True) for name in ("Ada", "Ben"))
    here = {"document": "gazette", "polarity": "affirms"}
    ada.add(**here, speaker="Ada <b>Osei</b>", claim="Late <script>", quote="It is late")
    ben.add(**here, speaker="Ada <b>Osei</b>", claim="Late", quote="It is late")
    ben.add(**here, speaker="Ben", claim="Old", quote="Too old")
    return folder


def test_the_table_begins_with_a_plain_reading(ferry: Path) -> None:
    done = run(ferry)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("ada and ben coded 1 document: 2 utterances, of which 1 is common to two or more "
                                  "(0 ada alone, 1 ben alone).")  # fmt: skip
    assert "Claims taken for each other" in done.stdout
    assert "The speaker: 100% of 1 utterance agreed upon; α is not defined, since all values are equal" in done.stdout


def test_csv_and_json_have_all_figures(ferry: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(ferry, "-f", "csv").stdout)))
    assert [row["what"] for row in rows] == ["unit", "spans", "speaker", "voice", "claim", "polarity", "certainty",
                                             "speech_act", "hearsay"]  # fmt: skip
    assert rows[2]["alpha"] == ""  # not 1
    assert run(ferry, "-o", tmp_path / "a.json").exit_code == 0
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    claim = next(each for each in told["measures"] if each["name"] == "claim")
    (cell,) = claim["confusions"]
    assert (cell["one"], cell["other"]) == ("Late <script>", "Late")
    (place,) = cell["places"]
    assert TEXT[place["start"] : place["end"]] == "It is late"
    assert told["claims_confused"][0]["count"] == 1


def test_the_page_is_offline_escapes_and_leads_to_the_words(ferry: Path, tmp_path: Path) -> None:
    assert run(ferry, "-o", tmp_path / "a.html").exit_code == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert "<script" not in page
    assert "<b>Osei" not in page
    assert "Late &lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert '<a href="#claim-1">1</a>' in page
    assert 'id="claim-1"' in page
    assert "<q>It is late</q>" in page
    assert "Gazette &amp; Sons" in page


def test_the_page_stands_in_a_browser(ferry: Path, tmp_path: Path, browser: object) -> None:
    run(ferry, "-o", tmp_path / "a.html")
    page = browser.new_page(viewport={"width": 390, "height": 800})  # type: ignore[attr-defined]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "a.html").as_uri())
    assert page.locator("table.confusion").first.is_hidden()
    assert page.locator("#claim .by-pairs li").all_inner_texts() == ["Late <script> ↔ Late: 1"]
    marks = page.locator("q").first.evaluate("e => getComputedStyle(e).quotes")
    assert marks == "none", "the words have marks of their own"
    page.click('.by-pairs a[href="#claim-1"]')
    assert page.url.endswith("#claim-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not said
    page.close()


def test_the_paragraph_names_texts_and_version(ferry: Path) -> None:
    done = run(ferry, "--text")
    assert "two coders (ada and ben) coded 1 document" in done.stdout
    assert "Texts, by the first digits of their SHA-256: " in done.stdout
    assert "Computed with disputegraph 0." in done.stdout
    assert run(ferry, "--text", "-f", "json").exit_code == 2


def test_coders_are_named_behind_between(ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    third = Project(ferry, coder="Cem", independent=True)
    third.add(document="gazette", speaker="Ben", claim="Old", polarity="affirms", quote="Too old")
    assert "ada, ben and cem coded" in run(ferry).stdout
    for arguments in ([ferry, "--between", "Cem", "ben"], [ferry, "--between", "ben", "--between", "cem"]):
        assert "ben and cem coded" in run(*arguments).stdout
    monkeypatch.chdir(ferry)
    assert "ben and cem coded" in run("--between", "ben", "cem").stdout
    wrong = run("--between", "ben", "cme")
    assert wrong.exit_code == 2
    assert "Did you mean 'cem'" in wrong.stderr
    assert "one argument too many" in run(ferry, "ben").stderr


def test_what_cannot_be_compared_is_told_in_one_line(ferry: Path, tmp_path: Path) -> None:
    shutil.rmtree(ferry / "independent" / "ben")
    for folder, told in ((ferry, "only ada coded here"), (tmp_path, "has no disputegraph.toml")):
        done = run(folder, "-o", tmp_path / "a.html")
        assert done.exit_code == 3
        assert told in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "a.html").exists()


def test_the_facade_gives_the_same(ferry: Path) -> None:
    from disputegraph import open_project

    found = open_project(ferry).agreement("ada", "ben", draws=0)
    assert (found.units, found.matched) == (2, 1)


def test_one_coder_named_is_a_wrong_use(ferry: Path) -> None:
    done = run(ferry, "--between", "ada")
    assert done.exit_code == 2
    assert "only ada was named" in done.stderr
