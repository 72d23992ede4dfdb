"""The server: a dispute on this machine's loopback, as page, SPARQL endpoint, query editor and linked data.

Nothing of the web server's libraries is imported before `serve` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disputegraph.server.options import Limits, ServerOptions

if TYPE_CHECKING:
    from disputegraph.server.running import serve

__all__ = ["Limits", "ServerOptions", "serve"]


def __getattr__(name: str) -> Any:
    """Import `serve` when it is asked for: the process that reads the data has no use for it."""
    if name != "serve":
        raise AttributeError(f"module 'disputegraph.server' has no attribute '{name}'")
    from disputegraph.server.running import serve

    return serve
