"""The page's data: one plain JSON-able object, independent of how it is drawn. `docs/page.md` describes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from disputegraph.page import collecting, statements
from disputegraph.page.collecting import ACTOR_KINDS, Anchor, Node, local_name, nodes
from disputegraph.page.names import Names
from disputegraph.page.sources import SourceTexts
from disputegraph.page.things import day, facts_of, links_of, memberships, things
from disputegraph.store import Store

__all__ = ["FORMAT", "collect"]

FORMAT = "disputegraph-page/1"

Record = dict[str, Any]

_ACTORS = {local_name(kind) for kind in ACTOR_KINDS}


def collect(store: Store, *, sources: SourceTexts | None = None, title: str | None = None) -> Record:
    """Return all that the page knows, without any drawing.

    Raises:
        QueryError, DataError: the store cannot answer.
    """
    best, others = collecting.labels(store)
    spans = collecting.anchors(store)
    claims = statements.claims(store, best)
    utterances = statements.utterances(store)
    stances = statements.stances(store, best)
    documents = _documents(store, best, spans)
    for utterance in utterances.values():
        if "coder" in utterance:
            utterance["coder"] = best.get(utterance["coder"]) or local_name(utterance["coder"])
    records = _things(store, best, others, [claims, utterances, stances])
    _date(utterances, documents, spans)
    anchors = _Anchors(documents, sources)
    for group in (records, claims, utterances, stances):
        for key, record in group.items():
            if key in spans:
                record["evidence"] = anchors.places(spans[key])
    for record in records.values():
        for fact in record.get("facts", ()):
            if (membership := fact.pop("membership", None)) in spans:
                fact["evidence"] = anchors.places(spans[membership])
    names = Names([*claims, *utterances, *records])
    groups = {"things": records, "claims": claims, "utterances": utterances, "stances": stances, "documents": documents}
    return {
        "format": FORMAT,
        "base": names.base,
        **_case(store, title, best),
        **{name: _renamed(list(group.values()), names.short) for name, group in groups.items()},
        "anchors": _renamed(anchors.found, names.short),
    }


class _Anchors:
    """The anchors that are used, each once, with its quotation where the source text is at hand."""

    def __init__(self, documents: Mapping[str, Record], sources: SourceTexts | None) -> None:
        self.found: list[Record] = []
        self._places: dict[Anchor, int] = {}
        self._documents, self._sources = documents, sources

    def places(self, anchors: Iterable[Anchor]) -> list[int]:
        return [self._place(anchor) for anchor in anchors]

    def _place(self, anchor: Anchor) -> int:
        place = self._places.get(anchor)
        if place is None:
            place = self._places[anchor] = len(self.found)
            self.found.append(self._record(anchor))
        return place

    def _record(self, anchor: Anchor) -> Record:
        record: Record = {"document": anchor.document}
        if anchor.digest:
            record["sha256"] = anchor.digest
        if anchor.start is None or anchor.end is None:
            return record
        record |= {"start": anchor.start, "end": anchor.end}
        if self._sources is None:
            return record
        digest = self._documents.get(anchor.document, {}).get("digest")
        quote = self._sources.quote(digest, anchor.start, anchor.end, anchor.digest)
        if quote is not None:
            record["status"] = quote.status
            if quote.text:
                before, after = quote.start_in_paragraph, quote.end_in_paragraph
                record["quote"] = quote.text
                # Cut here, by code points: JavaScript counts UTF-16 units.
                record["before"], record["after"] = quote.paragraph[:before], quote.paragraph[after:]
        return record


def _case(store: Store, title: str | None, labels: Mapping[str, str]) -> Record:
    """Return what is said of the dispute as a whole; of several, the first by identifier, the title naming all."""
    disputes = nodes(store, "dg:Dispute")
    first = next(iter(disputes.values()), Node(""))
    titles = [node.best("dcterms:title") or labels.get(key, "") for key, node in disputes.items()]
    licence = first.one("dcterms:license")
    creators = [labels.get(key) or local_name(key) for key in first.all("dcterms:creator")]
    return {
        "title": title or " · ".join(filter(None, titles)) or "A public dispute",
        "description": first.best("dcterms:description"),
        "licence": licence,
        "licence_label": _licence_name(licence),
        "coded": day(first.one("dcterms:created") or first.one("dcterms:issued")),
        "coders": creators,
    }


def _licence_name(iri: str) -> str:
    """Return the short name of a Creative Commons licence, as it is cited; other licences go by their address."""
    match = re.fullmatch(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)/?.*", iri)
    if not match:
        return iri
    return f"CC0 {match[3]}" if match[2] == "zero" else f"CC {match[2].upper()} {match[3]}"


def _documents(store: Store, labels: Mapping[str, str], spans: Mapping[str, list[Anchor]]) -> dict[str, Record]:
    found = nodes(store, "dg:Document")
    keys = {*found, *(anchor.document for anchors in spans.values() for anchor in anchors)}
    documents = {}
    for key in sorted(keys):
        node = found.get(key, Node(key))
        publisher = node.one("dcterms:publisher")
        dates = [node.one(f"dcterms:{name}") for name in ("issued", "date", "created")]
        record = {
            "id": key,
            "label": labels.get(key) or local_name(key),
            "publisher": labels.get(publisher) or (local_name(publisher) if publisher else ""),
            "date": next((known for date in dates if (known := day(date))), ""),
            "digest": node.one("dg:textDigest"),
            "length": node.one("dg:textLength"),
            "normalisation": node.one("dg:textNormalization"),
            "links": links_of(node),
        }
        documents[key] = {name: value for name, value in record.items() if value}
    return documents


def _things(
    store: Store, labels: Mapping[str, str], others: Mapping[str, list[str]], said: list[dict[str, Record]]
) -> dict[str, Record]:
    claims, utterances, stances = said
    found = things(store)
    held = memberships(store, labels)
    speakers = {
        utterance[role] for utterance in utterances.values() for role in ("speaker", "voice") if role in utterance
    }
    speakers |= {key for utterance in utterances.values() for key in utterance.get("to", ())}
    speakers |= {key for claim in claims.values() for key in claim.get("agents", ())}
    speakers |= {stance["holder"] for stance in stances.values() if "holder" in stance}
    named = {
        key for claim in claims.values() for role in ("targets", "purposes", "issues") for key in claim.get(role, ())
    }
    named |= {stance["on"] for stance in stances.values() if "on" in stance}
    known = {*found, *claims}
    # What is only pointed at gets a record too, so that nothing said leads nowhere.
    extra = {key: ("Actor" if key in speakers else "Thing", Node(key)) for key in (speakers | named) - known}
    records = {}
    for key, (kind, node) in sorted((found | extra).items()):
        record: Record = {"id": key, "kind": kind, "label": labels.get(key) or local_name(key)}
        if kind in _ACTORS:
            record["actor"] = True
        more = {
            "aliases": others.get(key, []),
            "note": node.best("skos:definition") or node.best("dcterms:description"),
            "introducedBy": node.all("dg:introducedBy"),
            "links": links_of(node),
            "facts": held.get(key, []) + facts_of(node, labels),
            "start": day(node.one("dg:startedAt")),
            "end": day(node.one("dg:endedAt")),
        }
        records[key] = record | {name: value for name, value in more.items() if value}
    return records


def _date(utterances: Mapping[str, Record], documents: Mapping[str, Record], spans: Mapping[str, list[Anchor]]) -> None:
    """Give each utterance its documents and, where no day is coded, the day by which it had been said."""
    for key, utterance in utterances.items():
        places = sorted({anchor.document for anchor in spans.get(key, ())})
        if places:
            utterance["documents"] = places
        if "date" in utterance:
            utterance["dated"] = "said"
        elif days := sorted(date for place in places if (date := documents[place].get("date"))):
            utterance |= {"date": days[0], "dated": "document"}


_REFERENCES = {
    "id", "speaker", "voice", "to", "at", "claims", "reports", "supersedes", "documents", "document", "agents",
    "targets", "content", "purposes", "issues", "contradicts", "supports", "holder", "on", "utterances", "introducedBy",
}  # fmt: skip


def _renamed(value: Any, short: Callable[[str], str], name: str = "") -> Any:
    """Return records with every identifier in them shortened."""
    if isinstance(value, dict):
        return {key: _renamed(part, short, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, short, name) for part in value]
    return short(value) if name in _REFERENCES and isinstance(value, str) else value
