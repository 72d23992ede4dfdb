"""Write a dispute as a static site: a folder of files that any web host can serve."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.errors import DataError
from disputegraph.evidence import ContextShown, Sources
from disputegraph.json_island import json_island
from disputegraph.model import statements
from disputegraph.page import render_agreement, render_page
from disputegraph.rdf import format_named, open_output_folder, write_stable
from disputegraph.site.dataset_description import DCAT, SPDX, VOID, Dump, dcat_quads, described_by, void_quads
from disputegraph.site.frame import STATIC
from disputegraph.site.hosting import hosting_files
from disputegraph.site.method_facts import MeasuredAgreement, measured_agreement
from disputegraph.site.overview_pages import overview_pages
from disputegraph.site.site_contents import SiteContents
from disputegraph.site.thing_page import ThingAddresses, thing_html
from disputegraph.spark import write_statements
from disputegraph.store import Store

MARK = "disputegraph-site.json"
"""The file by which a folder is known as a site that was written here; it lists all files."""

_DUMPS = (
    ("turtle", "data.ttl", "All triples as Turtle"),
    ("jsonld", "data.jsonld", "All triples as JSON-LD"),
    ("ntriples", "data.nt", "All triples as N-Triples"),
)
_TABLE = ("data.csv", "text/csv", "The statements as a table: who said what, when, and where it stands")


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What came of writing a site.

    Attributes:
        pages: how many pages of things there are.
        files: how many files there are.
        broken: utterances that break a rule, and are counted in part.
        notes: what was left out.
    """

    pages: int
    files: int
    broken: int
    notes: tuple[str, ...]


def write_site(
    store: Store,
    folder: str | Path,
    *,
    base: str | None = None,
    title: str | None = None,
    sources: Sources | None = None,
    context: ContextShown = "sentence",
    project: Path | None = None,
    watch: Callable[[Iterable[str]], Iterable[str]] = iter,
) -> WrittenSite:
    """Write the site of a dispute into a folder, whole or not at all.

    The same data give the same files; only on the interactive page, whose search for coalitions has a limit of time,
    may a figure depend on the machine.

    Args:
        store: the dispute.
        folder: where; a site that was written there before is replaced, any other folder that is not empty refused.
        base: the address at which the site will stand; it gives the IRIs of dataset, files and pages. By default that
            under which the data's own IRIs stand, and then no page says where it is published.
        title: by default the title of the dispute.
        sources: source texts; with them the pages show quotes.
        context: how much of a source stands around a quote.
        project: the project folder that the data come from, where it is one: agreement of its coders is told.
        watch: is given the IRIs of the things while their pages are written, to show how far it is.

    Raises:
        OutputError: the folder cannot be written, or is not ours.
        UsageError: the base is not an address of a site.
    """
    with open_output_folder(folder, mark=MARK) as out:
        site = SiteContents(store, base=base, title=title, sources=sources, context=context)
        for name in ("site.css", "search.js"):
            (out / name).write_bytes((STATIC / name).read_bytes())
        dumps = _write_dumps(site, out)
        for iri in watch(site.things):
            _write_thing(site, out, iri)
        measured = _measured(site, project)
        texts = {"page.html": render_page(site.data, home="index.html"), **overview_pages(site, dumps, measured)}
        if measured:
            texts["agreement.html"] = _agreement_page(site, measured)
        index = sorted((list(entry) for entry in site.entries()), key=lambda entry: (entry[0].casefold(), entry[2]))
        texts["search-index.js"] = f"var searchIndex = {json_island(index)};\n"
        texts |= hosting_files(site.base, site.data_base, site.frame(urlsplit(site.base).path))
        for name, text in texts.items():
            _write(out, name, text)
        _describe(site, out, dumps)
        _write(out, "sitemap.xml", _sitemap(site.base, out))
        files = sum(path.is_file() for path in out.rglob("*")) + 1
    return WrittenSite(len(site.things), files, site.data.get("broken", 0), tuple(site.notes))


