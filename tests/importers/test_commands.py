"""new, import sheet and export sheet, as users meet them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from disputegraph.checks import check_integrity
from disputegraph.cli import main
from disputegraph.cli.progress import watched
from disputegraph.evidence import Sources, verify_anchors
from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, STATEMENT_FIELDS
from disputegraph.store.store_opening import open_store

from .conftest import statement, write_rows


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def laid_out(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour-dispute"
    done = run("new", "--sheets", folder)
    assert done.exit_code == 0, done.output
    assert [Path(line.rstrip("/")).name for line in done.stdout.splitlines()] == [
        "README.md", "actors.csv", "statements.csv", "dispute.ttl", "disputegraph.toml", ".gitignore", "sources",
    ]  # fmt: skip
    return folder


def test_the_layout_explains_every_column_with_an_example(laid_out: Path) -> None:
    readme = (laid_out / "README.md").read_text(encoding="utf-8")
    for field in (*STATEMENT_FIELDS, *ACTOR_FIELDS):
        assert f"| `{field.name}`" in readme
        assert field.example in readme
    assert "/sources/" in (laid_out / ".gitignore").read_text(encoding="utf-8").splitlines()
    with (laid_out / "statements.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == [field.name for field in STATEMENT_FIELDS if field.basic]


def test_the_example_rows_of_the_readme_can_be_coded(laid_out: Path) -> None:
    """A reader who types the examples in gets a graph that passes the checks, evidence included."""
    row = {field.name: field.example for field in STATEMENT_FIELDS}
    other = row | {
        "claim": row["contradicts"],
        "contradicts": "",
        "negated": "yes",
        "polarity": "denies",
        "quote": "",
        "paraphrase": "All is out.",
    }
    actor = {field.name: field.example for field in ACTOR_FIELDS}
    write_rows(laid_out / "statements.csv", [row, other])
    write_rows(laid_out / "actors.csv", [actor])
    (laid_out / "sources" / f"{row['document']}.txt").write_text(f"She said: “{row['quote']}”", encoding="utf-8")
    done = run("import", "sheet", laid_out / "statements.csv", "--actors", laid_out / "actors.csv",
               "--sources", laid_out / "sources", "-o", laid_out / "coded.ttl")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Names stand under https://w3id.org/disputegraph/data/harbour-dispute/" in done.stderr
    with open_store([laid_out / "coded.ttl", laid_out / "dispute.ttl"]) as store:
        assert [finding for finding in check_integrity(store) if finding.severity == "violation"] == []
        assert [report.status for report in verify_anchors(store, Sources(laid_out / "sources"))] == ["verified"]


def test_new_overwrites_nothing(laid_out: Path) -> None:
    (laid_out / "README.md").write_text("mine", encoding="utf-8")
    again = run("new", "--sheets", laid_out)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    assert (laid_out / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_title_cannot_break_the_files(tmp_path: Path) -> None:
    assert run("new", "--sheets", tmp_path / "x", "--title", 'a "quoted"\nline \\ .\n<x> <y> <z> .').exit_code == 0
    with open_store([tmp_path / "x" / "dispute.ttl"]) as store:
        assert len(store) == 2


def test_problems_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    sheet = write_rows(tmp_path / "s.csv", [statement(date="10.2.2016"), statement(polarity="maybe so")])
    out = tmp_path / "o.ttl"
    out.write_text("before", encoding="utf-8")
    done = run("import", "sheet", sheet, "-o", out)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "2 problems; nothing was written." in done.stderr
    assert f"{sheet}, row 2, column 'date': '10.2.2016' cannot be taken as a date." in done.stderr
    assert f"{sheet}, row 3, column 'polarity'" in done.stderr
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.ttl", "s.csv"]


def test_usage_errors(tmp_path: Path) -> None:
    sheet = write_rows(tmp_path / "s.csv", [statement()])
    for arguments, words in (
        (["--map", "speaker"], "write COLUMN=FIELD"),
        (["--map", "nobody=speaker"], "no column 'nobody'"),
        (["--base", "nowhere"], "not an absolute IRI"),
        (["--language", "not a tag"], "is not a language tag"),
    ):
        done = run("import", "sheet", sheet, *arguments)
        assert (done.exit_code, words in done.stderr) == (2, True), done.stderr
    missing = run("import", "sheet", tmp_path / "t.csv")
    assert (missing.exit_code, "no such file" in missing.stderr, "Traceback" in missing.output) == (3, True, False)


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("document,speaker,claim,polarity\n", encoding="utf-8")
    done = run("import", "sheet", tmp_path / "s.csv")
    assert (done.exit_code, "holds no row below the header" in done.stderr) == (0, True)
    folder = run("import", "sheet", tmp_path)
    assert (folder.exit_code, "is a folder, and a sheet is wanted" in folder.stderr) == (3, True)


def test_mapping_and_warnings(tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    sheet.write_text("wer;was;seite;artikel;frame\nAda;X;yes;a1;moral\n", encoding="utf-8")
    done = run(
        "import",
        "sheet",
        sheet,
        "--map",
        "wer=speaker",
        "--map",
        "was=claim",
        "--map",
        "seite=polarity",
        "--map",
        "artikel=document",
    )
    assert done.exit_code == 0, done.stderr
    assert "column 'frame': is not a field." in done.stderr
    assert "created from this sheet" in done.stderr
    assert '"moral"' in done.stdout


@pytest.mark.parametrize("target", ["folder", "book.xlsx", "s.csv"])
def test_export_and_import_again(tmp_path: Path, target: str) -> None:
    sheet = write_rows(
        tmp_path / "in.csv", [statement(via="Radio Nord", claim="'=x", frame="moral"), statement(speaker="Bo")]
    )
    first, second, out = tmp_path / "1.ttl", tmp_path / "2.ttl", tmp_path / target
    assert run("import", "sheet", sheet, "-o", first).exit_code == 0
    if target == "folder":
        done = run("export", "sheet", "-d", first, "-o", out)
        again = [out / "statements.csv", "--actors", out / "actors.csv"]
    elif target == "book.xlsx":
        done = run("export", "sheet", "-d", first, "-o", out)
        again = [out, "--actors", out]
    else:
        done = run("export", "sheet", "-d", first, "-o", out, "--actors", tmp_path / "a.csv")
        again = [out, "--actors", tmp_path / "a.csv"]
    assert done.exit_code == 0, done.output
    base = done.stderr.split("--base ")[1].split()[0]
    assert run("import", "sheet", *again, "--base", base, "-o", second).exit_code == 0
    assert first.read_text(encoding="utf-8").replace("@prefix", "") == second.read_text(encoding="utf-8").replace(
        "@prefix", ""
    )


@pytest.mark.parametrize("target", ["new/folder", "all.xlsx"])
def test_a_whole_dispute_there_and_back(root: Path, tmp_path: Path, target: str) -> None:
    data, out = root / "data" / "junior-doctors-2016" / "dispute.ttl", tmp_path / target
    done = run("export", "sheet", "-d", data, "-o", out)
    assert (done.exit_code, "Not in the sheets" in done.stderr) == (0, False), done.output
    assert "Rows: statements 50, actors 38, claims 37" in done.stderr
    base = done.stderr.split("--base ")[1].split()[0]
    again = run("import", "sheet", out, "--base", base, "-o", tmp_path / "again.ttl")
    assert (again.exit_code, "Warning" in again.stderr) == (0, False), again.stderr
    assert run("diff", data, tmp_path / "again.ttl", "--exit-code").exit_code == 0


def test_sheets_of_an_earlier_export_are_named(root: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "stances.csv", [{"id": "s"}])
    first = write_rows(tmp_path / "in.csv", [statement()])
    assert run("import", "sheet", first, "-o", tmp_path / "1.ttl").exit_code == 0
    done = run("export", "sheet", "-d", tmp_path / "1.ttl", "-o", tmp_path)
    assert (done.exit_code, "has stances.csv from before" in done.stderr) == (0, True)


def test_further_sheets_by_option(tmp_path: Path) -> None:
    sheet = write_rows(tmp_path / "coded.csv", [statement()])
    claims = write_rows(tmp_path / "claims.csv", [{"label": "The report was hidden", "id": "c7", "note": "once"}])
    done = run("import", "sheet", sheet, "--also", claims)
    assert (done.exit_code, "c7" in done.stdout, "once" in done.stdout) == (0, True, True), done.output
    other = write_rows(tmp_path / "clams.csv", [{"label": "x"}])
    done = run("import", "sheet", sheet, "--also", other)
    assert (done.exit_code, "Did you mean 'claims'" in done.stderr) == (2, True)


def test_exports_are_safe_from_injection(tmp_path: Path) -> None:
    sheet = write_rows(tmp_path / "in.csv", [statement(speaker="@SUM(A1)", claim="'=cmd|' /C calc'!A0", note="+1+1")])
    assert run("import", "sheet", sheet, "-o", tmp_path / "1.ttl").exit_code == 0
    done = run("export", "sheet", "-d", tmp_path / "1.ttl")
    cells = [cell for row in csv.reader(done.stdout.splitlines()) for cell in row]
    assert {"'@SUM(A1)", "'=cmd|' /C calc'!A0", "'+1+1"} <= set(cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "+", "-")]


def test_what_sheets_cannot_say_is_told(root: Path) -> None:
    done = run("export", "sheet", "-d", root / "data" / "junior-doctors-2016" / "dispute.ttl")
    assert done.exit_code == 0
    assert "Not in the sheets:" in done.stderr
    assert "stances (9)" in done.stderr


def test_progress_shows_on_a_terminal_only_and_changes_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(watched("reading")(range(1000))) == list(range(1000))
    assert capfd.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert list(watched("reading")(iter(range(1000)))) == list(range(1000))
    shown = capfd.readouterr()
    assert ("reading" in shown.err, shown.out) == (True, "")


def test_a_copied_folder_keeps_its_names(laid_out: Path, tmp_path: Path) -> None:
    """The base stands in disputegraph.toml, and a sheet that has none beside it says that its names will change."""
    write_rows(laid_out / "statements.csv", [statement()])
    before = run("import", "sheet", laid_out / "statements.csv")
    copy = laid_out.rename(tmp_path / "other")
    after = run("import", "sheet", copy / "statements.csv")
    assert after.stdout == before.stdout
    assert "data/harbour-dispute/" in after.stdout
    assert "changes with it" not in after.stderr
    assert run("code", copy).exit_code == 3
    (copy / "disputegraph.toml").write_text('title = "x"\nlanguage = "de"\n', encoding="utf-8")
    free = run("import", "sheet", copy / "statements.csv")
    assert "data/other/" in free.stdout
    assert '"@de' in free.stdout.replace("hidden", "")
    assert 'base = "https://w3id.org/disputegraph/data/other/"' in free.stderr
    (copy / "disputegraph.toml").write_text("base = 3\n", encoding="utf-8")
    assert "'base' is not a text" in run("import", "sheet", copy / "statements.csv").stderr


def test_a_file_beside_the_sheets_that_meets_nothing_is_told(laid_out: Path) -> None:
    write_rows(laid_out / "statements.csv", [statement()])
    quiet = run("import", "sheet", laid_out / "statements.csv")
    assert "meets nothing" not in quiet.stderr
    path = laid_out / "dispute.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "d:osei dg:partyTo d:dispute .\n", encoding="utf-8")
    told = run("import", "sheet", laid_out / "statements.csv")
    assert "meets nothing: none of its 1 names, such as <https://w3id.org/disputegraph/data/harbour-dispute/osei>" in (
        told.stderr
    )
    write_rows(laid_out / "actors.csv", [{"name": "Ada Osei", "kind": "person", "id": "osei"}])
    met = run("import", "sheet", laid_out / "statements.csv", "--actors", laid_out / "actors.csv")
    assert "meets nothing" not in met.stderr


def test_what_a_claim_or_document_lost_is_told(laid_out: Path, tmp_path: Path) -> None:
    """One row held the paraphrase and roles of a claim, and the date of the document."""
    sheet, out = laid_out / "statements.csv", tmp_path / "out.ttl"
    rows = [
        statement(paraphrase="It was kept back.", agent="Port authority", document_date="2024-05-03"),
        statement(speaker="Union"),
    ]
    write_rows(sheet, rows)
    assert "lost" not in run("import", "sheet", sheet, "-o", out).stderr
    assert "lost" not in run("import", "sheet", sheet, "-o", out).stderr
    write_rows(sheet, rows[1:])
    told = run("import", "sheet", sheet, "-o", out).stderr
    assert f"since the last import into {out}, the claim 'The report was hidden' has lost: paraphrase, agent." in told
    assert "the document 'gazette' has lost: date." in told
    assert "lost" not in run("import", "sheet", sheet, "-o", out).stderr
