"""Verify every anchor of a graph against a folder of source texts, and record where those that drifted stand now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.evidence.search import Status
from disputegraph.evidence.sources import Sources
from disputegraph.evidence.text import NORMALISATION
from disputegraph.sparql import read_query_file
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES

_START, _END = (NamedNode(PREFIXES["oa"] + name) for name in ("start", "end"))
_DIGEST, _LENGTH, _FORM = (NamedNode(PREFIXES["dg"] + f"text{name}") for name in ("Digest", "Length", "Normalization"))
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


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
            now = (found.status(row.start), found.start) if found else ("lost", None)
            reports.append(_report(row, *now, about=(source.name, source.digest, len(source.text))))
    return reports


def repair_anchors(quads: Iterable[Quad], reports: Sequence[AnchorReport]) -> Iterator[Quad]:
    """Yield the graph with every re-found anchor at its new place and the digests of the texts at hand.

    Ambiguous and lost anchors keep their places, since nobody but a reader can say where they belong. The digest and
    length of a document are those of the text its anchors were found in; documents without a text stay as they are.

    Args:
        quads: the graph; the labels of its blank nodes are those in `reports`.
        reports: of `verify_anchors` on the same graph.
    """
    places = {
        report.selector: (report.new_start, report.new_end)
        for report in reports
        if report.status == "re-found" and report.new_start is not None and report.new_end is not None
    }
    texts = {
        report.document: (report.text_digest, report.text_length)
        for report in reports
        if report.text_digest is not None and report.text_length is not None
    }
    for quad in quads:
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
        value: Literal | None = None
        if subject in places and quad.predicate in (_START, _END):
            value = Literal(str(places[subject][quad.predicate == _END]), datatype=_INTEGER)
        elif subject in texts and quad.predicate == _DIGEST:
            value = Literal(texts[subject][0])
        elif subject in texts and quad.predicate == _LENGTH:
            value = Literal(str(texts[subject][1]), datatype=_INTEGER)
        elif subject in texts and quad.predicate == _FORM:
            value = Literal(NORMALISATION)
        unchanged = value is None or (isinstance(quad.object, Literal) and quad.object.value == value.value)
        yield quad if unchanged else Quad(quad.subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]


def _report(
    row: _Row, status: Status, start: int | None = None, *, about: tuple[str, str, int] | None = None
) -> AnchorReport:
    end = None if start is None else start + row.end - row.start
    file, text_digest, length = about or (None, None, None)
    return AnchorReport(
        row.anchor, row.document, row.start, row.end, row.sha256, status, start, end, file, text_digest, length,
        row.selector,
    )  # fmt: skip


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
            recorded = digest.value if isinstance(digest, Literal) else None
            ends = int(start), int(end)
            rows[key] = _Row(_plain(anchor), _plain(document), _plain(selector), *ends, sha256, recorded, set())
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
