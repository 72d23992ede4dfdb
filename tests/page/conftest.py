"""A real Chromium, pages written to files, and a watch on everything the browser says or asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disputegraph.page import page_data, render_page
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store


@pytest.fixture(scope="session")
def bundled_data() -> dict[str, Any]:
    with open_store([bundled_dispute()]) as store:
        return page_data(store)


def said(data: dict[str, Any]) -> int:
    """Return how many utterances of a page say something; the others only pass words on."""
    return sum(not one.get("relay") for one in data["utterances"])


def press_line(page: Any, name: str) -> None:
    """Click the middle of the line of that name."""
    line = page.locator(f'.edge[data-edge="{name}"] .hit')
    middle = "p => { const m = p.getPointAtLength(p.getTotalLength() / 2).matrixTransform(p.getScreenCTM());"
    page.mouse.click(*line.evaluate(f"{middle} return [m.x, m.y]; }}"))


@pytest.fixture(scope="session")
def bundled_file(bundled_data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "dispute.html"
    path.write_text(render_page(bundled_data), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a file with the network off; at the end nothing may have been complained of or asked for."""
    contexts = []
    said: list[str] = []

    def open_file(path: Path, fragment: str = "", *, width: int = 1280, height: int = 800, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "blob:", "data:")) else said.append(request.url),
        )
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert said == []
