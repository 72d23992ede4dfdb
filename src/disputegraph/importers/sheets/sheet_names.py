"""The actors and things of a dispute by name: declared in the actors sheet, or met in the statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disputegraph.importers.minting import Minter
from disputegraph.tables import Problems, key_of, shown, stands_for_nothing

__all__ = ["ARRANGEMENTS", "STATUSES", "THINGS", "Known", "Names", "did_you_mean", "iri_kind"]

ARRANGEMENTS = ("Arrangement", "Proposal", "Agreement", "PlannedAction")
"""Kinds that are asserted where a document attests them, and otherwise known only through claims."""

STATUSES = {"Proposal": "proposed", "Agreement": "agreed"}
"""The status that a kind of the sheet means: a proposal is an arrangement that was proposed."""

THINGS = ("Hospital", "Issue", *ARRANGEMENTS)
"""Kinds that are no actors: claims can be about them, and they say nothing."""


_JOINED = re.compile(r"\s*[\n\r|/&+]\s*|\s*,\s+|\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)


@dataclass(slots=True)
class Known:
    """Somebody or something with a name.

    Attributes:
        iri: its IRI.
        label: the name to show.
        kind: the local name of its class.
        declared: where it was declared, as file and row; None if it was only met.
        spellings: the spellings met, of those that were not declared.
        written: the cell in which such a one was met first.
        roles: the columns in which it was met.
        place: file, row and column where it was met first.
        document: for an arrangement or planned action, the document that attests it, and the row that says so.
    """

    iri: str
    label: str
    kind: str
    declared: tuple[str, int] | None = None
    spellings: set[str] = field(default_factory=set)
    written: str = ""
    roles: set[str] = field(default_factory=set)
    place: tuple[str, int, str] | None = None
    document: tuple[str, int] | None = None


class Names:
    """Resolves names by label and alias, compared as `tables.key_of` does."""

    def __init__(self, minter: Minter) -> None:
        self._minter = minter
        self._by_key: dict[str, Known] = {}
        self._cache: dict[str, Known] = {}
        self.labels: list[str] = []

    def declare(
        self,
        label: str,
        kind: str,
        aliases: Sequence[str],
        iri: str | None,
        *,
        place: tuple[str, int],
        problems: Problems,
    ) -> Known | None:
        """Add one from the actors sheet; a name that is taken is a problem, and then None is returned."""
        thing = iri_kind(kind)
        known = Known(iri or self._minter.named(thing, label), label, kind, place)
        for name in (label, *aliases):
            other = self._by_key.get(key_of(name))
            if other is not None and other is not known:
                where = f"row {other.declared[1]}" if other.declared else "another row"
                column = "name" if name == label else "aliases"
                problems.error(f"'{name}' is already a name of '{other.label}' ({where}).", *place, column)
                return None
        for name in (label, *aliases):
            self._by_key[key_of(name)] = known
            self.labels.append(name)
        return known

    def meet(self, name: str, role: str, file: str, row: int) -> Known:
        """Return who is meant by a name in a column; one not known so far is remembered as met."""
        known = self._cache.get(name)
        if known is None:
            key = key_of(name)
            known = self._by_key.get(key)
            if known is None:
                known = self._by_key[key] = Known("", shown(name), "", written=name, place=(file, row, role))
            self._cache[name] = known
            if known.declared is None:
                known.spellings.add(shown(name))
        known.roles.add(role)
        return known

    def documented(self) -> list[Known]:
        """Return those that a document is said to attest."""
        return [known for known in {id(known): known for known in self._by_key.values()}.values() if known.document]

    def settle(self, problems: Problems, *, strict: bool, quiet: bool) -> list[Known]:
        """Give those that were only met a kind, a label and an IRI, warn of each, and return them.

        Args:
            problems: where the warnings go, or with `strict` the errors.
            strict: take an unknown name for an error.
            quiet: warn of all of them in one line, as when there is no list of actors.
        """
        met = [known for known in self._by_key.values() if known.declared is None]
        for known in met:
            known.label = min(known.spellings)
            known.kind = _kind_by_roles(known.roles)
            known.iri = self._minter.named(iri_kind(known.kind), known.label)
        for known in met:
            self._check_alone(known, problems)
        unlisted = [known for known in met if known.kind != "Issue" or "issue" not in known.roles]
        if quiet and not strict:
            if unlisted:
                file = unlisted[0].place[0] if unlisted[0].place else ""
                names = f"{len(unlisted):,} name{'s were' if len(unlisted) > 1 else ' was'}"
                problems.warn(
                    f"{names} created from this sheet. List them with their kinds and aliases in a sheet of actors and "
                    "name it with --actors.",
                    file,
                )
            return met
        for known in unlisted:
            file, row, column = known.place or ("", 0, "")
            guess = did_you_mean(known.label, self.labels)
            text = f"'{known.label}' is not in the list of actors.{guess}"
            if strict:
                problems.error(f"{text} Add it, or leave out --strict.", file, row, column)
            else:
                problems.warn(f"{text} It was created as {_article(known.kind)}.", file, row, column)
        return met

    def _check_alone(self, known: Known, problems: Problems) -> None:
        """Report a name that was only met and is nobody's: ``NA``, or ``Ann / Bob`` where both stand elsewhere."""
        place = known.place or ("", None, None)
        if stands_for_nothing(known.label):
            problems.error(f"'{known.label}' is no name; clear it, or list it in the sheet of actors.", *place)
        parts = [part for part in _JOINED.split(known.written) if part]
        if len(parts) > 1 and "issue" not in known.roles and all(key_of(part) in self._by_key for part in parts):
            text = (
                f"'{known.label}' names several that are named alone elsewhere: {', '.join(parts)}. Write a row for "
                "each, or list it in the sheet of actors if it is one name."
            )
            problems.error(text, *place)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return " Did you mean …?" with the most similar known names, or an empty string."""
    from rapidfuzz import fuzz, process, utils

    hits = process.extract(name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=2, score_cutoff=82)
    return f" Did you mean {' or '.join(repr(hit[0]) for hit in hits)}?" if hits else ""


def _kind_by_roles(roles: set[str]) -> str:
    if "on_behalf_of" in roles:
        return "Organization"
    if roles & {"speaker", "addressee", "via", "agent", "represents", "close_to"}:
        return "Actor"
    return "Organization" if "member_of" in roles else "Issue"


def iri_kind(kind: str) -> str:
    """Return the word that begins the minted names of a kind."""
    return kind.lower() if kind in THINGS else "actor"


def _article(kind: str) -> str:
    words = {"Actor": "an actor of unknown kind", "Organization": "an organization", "Issue": "an issue"}
    return words[kind]
