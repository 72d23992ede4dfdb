"""IRIs minted from content: the same thing gets the same IRI, in whatever order it comes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.tables import compared, key_of

DATA = "https://w3id.org/disputegraph/data/"
"""Under which data without a base of its own is named."""

_LONGEST_SLUG = 48


def slug(text: str) -> str:
    """Return `text` in lower-case ASCII letters, digits and hyphens, 48 at most; empty where nothing remains."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(plain) > _LONGEST_SLUG:
        plain = plain[: _LONGEST_SLUG + 1].rpartition("-")[0] or plain[:_LONGEST_SLUG]
    return plain


class Minter:
    """Mints the IRIs of one dispute.

    Attributes:
        base: the IRI under which all stand, ending in ``/`` or ``#``.
    """

    def __init__(self, base: str) -> None:
        """Take the base IRI.

        Raises:
            UsageError: it is not an absolute IRI that ends in / or #.
        """
        try:
            NamedNode(base + "x")
        except ValueError:
            raise UsageError(
                f"'{base}' is not an absolute IRI; a base looks like https://example.org/dispute/."
            ) from None
        if not base.endswith(("/", "#")):
            raise UsageError(f"the base '{base}' must end in / or #, since names are put behind it.")
        self.base = base

    @classmethod
    def for_name(cls, name: str) -> Minter:
        """Return the minter for a dispute called `name`, under the project's namespace for data."""
        return cls(f"{DATA}{slug(name) or 'dispute'}/")

    def named(self, kind: str, name: str) -> str:
        """Return the IRI of the thing of a kind with that name: readable, and apart from like-sounding names."""
        key = key_of(name)
        readable = slug(key)
        return f"{self.base}{kind}-{readable + '-' * bool(readable)}{short_digest(key, 8)}"

    def exact(self, kind: str, name: str) -> str:
        """Return the IRI of the thing of a kind with that name, where case tells things apart."""
        key = compared(name)
        readable = slug(key)
        return f"{self.base}{kind}-{readable + '-' * bool(readable)}{short_digest(key, 8)}"

    def from_parts(self, kind: str, *parts: str) -> str:
        """Return the IRI of a thing without a name, from all that makes it what it is."""
        return f"{self.base}{kind}-{short_digest(chr(31).join(parts), 16)}"

    def given(self, identifier: str) -> str:
        """Return the IRI for an identifier: an absolute IRI as it is, anything else behind the base.

        Raises:
            ValueError: it cannot be part of an IRI.
        """
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", identifier):
            return str(NamedNode(identifier).value)
        return str(NamedNode(self.base + identifier).value)

    def short(self, iri: str) -> str:
        """Return `iri` without the base, where it stands under it and can be read back by `given`.

        Of a blank node it is the name.
        """
        if iri.startswith("_:"):
            return iri[2:]
        local = iri.removeprefix(self.base)
        return local if local != iri and ":" not in local and local else iri


def short_digest(text: str, digits: int) -> str:
    """Return the first hexadecimal digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
