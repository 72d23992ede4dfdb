"""What is saved from a page: pictures, the table, the data; and what the printer gets."""

from __future__ import annotations

import csv
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from defusedxml import ElementTree

from disputegraph.resources import bundled_dispute
from tests.page.conftest import said

pytestmark = pytest.mark.browser


def saved(page: Any, tool: str) -> Path:
    page.locator("summary", has_text="Save").click()
    with page.expect_download() as download:
        page.locator(f'[data-tool="{tool}"]').click()
    return Path(download.value.path())


def test_the_svg_stands_alone(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    root = ElementTree.parse(saved(page, "save_svg")).getroot()
    names = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert any("Jeremy Hunt" in name for name in names)
    assert not [one for one in root.iter() if one.get("class") or one.get("onclick")]
    assert root.get("width")


def test_the_png_is_a_picture(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    content = saved(page, "save_png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width > 1000
    assert height > 1000
    assert len(content) > 20_000, "not an empty sheet"
    assert zlib.crc32(content[12:29]) == struct.unpack(">I", content[29:33])[0]


def test_the_time_line_is_a_picture_too(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, "view=time")
    text = saved(page, "save_svg").read_text(encoding="utf-8")
    assert "first strike" in text


def test_the_csv_holds_the_filtered_rows(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any]
) -> None:
    page = open_page(bundled_file, "hide=tone.neutral")
    with saved(page, "save_csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    expected = [one for one in bundled_data["utterances"] if one["tone"] != "neutral"]
    assert len(rows) == len(expected)
    assert {row["Tone"] for row in rows} == {"Critical", "Supportive"}


def test_the_turtle_is_the_data(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    found = pyoxigraph.Dataset(pyoxigraph.parse(saved(page, "save_turtle").read_bytes(), pyoxigraph.RdfFormat.TURTLE))
    # Through a store, as the page reads it: values are kept, not spellings.
    store = pyoxigraph.Store()
    store.load(path=str(bundled_dispute()), format=pyoxigraph.RdfFormat.TURTLE)
    wanted = pyoxigraph.Dataset(store)
    for dataset in (found, wanted):
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(found) == set(wanted)


def test_print_gets_the_picture_and_the_table(
    open_page: Callable[..., Any], bundled_file: Path, bundled_data: dict[str, Any], tmp_path: Path
) -> None:
    page = open_page(bundled_file, color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table tbody tr").count() == said(bundled_data)
    assert page.locator("#table tbody tr").first.is_visible()
    assert page.locator("#filters").is_hidden()
    assert page.locator("#search").is_hidden()
    pdf = page.pdf(path=str(tmp_path / "page.pdf"))
    assert pdf[:5] == b"%PDF-"
    assert len(pdf) > 30_000


def test_a_picture_carries_legend_source_and_method(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    root = ElementTree.parse(saved(page, "save_svg")).getroot()
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "The junior doctors' contract dispute, England 2016 · Who on whom" in texts
    assert {"Person", "Critical", "Hearsay (via)"} <= set(texts), "the legend"
    told = " ".join(texts)
    assert "From 1 document. Coded by disputegraph contributors" in told
    assert "the more there are, the wider it is" in told
    described = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "47 utterances, 37 claims, 24 actors, 1 document. Most heard: Keep Our St Helier Hospital (11)" in described
    drawn = [one for one in root.iter() if one.get("display") == "none"]
    assert not drawn
    heights = [float(one.get("y", "0")) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert max(heights) < float(root.get("height", "0"))


def test_an_embedded_page_shows_the_graph_first(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file, width=640, height=640)
    page.goto(bundled_file.as_uri() + "?embed=1&view=coalitions&select=hunt")
    page.wait_for_selector("html[data-ready]")
    assert page.locator('#views a[aria-current="page"]').inner_text() == "Coalitions"
    assert "Jeremy Hunt" in page.locator("#panel").inner_text()
    stage, panel = page.locator("#stage").bounding_box(), page.locator("#panel").bounding_box()
    assert stage["y"] < panel["y"] < 640
    for box in ("#filters", "#search", "#tools"):
        assert page.locator(box).is_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") <= 640
    assert page.locator("#whole").is_visible()


def test_print_gets_the_legend(open_page: Callable[..., Any], bundled_file: Path) -> None:
    page = open_page(bundled_file)
    assert page.locator("#print-caption").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#print-caption").is_visible()
    assert "From 1 document." in (page.locator("#print-caption").text_content() or "")
