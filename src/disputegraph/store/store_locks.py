"""Locks on a store: one writer, and readers whose files are left alone. They end with the process that holds them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from disputegraph.errors import OutputError

LOCK = "disputegraph.lock"
"""The file that the one writer of a store locks; its text says who that is."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold `folder` as its one writer.

    Raises:
        OutputError: another process holds it; the text says which and since when.
    """
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}.") from None
    with os.fdopen(handle, "r+b") as stream:
        if not _lock(handle, shared=False):
            holder = stream.read(200).decode(errors="replace").strip() or "another process"
            raise OutputError(f"{folder}: in use by {holder}; wait until it is done, or end it.")
        stream.truncate(0)
        stream.write(f"process {os.getpid()}, writing since {time.strftime('%Y-%m-%d %H:%M:%S')}\n".encode())
        stream.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a full disk must not hide why we end
                stream.truncate(0)
                stream.flush()


class Hold:
    """A sign to writers that somebody reads a folder, until it is closed or nobody has it any more."""

    def __init__(self, folder: Path) -> None:
        """Hold `folder`, on systems where a folder can be locked; raises OSError if it is not there."""
        self._handle: int | None = None
        if os.name != "nt":
            self._handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            _lock(self._handle, shared=True)

    def close(self) -> None:
        """Take the sign away; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        self.close()


def is_read(folder: Path) -> bool:
    """Return whether somebody holds `folder`, as far as can be told."""
    if os.name == "nt":
        return False  # there, what is open cannot be removed
    handle = os.open(folder, os.O_RDONLY)
    try:
        return not _lock(handle, shared=False)
    finally:
        os.close(handle)


def _lock(handle: int, *, shared: bool) -> bool:
    """Lock an open file or folder and return True, or return False at once if another has it."""
    try:
        import fcntl
    except ImportError:
        return _lock_on_windows(handle)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_on_windows(handle: int) -> bool:
    import msvcrt

    try:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # far behind the text, which others may want to read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # only there
        os.lseek(handle, 0, os.SEEK_SET)
    except OSError:
        return False
    return True
