"""Output folders that are whole or not there: written beside their place and then renamed."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from disputegraph.errors import OutputError
from disputegraph.rdf.output_files import is_ours_alone, note_unfinished, umask, writing

_NAMED = 3  # strangers that an error names
_LOCK = "lock"
_YOUNG = 5.0  # seconds


def make_folder(path: str | Path) -> None:
    """Make a folder, and those that hold it, unless it is there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be made: {error.strerror}.") from None


@contextmanager
def open_output_folder(path: str | Path, *, mark: str | None = None) -> Iterator[Path]:
    """Yield an empty folder that takes the place of the one at `path` when the block ends well.

    A file called `mark` is written into it, which lists all others. By it the next run knows that the folder was
    written so, and that nothing else was put into it since: only then it is replaced. Without a mark it never is.

    Raises:
        OutputError: there is a folder that was not written so, or holds what was not; or it cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link keeps pointing where it does
    _refuse_strangers(target, str(path), mark)
    with writing(target):
        _remove_left_behind(target)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        note_unfinished(str(beside))
        lock = (beside / _LOCK).open("wb")  # by which others know that somebody still writes
        is_ours_alone(lock.fileno())
    try:
        new = beside / "new"
        with writing(target):
            new.mkdir()
        yield new
        with writing(target):
            if mark:
                _write_mark(new, mark)
            for inside, _, _ in os.walk(new):
                Path(inside).chmod(0o777 & ~umask())  # temporary folders are for their maker alone
            if target.exists():
                _refuse_strangers(target, str(path), mark)  # somebody may have put a file there meanwhile
                target.rename(beside / "old")
            try:
                new.rename(target)
            except BaseException:
                if (beside / "old").exists():
                    (beside / "old").rename(target)
                raise
    finally:
        lock.close()
        shutil.rmtree(beside, ignore_errors=True)


def _remove_left_behind(target: Path) -> None:
    """Remove what processes that were killed while they wrote `target` have left beside it."""
    if sys.platform == "win32":
        return  # there are no locks by which to know them
    for lock in target.parent.glob(f".{escape(target.name)}.*.part/{_LOCK}"):
        with suppress(OSError), lock.open("rb") as stream:
            # Who has just made such a folder has not locked it yet.
            if time.time() - lock.stat().st_mtime > _YOUNG and is_ours_alone(stream.fileno()):
                shutil.rmtree(lock.parent, ignore_errors=True)


def _write_mark(folder: Path, mark: str) -> None:
    text = json.dumps({"files": sorted([*_files(folder), mark])}, ensure_ascii=False, indent=0) + "\n"
    (folder / mark).write_text(text, encoding="utf-8", newline="\n")


def _refuse_strangers(folder: Path, name: str, mark: str | None) -> None:
    """Raise OutputError unless there is nothing, an empty folder, or one that was written with `mark`."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{name}: is a file; name a folder that is not there yet.")
    found = _files(folder)
    if not found:
        return
    if mark is None:
        raise OutputError(f"{name}: is there already; name a new folder.")
    try:
        ours = set(json.loads((folder / mark).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError(
            f"{name}: is a folder that this command did not write (it has no {mark}), and it stays as it is; name "
            "another, or empty it."
        ) from None
    if strangers := sorted(found - ours):
        more = f" and {len(strangers) - _NAMED:,} more" if len(strangers) > _NAMED else ""
        raise OutputError(
            f"{name}: holds {', '.join(strangers[:_NAMED])}{more}, which this command did not write; the folder stays "
            "as it is. Move that elsewhere, or name another folder."
        )


def _files(folder: Path) -> set[str]:
    """Return the files below a folder, links included, as paths from it with slashes; and its empty folders."""
    found: set[str] = set()
    for inside, folders, files in os.walk(folder):
        at = Path(inside).relative_to(folder)
        links = [one for one in folders if Path(inside, one).is_symlink()]
        found.update((at / one).as_posix() for one in (*files, *links))
        if not folders and not files and at != Path():
            found.add(f"{at.as_posix()}/")
    return found
