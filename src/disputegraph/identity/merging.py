"""Join dispute files: actors are one by IRI, by schema:sameAs and by confirmed pairs, never by guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from disputegraph.errors import DataError
from disputegraph.rdf import (
    blank_names,
    mentions_blank_node,
    prefixes_of,
    read_quads,
    source_of_path,
    sources_in_folder,
)
from disputegraph.tables import Problems, read_table
from disputegraph.vocabulary import PREFIXES

_DG, _SKOS = PREFIXES["dg"], PREFIXES["skos"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_SAME_AS = (NamedNode(PREFIXES["schema"] + "sameAs"), NamedNode("http://schema.org/sameAs"))
_LABEL, _OTHER_LABEL = NamedNode(_SKOS + "prefLabel"), NamedNode(_SKOS + "altLabel")
_SPEAKER = NamedNode(_DG + "speaker")
_KINDS = {
    "Person": "person",
    "Organization": "organization",
    "HospitalTrust": "organization",
    "NewsOrganization": "organization",
    "Collective": "collective",
    "UnnamedSource": "unnamed source",
    "Actor": "",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """Several files as one graph.

    Attributes:
        quads: the graph; blank nodes of different files stay apart, unless the same is said of them.
        unified: for each actor that was taken for another, its IRI, the IRI it has now, and why.
        warnings: what a user should know, such as pairs that were not unified.
        prefixes: the prefixes of all files.
    """

    quads: list[Quad]
    unified: list[tuple[str, str, str]]
    warnings: list[str]
    prefixes: Mapping[str, str]


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Return the confirmed pairs of a CSV or TSV file: two columns with IRIs, ``iri`` and ``other_iri``.

    The list that `find_duplicates` gives fits: add a column ``same`` and write yes where two actors are one; with that
    column, only rows with yes count.

    Raises:
        ProblemsError: a row is wrong; the text lists all of them.
        DataError: the file cannot be read.
    """
    problems = Problems()
    table = read_table(path, problems)
    places = {column.casefold(): place for place, column in enumerate(table.header)}
    if "iri" not in places or "other_iri" not in places:
        raise DataError("needs the columns 'iri' and 'other_iri'.", path=str(path), line=1)
    pairs = []
    for row in table.rows:
        same = row.cells[places["same"]].casefold() if "same" in places else "yes"
        if same not in ("yes", "y", "true", "1", "x", "no", "n", "false", "0", ""):
            problems.error(f"'{same}' is neither yes nor no.", table.name, row.number, "same")
        elif same in ("yes", "y", "true", "1", "x"):
            pair = (row.cells[places["iri"]], row.cells[places["other_iri"]])
            if not all(pair):
                problems.error("a pair needs both IRIs.", table.name, row.number)
            else:
                pairs.append(pair)
    problems.stop_if_any()
    return pairs


def merge_files(paths: Sequence[Path], *, pairs: Iterable[tuple[str, str]] = ()) -> Merged:
    """Return the union of dispute files, with actors unified where that is sure.

    Actors are one if they have one IRI, if one is schema:sameAs the other or both are schema:sameAs one page, or if a
    confirmed pair says so. The IRI that stays is that of the first file; the other's label becomes another name.
    Unnamed sources are never unified, nor are actors of kinds that exclude one another.

    Args:
        paths: RDF files or folders of them.
        pairs: IRIs of actors that are one.

    Raises:
        DataError: a file cannot be read, or a pair names what is not an actor of the files.
    """
    quads, order, prefixes, warnings = _read(paths)
    kinds = _kinds(quads)
    groups = _Groups(order, kinds, warnings)
    _join_by_page(quads, kinds, groups)
    for one, other in pairs:
        for iri in (one, other):
            if iri not in kinds:
                raise DataError(f"the confirmed pair {one} = {other}: {iri} is not an actor of these files.")
        groups.join(one, other, "a confirmed pair")
    now = groups.now()
    merged = dict.fromkeys(_replaced(quad, now) for quad in quads)
    kept = _one_label(merged, {NamedNode(iri) for iri in now.values()})
    return Merged(kept, groups.told(now), warnings, prefixes)


def _read(paths: Sequence[Path]) -> tuple[list[Quad], dict[str, int], dict[str, str], list[str]]:
    """Return all quads, the place of each IRI's first file, the prefixes, and warnings of clashing utterances."""
    quads: list[Quad] = []
    order: dict[str, int] = {}
    prefixes: dict[str, str] = {}
    notes: list[str] = []
    speakers: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place, path in enumerate(paths):
        for source in sources_in_folder(path) if path.is_dir() else [source_of_path(path)]:
            for name, namespace in prefixes_of(source).items():
                prefixes.setdefault(name, namespace)
            for quad in _named(list(read_quads(source, rename_blank_nodes=True))):
                quads.append(quad)
                if isinstance(quad.subject, NamedNode):
                    order.setdefault(quad.subject.value, place)
                    if quad.predicate == _SPEAKER:
                        speakers[quad.subject.value][place].add(str(quad.object))
            notes += source.notes
    clashes = sorted(
        iri for iri, by_file in speakers.items() if len({frozenset(said) for said in by_file.values()}) > 1
    )
    warnings = notes + [
        f"the utterance {iri} has different speakers in different files; are they two?" for iri in clashes
    ]
    return quads, order, prefixes, warnings


