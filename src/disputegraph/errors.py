"""The errors the library raises: one base, few children, each with the data a caller may want.

Exit codes of the command line hang on the class: 2 usage, 3 unreadable data or query, 4 a limit was hit.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


class DisputeGraphError(Exception):
    """Base of every error that disputegraph raises on purpose; its text names what was found and what to do."""

    exit_code: ClassVar[int] = 3


class UsageError(DisputeGraphError):
    """A request that cannot be met: an unknown name, kind or option value."""

    exit_code = 2


class FormatError(UsageError):
    """Data that the format asked for cannot hold."""


class OutputError(DisputeGraphError):
    """A file or folder that cannot be written."""

    exit_code = 2


class LimitError(DisputeGraphError):
    """A limit of time, rows, memory, length or depth that was hit."""

    exit_code = 4


class DataError(DisputeGraphError):
    """Data that cannot be read.

    Attributes:
        path: the file, folder or address, as the user wrote it; None for text given in memory.
        line: the line, counted from 1, or None where none is known.
        column: the column in code points, counted from 1, or None.
    """

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        self.path, self.line, self.column = path, line, column
        super().__init__(f"{place}: {message}" if (place := _place(path, line, column)) else message)


class QueryError(DataError):
    """A query that cannot be understood or that is refused; `path` and `line` as in `DataError`."""


@contextmanager
def file_errors(path: str | Path) -> Iterator[None]:
    """Turn what is wrong with a file that cannot be read, or is not UTF-8, into a DataError that names it."""
    try:
        yield
    except FileNotFoundError:
        raise DataError(absent(path), path=str(path)) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=str(path)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 text (byte {error.start}); save it as UTF-8.", path=str(path)) from None


def absent(path: str | Path) -> str:
    """Return why there is no file: not even a name, or a link that leads nowhere."""
    if os.path.islink(path):  # noqa: PTH114  # a text as well as a path
        return f"is a link to '{os.readlink(path)}', which does not exist."  # noqa: PTH115
    return "there is no such file."


def _place(path: str | None, line: int | None, column: int | None) -> str:
    numbers = [str(n) for n in (line, column) if n is not None]
    if path is None:
        return f"line {':'.join(numbers)}" if numbers else ""
    return ":".join([path, *numbers])


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Return " Did you mean …?" with the names nearest to `word`, or an empty string when none is near."""
    from difflib import get_close_matches

    candidates: Sequence[str] = list(known)
    folded = {name.casefold(): name for name in candidates}
    hits = [folded[hit] for hit in get_close_matches(word.casefold(), list(folded), n=most, cutoff=0.6)]
    if not hits:
        hits = [name for name in candidates if word.casefold() in name.casefold()][:most]
    if not hits:
        return ""
    quoted = [f"'{name}'" for name in hits]
    return f" Did you mean {' or '.join([', '.join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)}?"
