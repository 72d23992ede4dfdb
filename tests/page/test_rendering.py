"""The document around the data: policy, metadata, words, files."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import disputegraph.page
from disputegraph.page import render_page
from disputegraph.page.rendering import _STYLES, joined_script, languages, texts

FOLDER = Path(disputegraph.page.__file__).parent


class Outline(HTMLParser):
    """Elements with their attributes, and the text of style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag

    def handle_data(self, data: str) -> None:
        if self._within in self.texts:
            self.texts[self._within].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._within = ""


def test_the_policy_lets_only_our_text_run(bundled_data: dict[str, Any]) -> None:
    outline = Outline(render_page(bundled_data))
    policy = next(a["content"] for tag, a in outline.elements if tag == "meta" and a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for text in (outline.texts["script"][-1], outline.texts["style"][0]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    for tag, attributes in outline.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert tag == "a" or not str(attributes.get("href") or attributes.get("src") or "").startswith("http")


def test_metadata_for_cards(bundled_data: dict[str, Any]) -> None:
    html = render_page(bundled_data | {"title": 'A "title" & <more>', "description": "What it is"})
    outline = Outline(html)
    metas = {a.get("property") or a.get("name"): a.get("content") for tag, a in outline.elements if tag == "meta"}
    assert metas["og:title"] == 'A "title" & <more>'
    assert metas["description"] == metas["og:description"] == "What it is"
    assert metas["twitter:card"] == "summary"
    assert "2026-11-23" in html
    assert "CC BY 4.0" in html


def test_the_island_gives_back_the_data(bundled_data: dict[str, Any]) -> None:
    island = re.search(r'id="data">(.*?)</script>', render_page(bundled_data), re.DOTALL)
    assert island
    assert json.loads(island[1]) == json.loads(json.dumps(bundled_data))


def test_the_bundled_page_is_small(bundled_data: dict[str, Any]) -> None:
    assert len(render_page(bundled_data).encode()) <= 900_000


def test_the_same_data_give_the_same_page(bundled_data: dict[str, Any]) -> None:
    assert render_page(bundled_data) == render_page(json.loads(json.dumps(bundled_data)))


def test_all_texts_are_in_the_one_file() -> None:
    source = joined_script()
    template = (FOLDER / "template" / "page.html.j2").read_text(encoding="utf-8")
    used = set(re.findall(r'\bt\("([^"]+)"', source)) | set(re.findall(r"text\.(\w+)", template))
    assert used - texts().keys() == set()
    counted = {f"{name}.{number}" for name in re.findall(r'counted\("(\w+)"', source) for number in ("one", "many")}
    assert counted - texts().keys() == set()


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_every_text_with_its_places(language: str) -> None:
    path = FOLDER / "texts" / f"{language}.json"
    own = json.loads(path.read_text(encoding="utf-8"))
    assert own.keys() <= texts().keys()
    for name, text in own.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", texts()[name])), name


def test_the_page_speaks_german(bundled_data: dict[str, Any]) -> None:
    page = render_page(bundled_data, language="de")
    assert '<html lang="de">' in page
    assert "Quelle: {documents}." in page
    with pytest.raises(ValueError, match="no texts in 'xx': there are de, en"):
        render_page(bundled_data, language="xx")


def test_no_markup_is_made_of_strings() -> None:
    for path in (FOLDER / "template").iterdir():
        text = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "|safe",
        ):
            assert word not in text, (path.name, word)


_OF_PYVIS = "pyvis.start.js"
"""The script of another page, which is not joined with those of ours."""


def test_every_file_is_used() -> None:
    files = {path.name for path in (FOLDER / "template").iterdir()}
    scripts = {name for name in files if name.endswith(".js")} - {_OF_PYVIS}
    # The pages of other commands: agreement, which has no script, and networks as pyvis draws them.
    others = {"agreement.html.j2", "agreement.css", "pyvis.html.j2", _OF_PYVIS}
    assert files == scripts | {f"{name}.css" for name in _STYLES} | {"page.html.j2", "types.d.ts"} | others
    joined = joined_script()
    for name in scripts:
        first = (FOLDER / "template" / name).read_text(encoding="utf-8").splitlines()[0]
        assert joined.count(first) == 1, name


def test_modules_come_after_those_they_import_and_share_no_name() -> None:
    joined = joined_script()
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)
    named = re.findall(r"^(?:async )?(?:const|let|function|class)\*? (\w+)", joined, re.MULTILINE)
    assert [name for name, count in Counter(named).items() if count > 1] == []
    places = {}
    for path in (FOLDER / "template").glob("*.js"):
        if path.name == _OF_PYVIS:
            continue
        text = path.read_text(encoding="utf-8")
        places[path.stem] = joined.index(text.splitlines()[0]), re.findall(r'from "\./(\w+)\.js"', text)
    for name, (place, needed) in places.items():
        assert all(places[one][0] < place for one in needed), f"{name} imports in a circle"
