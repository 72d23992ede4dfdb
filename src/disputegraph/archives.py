"""ZIP archives of others, which may be bombs: a few bytes that unpack to more than a machine holds."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

_HARMLESS = 2**24  # bytes; below that, how much it was packed says nothing


def bomb_told(
    entries: Sequence[zipfile.ZipInfo], packed: int, *, most: int, ratio: int, parts: int | None = None
) -> str | None:
    """Return what an archive would unpack to where that is too much, to be raised as LimitError; else None.

    Args:
        entries: what it says that it holds.
        packed: its size in bytes.
        most: bytes that it may unpack to.
        ratio: how often its size it may unpack to, above 16 MiB.
        parts: how many entries it may have; by default any number.
    """
    unpacked = sum(entry.file_size for entry in entries)
    crowded = parts is not None and len(entries) > parts
    if not crowded and unpacked <= most and (unpacked <= _HARMLESS or unpacked <= ratio * packed):
        return None
    return f"would unpack from {packed:,} to {unpacked:,} bytes in {len(entries):,} parts, as a zip bomb does."
