"""Answers of language models that were paid for once, each in a file named by the digest of what was asked."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from disputegraph.rdf import make_folder, write_text

_LARGEST = 8 << 20


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer.

    Attributes:
        text: what the model said.
        day: when, as an ISO date.
    """

    text: str
    day: str


class AnswerCache:
    """A folder of answers; without one, they are kept as long as this lives.

    Answers hold words of the texts, so the folder belongs where the texts are, and is published no more than they.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: dict[str, KeptAnswer] = {}

    def get(self, name: str) -> KeptAnswer | None:
        """Return an answer; a file that is broken has no answer."""
        if self._folder is None:
            return self._held.get(name)
        path = self._folder / f"{name}.json"
        with suppress(OSError, ValueError, RecursionError):
            if path.stat().st_size <= _LARGEST:
                found: Any = json.loads(path.read_bytes())
                if isinstance(found, dict) and isinstance(found.get("text"), str) and isinstance(found.get("day"), str):
                    return KeptAnswer(found["text"], found["day"])
        return None

    def put(self, name: str, answer: KeptAnswer) -> None:
        """Keep an answer.

        Raises:
            OutputError: it cannot be written.
        """
        if self._folder is None:
            self._held[name] = answer
            return
        make_folder(self._folder)
        write_text(self._folder / f"{name}.json", json.dumps(asdict(answer)) + "\n")
