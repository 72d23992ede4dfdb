"""Which codings a project reads and writes: those that count, or one coder's own, made apart from all others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from disputegraph.coding.project_files import CODEBOOK, CODINGS, INDEPENDENT, PARTS, TurtleNames
from disputegraph.coding.project_history import FOLDER, Edits, Step
from disputegraph.errors import UsageError
from disputegraph.importers import slug
from disputegraph.tables import key_of
from disputegraph.vocabulary import RDF


@dataclass(frozen=True, slots=True)
class CodingScope:
    """Where codings stand, relative to the project.

    A coder who codes apart has a folder and a history of their own. The codebook is shared: what one coder adds to it
    is there for all, so that one claim does not get two names; but nobody changes or takes away what another may be
    coding by.

    Attributes:
        codings: the folder with a coding for each document.
        parts: patterns of the files beside the codebook.
        history: the folder of the history.
    """

    codings: str
    parts: tuple[str, ...]
    history: str

    @property
    def apart(self) -> bool:
        """Whether codings are made apart from the others'."""
        return self.codings != CODINGS

    def check_owner(self, coder: str | None, steps: Iterable[tuple[Step, bool]]) -> list[str]:
        """Refuse a folder in which somebody else has coded whose name makes the same one.

        Returns:
            What to say where somebody has coded whose name differs in case or white space alone.

        Raises:
            UsageError: the folder is another's.
        """
        names = {step.by for step, _ in steps if step.by and step.by != coder}
        others = {name for name in names if key_of(name) != key_of(coder or "")}
        if not self.apart:
            return []
        if others:
            raise UsageError(
                f"{self.codings}/ is {min(others)}'s, and '{coder}' would write there too. Take a name that differs in "
                "letters or digits."
            )
        return [
            f"{self.codings}/ holds codings by '{name}' too: '{coder}' is taken for the same coder. Another coder "
            "needs a name that differs in letters or digits."
            for name in sorted(names)
        ]

    def check(self, edits: Edits, steps: Iterable[tuple[Step, bool]], folder: Path, names: TurtleNames) -> None:
        """Refuse what a coder apart must not change.

        Args:
            edits: what is to be changed.
            steps: what the coder has done.
            folder: the project.
            names: how nodes are written in its files.

        Raises:
            UsageError: another's files, what another put into the codebook, or what another codes by.
        """
        if not self.apart:
            return
        for file in edits:
            if file != CODEBOOK and not file.startswith(f"{self.codings}/"):
                raise UsageError(f"who codes apart from the others changes {self.codings}/ alone, and not {file}.")
        removed: frozenset[Triple] = edits[CODEBOOK][0] if CODEBOOK in edits else frozenset()
        own = {triple for step, _ in steps if CODEBOOK in step.edits for triple in step.edits[CODEBOOK][1]}
        if removed - own:
            raise UsageError(
                "what others may be coding by stays as it is while you code apart from them: the codebook only grows. "
                "Change it when the codings have been compared."
            )
        gone = [t.subject for t in removed if t.predicate == RDF.type and isinstance(t.subject, NamedNode)]
        for node in sorted(set(gone), key=str):
            if _is_named(node, names[node], self._unseen(folder)):
                raise UsageError(f"'{node.value}' stays in the codebook, since another coder has used it by now.")

    def _unseen(self, folder: Path) -> Iterable[Path]:
        mine = folder / self.codings
        return (
            path
            for part in (f"{CODINGS}/*.ttl", f"{INDEPENDENT}/*/*.ttl")
            for path in folder.glob(part)
            if path.parent != mine
        )


COMMON = CodingScope(CODINGS, PARTS, FOLDER)
"""The codings that count."""


def scope_apart(coder: str | None) -> CodingScope:
    """Return the scope of a coder who codes without sight of the others; raises UsageError if nobody is named."""
    name = slug(coder or "")
    if not name:
        raise UsageError("to code apart from the others, say who you are, by a name with letters or digits.")
    return CodingScope(f"{INDEPENDENT}/{name}", (f"{INDEPENDENT}/{name}/*.ttl",), f"{FOLDER}/{INDEPENDENT}-{name}")


def _is_named(node: NamedNode, written: str, files: Iterable[Path]) -> bool:
    pattern = re.compile(rf"(?<![\w:-])(?:{re.escape(written)}|{re.escape(str(node))})(?![\w-])")
    return any(pattern.search(path.read_text(encoding="utf-8", errors="replace")) for path in files)
