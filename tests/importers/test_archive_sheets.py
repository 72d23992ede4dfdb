"""Sheets as archives have them: codes for polarities, years for dates, and attributes of actors."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from disputegraph.cli.import_ import import_
from disputegraph.cli.network import network
from disputegraph.errors import UsageError
from disputegraph.importers import import_sheet
from disputegraph.model import statements
from disputegraph.store import open_store
from disputegraph.tables import ProblemsError

HEAD = "document,date,speaker,claim,polarity"
ROWS = ["d1,1998,Ann,Tax,0", "d1,1998,Bob,Tax,1", "d2,1999-05,Cy,Tax,0", "d2,1999-05,Dee,Tax,1"]
ACTORS = "name,kind,party\nAnn,person,Left\nBob,person,Right\nCy,person,Left\nDee,person,Right\n"


def sheet(folder: Path, *rows: str) -> Path:
    path = folder / "statements.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    (folder / "actors.csv").write_text(ACTORS, encoding="utf-8")
    return path


def imported(folder: Path) -> Path:
    arguments = ["sheet", str(sheet(folder, *ROWS)), "--actors", str(folder / "actors.csv")]
    done = CliRunner().invoke(import_, [*arguments, "--value", "0=denies", "-o", str(folder / "out.ttl")])
    assert done.exit_code == 0, done.output
    assert "'party': is not a field. Its cells are kept as attributes" in done.output
    return folder / "out.ttl"


def test_a_code_is_asked_for_once(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        import_sheet(sheet(tmp_path, *[f"d{number},,Ann,Tax,0" for number in range(733)]))
    (problem,) = raised.value.problems
    assert (problem.row, problem.column) == (2, "polarity")
    assert "--value '0=denies'" in problem.message
    assert "in 733 rows" in problem.message


def test_what_a_code_stands_for_is_checked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'deny' is not one of|--value 0=x"):
        import_sheet(sheet(tmp_path, *ROWS), values={"0": "x"})


def test_years_and_months_are_kept_and_count_from_their_first_day(tmp_path: Path) -> None:
    with open_store([imported(tmp_path)]) as store:
        table = statements(store)
        assert sorted({str(row.date) for row in table}) == ["1998", "1999-05"]
        assert sorted(str(date)[:10] for date in set(table.dates.tolist())) == ["1998-01-01", "1999-05-01"]
        assert table.undated == (0, 0)


def test_a_month_that_is_none_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="cannot be taken as a date"):
        import_sheet(sheet(tmp_path, "d1,1998-13,Ann,Tax,1"))


def test_attributes_of_actors_choose_and_join(tmp_path: Path) -> None:
    data = ["-d", str(imported(tmp_path)), "-f", "csv"]
    within = CliRunner().invoke(network, ["congruence", *data, "--include", "party=Left"]).stdout.splitlines()
    assert len(within) == 2
    assert ",Ann,Cy," in within[1]
    between = CliRunner().invoke(network, ["conflict", *data, "--between", "party"]).stdout.splitlines()
    assert between[1:] == ["Left,Right,Left,Right,4,4"]
