"""Sheets that are served as they are: imported anew whenever they are loaded."""

from __future__ import annotations

from pathlib import Path

from disputegraph.coding import CODEBOOK
from disputegraph.errors import DataError
from disputegraph.importers import import_sheet
from disputegraph.rdf import Source, format_named, is_called_rdf, source_of_path, write_quads
from disputegraph.tables import TABLE_SUFFIXES

_BESIDE = "dispute.ttl"  # what sheets cannot say, as 'disputegraph new --sheets' lays it out
_TOLD = 10


def sheets_at(location: str) -> Path | None:
    """Return the sheet, or the folder of sheets, that a location means; None if it means something else.

    A folder means its sheets if it holds one called statements, and is not a project; so does that one sheet.
    """
    path = Path(location)
    if path.is_dir():
        named = any((path / f"statements{suffix}").is_file() for suffix in TABLE_SUFFIXES)
        return path if named and not (path / CODEBOOK).is_file() else None
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return None
    return sheets_at(str(path.parent)) or path if path.stem == "statements" else path


def import_served(sheets: Path, into: Path, texts: str | None) -> tuple[list[Source], list[str]]:
    """Return what to load of sheets, written into a file of its own, and what there is to tell.

    Args:
        sheets: a sheet or a folder of sheets.
        into: the file to be written, N-Quads.
        texts: folder of source texts; by default the folder `sources` beside the sheets.

    Raises:
        ProblemsError: something in the sheets is wrong; the text lists all of it.
        DataError: a file cannot be read.
    """
    if sheets_at(str(sheets)) is None:
        raise DataError("has no sheet of statements any more (statements.csv, .tsv or .xlsx).", path=str(sheets))
    folder = sheets if sheets.is_dir() else sheets.parent
    sources = Path(texts) if texts else folder / "sources"
    done = import_sheet(sheets, sources=sources if sources.is_dir() else None)
    with into.open("wb") as stream:
        write_quads(done.triples.quads(), stream, format_named("nquads"), prefixes={})
    found = [source_of_path(into)]
    notes = [str(warning) for warning in done.warnings[:_TOLD]]
    if len(done.warnings) > _TOLD:
        notes.append(f"and {len(done.warnings) - _TOLD:,} more warnings: see 'disputegraph import sheet'")
    if sheets.is_dir():
        if (beside := folder / _BESIDE).is_file():
            found.append(source_of_path(beside))
        others = [path.name for path in sorted(folder.iterdir()) if is_called_rdf(path) and path.name != _BESIDE]
        if others:
            notes.append(f"the sheets of {folder} are served with {_BESIDE}; not read beside them: {', '.join(others)}")
    return found, notes
