"""Downloads of the whole graph, made once for every state of the data and format, plain and packed."""

from __future__ import annotations

import asyncio
import gzip
import shutil
from dataclasses import dataclass
from pathlib import Path

from disputegraph.rdf import FORMATS, Format
from disputegraph.server.bodies import send_file
from disputegraph.server.negotiation import accepted_encoding
from disputegraph.server.pool import Pool, Result
from disputegraph.server.safety import Scope, Send, header

__all__ = ["DOWNLOADS", "Downloads"]

DOWNLOADS: dict[str, Format] = {form.suffixes[0]: form for form in FORMATS if form.name != "n3"}
"""Suffix of ``/data.…`` -> format."""


@dataclass(frozen=True, slots=True)
class _Made:
    version: int
    type: str
    plain: Path
    packed: Path


class Downloads:
    """The files, kept in the server's folder until the data changes."""

    def __init__(self, pool: Pool, folder: Path) -> None:
        self._pool = pool
        self._folder = folder
        self._made: dict[str, _Made] = {}
        self._making = asyncio.Lock()

    async def send(self, suffix: str, scope: Scope, send: Send) -> None:
        """Send the graph in the format of a suffix; raises as `Pool.run`."""
        made = await self._file(suffix)
        packed = accepted_encoding(header(scope, b"accept-encoding"))
        path = made.packed if packed else made.plain
        etag = f'"{made.version}-{path.name}-{path.stat().st_mtime_ns:x}"'
        headers = [
            (b"etag", etag.encode()),
            (b"vary", b"Accept-Encoding"),
            (b"cache-control", b"no-cache"),
            (b"content-type", (made.type + ("; charset=utf-8" if made.type.startswith("text/") else "")).encode()),
            (b"content-disposition", f'inline; filename="dispute.{suffix}"'.encode()),
        ]
        known = header(scope, b"if-none-match")
        if known is not None and (known.strip() == "*" or etag in known):
            await send({"type": "http.response.start", "status": 304, "headers": headers[:3]})
            await send({"type": "http.response.body", "body": b""})
            return
        if packed:
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(path.stat().st_size).encode()))
        await send_file(send, path, {"type": "http.response.start", "status": 200, "headers": headers}, keep=True)

    async def _file(self, suffix: str) -> _Made:
        async with self._making:
            made = self._made.get(suffix)
            if made is None or made.version != self._pool.version:
                result = await self._pool.run({"job": "download", "format": suffix}, long=True)
                made = await asyncio.to_thread(self._write, suffix, result)
                self._made[suffix] = made
            return made

    def _write(self, suffix: str, result: Result) -> _Made:
        plain = self._folder / f"data-{result.version}.{suffix}"
        if result.file is not None:
            shutil.move(result.file, plain)
        else:
            plain.write_bytes(result.body)
        packed = plain.with_name(plain.name + ".gz")
        with plain.open("rb") as source, gzip.GzipFile(packed, "wb", compresslevel=6, mtime=0) as target:
            shutil.copyfileobj(source, target)
        for other in self._folder.glob(f"data-*.{suffix}*"):
            if other not in (plain, packed):
                other.unlink(missing_ok=True)
        return _Made(result.version, result.type, plain, packed)
