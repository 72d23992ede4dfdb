"""Load what is served: files into a temporary store on disk, which every worker then opens read-only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disputegraph.process import Reply, Work
from disputegraph.rdf import Source, format_named, source_of_path, write_quads
from disputegraph.server.job_errors import told
from disputegraph.server.served_sheets import import_served
from disputegraph.store import is_address, is_store, load_into, open_store, sources_of


def start_loading(settings: Mapping[str, Any]) -> Work:
    """Load the data at once, and return what tells how it went: ``locations`` for the workers, ``triples``, ``digest``.

    Args:
        settings: ``locations`` as the user named them, ``into`` (folder of the store to be made), ``digest`` (the path
            whose digest is wanted, or None), ``sheets`` (which locations are sheets, and where these are), ``sources``
            (folder of the texts in which sheets look up quotes, or None).
    """
    try:
        answer = _load(settings)
    except Exception as error:  # noqa: BLE001  # whatever it is, the server tells it
        answer = told(error)

    def work(_: Mapping[str, Any], __: bytes) -> Reply:
        return answer, b""

    return work


def _load(settings: Mapping[str, Any]) -> dict[str, Any]:
    locations: list[str] = settings["locations"]
    digest = digest_of(Path(settings["digest"])) if settings["digest"] else None
    if is_address(locations[0]) or (len(locations) == 1 and is_store(Path(locations[0]))):
        with open_store(locations) as store:
            store.ask("ASK {}")  # a server that does not answer is told at the start
            return {"locations": locations, "triples": None if is_address(locations[0]) else len(store)}
    into = Path(settings["into"])
    sources: list[Source] = []
    notes: list[str] = []
    for number, location in enumerate(locations):
        copy = into.with_name(f"{into.name}-{number}.nq")
        if location in settings["sheets"]:
            found, told_of_them = import_served(Path(settings["sheets"][location]), copy, settings["sources"])
            sources += found
            notes += told_of_them
        elif is_store(Path(location)):
            with open_store([location]) as store, copy.open("wb") as stream:
                write_quads(store.quads(), stream, format_named("nquads"), prefixes={})
            sources.append(source_of_path(copy))
        else:
            sources += sources_of(location)
    loaded = load_into(into, sources)
    for copy in into.parent.glob(f"{into.name}-*.nq"):
        copy.unlink()
    notes += [note for source in sources for note in source.notes]
    return {"locations": [str(into)], "triples": loaded.quads, "digest": digest, "notes": notes}


def digest_of(path: Path) -> str:
    """Return the SHA-256 digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
