"""The addresses of the reconciliation service; what they answer is made in `reconciliation`."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from disputegraph.server.endpoint import Endpoint, base_address, unless_gone
from disputegraph.server.options import ServerOptions
from disputegraph.server.protocol import ProtocolError
from disputegraph.server.responses import respond
from disputegraph.server.served_data import ServedData

_FORM = "application/x-www-form-urlencoded"


class ReconciliationRoutes:
    """Answers requests below ``/reconcile``."""

    def __init__(self, data: ServedData, options: ServerOptions, endpoint: Endpoint) -> None:
        self._data, self._options, self._endpoint = data, options, endpoint

    async def service(self, request: Request) -> Response:
        """Answer a batch of queries or a data extension; without either, the manifest."""
        from disputegraph.server.reconciliation import manifest

        fields = dict(request.query_params)
        if request.method == "POST":
            body = await self._endpoint.body(request)
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
                raise ProtocolError(415, f"Queries are posted as a form, {_FORM}.")
            try:
                fields |= {name: values[0] for name, values in parse_qs(body.decode(), strict_parsing=True).items()}
            except ValueError:
                raise ProtocolError(400, "The form cannot be read.") from None
        for what in ("queries", "extend"):
            if what in fields:
                return await self._run(request, what, fields[what])
        if request.method == "POST":
            raise ProtocolError(400, "The form has neither 'queries' nor 'extend'.")
        return JSONResponse(manifest(base_address(request), self._options.title or "disputegraph"))

    async def suggest(self, request: Request) -> Response:
        """Answer what begins with a prefix: entities, types or properties."""
        what = request.path_params["what"]
        if what not in ("entity", "type", "property"):
            raise ProtocolError(404, f"Nothing is suggested as '{what}'; there are entity, type and property.")
        return await self._run(request, what, request.query_params.get("prefix", ""))

    async def properties(self, request: Request) -> Response:
        """Answer which properties can be asked of a type."""
        return await self._run(request, "properties", request.query_params.get("type", ""))

    async def preview(self, request: Request) -> Response:
        """Answer a few lines on an actor or a claim, as a page to be shown in a frame."""
        return await self._run(request, "preview", request.query_params.get("id", ""))

    async def _run(self, request: Request, what: str, text: str) -> Response:
        head = {"job": "reconcile", "what": what}
        return respond(request, await unless_gone(request, self._data.pool.run(head, text.encode())))