def _write_thing(site: SiteContents, out: Path, iri: str) -> None:
    """Write the page of a thing, and beside it its triples."""
    name = site.addresses.name(iri)
    assert name is not None  # noqa: S101  # every thing has been named
    up, node = "../" * name.count("/"), NamedNode(iri)

    def page(target: str) -> str | None:
        found = site.addresses.page(target)
        return None if found is None else up + found

    html = thing_html(
        node,
        site.triples.triples(node),
        site.portraits,
        site.model,
        prefixes=site.store.prefixes,
        frame=site.frame(up),
        addresses=ThingAddresses(
            page,
            place=partial(site.addresses.place, page_of=iri),
            published=f"{site.base}{name}.html" if site.published else "",
        ),
        alternates=[("Turtle", "text/turtle", f"{name.rpartition('/')[2]}.ttl")],
    )
    _write(out, f"{name}.html", html)
    _write_graph(site, out, f"{name}.ttl", site.triples.graph(node))


def _write_dumps(site: SiteContents, out: Path) -> list[Dump]:
    """Write the whole in every format, and return what there is to say of the files."""

    def dump(name: str, media_type: str, told: str) -> Dump:
        with (out / name).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Dump(told, f"{site.base}{name}", media_type, (out / name).stat().st_size, digest)

    for form, name, _ in _DUMPS:
        with (out / name).open("wb") as stream:
            write_stable(site.quads, stream, format_named(form), prefixes=site.store.prefixes)
    with (out / _TABLE[0]).open("wb") as stream:
        write_statements(statements(site.model), stream, "csv")
    return [dump(name, format_named(form).media_types[0], told) for form, name, told in _DUMPS] + [dump(*_TABLE)]


def _describe(site: SiteContents, out: Path, dumps: list[Dump]) -> None:
    """Write what VoID and DCAT say of the data."""
    dataset, page = NamedNode(f"{site.base}void.ttl#dataset"), NamedNode(f"{site.base}index.html")
    void = [
        *void_quads(site.store, dataset, dumps={form: f"{site.base}{name}" for form, name, _ in _DUMPS}),
        *described_by(NamedNode(f"{site.base}void.ttl"), dataset),
        Quad(dataset, VOID.uriSpace, Literal(site.data_base)),
    ]
    prefixes = {"void": VOID.base, "dcat": DCAT.base, "spdx": SPDX.base}
    _write_graph(site, out, "void.ttl", void, prefixes)
    _write_graph(site, out, "dcat.ttl", dcat_quads(site.store, dataset, page=page, dumps=dumps), prefixes)


def _measured(site: SiteContents, project: Path | None) -> MeasuredAgreement | None:
    try:
        return measured_agreement(project) if project else None
    except DataError as error:
        site.notes.append(f"agreement was not measured: {error}")
        return None


def _agreement_page(site: SiteContents, measured: MeasuredAgreement) -> str:
    versions = measured.versions
    return render_agreement(
        measured.found,
        title=site.title,
        documents=versions.documents,
        texts=versions.texts if site.sources else {},  # no words of a source without being asked for
        paragraph=measured.paragraph,
    )


def _write_graph(
    site: SiteContents, out: Path, name: str, quads: list[Quad], prefixes: dict[str, str] | None = None
) -> None:
    stream = io.BytesIO()
    write_stable(quads, stream, format_named("turtle"), prefixes={**site.store.prefixes, **(prefixes or {})})
    (out / name).write_bytes(stream.getvalue())


def _write(out: Path, name: str, text: str) -> None:
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _sitemap(base: str, out: Path) -> str:
    """Return the list of pages for search engines (sitemaps.org, protocol 0.9)."""
    pages = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html") if path.name != "404.html")
    lines = "".join(f"<url><loc>{escape(base + page)}</loc></url>\n" for page in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{lines}</urlset>\n'
