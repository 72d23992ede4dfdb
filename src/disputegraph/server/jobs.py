"""What a worker can be asked to do; what the page needs is imported when first asked for."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from disputegraph.model import parameter_term
from disputegraph.process import Reply, Work
from disputegraph.rdf import format_named, write_stable
from disputegraph.server.answering import answer_query
from disputegraph.server.descriptions import dataset_description, service_description
from disputegraph.server.editor_completion import completion, queries_listed
from disputegraph.server.job_errors import Missing, told
from disputegraph.server.things import describe_thing
from disputegraph.sparql import named_queries
from disputegraph.store import Term, open_store

_IN_MESSAGE = 1 << 20
"""Bytes of an answer that travel in the message; a larger one travels as a file."""


def start_jobs(settings: Mapping[str, Any]) -> Work:
    """Open the data and return what answers jobs over it.

    Args:
        settings: ``locations`` of the data, ``folder`` for large answers, limits ``rows`` and ``megabytes``.
    """
    jobs = _Jobs(settings)
    grown = _size() + (settings["megabytes"] << 20) // 4

    def work(head: Mapping[str, Any], body: bytes) -> Reply:
        try:
            media_type, data = getattr(jobs, f"_{head['job']}")(head, body)
            answer = {"type": media_type, "digest": hashlib.sha256(data).hexdigest()[:20]}
            if len(data) > _IN_MESSAGE:
                handle, answer["file"] = tempfile.mkstemp(prefix="answer-", dir=settings["folder"])
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                data = b""
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # the client is told, and the worker lives on
            return told(error), b""
        return (answer | {"retire": True} if _size() > grown else answer), data

    return work


def _size() -> int:
    """Return the bytes of memory that the process holds; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123  # read after every job
            return int(stream.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


class _Jobs:
    """The jobs over one store; each returns a media type and bytes."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._store = open_store(settings["locations"])

    @cached_property
    def _sources(self) -> Any:
        from disputegraph.evidence import Sources

        return Sources(Path(self._settings["sources"])) if self._settings["sources"] else None

    def _ready(self, _: Mapping[str, Any], __: bytes) -> tuple[str, bytes]:
        return "text/plain", b""

    def _query(self, head: Mapping[str, Any], body: bytes) -> tuple[str, bytes]:
        text = self._named(head["name"]) if head.get("name") else body.decode()
        bindings: dict[str, Term] = {
            name: parameter_term(value, self._store) for name, value in head.get("bindings") or ()
        }
        return answer_query(self._store, text, {"rows": self._settings["rows"], **head}, bindings=bindings)

    def _named(self, name: str) -> str:
        if name not in named_queries():
            raise Missing(f"there is no query named '{name}'; /queries lists them.")
        return named_queries()[name].text

    def _service(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        return service_description(self._store, head)

    def _dataset(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        return dataset_description(self._store, head)

    def _thing(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        return describe_thing(self._store, head, sources=self._sources)

    @cached_property
    def _reconciler(self) -> Any:
        from disputegraph.server.reconciliation import Reconciler

        return Reconciler(self._store)

    def _reconcile(self, head: Mapping[str, Any], body: bytes) -> tuple[str, bytes]:
        answer: tuple[str, bytes] = self._reconciler.answer({**head, "text": body.decode()})
        return answer

    def _download(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        form = format_named(head["format"])
        stream = io.BytesIO()
        write_stable(self._store.quads(), stream, form, prefixes=self._store.prefixes)
        return form.media_types[0], stream.getvalue()

    def _page(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.page import page_data, render_page
        from disputegraph.server.live import detached, enlivened

        many = len(self._store) > head["many"]
        data = page_data(self._store, sources=self._sources, title=head["title"], embed=not many)
        return "text/html", enlivened(render_page(detached(data, many=head["many"] // 10))).encode()

    def _evidence(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.server.live import evidence_of

        return "application/json", evidence_of(self._store, head["iri"], self._sources)

    def _completion(self, _: Mapping[str, Any], __: bytes) -> tuple[str, bytes]:
        return "application/json", completion(self._store)

    def _queries(self, _: Mapping[str, Any], __: bytes) -> tuple[str, bytes]:
        return "application/json", queries_listed()
