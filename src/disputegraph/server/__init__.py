"""The server: a dispute on this machine's loopback, as page, SPARQL endpoint, query editor and linked data.

`serve` needs the extra ``disputegraph[serve]`` (Starlette, uvicorn); nothing here is imported before it is called.
"""

from disputegraph.server.options import Limits, ServerOptions
from disputegraph.server.running import serve

__all__ = ["Limits", "ServerOptions", "serve"]
