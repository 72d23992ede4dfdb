"""The actors and things of a dispute by name: declared in the actors sheet, or met in the statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from disputegraph.importers.minting import Minter
from disputegraph.model import entry_fields, local_name
from disputegraph.tables import Problems, key_of, shown, stands_for_nothing

At = tuple[str, int]
"""A file and a row of it."""

ARRANGEMENTS = ("Arrangement", "Proposal", "Agreement", "PlannedAction")
"""Kinds that are asserted where a document attests them, and otherwise known only through claims."""

STATUSES = {"Proposal": "proposed", "Agreement": "agreed"}
"""The status that a kind of the sheet means: a proposal is an arrangement that was proposed."""

SPEAKING_DOCUMENT = "SpeakingDocument"
"""A document that says something itself: a contract that a reporter has seen. It is a document, and an actor."""

THINGS = ("Hospital", "Issue", *ARRANGEMENTS)
"""Kinds that are no actors: claims can be about them, and they say nothing."""

ASIDE = (
    "Claim", "Document", "Utterance", "ReportedUtterance", "Argument", "ClaimRelation", "Stance", "Membership",
    "Affiliation", "Post", "Role", "Status", "BallotResult", "Quantity", "Coder", "Variable", "CodedValue",
    "Withdrawal", "Dispute",
)  # fmt: skip
"""Kinds that are meant by a name only where such a kind is wanted, or where nothing else has that name."""

_CAPITAL = r"[A-Z\u00c0-\u00de][^\W\d]*(?:[.'\u2019-][^\W\d]*)*"
_LIKE_A_NAME = re.compile(rf"{_CAPITAL}(?:(?:\s(?:de|la|von|van|der|den|di|da|al|el|bin))*\s{_CAPITAL}){{1,3}}")
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
        identified: whether the sheet gives its IRI; things that have one may share a name.
        described: whether a row says all there is to say of it, so that nothing is to be concluded.
    """

    iri: str
    label: str
    kind: str
    declared: tuple[str, int] | None = None
    spellings: set[str] = field(default_factory=set)
    written: str = ""
    roles: set[str] = field(default_factory=set)
    place: tuple[str, int, str] | None = None
    document: tuple[str, At] | None = None
    identified: bool = False
    described: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What all parts of one import share.

    Attributes:
        minter: of IRIs.
        language: language tag of labels.
        strict: take for an error what is not known.
        problems: what is wrong so far.
    """

    minter: Minter
    language: str = "en"
    strict: bool = False
    problems: Problems = field(default_factory=Problems)

    def given(self, identifier: str, at: At, column: str) -> str | None:
        """Return the IRI for an identifier; that it cannot be part of one is a problem, and then None is returned."""
        try:
            return self.minter.given(identifier)
        except ValueError:
            self.problems.error(f"'{identifier}' cannot be part of an IRI.", *at, column)
            return None


class Names:
    """Resolves names by label and alias, compared as `tables.key_of` does."""

    def __init__(self, reading: Reading) -> None:
        self._minter, self._problems, self._strict = reading.minter, reading.problems, reading.strict
        self._by_key: dict[str, list[Known]] = {}
        self._by_iri: dict[str, Known] = {}
        self._cache: dict[str, Known] = {}
        self.labels: list[str] = []

    def declare(self, label: str, kind: str, aliases: Sequence[str], iri: str | None, *, place: At) -> Known | None:
        """Add one from the actors sheet; a name that is taken is a problem, and then None is returned."""
        thing = iri_kind(kind)
        if kind == "Elsewhere" and (there := self._by_iri.get(iri or "")):
            self.add(there, (label, *aliases))
            return there
        known = Known(iri or self._minter.named(thing, label), label, kind, place, identified=iri is not None)
        for name in (label, *aliases):
            for other in self._by_key.get(key_of(name), ()):
                if other.described or (known.identified and other.identified):
                    continue
                row = f"row {other.declared[1]}" if other.declared else "another row"
                column = "name" if name == label else "aliases"
                self._problems.error(f"'{name}' is already a name of '{other.label}' ({row}).", *place, column)
                return None
        self.add(known, (label, *aliases))
        self.labels += (label, *aliases)
        return known

    def add(self, known: Known, names: Iterable[str]) -> None:
        """Add somebody or something by its IRI and its names."""
        self._by_iri[known.iri] = known
        for key in dict.fromkeys(map(key_of, names)):
            self._by_key.setdefault(key, []).append(known)

    def by_iri(self, iri: str) -> Known | None:
        """Return whom or what an IRI names, if that was declared."""
        return self._by_iri.get(iri)

    def find(self, name: str, kinds: Collection[str] = (), *, aside: bool = True) -> list[Known]:
        """Return who may be meant by a name, by a name with the end of the IRI (``Name [end]``), or by an id.

        Args:
            name: as it stands in a cell.
            kinds: of which kinds it is to be; empty for any.
            aside: without kinds, take those of `ASIDE` where no other has the name.
        """
        if found := _fitting(self._by_key.get(key_of(name), ()), kinds, aside=aside):
            return found
        if name.endswith("]"):
            label, _, end = name[:-1].rpartition(" [")
            same = [known for known in self._by_key.get(key_of(label), ()) if local_name(known.iri) == end]
            if found := _fitting(same, kinds, aside=aside):
                return found
        return _fitting(self._identified(name), kinds, aside=aside)

    def meant(self, name: str, kinds: Collection[str]) -> list[Known]:
        """Return the same; where none is of these kinds, those of another.

        A document or coder that is another thing is meant by its id alone, since any name may become one.
        """
        found = self.find(name, kinds)
        if found or not kinds:
            return found
        return self._identified(name) if set(kinds) <= {"Document", "Coder"} else self.find(name)

    def _identified(self, name: str) -> list[Known]:
        try:
            known = self._by_iri.get(self._minter.given(name))
        except ValueError:
            return []
        return [known] if known else []

    def one(self, name: str, kinds: Collection[str], at: At, column: str, *, aside: bool = True) -> Known | None:
        """Return the one who is meant, or None where nobody is; several are a problem, and the first is returned."""
        return self.chosen(name, self.find(name, kinds, aside=aside), at, column)

    def chosen(self, name: str, found: Sequence[Known], at: At, column: str) -> Known | None:
        """Return the one that was found, or None; several are a problem."""
        if len(found) > 1:
            ways = ", ".join(f"'{name} [{local_name(known.iri)}]'" for known in found)
            self._problems.error(f"'{name}' is the name of {len(found)}; write one of {ways}, or an id.", *at, column)
        return found[0] if found else None

    def called(self, kinds: Collection[str]) -> list[str]:
        """Return the labels of those of some kinds, or of all."""
        return [known.label for known in self._all() if known.label and (not kinds or known.kind in kinds)]

    def meet(self, name: str, role: str, file: str, row: int) -> Known:
        """Return who is meant by a name in a column; one not known so far is remembered as met."""
        known = self._cache.get(name)
        if known is None:
            known = self.one(name, (), (file, row), role, aside=False)
            if known is None:
                known = Known("", shown(name), "", written=name, place=(file, row, role))
                self._by_key.setdefault(key_of(name), []).append(known)
            self._cache[name] = known
            if known.declared is None:
                known.spellings.add(shown(name))
        known.roles.add(role)
        return known

    def documented(self) -> list[Known]:
        """Return those that a document is said to attest."""
        return [known for known in self._all() if known.document]

    def settle(self, *, quiet: bool) -> list[Known]:
        """Give those that were only met a kind, a label and an IRI, warn of each, and return them.

        Args:
            quiet: warn of all of them in one line, as when there is no list of actors.
        """
        problems, strict = self._problems, self._strict
        met = [known for known in self._all() if known.declared is None]
        for known in met:
            known.label = min(known.spellings)
            known.kind = _kind_by_roles(known.roles)
            if (
                known.kind == "Issue"
                and "target" in known.roles
                and "issue" not in known.roles
                and is_like_a_name(known.label)
            ):
                known.kind = "Actor"
            known.iri = self._minter.named(iri_kind(known.kind), known.label)
        for known in met:
            self._check_alone(known)
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

    def _all(self) -> list[Known]:
        return list({id(known): known for some in self._by_key.values() for known in some}.values())

    def _check_alone(self, known: Known) -> None:
        """Report a name that was only met and is nobody's: ``NA``, or ``Ann / Bob`` where both stand elsewhere."""
        place = known.place or ("", None, None)
        if stands_for_nothing(known.label):
            self._problems.error(f"'{known.label}' is not a name; clear it, or list it in the sheet of actors.", *place)
        parts = [part for part in _JOINED.split(known.written) if part]
        if len(parts) > 1 and "issue" not in known.roles and all(key_of(part) in self._by_key for part in parts):
            text = (
                f"'{known.label}' names several that are named alone elsewhere: {', '.join(parts)}. Write a row for "
                "each, or list it in the sheet of actors if it is one name."
            )
            self._problems.error(text, *place)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """Return " Did you mean …?" with the most similar known names, or an empty string."""
    from rapidfuzz import fuzz, process, utils

    hits = process.extract(name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=2, score_cutoff=82)
    return f" Did you mean {' or '.join(repr(hit[0]) for hit in hits)}?" if hits else ""


