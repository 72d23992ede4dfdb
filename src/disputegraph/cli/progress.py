"""Progress bars on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

__all__ = ["watched"]

_Item = TypeVar("_Item")


def watched(what: str) -> Callable[[Iterable[_Item]], Iterable[_Item]]:
    """Return a wrapper for a long iterable that shows how far it is; without a terminal it passes things through."""
    if not sys.stderr.isatty():
        return lambda items: items
    return lambda items: _watch(items, what)


def _watch(items: Iterable[_Item], what: str) -> Iterator[_Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    total = len(items) if isinstance(items, Sized) else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=Console(file=getattr(sys.stderr, "stream", sys.stderr)), transient=True
    ) as progress:
        task = progress.add_task(what, total=total)
        for count, item in enumerate(items, start=1):
            if count % 256 == 0:  # a bar that moves for each item would cost more than the item
                progress.update(task, completed=count)
            yield item
