"""What several coders made of each utterance: their versions, paired, with the fields in which they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from disputegraph.analysis import match_utterances, spans_in
from disputegraph.coding import CODEBOOK, INDEPENDENT, SOURCES, CoderVersions, Stamp, coder_versions, stamp_of
from disputegraph.model import Utterance, entry_forms

PASSED_ON_BY = "passed_on_by"
BY_PROGRAM = ("derived_from", "drafted_by")
_NOT_COMPARED = (*BY_PROGRAM, "coded_by", "note", "cue", "reports", "documented_in")
_REPORTED = {
    name: name.removeprefix("reported_")
    for name in entry_forms()["ReportedUtterance"].fields
    if name.startswith("reported_")
}


@dataclass(frozen=True, slots=True)
class CoderVersion:
    """What one coder made of an utterance.

    Attributes:
        coder: name of the coder's folder.
        iri: the utterance in the coder's coding.
        fields: lists of values by field, with the names of an utterance whether it is hearsay or not, and
            ``passed_on_by``: who passed it on, the nearest to the speaker first.
        inside: the coder's utterance that passes this one on and says something itself, or nothing.
    """

    coder: str
    iri: str
    fields: Mapping[str, list[Any]]
    inside: str | None


@dataclass(frozen=True, slots=True)
class PairedVersions:
    """The versions of one utterance.

    Attributes:
        document: IRI of its document.
        said: what each coder who has it made of it, in alphabetical order.
        spans: where they stand together.
        versions: the same with all fields.
        absent: the coders who coded the document and do not have it.
        differs: the fields in which the versions differ.
    """

    document: str
    said: tuple[Utterance, ...]
    spans: tuple[tuple[int, int], ...]
    versions: tuple[CoderVersion, ...]
    absent: tuple[str, ...]
    differs: tuple[str, ...]


def paired_versions(folder: Path) -> Mapping[str, tuple[PairedVersions, ...]]:
    """Return the paired versions of a project's documents, as `match_utterances` pairs them; by document.

    What passes others on comes before what it passes on. It is read again when a file that it hangs on has changed.

    Raises:
        DataError: there is nothing to compare, or coders had different texts; see `coder_versions`.
    """
    files = [folder / CODEBOOK, *(folder / INDEPENDENT).glob("*/*.ttl"), *(folder / SOURCES).glob("*")]
    return _paired(folder, tuple((str(path), stamp_of(path)) for path in sorted(files)))


@lru_cache(maxsize=1)
def _paired(folder: Path, _: tuple[tuple[str, Stamp | None], ...]) -> Mapping[str, tuple[PairedVersions, ...]]:
    versions = coder_versions(folder)
    return {document: _in_document(versions, document) for document in versions.documents}


def _in_document(versions: CoderVersions, document: str) -> tuple[PairedVersions, ...]:
    coded = versions.coded[document]
    read = {coder: _versions(coder, those, versions.entries(document, coder)) for coder, those in coded.items()}
    pairs = []
    for unit in match_utterances(coded, document):
        said = dict(sorted(unit.items()))
        own = tuple(read[coder][one.iri] for coder, one in said.items())
        pairs.append(
            PairedVersions(
                document,
                tuple(said.values()),
                tuple(sorted({span for one in unit.values() for span in spans_in(one, document)})),
                own,
                tuple(sorted(coded.keys() - unit.keys())),
                _differing(own),
            )
        )
    inner = {one.inside for pair in pairs for one in pair.versions}

    def place(pair: PairedVersions) -> tuple[Any, ...]:
        return pair.spans[:1], not any(one.iri in inner for one in pair.versions)

    return tuple(sorted(pairs, key=place))


def _versions(coder: str, said: Iterable[Utterance], entries: Mapping[str, dict[str, Any]]) -> dict[str, CoderVersion]:
    passing = {inner: one.iri for one in said for inner in one.reports}
    return {
        one.iri: CoderVersion(
            coder,
            one.iri,
            {
                **{_REPORTED.get(name, name): values for name, values in entries[one.iri]["fields"].items()},
                **({PASSED_ON_BY: [teller.iri for teller in one.via]} if one.via else {}),
            },
            passing.get(one.iri),
        )
        for one in said
    }


def _differing(versions: Sequence[CoderVersion]) -> tuple[str, ...]:
    names = dict.fromkeys(name for one in versions for name in one.fields if name not in _NOT_COMPARED)
    return tuple(
        name
        for name in names
        if len({tuple(map(str, one.fields.get(name, ()))) for one in versions}) > 1
    )  # fmt: skip
