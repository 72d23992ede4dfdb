"""Standard streams that are closed or full, and Ctrl-C, which ends the command whatever it is at.

Where a descriptor is closed (cron, systemd, ``>&-``), Python has None in place of the stream, and the next file that is
opened takes the descriptor's number. Both are mended before anything else is done.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import sys
import threading
from typing import NoReturn

from disputegraph.errors import DataError, OutputError

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the number of SIGINT."""

_PATIENCE = 0.5
"""Seconds that Python gets to tidy up after Ctrl-C; it hears of it only when the engine hands the thread back."""


class _Closed(io.RawIOBase):
    """A stream that is closed: whoever reads or writes it is told."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def readable(self) -> bool:
        return isinstance(self._error, DataError)

    def writable(self) -> bool:
        return not self.readable()

    def readinto(self, _: object) -> NoReturn:
        raise self._error

    def write(self, _: object) -> NoReturn:
        raise self._error


class _Unheard(io.TextIOWrapper):
    """Standard error that may be full: what it does not take is lost, and the command goes on."""

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            super().flush()


def open_closed_streams() -> None:
    """Put streams that say so in place of closed ones; let standard error be full or closed without harm."""
    for wanted in range(3):
        try:
            os.fstat(wanted)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    if sys.stdin is None:
        closed = _Closed(DataError("standard input is closed; name a file."))
        sys.stdin = io.TextIOWrapper(io.BufferedReader(closed))
    if sys.stdout is None:
        # Nothing is kept back, so that nothing is left over for the end of the program.
        told = OutputError("standard output is closed; name a file with -o.")
        sys.stdout = io.TextIOWrapper(_Closed(told), write_through=True)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # lives as long as the program
    elif sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _Unheard(sys.stderr.buffer, encoding="utf-8", errors="backslashreplace", write_through=True)


def heed_interrupts() -> None:
    """End the process on Ctrl-C though the engine is at work: by `KeyboardInterrupt` if Python hears of it in time.

    A second Ctrl-C ends it at once. Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    heard = threading.Event()
    bell, ringing = socket.socketpair()
    ringing.setblocking(False)

    def interrupt(*_: object) -> NoReturn:
        heard.set()
        raise KeyboardInterrupt

    def watch() -> None:
        pressed = 0
        while signals := bell.recv(64):
            if signal.getsignal(signal.SIGINT) is interrupt:  # not another's by now: a server stops in its own way
                pressed += signals.count(signal.SIGINT)
            if pressed > 1 or (pressed and not heard.wait(_PATIENCE)):
                _end()

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return  # started in the background, where Ctrl-C is for others
    signal.signal(signal.SIGINT, interrupt)
    signal.set_wakeup_fd(ringing.fileno(), warn_on_full_buffer=False)
    _kept.append(ringing)
    threading.Thread(target=watch, daemon=True, name="interrupts").start()


_kept: list[socket.socket] = []


def _end() -> NoReturn:
    from disputegraph.rdf import remove_unfinished

    remove_unfinished()
    with contextlib.suppress(OSError):
        os.write(2, b"Stopped.\n")
    os._exit(INTERRUPTED)
