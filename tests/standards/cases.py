"""What a test of a suite is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Case"]


@dataclass(frozen=True, eq=False)
class Case:
    """One test.

    Attributes:
        name: suite, and the test's own name.
        kind: what is asked of the command: to convert ("rdf"), or to answer ("query").
        action: the document or the query.
        base: the IRI that the document had.
        good: whether the action is to be accepted.
        result: what is to come of it, where the test says.
        data: the documents of the default graph.
        graphs: the documents of named graphs, by IRI.
        lax: whether a row may come more or less often than the result has it (REDUCED).
        words: further words for the command.
    """

    name: str
    kind: str
    action: Path
    base: str
    good: bool = True
    result: Path | None = None
    data: tuple[Path, ...] = ()
    graphs: dict[str, Path] = field(default_factory=dict)
    lax: bool = False
    words: tuple[str, ...] = ()
