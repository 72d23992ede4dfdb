"""Verify every anchor of a graph against a folder of source texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from disputegraph.evidence.sources import Sources, Status
from disputegraph.sparql import read_query_file
from disputegraph.store import Store


@dataclass(frozen=True, slots=True)
class AnchorReport:
    """What became of one anchor.

    Attributes:
        anchor: IRI of the anchor.
        document: IRI of its document.
        start: first code point of the span, as recorded.
        end: the code point behind it, as recorded.
        sha256: the span's recorded digest.
        status: verified, re-found, ambiguous or lost.
        new_start: where the span starts now; None when it is lost.
        new_end: where it ends now; None when it is lost.
        file: name of the document's file within the folder; None when the folder has no text of the document.
        text_digest: the SHA-256 of that file's normalised text; None without a file.
        text_length: its length in code points; None without a file.
        selector: the node that holds the offsets; a blank node is written ``_:label``.
    """

    anchor: str
    document: str
    start: int
    end: int
    sha256: str
    status: Status
    new_start: int | None
    new_end: int | None
    file: str | None
    text_digest: str | None
    text_length: int | None
    selector: str

    @property
    def message(self) -> str:
        """What to tell a reader, in one sentence."""
        span = f"the span {self.start}-{self.end}"
        if self.file is None:
            return f"{span}: the folder holds no text of its document {self.document}"
        now = f"{self.new_start}-{self.new_end}"
        return {
            "verified": f"{span} is as recorded in {self.file}",
            "re-found": f"{span} now stands at {now} in {self.file}; 'disputegraph anchors repair' records it",
            "ambiguous": f"{span} is elsewhere in {self.file} and more than once, nearest at {now}",
            "lost": f"{span} stands nowhere in {self.file}",
        }[self.status]


@dataclass(slots=True)
class _Row:
    """One anchor as the query gives it, its document's names gathered."""

    anchor: str
    document: str
    selector: str
    start: int
    end: int
    sha256: str
    text_digest: str | None
    names: set[str]


def verify_anchors(store: Store, sources: Sources) -> list[AnchorReport]:
    """Return a report on every anchor, ordered by document and place.

    A document's text is the one with its digest; if that is not there, the text whose file bears the document's
    name or holds most of its spans, and then each span is searched in it.

    Raises:
        LimitError: too much to search; see `Sources.find`.
    """
    reports = []
    every = _rows(store)
    others = {row.text_digest for row in every if row.text_digest}
    for document, group in groupby(every, key=lambda row: row.document):
        rows = list(group)
        names = set().union(*(row.names for row in rows)) | {document.rstrip("/").rpartition("/")[2].rpartition("#")[2]}
        recorded = next((row.text_digest for row in rows if row.text_digest), None)
        spans = [(row.start, row.end, row.sha256) for row in rows]
        source = sources.text_of(recorded, names=names, spans=spans, without=others)
        for row in rows:
            if source is None:
                reports.append(_report(row, "lost"))
                continue
            found = sources.find(source, row.start, row.end, row.sha256)
            about = (source.name, source.digest, len(source.text))
            if found is None:
                reports.append(_report(row, "lost", about=about))
            else:
                moved: Status = "re-found" if found.times == 1 else "ambiguous"
                status: Status = "verified" if found.start == row.start else moved
                reports.append(_report(row, status, found.start, about=about))
    return reports


def _report(
    row: _Row, status: Status, start: int | None = None, *, about: tuple[str, str, int] | None = None
) -> AnchorReport:
    file, text_digest, text_length = about or (None, None, None)
    return AnchorReport(
        row.anchor,
        row.document,
        row.start,
        row.end,
        row.sha256,
        status,
        start,
        None if start is None else start + row.end - row.start,
        file,
        text_digest,
        text_length,
        row.selector,
    )


def _rows(store: Store) -> list[_Row]:
    rows: dict[tuple[str, str], _Row] = {}
    for solution in store.select(_query()):
        anchor, document, selector = (str(solution[name]) for name in ("anchor", "document", "selector"))
        start, end, sha256 = (_value(solution[name]) for name in ("start", "end", "sha256"))
        if not (start.lstrip("+-").isdigit() and end.lstrip("+-").isdigit()):
            continue  # the integrity rules report what is not an offset
        key = (anchor, selector)
        if key not in rows:
            digest = solution["textDigest"]
            rows[key] = _Row(
                _plain(anchor),
                _plain(document),
                _plain(selector),
                int(start),
                int(end),
                sha256,
                digest.value if isinstance(digest, Literal) else None,
                set(),
            )
        for name in ("label", "identifier"):
            if isinstance(solution[name], Literal):
                rows[key].names.add(_value(solution[name]))
    return list(rows.values())


def _plain(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term


def _value(term: object) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""


@cache
def _query() -> str:
    return read_query_file(Path(__file__).with_name("anchors.rq")).text
