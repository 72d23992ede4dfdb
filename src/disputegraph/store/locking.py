"""Locks on a store: one writer, and readers whose files are left alone. They end with the process that holds them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from disputegraph.errors import OutputError

__all__ = ["Hold", "hold_for_reading", "no_reader", "only_writer"]

_WRITER = "disputegraph.lock"
_READERS = "disputegraph.readers"


@contextmanager
def only_writer(folder: Path, *, patience: float = 1.0) -> Iterator[None]:
    """Hold `folder` as its one writer.

    Args:
        folder: the store.
        patience: seconds to wait for another holder, since a reader holds it for a moment to finish the commit of a
            writer that died.

    Raises:
        OutputError: another process holds it; the text says which and since when.
    """
    path = folder / _WRITER
    with _opened(path, folder) as stream:
        deadline = time.monotonic() + patience
        while not (locked := _lock(stream.fileno(), shared=False)) and time.monotonic() < deadline:
            time.sleep(0.02)
        if not locked:
            stream.seek(0)
            holder = stream.read(200).decode(errors="replace").strip() or "another process"
            raise OutputError(f"{folder}: in use by {holder}; wait until it is done, or end it.")
        stream.seek(0)
        stream.truncate()
        stream.write(f"process {os.getpid()}, writing since {time.strftime('%Y-%m-%d %H:%M:%S')}\n".encode())
        stream.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # a full disk must not hide why we end
                stream.seek(0)
                stream.truncate()
                stream.flush()


@contextmanager
def _opened(path: Path, folder: Path) -> Iterator[IO[bytes]]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}.") from None
    with os.fdopen(handle, "r+b") as stream:
        yield stream


class Hold:
    """A sign that somebody reads a store, until it is closed or nobody has it any more."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def close(self) -> None:
        """Take the sign away; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __del__(self) -> None:
        self.close()


def hold_for_reading(folder: Path) -> Hold | None:
    """Return a sign to writers that somebody reads; None where none can be given."""
    try:
        handle = os.open(folder / _READERS, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return None
    _lock(handle, shared=True)
    return Hold(handle)


def no_reader(folder: Path) -> bool:
    """Return whether nobody reads `folder`, as far as can be told."""
    with _opened(folder / _READERS, folder) as stream:
        return _lock(stream.fileno(), shared=False)


def _lock(handle: int, *, shared: bool) -> bool:
    """Lock an open file and return True, or return False at once if another has it."""
    try:
        import fcntl
    except ImportError:  # Windows: no shared locks; one writer is what matters
        return _lock_windows(handle) if not shared else True
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_windows(handle: int) -> bool:
    import msvcrt

    try:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # far behind the text, which others may want to read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # only there
    except OSError:
        return False
    return True
