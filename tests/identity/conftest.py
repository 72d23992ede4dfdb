"""Small disputes as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = """
@prefix dg: <https://w3id.org/disputegraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix a: <https://a.example/> . @prefix b: <https://b.example/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write Turtle with the usual prefixes into a file."""

    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
        return tmp_path / name

    return write
