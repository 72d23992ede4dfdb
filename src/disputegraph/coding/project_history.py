"""What was changed in a project, by whom, and how to take it back: a journal of one line a change.

A change is written down before the files are, and its note is removed when they are: whoever opens the project after a
crash finishes what was under way. A line that was cut off by a crash was never acknowledged, and is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from disputegraph.errors import DataError, OutputError
from disputegraph.rdf import make_folder, write_text
from disputegraph.vocabulary import DG

Edits: TypeAlias = Mapping[str, tuple[frozenset[Triple], frozenset[Triple]]]
"""By file of the project: the triples that go, and those that come."""

FOLDER = ".disputegraph"
_JOURNAL, _PENDING = "history.jsonl", "pending.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the journal.

    Attributes:
        number: its place, from 1.
        kind: whether something was done, undone or done again.
        label: what, in words.
        by: who, or None.
        at: when (ISO 8601, UTC).
        edits: what changed.
        request: what the caller calls this change, so that it is not made twice when its answer was lost.
    """

    number: int
    kind: Literal["do", "undo", "redo"]
    label: str
    by: str | None
    at: str
    edits: Edits
    request: str | None = None

    @property
    def nodes(self) -> list[NamedNode]:
        """The nodes about which something else was said then, in order of their names."""
        subjects = {t.subject for sides in self.edits.values() for side in sides for t in side}
        return sorted((node for node in subjects if isinstance(node, NamedNode)), key=str)

    @property
    def moved(self) -> list[NamedNode]:
        """Those nodes, and the statements that began or ceased to stand then."""
        changed = {t for removed, added in self.edits.values() for side in (removed, added) for t in side}
        taken_back = {t.object for t in changed if t.predicate == DG.supersedes and isinstance(t.object, NamedNode)}
        return sorted({*self.nodes, *taken_back}, key=str)


def inverse(edits: Edits) -> Edits:
    """Return what takes edits back."""
    return {file: (added, removed) for file, (removed, added) in edits.items()}


class History:
    """The journal of a project, or of a coder who codes apart from the others.

    Args:
        folder: where it is; it need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._requests: dict[str, Step] = {}
        self._size = 0
        self._count = 0

    @property
    def steps(self) -> list[tuple[Step, bool]]:
        """All changes by place, and whether each was taken back and may be done again."""
        both = [(step, False) for step in self._done] + [(step, True) for step in self._undone]
        return sorted(both, key=lambda pair: pair[0].number)

    @property
    def count(self) -> int:
        """How many lines the journal has; it grows with every change, undone or not."""
        return self._count

    def last(self, kind: Literal["undo", "redo"]) -> Step | None:
        """Return the change that would be undone, or done again."""
        steps = self._done if kind == "undo" else self._undone
        return steps[-1] if steps else None

    def requested(self, request: str) -> Step | None:
        """Return the change that a caller has called so, or None."""
        return self._requests.get(request)

    def read(self) -> None:
        """Read what has been added since the last reading, by this process or another.

        Raises:
            DataError: the journal was damaged.
        """
        path = self._folder / _JOURNAL
        try:
            with path.open("rb") as stream:
                stream.seek(self._size)
                added = stream.read()
        except FileNotFoundError:
            return
        whole, newline, _ = added.rpartition(b"\n")
        for line in (whole + newline).splitlines():
            try:
                self._take(_step(json.loads(line), self._count + 1))
            except (ValueError, KeyError, TypeError):
                raise DataError(
                    "is not a line of a history. Move the file away to go on; only undoing of what was done before is "
                    "lost.",
                    path=str(path),
                    line=self._count + 1,
                ) from None
        self._size += len(whole) + len(newline)

    def begin(self, step: Step) -> None:
        """Note a change before the files are written; raises OutputError."""
        make_folder(self._folder)
        write_text(self._folder / _PENDING, _line(step))

    def finish(self, step: Step) -> None:
        """Add a change whose files are written to the journal; raises OutputError."""
        path = self._folder / _JOURNAL
        try:
            with path.open("r+b" if path.exists() else "w+b") as stream:
                stream.seek(self._size)
                stream.truncate()  # a line that a crash cut off
                stream.write(_line(step).encode())
                stream.flush()
                os.fsync(stream.fileno())
                self._size = stream.tell()
            self.forget()
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}.") from None
        self._take(step)

    def forget(self) -> None:
        """Remove the note of a change that was begun."""
        (self._folder / _PENDING).unlink(missing_ok=True)

    def begun(self) -> Step | None:
        """Return the change that a crash interrupted after it was noted, or None."""
        path = self._folder / _PENDING
        try:
            facts = json.loads(path.read_bytes())
            if facts["number"] <= self._count:  # it was finished, and only its note is left
                self.forget()
                return None
            return _step(facts, self._count + 1)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise DataError("is not a note of a change; move it away.", path=str(path)) from None

    def _take(self, step: Step) -> None:
        self._count = step.number
        if step.request:
            self._requests[step.request] = step
        if step.kind == "do":
            self._done.append(step)
            self._undone.clear()
        elif step.kind == "undo":
            self._undone.append(self._done.pop())
        else:
            self._done.append(self._undone.pop())


def _line(step: Step) -> str:
    facts = {name: getattr(step, name) for name in ("number", "kind", "label", "by", "at", "request")}
    files = {file: [sorted(map(str, side)) for side in sides] for file, sides in step.edits.items()}
    return json.dumps({**facts, "files": files}, ensure_ascii=False) + "\n"


def _step(facts: Mapping[str, Any], number: int) -> Step:
    if facts["number"] != number or facts["kind"] not in ("do", "undo", "redo"):
        raise ValueError(facts["number"])
    edits = {
        file: (frozenset(_triples(removed)), frozenset(_triples(added)))
        for file, (removed, added) in facts["files"].items()
    }
    return Step(number, facts["kind"], facts["label"], facts["by"], facts["at"], edits, facts.get("request"))


def _triples(lines: Iterable[str]) -> Iterator[Triple]:
    text = "".join(f"{line} .\n" for line in lines)
    return (quad.triple for quad in pyoxigraph.parse(text, RdfFormat.N_TRIPLES, lenient=True))
