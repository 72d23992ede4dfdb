"""RDF formats: one table of names, suffixes, media types and the engine's own format objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import RdfFormat

from disputegraph.errors import UsageError, nearest


@dataclass(frozen=True, slots=True)
class Format:
    """One RDF serialisation.

    Attributes:
        name: the name that options take, such as ``turtle``.
        engine: the engine's object for it.
        suffixes: file suffixes without the dot, the usual one first.
        media_types: media types, the registered one first.
        holds_datasets: whether named graphs can be written in it.
    """

    name: str
    engine: RdfFormat
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    holds_datasets: bool


FORMATS: tuple[Format, ...] = (
    Format("turtle", RdfFormat.TURTLE, ("ttl", "turtle"), ("text/turtle", "application/x-turtle"), False),
    Format("trig", RdfFormat.TRIG, ("trig",), ("application/trig",), True),
    Format("ntriples", RdfFormat.N_TRIPLES, ("nt",), ("application/n-triples", "text/plain"), False),
    Format("nquads", RdfFormat.N_QUADS, ("nq",), ("application/n-quads",), True),
    Format("jsonld", RdfFormat.JSON_LD, ("jsonld", "json"), ("application/ld+json", "application/json"), True),
    Format("rdfxml", RdfFormat.RDF_XML, ("rdf", "owl", "xml"), ("application/rdf+xml", "application/xml"), False),
    Format("n3", RdfFormat.N3, ("n3",), ("text/n3",), False),
)

COMPRESSED = ("gz", "bz2", "xz")
"""Suffixes of compressed files, which are opened on the fly."""

_ALIASES = {
    alias: form
    for form in FORMATS
    for alias in (form.name, *form.suffixes, *form.media_types, form.name.replace("ld", "-ld"))
}
_ALIASES |= {
    "n-triples": _ALIASES["ntriples"],
    "n-quads": _ALIASES["nquads"],
    "rdf/xml": _ALIASES["rdfxml"],
    "rdf-xml": _ALIASES["rdfxml"],
    "notation3": _ALIASES["n3"],
}


def format_named(name: str) -> Format:
    """Return the format called `name`: its name, a usual suffix (``ttl``, ``.nt``) or a media type.

    Raises:
        UsageError: no format has that name; the text lists those there are.
    """
    found = _ALIASES.get(name.strip().lower().removeprefix("."))
    if found is None:
        names = ", ".join(f"{form.name} ({form.suffixes[0]})" for form in FORMATS)
        raise UsageError(f"unknown RDF format '{name}'.{nearest(name, _ALIASES)} Formats: {names}.")
    return found


def suffix_without_compression(path: str | PurePath) -> tuple[str, str | None]:
    """Return the RDF suffix of `path` in lower case without the dot, and the compression suffix or None."""
    suffixes = [suffix.lower().removeprefix(".") for suffix in PurePath(path).suffixes]
    compression = suffixes.pop() if suffixes and suffixes[-1] in COMPRESSED else None
    return (suffixes[-1] if suffixes else ""), compression


def format_of_path(path: str | PurePath) -> Format | None:
    """Return the format that the suffix of `path` tells (``x.ttl``, ``x.nq.gz``), or None if it tells none."""
    suffix, _ = suffix_without_compression(path)
    return next((form for form in FORMATS if suffix in form.suffixes), None)
