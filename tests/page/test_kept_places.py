"""Places that an editor gives to marks hold in the next build, and what is new finds room."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.errors import DataError
from disputegraph.page.kept_places import keep_places, read_places
from tests.page.test_saving import saved


def node(name: str, x: int, y: int) -> dict[str, Any]:
    return {"id": name, "label": name.title(), "kind": "Person", "x": x, "y": y, "tall": [x, y]}


def test_marks_stand_where_they_were_put_and_new_ones_beside() -> None:
    views = {"whom": {"nodes": [node("ann", 0, 0), node("new", 50, 50)]}, "claims": {"nodes": [node("ann", 7, 7)]}}
    at = {"https://e.example/ann": (50, 52), "https://e.example/gone": (1, 1)}
    counts = keep_places(views, {"whom": {"wide": at, "tall": at}}, lambda iri: iri.rpartition("/")[2])
    assert counts == {"kept": 1, "new": 1, "gone": 1}
    ann, new = views["whom"]["nodes"]
    assert (ann["x"], ann["y"], ann["tall"]) == (50, 52, [50, 52])
    assert abs(new["y"] - 52) > 30 or abs(new["x"] - 50) > 30, "it would stand on another"
    assert views["claims"]["nodes"][0]["x"] == 7, "a view that the file does not have stays as it is"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a file of places"),
        ('{"format": "disputegraph-places/1", "views": {"whom": {"wide": {}}}}', "'tall'"),
        ('{"format": "disputegraph-places/1", "views": {"whom": {"wide": {"a": [1]}, "tall": {}}}}', "a place is not"),
        ('{"format": "disputegraph-places/1", "views": {"whom": {"wide": {"a": [1, 1e9]}, "tall": {}}}}', "1000000000"),
        ('{"format": "disputegraph-places/1", "views": {"whom": {"wide": {"a": [1, NaN]}, "tall": {}}}}', "NaN"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "places.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="places.json") as raised:
        read_places(path)
    assert told in str(raised.value)


@pytest.mark.browser
def test_what_is_dragged_is_kept_for_the_next_build(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any], tmp_path: Path
) -> None:
    page = open_page(bundled_file)
    mark = page.locator('.node[data-id="hunt"] > .shape')
    before = mark.bounding_box()
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.mouse.down()
    page.mouse.move(before["x"] - 100, before["y"] + 105, steps=4)
    page.mouse.up()
    page.wait_for_function(
        "x => document.querySelector('.node[data-id=hunt]').getBoundingClientRect().x < x", arg=before["x"]
    )
    dragged = mark.bounding_box()
    page.locator('#views a[data-view="claims"]').click()
    page.locator('#views a[data-view="whom"]').click()
    assert mark.bounding_box()["x"] == pytest.approx(dragged["x"], abs=30), "another view between does not undo it"
    found = saved(page, "save_places")
    places = json.loads(found.read_text(encoding="utf-8"))["views"]["whom"]["wide"]
    iri = bundled_data["base"] + "hunt"
    computed = next(one for one in bundled_data["views"]["whom"]["nodes"] if one["id"] == "hunt")
    assert places[iri] != [computed["x"], computed["y"]]
    done = CliRunner().invoke(main, ["page", "--places", str(found), "-o", str(tmp_path / "next.html")])
    assert done.exit_code == 0, done.output
    assert "; 0 are new, on free spots; 0 of it are not drawn." in done.stderr
    island = (tmp_path / "next.html").read_text(encoding="utf-8").split('id="data">', 1)[1].split("</script>", 1)[0]
    again = next(one for one in json.loads(island)["views"]["whom"]["nodes"] if one["id"] == "hunt")
    assert [again["x"], again["y"]] == places[iri]
