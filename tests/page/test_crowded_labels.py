"""In a crowd the most important marks are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disputegraph.page import page_data, render_page
from disputegraph.store import open_store

ROOT = Path(__file__).parents[2]


@pytest.mark.browser
def test_who_is_heard_most_is_named(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "whole.html"
    with open_store([ROOT / "data" / "junior-doctors"]) as store:
        path.write_text(render_page(page_data(store)), encoding="utf-8")
    page = open_page(path)
    page.wait_for_selector(".node text:not([hidden])")
    shown = " ".join(" ".join(page.locator(".node text:not([hidden])").all_text_contents()).split())
    for name in ("British Medical Association", "Labour Party", "Department of Health", "UK Government"):
        assert name in shown, shown
