"""Propose who is who elsewhere: names are sent to a reconciliation service, and its candidates read with distrust.

Reconciliation Service API 0.2, and 0.1 as far as the two are alike. Nothing is sent but names, to the address that was
given and to no other one. Nothing that comes back is taken for more than text: a candidate counts if its id makes an
http(s) address.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.identity.name_matching import Named
from disputegraph.store import public_address
from disputegraph.tables import shown

_BATCH = 10  # as OpenRefine asks
_MOST_BYTES, _PIECE = 4 << 20, 1 << 16
_SECONDS, _CONNECT = 60.0, 10.0
_LONGEST_TEXT, _LONGEST_ADDRESS = 300, 2_000
_BUSY, _TRIES, _LONGEST_WAIT = frozenset({429, 502, 503, 504}), 4, 30

Watch = Callable[[Iterable[Sequence[Named]]], Iterable[Sequence[Named]]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something elsewhere that may be the same as an actor or a claim here.

    Attributes:
        thing: what it may be.
        address: its IRI, of http or https.
        name: how it is called there.
        description: what is said of it there; may be empty.
        score: how sure the service is, on a scale of its own.
        match: whether the service takes it for certain.
    """

    thing: Named
    address: str
    name: str
    description: str
    score: float
    match: bool


class _BusyError(Exception):
    def __init__(self, status: int, seconds: int) -> None:
        self.status, self.seconds = status, seconds


