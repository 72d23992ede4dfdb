"""Golden files: the networks and the page of the bundled dispute, as they were looked at by a person.

Where a change means to change them, write them anew and look at the difference:

    PYTHONPATH=. python tests/golden/test_golden.py
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from disputegraph.model import Model, statements
from disputegraph.networks import KINDS, weigh, write_network
from disputegraph.page import page_data
from disputegraph.resources import bundled_dispute
from disputegraph.store import open_store
from tests.page.compared_data import comparable

HERE = Path(__file__).parent


def network_text(kind: str) -> str:
    with open_store([bundled_dispute()]) as store:
        stream = io.BytesIO()
        write_network(weigh(statements(Model(store)), kind), stream, "csv")
    return stream.getvalue().decode()


def page_text() -> str:
    """Return the page's data as text, without places."""
    with open_store([bundled_dispute()]) as store:
        data = page_data(store, embed=False)
    return json.dumps(comparable(data), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_network(kind: str) -> None:
    assert network_text(kind) == (HERE / "networks" / f"{kind}.csv").read_text(encoding="utf-8")


def test_page() -> None:
    assert page_text() == (HERE / "page.json").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in KINDS:
        (HERE / "networks" / f"{name}.csv").write_text(network_text(name), encoding="utf-8")
    (HERE / "page.json").write_text(page_text(), encoding="utf-8")
