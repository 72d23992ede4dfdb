"""Where the sheets of an import lie: in files side by side, in a folder, or in one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from disputegraph.errors import DataError, UsageError, nearest
from disputegraph.importers.sheets.sheet_division import SHEETS
from disputegraph.tables import TABLE_SUFFIXES, WORKBOOK_SUFFIXES, Problems, Table, read_table


@dataclass(frozen=True, slots=True)
class SheetPaths:
    """The files that hold the sheets."""

    paths: Mapping[str, Path]
    main: Path

    @property
    def further(self) -> bool:
        """Whether there are sheets beside those of statements and actors."""
        return bool(self.paths.keys() - {"statements", "actors"})

    def table(self, sheet: str, problems: Problems, *, encoding: str | None) -> Table:
        """Return the table of a sheet, to be read."""
        return read_table(self.paths[sheet], problems, encoding=encoding, worksheet=sheet)


def find_sheets(main: Path, actors: Path | None, also: Iterable[Path]) -> SheetPaths:
    """Return where the sheets are.

    Args:
        main: a sheet of statements, a workbook with sheets that are called as `SHEETS` calls them, or a folder of such.
        actors: the file with the sheet of actors.
        also: further files, each called by what it holds: claims.csv, documents.csv.

    Raises:
        DataError: a folder without sheets, or with two files for one.
        UsageError: a further file is called otherwise.
    """
    if main.is_dir():
        paths = _in_folder(main)
    else:
        paths = {name: main for name in _worksheets(main) if name in SHEETS}
        if not paths.keys() - {"actors"}:
            paths["statements"] = main
    if actors is not None:
        paths["actors"] = actors
    for path in also:
        if (name := path.stem.casefold()) not in SHEETS:
            raise UsageError(f"{path}: a further sheet is called by what it holds.{nearest(name, SHEETS)} "
                             f"Names: {', '.join(SHEETS)}.")  # fmt: skip
        paths[name] = path
    return SheetPaths(paths, main)


def _in_folder(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.stem.casefold()
        if name not in SHEETS or path.suffix.lower() not in TABLE_SUFFIXES or not path.is_file():
            continue
        if name in found:
            raise DataError(f"holds {found[name].name} and {path.name}; leave one of the two.", path=str(folder))
        found[name] = path
    if not found:
        names = ", ".join(f"{name}.csv" for name in SHEETS)
        raise DataError(f"is a folder, and a sheet is wanted: none of {names} is in it.", path=str(folder))
    return found


def _worksheets(path: Path) -> list[str]:
    if path.suffix.lower() not in WORKBOOK_SUFFIXES or not path.is_file():
        return []
    read_table(path, Problems(), worksheet="statements")  # refuses what is not an honest workbook
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    try:
        return [name.casefold() for name in book.sheetnames]
    finally:
        book.close()