def _named(quads: Sequence[Quad]) -> Iterator[Quad]:
    """Yield the quads of a file, its blank nodes named by what is said of them: in each file that says it the same."""
    names = blank_names(
        (str(quad.subject), f"{quad.predicate} {quad.graph_name}", str(quad.object))
        for quad in quads
        if mentions_blank_node(quad)
    )

    def called(term: Any) -> Any:
        if isinstance(term, Triple):
            return Triple(called(term.subject), term.predicate, called(term.object))
        return BlankNode(names[str(term)][2:]) if str(term) in names else term

    for quad in quads:
        if names and mentions_blank_node(quad):
            quad = Quad(called(quad.subject), quad.predicate, called(quad.object), called(quad.graph_name))  # noqa: PLW2901
        yield quad


def _kinds(quads: Iterable[Quad]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            name = quad.object.value.removeprefix(_DG)
            if name in _KINDS and quad.object.value.startswith(_DG):
                kinds[quad.subject.value].add(name)
    return kinds


def _join_by_page(quads: Iterable[Quad], kinds: Mapping[str, set[str]], groups: _Groups) -> None:
    pages: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in _SAME_AS and isinstance(quad.subject, NamedNode) and quad.subject.value in kinds:
            page = quad.object.value if isinstance(quad.object, NamedNode | Literal) else ""
            pages[page].append(quad.subject.value)
    for page, actors in sorted(pages.items()):
        everybody = list(dict.fromkeys([*actors, *([page] if page in kinds else [])]))
        for other in everybody[1:]:
            groups.join(everybody[0], other, f"schema:sameAs <{page}>")


class _Groups:
    """Sets of IRIs that stand for one actor."""

    def __init__(self, order: Mapping[str, int], kinds: Mapping[str, set[str]], warnings: list[str]) -> None:
        self._order, self._kinds, self._warnings = order, kinds, warnings
        self._members: dict[str, set[str]] = {}
        self._reasons: dict[str, str] = {}

    def join(self, one: str, other: str, reason: str) -> None:
        """Make two actors one, unless their kinds forbid it."""
        first, second = self._members.get(one, {one}), self._members.get(other, {other})
        if first is second or one == other:
            return
        both = first | second
        sides = {_KINDS[kind] for iri in both for kind in self._kinds[iri]} - {""}
        if "unnamed source" in sides or len(sides) > 1:
            why = "an unnamed source is nobody else" if "unnamed source" in sides else " and ".join(sorted(sides))
            self._warnings.append(f"not unified: {one} and {other} ({reason}), since {why}.")
            return
        for iri in both:
            self._members[iri] = both
            self._reasons.setdefault(iri, reason)

    def now(self) -> dict[str, str]:
        """Return the IRI that stays for each that was joined with others."""
        stays: dict[str, str] = {}
        for iri, members in self._members.items():
            stays[iri] = min(members, key=lambda member: (self._order.get(member, len(self._order)), member))
        return stays

    def told(self, now: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Return what was unified, and why."""
        return sorted((iri, stays, self._reasons[iri]) for iri, stays in now.items() if iri != stays)


def _replaced(quad: Quad, now: Mapping[str, str]) -> Quad:
    subject = now.get(quad.subject.value) if isinstance(quad.subject, NamedNode) else None
    value = now.get(quad.object.value) if isinstance(quad.object, NamedNode) else None
    # What an actor is schema:sameAs stays as it was written, save that nobody is the same as themselves.
    if subject is None and value is None:
        return quad
    if quad.predicate in _SAME_AS and value is not None:
        value = None
    return Quad(
        NamedNode(subject) if subject else quad.subject,
        quad.predicate,
        NamedNode(value) if value else quad.object,
        quad.graph_name,
    )


def _one_label(quads: Iterable[Quad], unified: set[NamedNode]) -> list[Quad]:
    """Return the quads with one label a language for each unified actor; its further labels are other names."""
    labelled: set[tuple[object, str | None]] = set()
    kept: dict[Quad, None] = {}
    for quad in quads:
        if quad.subject in unified and quad.predicate in _SAME_AS and quad.object == quad.subject:
            continue
        if quad.predicate == _LABEL and quad.subject in unified and isinstance(quad.object, Literal):
            key = (quad.subject, quad.object.language)
            if key in labelled:
                quad = Quad(quad.subject, _OTHER_LABEL, quad.object, quad.graph_name)  # noqa: PLW2901
            labelled.add(key)
        kept[quad] = None
    return list(kept)
