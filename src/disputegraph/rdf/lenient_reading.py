"""Read on past what is not RDF, and count it: bad terms of JSON-LD, and with --lenient bad statements and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import IO, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuadParser, Triple

from disputegraph.vocabulary import XSD

_SHOWN = 5
_LONG = 120


@dataclass(slots=True)
class Skipped:
    """What was left out of a document."""

    count: int = 0
    shown: dict[str, None] = field(default_factory=dict)

    def add(self, what: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.shown) <= _SHOWN:
            self.shown[what if len(what) <= _LONG else what[:_LONG] + "…"] = None

    def note(self, name: str, what: str, why: str = "") -> str:
        """Return a note that so many of `what` (one, in words) were left out."""
        shown = [*list(self.shown)[:_SHOWN], *(["…"] if len(self.shown) > _SHOWN else [])]
        return f"{name}: {self.count:,} {what}{'s' * (self.count > 1)} left out{why}: {', '.join(shown)}."


def sound_quads(quads: Iterator[Quad], skipped: Skipped) -> Iterator[Quad]:
    """Yield the quads whose terms are RDF, of those that the engine gives without a look at IRIs and language tags."""
    for quad in quads:
        bad = _bad_term(quad.subject, quad.predicate, quad.object, quad.graph_name)
        if bad is None:
            yield quad
        else:
            skipped.add(repr(bad))


def statement_by_statement(parser: QuadParser, skipped: Skipped) -> Iterator[Quad]:
    """Yield what a lenient parser of Turtle or TriG reads; behind an error it goes on with the next statement."""
    held: Quad | None = None
    while True:
        try:
            quad = next(parser, None)
        except SyntaxError as error:
            skipped.add(
                f"the rest of a statement at {(error.msg or '').removeprefix('Parser error at ').split(' (line')[0]}"
            )
            # Of what is cut in the middle ("x"@en1, 4x) the engine has already given the beginning as if it were whole.
            value = held and held.object
            if isinstance(value, Literal) and value.datatype != XSD.string:
                held = None
            continue
        if held is not None:
            yield held
        if quad is None:
            return
        held = quad


def line_by_line(
    stream: IO[bytes], parse: Callable[[bytes], Iterator[Quad]], skipped: Skipped, *, rename: bool
) -> Iterator[Quad]:
    """Yield the quads of lines of N-Triples or N-Quads, those of bad lines left out."""
    names: dict[str, BlankNode] = {}
    number, rest, ended = 0, b"", False

    def read(text: bytes) -> Iterator[Quad]:
        quads = list(parse(text))  # all of a line or nothing
        return (_renamed(quad, names) for quad in quads) if rename else iter(quads)

    while not ended:
        piece = stream.read(1 << 18)
        ended = not piece
        whole, newline, rest = (rest + piece).rpartition(b"\n")
        if ended:
            whole, newline = rest, b""
        try:
            yield from read(whole + newline)
            number += whole.count(b"\n") + len(newline)
            continue
        except SyntaxError:
            pass
        for line in (whole + newline).splitlines(keepends=True):
            number += 1
            try:
                yield from read(line)
            except SyntaxError as error:
                skipped.add(f"line {number} ({(error.msg or '').split(': ', 1)[-1].split(' (line')[0]})")


def _renamed(quad: Quad, names: dict[str, BlankNode]) -> Quad:
    def new(term: Any) -> Any:
        if isinstance(term, Triple):
            return Triple(*(new(part) for part in term))
        return names.setdefault(term.value, BlankNode()) if isinstance(term, BlankNode) else term

    return Quad(*(new(term) for term in quad))


def _bad_term(*terms: object) -> str | None:
    for term in terms:
        if isinstance(term, NamedNode):
            if not _is_iri(term.value):
                return term.value
        elif isinstance(term, BlankNode):
            if not _is_label(term.value):
                return f"_:{term.value}"
        elif isinstance(term, Literal):
            if not _is_iri(term.datatype.value):
                return term.datatype.value
            if term.language and not _is_language(term.language):
                return f"@{term.language}"
        elif isinstance(term, Triple) and (bad := _bad_term(*term)) is not None:
            return bad
    return None


def _makes(make: Callable[[str], object], text: str) -> bool:
    try:
        make(text)
    except ValueError:
        return False
    return True


def _is_iri(iri: str) -> bool:
    return _makes(NamedNode, iri)


@cache
def _is_language(tag: str) -> bool:
    return _makes(lambda language: Literal("", language=language), tag)


def _is_label(label: str) -> bool:
    return _makes(BlankNode, label)
