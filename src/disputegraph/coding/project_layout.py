"""Lay out the folder of a new project."""

from __future__ import annotations

import json
from pathlib import Path

from disputegraph.coding.project import Project
from disputegraph.coding.project_files import CODEBOOK, CODINGS, SOURCES, TurtleNames, write_triples
from disputegraph.coding.project_history import FOLDER
from disputegraph.errors import OutputError
from disputegraph.importers import Minter, checked_language, slug
from disputegraph.rdf import PROJECT_FILE, make_folder, write_text

_IGNORED = f"""# The texts belong to their publishers; the history is this copy's own.
{SOURCES}/
{FOLDER}/
*.part
"""
# The codebook's lines are triples, so that both sides' lines are the union of two codings.
_ATTRIBUTES = f"{CODEBOOK} merge=union\n"
_README = """# {title}

A dispute, coded with [disputegraph](https://w3id.org/disputegraph/ns): who says what about whom, on what evidence.

| file | what it holds |
|---|---|
| `disputegraph.toml` | title, base IRI, language, coders |
| `codebook.ttl` | actors, claims, issues, posts, events, documents |
| `codings/` | a file for each document: its statements, stances, and where they stand |
| `independent/` | what coders coded apart from each other, to measure how far they agree; never counted |
| `sources/` | the texts; git leaves them out, since they belong to their publishers |

```sh
disputegraph code            # code in the browser
disputegraph add FILE…       # take texts in
disputegraph agree           # how far coders agree who coded apart from each other
disputegraph check -d .      # what is wrong, and what is still to do
disputegraph page -d . --sources sources -o page.html
```
"""


def new_project(
    folder: str | Path,
    *,
    title: str | None = None,
    language: str = "en",
    base: str | None = None,
    coder: str | None = None,
) -> Project:
    """Make a project, and return it.

    Args:
        folder: where; it is made if it is not there. Other files in it stay.
        title: what the dispute is called; by default the folder's name.
        language: language tag of labels.
        base: the IRI under which names stand; by default one made of the folder's name. Copies of the folder keep it.
        coder: who codes.

    Raises:
        OutputError: there is a project already, or it cannot be written.
        UsageError: `language` is not a language tag, or `base` not an IRI.
    """
    path = Path(folder)
    name = path.absolute().name
    title = title or name.replace("-", " ").replace("_", " ").strip() or "dispute"
    base = Minter(base).base if base else Minter.for_name(slug(name) or "dispute").base
    if (path / PROJECT_FILE).exists() or (path / CODEBOOK).exists():
        raise OutputError(f"{path}: there is a project already; 'disputegraph code {path}' opens it.")
    for part in (".", CODINGS, SOURCES):
        make_folder(path / part)
    settings = {"title": title, "base": base, "language": checked_language(language), "coder": coder}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items() if value]
    for file, text in {
        ".gitignore": _IGNORED,
        ".gitattributes": _ATTRIBUTES,
        "README.md": _README.format(title=title),
    }.items():
        if not (path / file).exists():
            write_text(path / file, text)
    write_triples(path / CODEBOOK, (), TurtleNames(base))
    write_text(path / PROJECT_FILE, "\n".join(lines) + "\n")
    project = Project(path, coder=coder)
    project.put("Dispute", label=title)
    return project
