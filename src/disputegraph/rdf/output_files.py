"""Output files that are whole or not there: written beside their place and then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from disputegraph.errors import OutputError

PARTS = "DISPUTEGRAPH_PARTS"
"""Environment variable with the file into which a process that may be killed writes what would then be left behind."""

_YOUNG = 5.0  # seconds


@contextmanager
def open_output(path: str | Path | None) -> Iterator[IO[bytes]]:
    """Open a binary output: the file at `path`, or standard output for None and ``-``.

    A file whose name ends in .gz, .bz2 or .xz is compressed.
    It appears only when the block ends well; on an error what stood there before stays as it was.

    Raises:
        OutputError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except OSError as error:
            raise _full("standard output", error) from None
        return
    name, path = str(path), Path(path)
    if path.is_dir() or name.endswith(("/", os.sep)):
        raise OutputError(f"{path}: is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        # A pipe or a device cannot be renamed over.
        with writing(path), path.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))  # a link keeps pointing where it does
    with writing(path):
        _remove_left_behind(target)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        is_ours_alone(handle)
        note_unfinished(beside)
    try:
        with os.fdopen(handle, "wb") as stream:
            with _packed(stream, path.suffix.lower()) as packed:
                yield packed
            with writing(path):
                stream.flush()
                os.fsync(handle)
        with writing(path):
            Path(beside).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask())
            Path(beside).replace(target)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise _full(str(path), error) from None
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


@contextmanager
def _packed(stream: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".gz":
        import gzip

        with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:  # no clock: the same bytes each time
            yield cast("IO[bytes]", packed)
    elif suffix in (".bz2", ".xz"):
        with import_module({".bz2": "bz2", ".xz": "lzma"}[suffix]).open(stream, "wb") as packed:
            yield packed
    else:
        yield stream


def _remove_left_behind(target: Path) -> None:
    """Remove what processes that were killed while they wrote `target` have left beside it."""
    for beside in target.parent.glob(f".{escape(target.name)}.*.part"):
        with suppress(OSError), beside.open("rb") as stream:
            # Who has just made such a file has not locked it yet, and has written nothing.
            found = beside.stat()
            young = not found.st_size and time.time() - found.st_mtime < _YOUNG
            if not young and is_ours_alone(stream.fileno()):
                beside.unlink()


def is_ours_alone(handle: int) -> bool:
    """Lock an open file, which the system undoes when this process ends; False where another has it."""
    try:
        import fcntl
    except ImportError:
        return True  # Windows removes no file that is open
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def write_text(path: str | Path | None, text: str) -> None:
    """Write `text` as UTF-8 with LF line ends; raises OutputError as `open_output` does."""
    with open_output(path) as stream:
        stream.write(text.encode())


def _full(name: str, error: OSError) -> OSError | OutputError:
    """Return what is to be raised for an error within the block: ours if the output is to blame, else the same."""
    if error.errno in _FULL:
        return OutputError(f"{name}: cannot be written: {error.strerror}.")
    return error


_FULL = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


_unfinished: set[str] = set()


def remove_unfinished() -> None:
    """Remove what is being written, for a process that has to end at once."""
    for beside in list(_unfinished):
        with suppress(OSError):
            if Path(beside).is_dir():
                shutil.rmtree(beside, ignore_errors=True)
            else:
                Path(beside).unlink(missing_ok=True)


def note_unfinished(beside: str) -> None:
    """Note a file or folder that is being written, for whoever has to remove it when this process is killed."""
    _unfinished.add(beside)
    if parts := os.environ.get(PARTS):
        with Path(parts).open("a", encoding="utf-8") as stream:
            stream.write(f"{beside}\n")


def umask() -> int:
    """Return which permissions new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise OutputError for what the system says against writing at `path`."""
    try:
        yield
    except FileNotFoundError:
        if path.is_symlink():
            raise OutputError(f"{path}: is a link to '{path.readlink()}', whose folder does not exist.") from None
        raise OutputError(f"{path}: the folder '{path.parent}' does not exist; make it first.") from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}.") from None
