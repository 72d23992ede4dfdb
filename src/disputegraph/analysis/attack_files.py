"""Read attack graphs from files of the argumentation competitions."""

from __future__ import annotations

from pathlib import Path

from disputegraph.analysis.arguments import AttackGraph
from disputegraph.errors import DataError

__all__ = ["read_attacks"]

_PAIR = 2


def read_attacks(path: str | Path) -> AttackGraph:
    """Return the attack graph in a file of the ICCMA format: ``p af N``, then one attack ``i j`` a line.

    Lines that begin with ``#`` are comments.

    Raises:
        DataError: the file cannot be read or is not of that format; the text names the line.
    """
    name = str(path)
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise DataError("is not UTF-8 text; save it as UTF-8.", path=name) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=name) from None
    size: int | None = None
    attacks = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[:2] == ["p", "af"] and "".join(words[2:]).isdecimal() and size is None:
            size = int("".join(words[2:]))
            continue
        if size is None:
            raise DataError(f"begins with '{line[:40]}', and 'p af N' is wanted.", path=name, line=number)
        if len(words[:3]) != _PAIR or not all(word.isdecimal() and 1 <= int(word) <= size for word in words):
            raise DataError(f"'{line[:40]}' is no attack; write two numbers from 1 to {size}.", path=name, line=number)
        attacks.append((words[0], words[1]))
    if size is None:
        raise DataError("is empty; 'p af N' is wanted first.", path=name, line=1)
    return AttackGraph(tuple(str(argument) for argument in range(1, size + 1)), tuple(dict.fromkeys(attacks)))
