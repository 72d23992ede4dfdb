"""Marks coloured by what is coded of actors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import UsageError
from disputegraph.page import page_data
from disputegraph.store import open_store

PARTIES = ("Red", "Red", "Blue", "Green", "One", "Two", "Three", "Four", "Five", "Six")


@pytest.fixture(scope="module")
def dispute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parties")
    names = [f"Speaker {place}" for place in range(len(PARTIES))]
    said = "".join(
        f"paper,{name},The road is safe,{'affirms' if place % 2 else 'denies'}\n" for place, name in enumerate(names)
    )
    known = "".join(f"{name},person,{party}\n" for name, party in zip(names, PARTIES, strict=True))
    (folder / "statements.csv").write_text(
        f"document,speaker,claim,polarity\n{said}paper,Nobody's,The road is safe,denies\n"
    )
    (folder / "actors.csv").write_text(f"name,kind,party\n{known}Nobody's,person,\n")
    files = [str(folder / "statements.csv"), "--actors", str(folder / "actors.csv"), "-o", str(folder / "d.ttl")]
    done = CliRunner().invoke(main, ["import", "sheet", *files])
    assert done.exit_code == 0, done.output
    return folder / "d.ttl"


def test_the_most_frequent_values_have_colours_and_the_rest_are_counted(dispute: Path) -> None:
    with open_store([dispute]) as store:
        colours = page_data(store, colour_by="party")["colours"]
        with pytest.raises(UsageError, match="Did you mean 'party'"):
            page_data(store, colour_by="parti")
    assert [(each["value"], each["count"]) for each in colours["values"]][:2] == [("Red", 2), ("Blue", 1)]
    assert colours["values"][-1] == {"value": "", "colour": colours["rest"], "count": 1}
    assert len(colours["values"]) == 9
    assert len(colours["of"]) == len(PARTIES)


def test_marks_and_legend_show_them(dispute: Path, tmp_path: Path, open_page: Callable[..., Any]) -> None:
    done = CliRunner().invoke(
        main, ["page", "-d", str(dispute), "-o", str(tmp_path / "p.html"), "--colour-by", "party"]
    )
    assert done.exit_code == 0, done.output
    page = open_page(tmp_path / "p.html", "view=coalitions")
    fills = page.eval_on_selector_all(".node .shape", "marks => marks.map(mark => getComputedStyle(mark).fill)")
    assert len(set(fills)) == 9  # eight values, and one grey for the others and for who has none
    legend = page.locator(".colours").inner_text()
    assert "Coloured by party" in legend
    assert "other values" in legend
