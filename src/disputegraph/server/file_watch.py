"""Notice that the data's files have changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

Stamp = tuple[tuple[str, int, int, int], ...]


def stamp(locations: Sequence[str]) -> Stamp:
    """Return what tells one state of the files from another: names, times, sizes and inodes."""
    found = []
    for location in locations:
        path = Path(location)
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            try:
                facts = file.stat()
            except OSError:
                continue
            if not os.path.isdir(file):  # noqa: PTH112  # a folder's own time says nothing of its files
                found.append((str(file), facts.st_mtime_ns, facts.st_size, facts.st_ino))
    return tuple(found)


async def watch(locations: Sequence[str], changed: Callable[[], Awaitable[None]], *, seconds: float) -> None:
    """Call `changed` whenever the files have changed and then stayed the same for one look; never returns.

    Looking every few seconds works on every file system, network drives and mounted folders included.
    """
    seen = settled = await asyncio.to_thread(stamp, locations)
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(stamp, locations)
        if now == seen and now != settled:
            settled = now
            await changed()
        seen = now
