"""A reconciliation service over actors and claims, for OpenRefine and the like.

Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group): manifest, queries, suggestions, previews,
data extension. Answers are plain JSON; a preview is a page without scripts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disputegraph import __version__
from disputegraph.errors import UsageError
from disputegraph.identity import Named, NameIndex
from disputegraph.model import Model
from disputegraph.page import template_environment
from disputegraph.server.job_errors import Missing
from disputegraph.server.things import local_address
from disputegraph.store import Store
from disputegraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    import jinja2

_MOST_QUERIES, _MOST_CANDIDATES, _MOST_IDS = 200, 50, 1_000
_LONGEST_NAME = 1_000
_CANDIDATES = 5
_PROPERTIES: dict[str, tuple[str, Callable[[Named], tuple[str, ...]]]] = {
    "kind": ("kind", lambda thing: (thing.kind,)),
    "alias": ("alias", lambda thing: thing.aliases),
    "sameAs": ("same as", lambda thing: thing.identities),
    "description": ("description", lambda thing: (thing.description,) if thing.description else ()),
}


def manifest(address: str, title: str) -> dict[str, Any]:
    """Return what the service says of itself to a client that calls the server by an address."""
    at = {"service_url": address}
    return {
        "versions": ["0.2"],
        "name": title,
        "identifierSpace": f"{address}{local_address('')}",
        "schemaSpace": PREFIXES["dg"],
        "serviceVersion": __version__,
        "defaultTypes": [_type("Actor"), _type("Claim")],
        "view": {"url": f"{address}{local_address('')}{{{{id}}}}"},
        "preview": {"url": f"{address}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 180},
        "suggest": {
            what: {**at, "service_path": f"/reconcile/suggest/{what}"} for what in ("entity", "type", "property")
        },
        "extend": {"propose_properties": {**at, "service_path": "/reconcile/properties"}, "property_settings": []},
    }


class Reconciler:
    """Answers over the names of one state of the data, which are read once."""

    def __init__(self, store: Store) -> None:
        self._index = NameIndex(Model(store))

    def answer(self, head: Mapping[str, Any]) -> tuple[str, bytes]:
        """Return the media type and the bytes of an answer.

        Args:
            head: ``what`` is asked for (queries, extend, properties, preview, entity, type, property), and ``text``.

        Raises:
            UsageError: the request is not one of the API's, or too large.
            Missing: there is nothing of that name to preview.
        """
        what, text = head["what"], head["text"]
        if what == "preview":
            return "text/html; charset=utf-8", self._preview(text).encode()
        if what in ("queries", "extend"):
            try:
                asked = json.loads(text)
            except (ValueError, RecursionError):
                raise UsageError(f"'{what}' is not JSON.") from None
            found = self._queries(asked) if what == "queries" else self._extend(asked)
        elif what == "properties":
            found = {"type": text, "properties": [{"id": id_, "name": name} for id_, (name, _) in _PROPERTIES.items()]}
        else:
            found = {"result": self._suggested(what, text)}
        return "application/json", json.dumps(found).encode()

    def _queries(self, batch: object) -> dict[str, Any]:
        if not isinstance(batch, dict) or len(batch) > _MOST_QUERIES:
            raise UsageError(f"'queries' is an object of at most {_MOST_QUERIES} queries by name.")
        return {name: {"result": self._result(name, query)} for name, query in batch.items()}

    def _result(self, name: str, query: object) -> list[dict[str, Any]]:
        told = query if isinstance(query, dict) else {}
        text, types, limit = told.get("query", ""), told.get("type") or [], told.get("limit", _CANDIDATES)
        types = [types] if isinstance(types, str) else types
        if not isinstance(text, str) or (not text and not told.get("properties")) or len(text) > _LONGEST_NAME:
            raise UsageError(f"query {name}: 'query' is a text of at most {_LONGEST_NAME:,} characters.")
        if not isinstance(types, list) or not all(isinstance(each, str) for each in types):
            raise UsageError(f"query {name}: 'type' is the id of a type, or a list of them.")
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
            raise UsageError(f"query {name}: 'limit' is a number from 1.")
        limit = int(min(limit, _MOST_CANDIDATES))
        return [
            {
                **_told(found.thing),
                "score": found.score,
                "match": found.match,
                "type": [_type(found.thing.kind)],
            }
            for found in self._index.candidates(text, types=types, limit=limit)
        ]

    def _suggested(self, what: str, prefix: str) -> list[dict[str, Any]]:
        if what == "entity":
            found = self._index.beginning(prefix[:_LONGEST_NAME])
            return [{**_told(thing), "notable": [_type(thing.kind)]} for thing in found]
        kinds = sorted({"Actor", *(thing.kind for thing in self._index.things.values())})
        known = {
            "type": [(kind, kind) for kind in kinds],
            "property": [(id_, name) for id_, (name, _) in _PROPERTIES.items()],
        }
        if what not in known:
            raise Missing(f"nothing is suggested as '{what}'.")
        wanted = prefix.casefold()
        return [{"id": id_, "name": name} for id_, name in known[what] if name.casefold().startswith(wanted)]

    def _extend(self, asked: object) -> dict[str, Any]:
        told = asked if isinstance(asked, dict) else {}
        ids, wanted = told.get("ids"), told.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > _MOST_IDS:
            raise UsageError(f"'extend' has 'ids', at most {_MOST_IDS:,}, and 'properties'.")
        names = [str(each.get("id")) if isinstance(each, dict) else "" for each in wanted]
        if unknown := [name for name in names if name not in _PROPERTIES]:
            raise UsageError(f"there is no property '{unknown[0]}'; there are {', '.join(_PROPERTIES)}.")
        rows = {}
        for id_ in (each for each in ids if isinstance(each, str)):
            thing = self._index.things.get(id_)
            rows[id_] = {
                name: [{"str": value} for value in _PROPERTIES[name][1](thing)] if thing else [] for name in names
            }
        return {"meta": [{"id": name, "name": _PROPERTIES[name][0]} for name in names], "rows": rows}

    def _preview(self, iri: str) -> str:
        thing = self._index.things.get(iri)
        if thing is None:
            raise Missing(f"no actor or claim is called <{iri[:200]}>.")
        return _preview_template().render(thing=thing, address=local_address(iri))


@cache
def _preview_template() -> jinja2.Template:
    return template_environment(Path(__file__).parent / "templates").get_template("preview.html.j2")


def _told(thing: Named) -> dict[str, Any]:
    told = {"id": thing.iri, "name": thing.label}
    return {**told, "description": thing.description} if thing.description else told


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": kind}
