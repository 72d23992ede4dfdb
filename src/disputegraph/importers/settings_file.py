"""The settings of a dispute's folder, as its `disputegraph.toml` has them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from disputegraph.errors import DataError, file_errors
from disputegraph.rdf import PROJECT_FILE


def folder_settings(folder: Path) -> dict[str, Any]:
    """Return what `disputegraph.toml` in a folder says; nothing where there is none.

    Raises:
        DataError: the file cannot be read, or is no TOML.
    """
    path = folder / PROJECT_FILE
    if not path.is_file():
        return {}
    try:
        with file_errors(path):
            return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"is no TOML: {error}.", path=str(path)) from None


def written_base(folder: Path) -> tuple[str | None, str | None]:
    """Return the base IRI and the language that a folder's settings name; None for what they do not.

    Names would change with a folder's name else, whenever it is copied.

    Raises:
        DataError: the settings cannot be understood.
    """
    found = folder_settings(folder)
    for name in ("base", "language"):
        if not isinstance(found.get(name, ""), str):
            raise DataError(f"'{name}' is not a text.", path=str(folder / PROJECT_FILE))
    return found.get("base"), found.get("language")
