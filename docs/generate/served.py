"""The files that the redirects of w3id.org lead to: the ontology and the data in each serialisation."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph

from disputegraph.rdf.formats import format_named
from disputegraph.rdf import prefixes_of, read_quads, source_of_path
from disputegraph.resources import BUNDLED_DISPUTE, bundled_dispute, ontology_file
from disputegraph.vocabulary import PREFIXES

__all__ = ["served_files"]

_SUFFIXES = ("ttl", "nt", "jsonld", "rdf")


def served_files() -> dict[str, Callable[[], str | bytes]]:
    """Return path within the site -> what makes it."""
    files: dict[str, Callable[[], str | bytes]] = {
        "ontology/context.jsonld": lambda: ontology_file("context").read_text(encoding="utf-8"),
        f"data/{BUNDLED_DISPUTE}.html": _page,
    }
    for part in ("core", "health", "actions", "alignment", "german", "shapes"):
        for suffix in _SUFFIXES:
            files[f"ontology/{part}.{suffix}"] = partial(_serialised, ontology_file(part), suffix)
    for suffix in _SUFFIXES:
        files[f"data/{BUNDLED_DISPUTE}.{suffix}"] = partial(_serialised, bundled_dispute(), suffix)
    return files


def _serialised(path: Path, suffix: str) -> str:
    if suffix == "ttl":
        return path.read_text(encoding="utf-8")  # with its comments
    form = format_named(suffix)
    source = source_of_path(path)
    stream = io.BytesIO()
    triples = (quad.triple for quad in read_quads(source))
    pyoxigraph.serialize(triples, stream, form.engine, prefixes={**PREFIXES, **prefixes_of(source)})
    return stream.getvalue().decode()


def _page() -> str:
    import disputegraph

    return disputegraph.open_data().page()
