"""Lay out a folder for coding a dispute."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from disputegraph.errors import OutputError
from disputegraph.importers.minting import Minter, slug
from disputegraph.importers.sheets.sheet_fields import ACTOR_FIELDS, STATEMENT_FIELDS, Field
from disputegraph.importers.triples import checked_language
from disputegraph.rdf import PROJECT_FILE, make_folder, write_text

_TEMPLATES = Path(__file__).parent / "layout"


def lay_out(folder: Path, *, title: str | None = None, language: str = "en") -> list[Path]:
    """Write the files of a new dispute into `folder` and return them, in the order of use.

    Args:
        folder: where; it is made if it is not there. Files already in it stay.
        title: what the dispute is called; by default the folder's name.
        language: language tag of labels.

    Raises:
        OutputError: one of the files is there already, or cannot be written.
    """
    name = folder.absolute().name
    title = title or name.replace("-", " ").replace("_", " ")
    values: dict[str, object] = {
        "name": name,
        "title": title,
        "base": Minter.for_name(name).base,
        "language": checked_language(language),
        "statements": [field for field in STATEMENT_FIELDS if field.basic],
        "further": [field for field in STATEMENT_FIELDS if not field.basic],
        "actors": ACTOR_FIELDS,
    }
    texts = {
        "README.md": _rendered("README.md.j2", values),
        "actors.csv": _header(ACTOR_FIELDS),
        "statements.csv": _header(STATEMENT_FIELDS),
        "dispute.ttl": _rendered("dispute.ttl.j2", values),
        PROJECT_FILE: _settings(title, str(values["base"]), language),
        ".gitignore": (_TEMPLATES / "gitignore").read_text(encoding="utf-8"),
    }
    there = [file for file in texts if (folder / file).exists()]
    if there:
        raise OutputError(f"{folder}: {', '.join(there)} is there already, and nothing was written; name a new folder.")
    if not slug(name):
        raise OutputError(f"{folder}: the name holds no letter or digit from which IRIs could be made.")
    make_folder(folder)
    make_folder(folder / "sources")
    for file, text in texts.items():
        write_text(folder / file, text)
    return [*(folder / file for file in texts), folder / "sources"]


def _settings(title: str, base: str, language: str) -> str:
    told = {"title": title, "base": base, "language": language}
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())


def _header(fields: Sequence[Field]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([field.name for field in fields if field.basic])
    return text.getvalue()


def _rendered(template: str, values: dict[str, object]) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  # Markdown and Turtle; the one free text is escaped for Turtle by its filter
    )
    environment.filters["turtle"] = lambda text: (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    )
    environment.filters["cell"] = lambda text: text.replace("|", "\\|").replace("\n", " ")
    return environment.get_template(template).render(values)
