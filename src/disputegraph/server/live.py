"""The page as the server shows it: with links to the rest of the server, and details that come when asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.evidence import Sources
from disputegraph.sparql import query_text
from disputegraph.store import Store

_DETAILS = ("quote", "before", "after", "sha256", "status")


def detached(data: Mapping[str, Any], *, many: int) -> dict[str, Any]:
    """Return the page's data without what is looked at one by one, where there are more than `many` anchors.

    The words of the evidence and the data to be downloaded make most of a large page; the server has both at hand.
    """
    if len(data["anchors"]) <= many:
        return dict(data)
    anchors = [
        {name: value for name, value in anchor.items() if name not in _DETAILS}
        if isinstance(anchor, Mapping)
        else anchor
        for anchor in data["anchors"]
    ]
    return {**data, "anchors": anchors, "live": True}


def enlivened(html: str) -> str:
    """Return a page that may load our own script and ask our own server, and does.

    The page's content security policy lets nothing load; here it is opened for what this server itself sends.

    Raises:
        ValueError: the page has not the policy that is to be opened.
    """
    for before, after in (
        (
            "default-src &#39;none&#39;; script-src ",
            "default-src &#39;none&#39;; connect-src &#39;self&#39;; script-src &#39;self&#39; ",
        ),
        ("; style-src ", "; style-src &#39;self&#39; "),
        ("</head>", '<link rel="stylesheet" href="/static/live.css">\n</head>'),
        ("</body>", '<script type="module" src="/static/live.js"></script>\n</body>'),
    ):
        head, found, tail = html.rpartition(before) if before == "</body>" else html.partition(before)
        if not found:
            raise ValueError(f"the page has no '{before.strip()}'")
        html = head + after + tail
    return html


def evidence_of(store: Store, iri: str, sources: Sources | None) -> bytes:
    """Return where an utterance stands, with its words where the source texts are at hand, as JSON.

    Raises:
        UsageError: `iri` is not an IRI.
    """
    try:
        node = NamedNode(iri)
    except ValueError:
        raise UsageError(f"'{iri}' is not an IRI.") from None
    found = []
    for row in store.select(query_text("server", "evidence"), bindings={"utterance": node}):
        place = {name: row[name].value if row[name] is not None else None for name in ("document", "sha256", "digest")}
        start, end = (int(row[name].value) if row[name] is not None else None for name in ("start", "end"))
        entry: dict[str, Any] = {"document": place["document"], "start": start, "end": end, "sha256": place["sha256"]}
        if sources is not None and start is not None and end is not None and place["sha256"]:
            quote = sources.quote(place["digest"], start, end, place["sha256"])
            if quote is not None:
                entry |= {"quote": quote.text, "status": quote.status}
        found.append(entry)
    return json.dumps(found, ensure_ascii=False).encode()
