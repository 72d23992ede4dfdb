"""The base IRI and the language of a dispute, as its folder has them written down."""

from __future__ import annotations

import tomllib
from pathlib import Path

from disputegraph.errors import DataError, file_errors
from disputegraph.rdf import PROJECT_FILE

__all__ = ["written_base"]


def written_base(folder: Path) -> tuple[str | None, str | None]:
    """Return the base IRI and the language that `disputegraph.toml` in a folder names; None for what it does not.

    Names would change with a folder's name else, whenever it is copied.

    Raises:
        DataError: the file cannot be understood.
    """
    path = folder / PROJECT_FILE
    if not path.is_file():
        return None, None
    try:
        with file_errors(path):
            found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"is no TOML: {error}.", path=str(path)) from None
    for name in ("base", "language"):
        if not isinstance(found.get(name, ""), str):
            raise DataError(f"'{name}' is not a text.", path=str(path))
    return found.get("base"), found.get("language")
