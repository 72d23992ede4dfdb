"""Write the texts of a database's documents into a folder of sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disputegraph.errors import OutputError
from disputegraph.rdf import write_text

__all__ = ["write_texts"]


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by file name; a file that is there with another text is not overwritten.

    Raises:
        OutputError: a file holds another text already, or the folder cannot be written.
    """
    for name, text in texts.items():
        path = folder / name
        if path.exists() and path.read_bytes() != text.encode("utf-8", "surrogatepass"):
            raise OutputError(f"{path}: is there already and holds another text; name a new folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror}.") from None
    for name, text in texts.items():
        write_text(folder / name, text)
