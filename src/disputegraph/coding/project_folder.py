"""A dispute as a folder of plain files: read, changed whole or not at all, taken back."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pyoxigraph import NamedNode, Triple

from disputegraph.checks import Finding, check_integrity
from disputegraph.coding.change_refusals import ConflictError, RefusedError
from disputegraph.coding.coding_scope import COMMON, scope_apart
from disputegraph.coding.entry_reading import entry_of
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_files import (
    CODEBOOK,
    SOURCES,
    ProjectSettings,
    TurtleNames,
    read_settings,
    read_triples,
    write_triples,
)
from disputegraph.coding.project_graph import ProjectGraph, Span
from disputegraph.coding.project_history import FOLDER, Edits, History, Step, inverse
from disputegraph.coding.project_texts import ProjectTexts, Stamp, stamp_of, text_in
from disputegraph.coding.rule_scope import is_later, rules_about
from disputegraph.errors import OutputError, UsageError
from disputegraph.evidence import SourceText
from disputegraph.model import Model
from disputegraph.rdf import make_folder

_Result = TypeVar("_Result")


class ProjectFolder:
    """A project: a folder with a codebook, a coding for each document, and the texts.

    Every change is checked by the integrity rules that concern it and is written whole or not at all; what others
    wrote meanwhile is read first, so that nothing of theirs is lost.

    Attributes:
        folder: where it is.
        sources: the folder of its texts.
        settings: what `disputegraph.toml` says.
        graph: its triples.
        coder: who is coding.
        scope: which codings are read and written: those that count, or the coder's own that nobody else sees.
        notes: what was noticed when files were read, and what the last change guessed.
        request: what the caller calls the next change; see `requested`.
    """

    def __init__(self, folder: str | Path, *, coder: str | None = None, independent: bool = False) -> None:
        """Open a project, and finish what a crash may have interrupted; see `open_project`.

        Raises:
            DataError: it is not a project, or a file of it cannot be read.
            UsageError: nobody is named who codes apart from the others, or somebody else has that folder.
        """
        self.folder = Path(folder)
        self.settings: ProjectSettings = read_settings(self.folder)
        self.coder = coder or self.settings.coder
        self.scope = scope_apart(self.coder) if independent else COMMON
        self.graph = ProjectGraph(str(folder), self.settings.base, codings=self.scope.codings)
        self.notes: list[str] = []
        self.request: str | None = None
        self._history = History(self.folder / self.scope.history)
        self._names = TurtleNames(self.settings.base)
        self._stamps: dict[str, Stamp] = {}
        self._changed_at: Counter[str] = Counter()
        self._findings: dict[str, frozenset[Finding]] = {}
        self._model: Model | None = None
        self.sources = self.folder / SOURCES
        self._texts = ProjectTexts(self.sources)
        self.revision = 0
        self.refresh()
        self.notes += self.scope.check_owner(self.coder, self._history.steps)
        if self._history.begun() is not None:
            with self._alone():
                pass  # what was interrupted is finished on the way in

    # ---- reading

    @property
    def title(self) -> str:
        """What the dispute is called."""
        return self.settings.title

    @property
    def model(self) -> Model:
        """The reading of the project as it is; another one after each change."""
        if self._model is None:
            self._model = Model(self.graph.store, language=self.settings.language)
        return self._model

    def history(self) -> list[tuple[Step, bool]]:
        """Return all changes, the first first, and whether each was taken back and may be done again."""
        return self._history.steps

    def requested(self, request: str) -> Step | None:
        """Return the change that was made under that name, by this process or an earlier one, or None."""
        self._history.read()
        return self._history.requested(request)

    def refresh(self) -> set[str]:
        """Read what others have changed, and return the nodes of which the files now say something else.

        Raises:
            DataError: a file cannot be read; what was read before stays.
        """
        parts = (
            path.relative_to(self.folder).as_posix() for part in self.scope.parts for path in self.folder.glob(part)
        )
        files = {CODEBOOK, *parts}
        changed: set[NamedNode] = set()
        try:
            for file in sorted(files | self.graph.files.keys()):
                changed |= self._read_again(file)
            self._history.read()
        finally:  # what was read before an unreadable file is known as changed
            if changed:
                self._moved(changed)
                self._findings.clear()
        return {node.value for node in changed}

    def _read_again(self, file: str) -> set[NamedNode]:
        """Read a file if it is another one than before, and return the nodes of which it says something else."""
        stamp = stamp_of(self.folder / file)
        if stamp == self._stamps.get(file):
            return set()
        triples, notes = read_triples(self.folder / file, self.settings.base) if stamp else (set[Triple](), ())
        changed = self.graph.replace_file(file, triples)
        self.notes += [note for note in notes if note not in self.notes]
        if stamp:
            self._stamps[file] = stamp
        else:
            self._stamps.pop(file, None)
        return changed

    def text(self, document: NamedNode | str) -> str | None:
        """Return the normalised text of a document, or None where the folder of sources does not have it."""
        found = self.source(document)
        return found.text if found is not None else None

    def source(self, document: NamedNode | str) -> SourceText | None:
        """Return the file that holds the text of a document, or None."""
        node = document if isinstance(document, NamedNode) else NamedNode(document)
        sources = self._texts.as_they_are()
        return None if sources is None else text_in(sources, self.graph, node)

    def entry(self, iri: str | NamedNode) -> dict[str, Any]:
        """Return a node as plain JSON: its kind, its label, and its fields with lists of values.

        Raises:
            UsageError: nothing is said of it.
        """
        node = self.graph.find(iri) if isinstance(iri, str) else iri
        if node is None:
            raise UsageError(f"nothing is called '{iri}'.{self.graph.near(str(iri))}")
        return entry_of(self.graph, node, self.settings.language)

    def touched_since(self, revision: int) -> list[str]:
        """Return the nodes that were changed after a revision, by anybody, sorted."""
        return sorted(node for node, at in self._changed_at.items() if at > revision)

    def places_in(self, document: NamedNode) -> Iterator[tuple[NamedNode, Span]]:
        """Yield the anchors into a document, and their places."""
        yield from ((anchor, span) for anchor, span in self.graph.spans().items() if span.document == document.value)

    def findings(self) -> list[Finding]:
        """Return what all integrity rules find."""
        return list(check_integrity(self.graph.store))

    # ---- changing

    def changing(
        self,
        label: str | Callable[[_Result], str],
        make: Callable[[Change], _Result],
        *,
        nodes: Iterable[str] = (),
        revision: int | None = None,
        check: bool = True,
    ) -> _Result:
        """Make one change: on disk, checked and undoable when this returns.

        Args:
            label: what is done, for the history; or what tells it once it is done, of what `make` returned.
            make: gathers the edits; asked once, with the project as it is on disk by then.
            nodes: the nodes that are changed; if somebody else changed one of them since `revision`, nothing is done.
            revision: the state that the caller has seen; by default the one before this call.
            check: refuse what breaks an integrity rule.

        Raises:
            ConflictError: a node was changed meanwhile.
            RefusedError: the change would break an integrity rule.
            OutputError: the files cannot be written.
            UsageError: what `make` says of the request.
        """
        seen = self.revision if revision is None else revision
        with self._alone():
            for node in nodes:
                if self._changed_at[node] > seen:
                    name = self.graph.label(NamedNode(node))
                    raise ConflictError(
                        f"'{name}' was changed meanwhile by somebody else. Look at it, then do it again."
                    )
            change = self._change()
            result = make(change)
            edits = change.edits()
            self.notes = list(change.notes)
            if edits:
                self._apply(edits, check=check)
                self._put_on_disk(self._step("do", label if isinstance(label, str) else label(result), edits))
            return result

    def undo(self) -> str:
        """Take the last change back, and return what it was.

        Raises:
            UsageError: there is nothing to undo.
            ConflictError: what it wrote was changed since by somebody else.
        """
        return self._back("undo")

    def redo(self) -> str:
        """Do again what was undone last, and return what it was; raises as `undo`."""
        return self._back("redo")

    def _back(self, kind: Literal["undo", "redo"]) -> str:
        with self._alone():
            step = self._history.last(kind)
            if step is None:
                raise UsageError(f"there is nothing to {kind}.")
            edits = inverse(step.edits) if kind == "undo" else step.edits
            for file, (removed, added) in edits.items():
                held = self.graph.files.get(file, set())
                if removed - held or added & held:
                    raise ConflictError(
                        f"'{step.label}' cannot be {'undone' if kind == 'undo' else 'done again'}: {file} was changed "
                        "since by another program. Change it by hand, or take the other change back first."
                    )
            self.notes = []
            self._apply(edits, check=False)
            self._put_on_disk(self._step(kind, step.label, edits))
            return step.label

    def _step(self, kind: Literal["do", "undo", "redo"], label: str, edits: Edits) -> Step:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Step(self._history.count + 1, kind, label, self.coder, now, edits, self.request)

    def _apply(self, edits: Edits, *, check: bool) -> None:
        """Carry out edits in memory, unless they would break a rule."""
        self.scope.check(edits, self._history.steps, self.folder, self._names)
        rules = rules_about(t for sides in edits.values() for side in sides for t in side) if check else set()
        before = self._checked(rules)
        self.graph.apply(edits)
        self._findings.clear()
        self._model = None
        if check:
            after = self._checked(rules)
            fresh = {f for name in rules for f in after[name] - before[name] if f.severity == "violation"}
            if fresh := {finding for finding in fresh if not is_later(finding)}:
                self.graph.apply(inverse(edits))
                self._findings = before
                raise RefusedError(sorted(fresh))
            self._findings = after

    def _put_on_disk(self, step: Step) -> None:
        try:
            self._history.begin(step)
            self._write(step.edits)
            self._history.finish(step)
        except OutputError:
            self._take_back(step.edits)
            raise
        self._moved(step.moved)

    def _take_back(self, edits: Edits) -> None:
        """Put everything as it was, on disk as far as it lets itself be written."""
        self.graph.apply(inverse(edits))
        self._findings.clear()
        with contextlib.suppress(OutputError, OSError):
            self._write(edits)
            self._history.forget()

    def _write(self, edits: Edits) -> None:
        for file in edits:
            path = self.folder / file
            triples = self.graph.files[file]
            if not triples and file != CODEBOOK:
                path.unlink(missing_ok=True)
                self._stamps.pop(file, None)
                continue
            make_folder(path.parent)
            write_triples(path, triples, self._names)
            if stamp := stamp_of(path):
                self._stamps[file] = stamp

    def _recover(self) -> None:
        """Finish a change that a crash interrupted, here or in another process; it was checked before it was begun."""
        step = self._history.begun()
        if step is not None:
            self.graph.apply(step.edits)
            self._write(step.edits)
            self._history.finish(step)
            self._findings.clear()
            self._moved(step.moved)
            self.notes.append(f"'{step.label}' was interrupted, and has been finished.")

    def _change(self) -> Change:
        return Change(self.graph, base=self.settings.base, language=self.settings.language, text_of=self.text)

    def _moved(self, nodes: Iterable[NamedNode]) -> None:
        self.revision += 1
        self._model = None
        for node in nodes:
            self._changed_at[node.value] = self.revision

    def _checked(self, rules: set[str]) -> dict[str, frozenset[Finding]]:
        missing = rules - self._findings.keys()
        if missing:
            found = list(check_integrity(self.graph.store, rules=missing))
            for name in missing:
                self._findings[name] = frozenset(f for f in found if f.check == name)
        return dict(self._findings)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only one who changes the project, which is as it is on disk, with nothing left half done."""
        try:
            (self.folder / FOLDER).mkdir(exist_ok=True)
            handle = os.open(self.folder / FOLDER / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise OutputError(f"{self.folder}: cannot be written: {error.strerror}.") from None
        with os.fdopen(handle, "wb"):
            with contextlib.suppress(ImportError):  # elsewhere the file system keeps two writers apart only by luck
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            self.refresh()
            self._recover()
            yield
