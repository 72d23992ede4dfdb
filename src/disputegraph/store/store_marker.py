"""The marker file that makes a folder ours, and what is kept in it beside the engine's own files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from disputegraph.errors import DataError

MARKER = "disputegraph-store.json"
"""The file by which a folder is known to be a disputegraph store."""

_FORMAT = 2
# The engine's own files. Its LOCK and its logs of messages (LOG) are not part of the data.
_ENGINE_FILE = re.compile(r"CURRENT|IDENTITY|(?:MANIFEST|OPTIONS)-\d+|\d+\.(?:sst|log|blob)")


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A document that was loaded.

    Attributes:
        name: what the user called it.
        sha256: digest of its bytes as they stood in the file, in hexadecimal.
        base: what its relative IRIs were resolved against, or None.
        format: name of its RDF format.
    """

    name: str
    sha256: str
    base: str | None
    format: str

    def same_content(self, other: LoadedSource) -> bool:
        """Return whether loading the other adds nothing, wherever it lies."""
        return (self.sha256, self.base, self.format) == (other.sha256, other.base, other.format)


@dataclass(frozen=True, slots=True)
class Marker:
    """What is known of a store.

    Attributes:
        quads: how many quads it holds.
        folder: the sub-folder that holds the engine's files.
        files: these files and their sizes in bytes.
        prefixes: prefixes met in its sources.
        sources: what was loaded, in order.
        digests: SHA-256 of each file; only in backups, which are read whole anyway.
    """

    quads: int = 0
    folder: str = ""
    files: Mapping[str, int] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[LoadedSource, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


def is_store(folder: Path) -> bool:
    """Return whether a folder is a disputegraph store."""
    return (folder / MARKER).is_file()


def is_engine_folder(folder: Path) -> bool:
    """Return whether a folder holds an Oxigraph store, whoever made it."""
    return (folder / "CURRENT").is_file() and any(folder.glob("MANIFEST-*"))


def listing(folder: Path) -> dict[str, int]:
    """Return the engine's files in `folder` with their sizes in bytes, sorted by name."""
    return {
        entry.name: entry.stat().st_size
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if _ENGINE_FILE.fullmatch(entry.name)
    }


def read_marker(folder: Path) -> Marker | None:
    """Return what the marker of `folder` says, or None if it has none.

    Raises:
        DataError: the marker is damaged, or of a later version.
    """
    try:
        text = (folder / MARKER).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=str(folder / MARKER)) from None
    try:
        value = json.loads(text)
        if (made := value.pop("format")) != _FORMAT:
            other = "a later" if made > _FORMAT else "an earlier"
            raise DataError(
                f"was made by {other} disputegraph; load the data anew, or bring the store in with 'disputegraph "
                "restore'.",
                path=str(folder / MARKER),
            )
        for no_longer in ("made_by", "state"):
            value.pop(no_longer, None)
        sources = tuple(LoadedSource(**source) for source in value.pop("sources"))
        return Marker(**value, sources=sources)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataError(
            "the marker file of this store is damaged. Build the store anew with 'disputegraph load … --replace', or "
            "bring back a backup with 'disputegraph restore'.",
            path=str(folder / MARKER),
        ) from None


def write_marker(folder: Path, marker: Marker) -> None:
    """Put `marker` into `folder`, whole or not at all, and on disk when this returns."""
    from disputegraph import __version__

    value = {"format": _FORMAT, "made_by": f"disputegraph {__version__}", **asdict(marker)}
    beside = folder / f".{MARKER}.part"  # one writer, so one name
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            json.dump(value, stream, ensure_ascii=False, indent=1)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(folder / MARKER)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last through a loss of power, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
