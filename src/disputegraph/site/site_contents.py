"""What a site is made of: the dispute read once, the addresses of its things, and the frame of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, Quad

from disputegraph.errors import UsageError
from disputegraph.evidence import ContextShown, Sources
from disputegraph.model import Model, Portraits, Utterance
from disputegraph.page import page_data, words_around
from disputegraph.site.frame import Frame
from disputegraph.site.site_addresses import SiteAddresses
from disputegraph.site.thing_portrait import in_words
from disputegraph.site.triple_index import TripleIndex
from disputegraph.store import Store

# An island of structured data is no script, and needs no leave.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
NAVIGATION = (
    ("Start", "index.html"),
    ("Graph", "page.html"),
    ("Index and search", "search.html"),
    ("Codebook", "codebook.html"),
    ("Method", "method.html"),
    ("Data", "data.html"),
)
"""Name and file of the pages that every page links to."""

_OWN = ("index", "page", "search", "search-index", "codebook", "method", "data", "agreement", "404", "site", "void",
        "dcat", "sitemap", "nginx")  # fmt: skip
_NOWHERE = "https://example.org/"

SiteEntry = tuple[str, str, str, str]
"""Label, kind, address and further words of a thing that has a page."""


class SiteContents:
    """A dispute as it goes into a site.

    Attributes:
        model: the dispute.
        portraits: of its nodes.
        quads: its triples, in one graph.
        triples: the same by the things in which they stand.
        data: of the interactive page.
        title: of the site.
        things: the IRIs that have a page.
        addresses: where they have it.
        base: the address of the site; ends with a slash.
        data_base: what the IRIs begin with that have their page at their own name.
        published: whether the address was named.
        notes: what was left out.

    Raises:
        UsageError: the base is not an address of a site.
    """

    def __init__(
        self,
        store: Store,
        *,
        base: str | None = None,
        title: str | None = None,
        sources: Sources | None = None,
        context: ContextShown = "sentence",
    ) -> None:
        self.notes: list[str] = []
        self.published = base is not None
        if base is not None:
            base = _address(base)
        self.store, self.sources = store, sources
        self.model = Model.whole(store)
        self.quads = self._all_quads()
        self.triples = TripleIndex(self.quads)
        self.data = page_data(store, sources=sources, title=title, context=context)
        self.title: str = self.data["title"]
        self.portraits = Portraits(self.model, sources=sources, surroundings=partial(words_around, shown=context))
        self.things = self._things()
        self.base = base or _own_base(self.data["base"])
        # What stands below the site's own address has its page there.
        below = self.published and any(iri.startswith(self.base) for iri in self.things)
        self.data_base: str = self.base if below else self.data["base"]
        self.addresses = SiteAddresses(
            self.things,
            base=self.data_base,
            taken=_OWN,
            utterances={said.iri: owner for said in self.model.utterances if (owner := _owner(said))},
            elsewhere=self._elsewhere(),
        )

    def frame(self, root: str) -> Frame:
        """Return the frame of a page; `root` leads from the page to the site's folder."""
        licence = self.data["licence_label"]
        return Frame(
            site=self.title,
            navigation=[(name, root + address) for name, address in NAVIGATION],
            style=f"{root}site.css",
            policy=_POLICY,
            footer=f"{self.title}.{f' Licence of the data: {licence}.' if licence else ''} Made with disputegraph.",
        )

    def entries(self) -> Iterator[SiteEntry]:
        """Yield everything that has a page, once."""
        met: set[str] = set()
        for group, kind in (("things", ""), ("claims", "Claims"), ("documents", "Documents")):
            for record in self.data[group]:
                iri = self._iri(record["id"])
                address = self.addresses.page(iri)
                if iri in met or address is None:
                    continue
                met.add(iri)
                words = [*record.get("aliases", ()), record.get("paraphrase"), record.get("publisher")]
                shown = kind or ("Actors" if record.get("actor") else in_words(record["kind"]).capitalize() + "s")
                yield record["label"], shown, address, " ".join(filter(None, words))

    def _iri(self, key: str) -> str:
        return key if ":" in key else f"{self.data['base']}{key}"

    def _things(self) -> list[str]:
        groups = ("things", "claims", "documents")
        found = dict.fromkeys(self._iri(record["id"]) for group in groups for record in self.data[group])
        named = [iri for iri in found if not iri.startswith("_:")]
        if nameless := len(found) - len(named):
            self.notes.append(f"{nameless:,} nodes without an IRI have no page of their own.")
        return named

    def _all_quads(self) -> list[Quad]:
        quads = list(self.store.quads())
        if named := sum(quad.graph_name != DefaultGraph() for quad in quads):
            self.notes.append(
                f"{named:,} triples stand in named graphs; the files of this site hold them in one graph, and its "
                "pages show what the default graph says."
            )
        return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]

    def _elsewhere(self) -> dict[str, str]:
        """Return what is told of on one of the site's own pages: the dispute itself, and its coders."""
        kinds, text = self.model.kinds, self.model.facts.terms.text
        found = {text(code): "method.html" for code in kinds.members("Coder").tolist()}
        return found | {text(code): "index.html" for code in kinds.members("Dispute").tolist()}


def _owner(said: Utterance) -> str | None:
    """Return on whose page an utterance has its place: that of its claim, else its voice's, else its document's."""
    ref = said.claim or said.voice or said.document
    return ref.iri if ref else None


def _address(base: str) -> str:
    parts = urlsplit(base)
    # The path is written into files of web servers, and takes no letter that means something there.
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:-]+", parts.netloc) or parts.query:
        raise UsageError(f"'{base}' is not an address of a site; write one like https://example.org/harbour/.")
    if parts.fragment or not re.fullmatch(r"[A-Za-z0-9._~/-]*", parts.path):
        raise UsageError(f"'{base}': the path of a site has letters, digits, and - . _ ~ between slashes.")
    return base if base.endswith("/") else f"{base}/"


def _own_base(base: str) -> str:
    try:
        return _address(base.partition("#")[0])
    except UsageError:
        return _NOWHERE
