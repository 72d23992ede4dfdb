"""The answer of a SELECT as columns of plain text.

The engine writes its answer as SPARQL TSV (W3C, SPARQL 1.1 Query Results CSV and TSV Formats, section 4), in which no
value holds a raw tab or line end, and that text is split: several times as fast as walking the rows as objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, cast

from pyoxigraph import QueryResultsFormat

from disputegraph.store.query_answers import Rows

_PIECE = 1 << 20
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class TsvSink:
    """A binary file that an answer is written into as TSV, and that passes it on column by column, in pieces.

    Sub-classes say in `take` what becomes of a piece.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._held: list[bytes] = []
        self._size = 0
        self._head_seen = False

    def take(self, columns: Sequence[list[str]]) -> None:
        """Take the next rows: a list of texts as TSV spells them for each column."""
        raise NotImplementedError

    def write(self, data: bytes) -> int:
        """Take bytes as the engine writes them."""
        self._held.append(bytes(data))
        self._size += len(data)
        if self._size >= _PIECE:
            self._pass_on(last=False)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the rest is passed on by `read`."""

    def read(self, rows: Rows) -> None:
        """Read `rows` to their end."""
        rows.serialize(cast("IO[bytes]", self), QueryResultsFormat.TSV)
        self._pass_on(last=True)

    def _pass_on(self, *, last: bool) -> None:
        data = b"".join(self._held)
        end = len(data) if last else data.rfind(b"\n") + 1
        self._held, self._size = [data[end:]], len(data) - end
        text = data[:end].decode("utf-8")
        if not self._head_seen:
            _, line_end, text = text.partition("\n")
            if not line_end and not last:
                self._held, self._size = [data], 0
                return
            self._head_seen = True
        if not text:
            return
        text = text.removesuffix("\n")  # what is left may be one empty value: a row all the same
        pieces = text.replace("\n", "\t").split("\t")
        if len(pieces) % self._width:
            raise ValueError(f"the answer's rows do not have {self._width} columns each")
        self.take([pieces[place :: self._width] for place in range(self._width)])


class _Texts(TsvSink):
    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.columns: list[list[str | None]] = [[] for _ in range(width)]

    def take(self, columns: Sequence[list[str]]) -> None:
        for mine, new in zip(self.columns, columns, strict=True):
            mine += [text[1:-1] if text[:1] == "<" else decoded(text) for text in new]


def read_texts(rows: Rows) -> Iterable[tuple[str | None, ...]]:
    """Return the rows of an answer as texts: IRIs, blank nodes as ``_:name``, literals by their lexical form.

    What a query leaves unbound is None.
    """
    sink = _Texts(len(rows.variables))
    sink.read(rows)
    return zip(*sink.columns, strict=True)


def decoded(text: str) -> str | None:
    """Return the value that a piece of SPARQL TSV stands for: a term in Turtle's spelling, or nothing."""
    if not text:
        return None
    if text[0] == "<":
        return text[1:-1]
    if text[0] in "\"'":
        body = text[1 : text.rindex(text[0])]
        return _unescaped(body) if "\\" in body else body
    return text


def _unescaped(body: str) -> str:
    pieces, here = [], 0
    while (slash := body.find("\\", here)) >= 0:
        pieces.append(body[here:slash])
        letter = body[slash + 1]
        width = {"u": 4, "U": 8}.get(letter, 0)
        code = body[slash + 2 : slash + 2 + width]
        pieces.append(chr(int(code, 16)) if width else _ESCAPES.get(letter, letter))
        here = slash + 2 + width
    return "".join([*pieces, body[here:]])