class ReconciliationService:
    """A service at an address, which was asked what it is.

    Attributes:
        name: what it calls itself.
        odd: how many candidates were left out, by why.
    """

    def __init__(self, endpoint: str) -> None:
        """Ask the service for its manifest.

        Raises:
            UsageError: the address is not one of http or https.
            DataError: the service cannot be reached, or does not answer as one.
            LimitError: its answer is too large, or too slow.
        """
        if not is_web_address(endpoint):
            raise UsageError(f"'{public_or_same(endpoint)}' is not an address of http or https.")
        self._endpoint, self._shown = endpoint, public_address(endpoint)
        self.odd: Counter[str] = Counter()
        manifest = self._asked(None)
        self.name = _text(manifest.get("name")) or self._shown
        if "name" not in manifest or "identifierSpace" not in manifest:
            raise DataError(
                "answers, but not as a reconciliation service: the manifest has no name or identifierSpace.",
                path=self._shown,
            )
        self._space = str(manifest["identifierSpace"])
        view = manifest.get("view")
        self._view = str(view.get("url", "")) if isinstance(view, dict) else ""

    def proposals(
        self, things: Iterable[Named], *, type_: str | None = None, limit: int = 3, watch: Watch = lambda each: each
    ) -> Iterator[Proposal]:
        """Yield what the service proposes for the names of things, ten names a request.

        Candidates that a thing is the same as already are left out, and counted in `odd`.

        Args:
            things: whom or what to look for.
            type_: id of a type of the service, such as Wikidata's ``Q5``; by default any.
            limit: most candidates for each.
            watch: wraps the batches, to show how far the work is.
        """
        listed = list(things)
        for batch in watch([listed[start : start + _BATCH] for start in range(0, len(listed), _BATCH)]):
            queries = {
                f"q{place}": {
                    "query": thing.label[:_LONGEST_TEXT], "limit": limit, **({"type": type_} if type_ else {}),
                }
                for place, thing in enumerate(batch)
            }  # fmt: skip
            answer = self._asked({"queries": json.dumps(queries)})
            for place, thing in enumerate(batch):
                found = answer.get(f"q{place}")
                results = found.get("result") if isinstance(found, dict) else None
                if not isinstance(results, list):
                    self.odd["names got no answer"] += 1
                    continue
                for result in results[:limit]:
                    if (proposal := self._read(thing, result)) is not None:
                        yield proposal

    def _read(self, thing: Named, result: object) -> Proposal | None:
        told: Mapping[str, Any] = result if isinstance(result, dict) else {}
        name, score = _text(told.get("name")), told.get("score")
        if not name or isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
            self.odd["candidates have no name or no score"] += 1
            return None
        address = self._address(told.get("id"))
        if address is None:
            self.odd["candidates have an id that makes no http(s) address"] += 1
            return None
        if address in thing.identities or address == thing.iri:
            self.odd["candidates are noted as the same already"] += 1
            return None
        return Proposal(
            thing, address, name, _text(told.get("description")), float(score), match=told.get("match") is True
        )

    def _address(self, id_: object) -> str | None:
        """Return the address that an id stands for: itself, else one of the identifier space, else of the view."""
        if not isinstance(id_, str) or not id_ or id_ != _whole(id_):
            return None
        if ":" in id_:
            return id_ if is_web_address(id_) else None
        for made in (
            self._space + quote(id_, safe="") if self._space.endswith(("/", "#", "=")) else "",
            self._view.replace("{{id}}", quote(id_, safe="")),
        ):
            if is_web_address(made):
                return made
        return None

    def _asked(self, form: Mapping[str, str] | None) -> dict[str, Any]:
        """Return the JSON object that the service answers; it may not send us elsewhere."""
        import requests
        from urllib3.exceptions import HTTPError

        try:
            body = self._when_it_has_time(form)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise DataError(f"cannot be reached: {type(error).__name__}.", path=self._shown) from None
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            raise DataError(
                "answers with something that is not JSON. Is this the address of a reconciliation service?",
                path=self._shown,
            ) from None
        if not isinstance(answer, dict):
            raise DataError("answers with JSON that is not an object.", path=self._shown)
        return answer

    def _when_it_has_time(self, form: Mapping[str, str] | None) -> bytes:
        """Return the body of an answer; a service that is busy is asked again, so that what it said is not lost."""
        for tries in range(1, _TRIES):
            try:
                return self._body(form)
            except _BusyError as busy:
                time.sleep(min(busy.seconds or 2.0**tries, _LONGEST_WAIT))
        try:
            return self._body(form)
        except _BusyError as busy:
            raise DataError(f"is busy (status {busy.status}); try again later.", path=self._shown) from None

    def _body(self, form: Mapping[str, str] | None) -> bytes:
        import requests

        until = time.monotonic() + _SECONDS
        with requests.request(
            "GET" if form is None else "POST", self._endpoint, data=form, timeout=(_CONNECT, _SECONDS), stream=True,
            allow_redirects=False, headers={"Accept": "application/json"},
        ) as response:  # fmt: skip
            if response.is_redirect:
                target = response.headers.get("location", "")[:_LONGEST_ADDRESS]
                raise DataError(
                    f"sends us on to {shown(public_or_same(target))}; name that address, if you trust it.",
                    path=self._shown,
                )
            if response.status_code in _BUSY:
                wait = response.headers.get("retry-after", "")
                raise _BusyError(response.status_code, int(wait) if re.fullmatch("[0-9]{1,4}", wait) else 0)
            if response.status_code != requests.codes.ok:
                raise DataError(f"answers with the status {response.status_code}.", path=self._shown)
            body = bytearray()
            for piece in response.iter_content(_PIECE):
                body += piece
                if len(body) > _MOST_BYTES:
                    raise LimitError(f"{self._shown}: answers with more than {_MOST_BYTES >> 20} MiB.")
                if time.monotonic() > until:
                    raise LimitError(f"{self._shown}: has not answered in whole within {_SECONDS:g} s.")
        return bytes(body)


def is_web_address(text: str) -> bool:
    """Return whether a text is an IRI of http or https with a host, and not too long."""
    if len(text) > _LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(str(NamedNode(text).value))
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def public_or_same(address: str) -> str:
    """Return an address without user and password; any other text as it is."""
    try:
        return public_address(address)
    except UsageError:
        return address[:_LONGEST_TEXT].rpartition("@")[2]


def _text(value: object) -> str:
    return shown(_whole(value[:_LONGEST_TEXT])) if isinstance(value, str) else ""


def _whole(text: str) -> str:
    """Return a text with question marks for halves of surrogate pairs, which JSON can hold and no file can."""
    return text.encode(errors="replace").decode()
