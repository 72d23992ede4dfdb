"""The rows of an answer as numbers, coded while the engine writes them; much is read by two queries at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from disputegraph.model.term_codes import Codes, TermCodes
from disputegraph.store import Rows, Store, TsvSink

_NONE = np.empty(0, dtype=np.int32)


class _Coder(TsvSink):
    """Codes the columns of an answer as it is written."""

    def __init__(self, terms: TermCodes, plain: int) -> None:
        super().__init__(3)
        self._terms, self._plain = terms, plain
        self.codes: list[list[Codes]] = [[], [], []]

    def take(self, columns: Sequence[list[str]]) -> None:
        for place, column in enumerate(columns):
            coded = np.array(column, dtype=np.int32) if place == self._plain else self._terms.coded(column)
            self.codes[place].append(coded)


def read_codes(rows: Rows, terms: TermCodes, *, plain: int = -1) -> tuple[Codes, Codes, Codes]:
    """Return the columns of an answer of three as numbers; the column `plain` holds whole numbers themselves."""
    coder = _Coder(terms, plain)
    coder.read(rows)
    return _columns(coder.codes)


def read_all_codes(store: Store, queries: Sequence[str], terms: TermCodes, *, plain: int) -> tuple[Codes, Codes, Codes]:
    """Return the rows of several SELECTs of three columns, one below the other, as numbers; see `read_codes`.

    Each query is answered in a thread of its own: the engine looks terms up on disk while other threads run.
    """
    coders = [_Coder(terms, plain) for _ in queries]
    failed: list[BaseException] = []

    def read(query: str, coder: _Coder) -> None:
        try:
            coder.read(store.select(query))
        except BaseException as error:  # noqa: BLE001  # it is raised below, in the thread that asked
            # Without what it was raised from: an engine's object may only be freed in the thread that made it.
            failed.append(error.with_traceback(None))

    others = [threading.Thread(target=read, args=pair) for pair in zip(queries[1:], coders[1:], strict=True)]
    for thread in others:
        thread.start()
    read(queries[0], coders[0])
    for thread in others:
        thread.join()
    if failed:
        raise failed[0]
    return _columns([[codes for coder in coders for codes in coder.codes[place]] for place in range(3)])


def _columns(parts: list[list[Codes]]) -> tuple[Codes, Codes, Codes]:
    one, two, three = (np.concatenate([_NONE, *some]) for some in parts)
    return one, two, three
