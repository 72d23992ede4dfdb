"""Start the process that reads the data, before the web server's own libraries are imported: both take their time."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disputegraph.server.options import ServerOptions

__all__ = ["Launch", "launch"]

_ROOM = 60


class Launch:
    """A folder for sockets and large answers, and the first nursery over it, which is reading the data.

    Attributes:
        folder: the folder.
        settings: what a nursery is told.
        process: the first nursery; taken over by the pool.
    """

    def __init__(self, options: ServerOptions) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="disputegraph-serve-", dir=_socket_folder()))
        self.settings = {
            "locations": list(options.locations),
            "folder": str(self.folder),
            "seconds": options.limits.seconds,
            "rows": options.limits.rows,
            "megabytes": options.limits.megabytes,
        }
        self.process: subprocess.Popen[bytes] | None = launch(self.settings)

    def close(self) -> None:
        """End the first nursery, if nobody has taken it over, and remove the folder."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def launch(settings: Mapping[str, Any]) -> subprocess.Popen[bytes]:
    """Start a nursery, and tell it its settings."""
    # It finds its code where we found ours, and never in the folder that happens to be the current one.
    code = f"import sys; sys.path[:] = {sys.path!r}\nfrom disputegraph.server.nursery import main\nmain()"
    process = subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin is not None  # noqa: S101  # it is a pipe
    with contextlib.suppress(BrokenPipeError):  # it ended early, and whoever waits for its word will notice
        process.stdin.write(json.dumps(settings).encode() + b"\n")
    return process


def _socket_folder() -> str | None:
    """Return a folder whose name leaves room for a socket: its whole path may have about 100 bytes (unix(7)).

    A temporary folder set by the environment may be deeper than that; None then stands for nothing shorter.
    """
    for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # mkdtemp makes a folder only we may enter
        if len(os.fsencode(folder)) <= _ROOM and os.access(folder, os.W_OK):
            return folder
    return None
