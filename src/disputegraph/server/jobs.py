"""What a worker can be asked to do; every kind of job is a file of its own, imported when first asked for."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disputegraph.model import parameter_term
from disputegraph.server.answering import answer_query
from disputegraph.server.errors import Missing
from disputegraph.server.protocol import ProtocolError, query_head, read_request
from disputegraph.sparql import named_queries
from disputegraph.store import EmbeddedStore, Store, Term, is_store, open_store

__all__ = ["Jobs", "open_for_serving"]

_WORTH_PACKING = 1400
"""Bytes from which gzip pays: less fits one network packet anyway."""


def open_for_serving(settings: Mapping[str, Any]) -> Store | None:
    """Return the data in memory, to be shared by all workers, or None where each worker opens it for itself.

    Raises:
        DataError: it cannot be read.
    """
    store = open_store(settings["locations"])
    if isinstance(store, EmbeddedStore) and not any(_on_disk(location) for location in settings["locations"]):
        return store
    store.close()
    return None


def _on_disk(location: str) -> bool:
    return is_store(Path(location))


class Jobs:
    """The jobs over one store."""

    def __init__(self, settings: Mapping[str, Any], store: Store | None) -> None:
        self._settings = settings
        self._sources: Any = None
        self._store: Store = store if store is not None else open_store(settings["locations"])

    def do(self, head: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Return the head and the body of the answer to one job; raises what the job raises."""
        media_type, data = getattr(self, f"_{head['job']}")(head, body)
        answer = {"type": media_type}
        if head.get("gzip") and len(data) >= _WORTH_PACKING:
            data = gzip.compress(data, compresslevel=5, mtime=0)
            answer["encoding"] = "gzip"
        return answer, data

    def _request(self, head: Mapping[str, Any], body: bytes) -> tuple[str, bytes]:
        """Answer the query in what follows the question mark of an address."""
        operation = read_request("GET", body, None, b"")
        if operation.query is None:
            raise ProtocolError(400, "This is no query.")
        return self._query({**head, **query_head(operation)}, operation.query.encode())

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
        from disputegraph.server.descriptions import service_description

        return service_description(self._store, head)

    def _dataset(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.server.descriptions import dataset_description

        return dataset_description(self._store, head)

    def _thing(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.server.things import describe_thing

        return describe_thing(self._store, head)

    def _download(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        import io

        from disputegraph.rdf import format_named, write_stable

        form = format_named(head["format"])
        stream = io.BytesIO()
        write_stable(self._store.quads(), stream, form, prefixes=self._store.prefixes)
        return form.media_types[0], stream.getvalue()

    def _page(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.evidence import Sources
        from disputegraph.page import page_data, render_page
        from disputegraph.server.live import detached, enlivened

        sources = Sources(Path(head["sources"])) if head.get("sources") else None
        many = len(self._store) > head["many"]
        data = page_data(self._store, sources=sources, title=head.get("title"), embed=not many)
        return "text/html; charset=utf-8", enlivened(render_page(detached(data, many=head["many"] // 10))).encode()

    def _evidence(self, head: Mapping[str, Any], _: bytes) -> tuple[str, bytes]:
        from disputegraph.evidence import Sources
        from disputegraph.server.live import evidence_of

        if head.get("sources") and self._sources is None:
            self._sources = Sources(Path(head["sources"]))
        return "application/json", evidence_of(self._store, head["iri"], self._sources)

    def _completion(self, _: Mapping[str, Any], __: bytes) -> tuple[str, bytes]:
        from disputegraph.server.completion import completion

        return "application/json", completion(self._store)

    def _queries(self, _: Mapping[str, Any], __: bytes) -> tuple[str, bytes]:
        from disputegraph.server.completion import queries_listed

        return "application/json", queries_listed()

    def _update(self, head: Mapping[str, Any], body: bytes) -> tuple[str, bytes]:
        from disputegraph.server.updating import update

        update(self._store, body.decode(), self._settings["locations"], head)
        return "text/plain", b""
