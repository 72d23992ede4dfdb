"""The page's data: one plain JSON-able object, independent of how it is drawn. `docs/page.md` describes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from disputegraph.model import Anchor, Model, SourceTexts, day_of
from disputegraph.page.said_records import claims, lean, stances, utterances
from disputegraph.page.short_names import Names
from disputegraph.page.thing_records import links_of, things

__all__ = ["FORMAT", "collect"]

FORMAT = "disputegraph-page/1"

Record = dict[str, Any]

_NAMED = ("speaker", "voice", "to", "agents", "targets", "purposes", "issues", "holder", "on")


def collect(model: Model, *, sources: SourceTexts | None = None, title: str | None = None) -> Record:
    """Return all that the page knows, without any drawing.

    Raises:
        QueryError, DataError: the store cannot answer.
    """
    said = {"claims": claims(model), "utterances": utterances(model), "stances": stances(model)}
    named = {key for group in said.values() for record in group.values() for key in _mentioned(record)}
    records = things(model, named - said["claims"].keys())
    documents = _documents(model)
    anchors = _Anchors(documents, sources)
    for group in (records, *said.values()):
        for key, record in group.items():
            if places := anchors.places(model.anchors(key)):
                record["evidence"] = places
    for record in records.values():
        for fact in record.get("facts", ()):
            if (membership := fact.pop("membership", None)) and (places := anchors.places(model.anchors(membership))):
                fact["evidence"] = places
    names = Names([*said["claims"], *said["utterances"], *records])
    groups = {"things": records, **said, "documents": documents}
    return {
        "format": FORMAT,
        "base": names.base,
        **_case(model, title),
        **{name: _renamed(list(group.values()), names.short) for name, group in groups.items()},
        "anchors": _renamed(anchors.found, names.short),
    }


def _mentioned(record: Record) -> Iterable[str]:
    for role in _NAMED:
        value = record.get(role, ())
        yield from (value,) if isinstance(value, str) else value


class _Anchors:
    """The anchors that are used, each once, with its quotation where the source text is at hand."""

    def __init__(self, documents: Mapping[str, Record], sources: SourceTexts | None) -> None:
        self.found: list[Record] = []
        self._places: dict[Anchor, int] = {}
        self._documents, self._sources = documents, sources

    def places(self, anchors: Iterable[Anchor]) -> list[int]:
        return [self._place(anchor) for anchor in anchors if anchor.document is not None]

    def _place(self, anchor: Anchor) -> int:
        place = self._places.get(anchor)
        if place is None:
            place = self._places[anchor] = len(self.found)
            self.found.append(self._record(anchor))
        return place

    def _record(self, anchor: Anchor) -> Record:
        record: Record = {"document": anchor.document}
        if anchor.sha256:
            record["sha256"] = anchor.sha256
        if anchor.start is None or anchor.end is None:
            return record
        record |= {"start": anchor.start, "end": anchor.end}
        if self._sources is None:
            return record
        digest = self._documents.get(anchor.document or "", {}).get("digest")
        quote = self._sources.quote(digest, anchor.start, anchor.end, anchor.sha256 or "")
        if quote is not None:
            record["status"] = quote.status
            if quote.text:
                before, after = quote.start_in_paragraph, quote.end_in_paragraph
                record["quote"] = quote.text
                # Cut here, by code points: JavaScript counts UTF-16 units.
                record["before"], record["after"] = quote.paragraph[:before], quote.paragraph[after:]
        return record


def _case(model: Model, title: str | None) -> Record:
    """Return what is said of the dispute as a whole; of several, the first by IRI, the title naming all."""
    facts, labels = model.facts, model.labels
    disputes = sorted(model.kinds.members("Dispute").tolist(), key=facts.terms.text)
    first = disputes[0] if disputes else -1
    titles = [
        labels.best(code, "dcterms:title") or (labels.of(code) if labels.named(facts.terms.text(code)) else "")
        for code in disputes
    ]
    licence = facts.text(first, "dcterms:license")
    return {
        "title": title or " · ".join(filter(None, titles)) or "A public dispute",
        "description": labels.best(first, "dcterms:description"),
        "licence": licence,
        "licence_label": _licence_name(licence),
        "coded": day_of(facts.text(first, "dcterms:created", "dcterms:issued")),
        "coders": [_called(model, creator) for creator in facts.pairs("dcterms:creator").of(first)],
    }


def _called(model: Model, value: int) -> str:
    """Return the label of a node, or the text of a literal."""
    return model.labels.of(value) if value >= 0 and model.facts.terms.is_node(value) else model.facts.terms.text(value)


def _licence_name(iri: str) -> str:
    """Return the short name of a Creative Commons licence, as it is cited; other licences go by their address."""
    match = re.fullmatch(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)/?.*", iri)
    if not match:
        return iri
    return f"CC0 {match[3]}" if match[2] == "zero" else f"CC {match[2].upper()} {match[3]}"


def _documents(model: Model) -> dict[str, Record]:
    facts, text = model.facts, model.facts.terms.text
    codes = {*model.kinds.members("Document").tolist(), *model.said.anchors.documents.tolist()} - {-1}
    found = {}
    for code in sorted(codes, key=text):
        publishers = facts.pairs("dcterms:publisher").of(code)
        found[text(code)] = lean(
            id=text(code),
            label=model.labels.of(code),
            publisher=_called(model, publishers[0]) if publishers else "",
            date=day_of(text(model.documents.date(code))),
            digest=facts.text(code, "dg:textDigest"),
            length=facts.text(code, "dg:textLength"),
            normalisation=facts.text(code, "dg:textNormalization"),
            links=links_of(model, code),
        )
    return found


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
