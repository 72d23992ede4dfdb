"""How far a question travels: what a command asks the engine, on the bundled dispute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli import main
from disputegraph.store import EmbeddedStore


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (["page", "-o", "OUT/page.html"], 12),
        (["analyse", "coalitions"], 6),
        # Of the two one is the query itself.
        (["query", "claim-sources", "-p", "claim=Hunt vetoed compromise"], 2),
    ],
)
def test_a_dispute_is_asked_a_few_questions(
    arguments: list[str], most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = EmbeddedStore._answer

    def counted(self: EmbeddedStore, query: str, **options: Any) -> Any:
        asked.append(query)
        return answer(self, query, **options)

    monkeypatch.setattr(EmbeddedStore, "_answer", counted)
    given = [argument.replace("OUT", str(tmp_path)) for argument in [*arguments, "-d", "junior-doctors-2016"]]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.stderr
    assert 0 < len(asked) <= most