def where(said: At, at: At) -> str:
    """Return the place where something was said before, as it is told of at another place."""
    return f"row {said[1]}" if said[0] == at[0] else f"{said[0]}, row {said[1]},"


def _fitting(found: Iterable[Known], kinds: Collection[str], *, aside: bool) -> list[Known]:
    if not kinds:
        first = [known for known in found if known.kind not in ASIDE]
        return first or (list(found) if aside else [])
    open_kinds = () if set(kinds) <= set(ASIDE) else ("", "Elsewhere")  # those whose kind is not known here
    return [known for known in found if known.kind in kinds or known.kind in open_kinds]


def _kind_by_roles(roles: set[str]) -> str:
    if "on_behalf_of" in roles:
        return "Organization"
    kinds = {kind for role in roles if role in entry_fields() for kind in entry_fields()[role].kinds}
    if "Person" in kinds or roles & {"speaker", "addressee", "via", "agent", "represents", "close_to"}:
        return "Actor"
    return "Organization" if "member_of" in roles or "Organization" in kinds else "Issue"


def is_like_a_name(label: str) -> bool:
    """Return whether a label is written as people's names are: two to four words, each with a capital, no number.

    What is done to somebody so called is done to an actor; who means an issue lists it as one.
    """
    return _LIKE_A_NAME.fullmatch(label) is not None


def iri_kind(kind: str) -> str:
    """Return the word that begins the minted names of a kind."""
    return "document" if kind == SPEAKING_DOCUMENT else kind.lower() if kind in THINGS else "actor"


def _article(kind: str) -> str:
    words = {"Actor": "an actor of unknown kind", "Organization": "an organization", "Issue": "an issue"}
    return words[kind]
