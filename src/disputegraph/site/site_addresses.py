"""Where a site keeps the page of each thing: file names from IRIs, safe on every file system and in every address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from disputegraph.importers import slug
from disputegraph.model import local_name

# What a path below the data's base may look like to be a file's name as it is: no dots, so that nothing leads upwards
# and no folder is called as a file is; nothing that Windows, or a web server, takes for something else.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}(?:/[A-Za-z0-9_][A-Za-z0-9_-]{0,79}){0,3}")
_DEVICES = re.compile(r"(?i)(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:/|$)")
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,80}")
_LONGEST = 160
_OTHER = "other"
"""Folder of things whose IRI makes no file name; also of those below no base."""


class SiteAddresses:
    """The files of things, and the places of utterances on them.

    A thing whose IRI is the base followed by a plain name has its page at that name: ``BASE/hunt`` at ``hunt.html``.
    All others have theirs in the folder ``other``, under a readable name and a digest of the IRI.

    Args:
        things: the IRIs that have a page.
        base: what their IRIs begin with.
        taken: names of the site's own pages, without suffix.
        utterances: on which of the things' pages each utterance has its place.
        elsewhere: further nodes and the files that tell of them.
    """

    def __init__(
        self,
        things: Iterable[str],
        *,
        base: str,
        taken: Iterable[str],
        utterances: Mapping[str, str],
        elsewhere: Mapping[str, str],
    ) -> None:
        self._names: dict[str, str] = {}
        used = {name.casefold() for name in (*taken, _OTHER)}
        for iri in sorted(set(things)):
            name = self._plain(iri, base)
            if name is None or name.casefold() in used:  # some file systems do not tell cases apart
                name = f"{_OTHER}/{_readable(iri)}{_digest(iri)}"
            used.add(name.casefold())
            self._names[iri] = name
        self._owners, self._elsewhere = utterances, elsewhere
        self._places: dict[str, str] = {}
        met: set[tuple[str, str]] = set()
        for iri in sorted(utterances):
            local = local_name(iri)
            place = f"said-{local}" if _PLACE.fullmatch(local) else f"said-{_digest(iri)}"
            if (utterances[iri], place) in met:
                place = f"said-{_digest(iri)}"
            met.add((utterances[iri], place))
            self._places[iri] = place

    def name(self, iri: str) -> str | None:
        """Return the name of the files of a thing, from the site's root and without suffix; None if it has none."""
        return self._names.get(iri)

    def page(self, iri: str) -> str | None:
        """Return the address of what is told of a node, from the site's root; None where nothing is."""
        if (name := self._names.get(iri)) is not None:
            return f"{name}.html"
        if (owner := self._owners.get(iri)) is not None and owner in self._names:
            return f"{self._names[owner]}.html#{self._places[iri]}"
        return self._elsewhere.get(iri)

    def place(self, utterance: str, page_of: str) -> str | None:
        """Return the id of an utterance on the page of a thing; None where its place is on another page."""
        return self._places[utterance] if self._owners.get(utterance) == page_of else None

    @staticmethod
    def _plain(iri: str, base: str) -> str | None:
        rest = iri[len(base) :] if base and iri.startswith(base) else ""
        fits = len(rest) <= _LONGEST and _PLAIN.fullmatch(rest) and not _DEVICES.search(rest)
        return rest if fits and rest.split("/")[0].casefold() != _OTHER else None


def _readable(iri: str) -> str:
    name = slug(local_name(iri))
    return f"{name}-" if name else ""


def _digest(iri: str) -> str:
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
