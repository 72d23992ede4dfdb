"""Progress bars on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

_Item = TypeVar("_Item")


def watched(what: str, *, every: int = 256) -> Callable[[Iterable[_Item]], Iterable[_Item]]:
    """Return a wrapper for a long iterable that shows how far it is; without a terminal it passes things through.

    Args:
        what: what is done.
        every: after how many items the bar moves; for each item it would cost more than most items do.
    """
    if not sys.stderr.isatty():
        return lambda items: items
    return lambda items: _watch(items, what, every)


def _watch(items: Iterable[_Item], what: str, every: int) -> Iterator[_Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    total = len(items) if isinstance(items, Sized) else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=Console(file=getattr(sys.stderr, "stream", sys.stderr)), transient=True
    ) as progress:
        task = progress.add_task(what, total=total)
        for count, item in enumerate(items, start=1):
            if count % every == 0:
                progress.update(task, completed=count)
            yield item
