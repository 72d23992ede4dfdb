"""The page's data: one plain JSON-able object, independent of how it is drawn. `docs/page.md` describes it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from disputegraph.evidence import ContextShown, context_around
from disputegraph.model import HearsayRule, Model, Quotation, SourceTexts, day_of
from disputegraph.page.said_records import claims, lean, stances, utterances
from disputegraph.page.short_names import Ids, base_of
from disputegraph.page.thing_records import links_of, thing_nodes, things

FORMAT = "disputegraph-page/1"

Record = dict[str, Any]


def collect(
    model: Model,
    *,
    sources: SourceTexts | None = None,
    title: str | None = None,
    context: ContextShown = "sentence",
    hearsay: HearsayRule = "news",
) -> Record:
    """Return all that the page knows, without any drawing.

    Raises:
        QueryError, DataError: the store cannot answer.
    """
    facts, nodes = model.facts, thing_nodes(model)
    named = (code for some in (model.claim_nodes.tolist(), model.said.nodes.tolist(), nodes) for code in some)
    base = base_of(map(facts.terms.text, named))
    ids = Ids(facts.terms.texts, base)
    groups = {
        "things": things(model, nodes, ids),
        "claims": claims(model, ids),
        "utterances": utterances(model, ids, hearsay),
        "stances": stances(model, ids),
    }
    documents = _documents(model, ids)
    anchors = _Anchors(model, documents, ids, sources, context)
    for group in groups.values():
        for code, record in group.items():
            if places := anchors.places(code):
                record["evidence"] = places
    for record in groups["things"].values():
        for fact in record.get("facts", ()):
            if (membership := fact.pop("membership", None)) is not None and (places := anchors.places(membership)):
                fact["evidence"] = places
    anchors.add_kept(groups["utterances"])
    for document, words in anchors.words().items():
        documents[document]["words"] = words
    groups["documents"] = documents
    return {
        "format": FORMAT,
        "base": base,
        "hearsay": hearsay,
        **_case(model, title),
        **({"broken": count} if (count := len(model.said.broken)) else {}),
        **{name: list(group.values()) for name, group in groups.items()},
        "anchors": anchors.found,
    }


class _Anchors:
    """The anchors that are used, each once, with its quotation where the source text is at hand."""

    def __init__(
        self,
        model: Model,
        documents: Mapping[int, Record],
        ids: Ids,
        sources: SourceTexts | None,
        context: ContextShown,
    ) -> None:
        self.found: list[Record] = []
        self._places: dict[tuple[int, int, int, str], int] = {}
        self._text, self._table = model.facts.terms.text, model.said.anchors
        self._documents, self._ids, self._sources = documents, ids, sources
        self._context = context
        self._carried: dict[int, dict[int, str]] = defaultdict(dict)

    def add_kept(self, utterances: Mapping[int, Record]) -> None:
        """Count the words that the graph itself keeps of a quotation, and drop them where the source text gave them."""
        for code, record in utterances.items():
            if "kept" not in record:
                continue
            if any("quote" in self.found[place] for place in record.get("evidence", ())):
                del record["kept"]
            elif (row := next(iter(self._table.rows.get(code, ())), None)) is not None:
                documents, starts, _, _ = self._table.lists
                if documents[row] >= 0 and starts[row] >= 0:
                    self._carried[documents[row]].update(enumerate(record["kept"], starts[row]))

    def words(self) -> dict[int, int]:
        """Return how many words of each document go along; words that several quotations carry are counted once."""
        found = {}
        for document, letters in self._carried.items():
            places = sorted(letters)
            gaps = ("" if place == before + 1 else " " for before, place in pairwise([-1, *places]))
            text = "".join(gap + letters[place] for gap, place in zip(gaps, places, strict=True))
            found[document] = len(re.findall(r"\w+(?:[’'-]\w+)*", text))
        return found

    def places(self, node: int) -> list[int]:
        documents, starts, ends, digests = self._table.lists
        return [
            self._place(documents[row], starts[row], ends[row], self._text(digests[row]))
            for row in self._table.rows.get(node, ())
            if documents[row] >= 0
        ]

    def _place(self, *anchor: Any) -> int:
        place = self._places.get(anchor)
        if place is None:
            place = self._places[anchor] = len(self.found)
            self.found.append(self._record(*anchor))
        return place

    def _record(self, document: int, start: int, end: int, sha256: str) -> Record:
        record: Record = {"document": self._ids[document]}
        if sha256:
            record["sha256"] = sha256
        if start < 0 or end < 0:
            return record
        record |= {"start": start, "end": end}
        if self._sources is None:
            return record
        digest = self._documents.get(document, {}).get("digest")
        quote = self._sources.quote(digest, start, end, sha256)
        if quote is not None:
            record["status"] = quote.status
            if quote.text:
                before, after = words_around(quote, self._context)
                record |= {"quote": quote.text} | lean(before=before, after=after)
                first = quote.start - len(before)
                self._carried[document].update(enumerate(before + quote.text + after, first))
        return record


def words_around(quote: Quotation, shown: ContextShown = "sentence") -> tuple[str, str]:
    """Return the words before and after a quotation that go along with it."""
    return context_around(quote.paragraph, quote.start_in_paragraph, quote.end_in_paragraph, shown)


def _case(model: Model, title: str | None) -> Record:
    """Return what is said of the dispute as a whole; of several, the first by IRI, the title naming all."""
    facts, labels = model.facts, model.labels
    disputes = sorted(model.kinds.members("Dispute").tolist(), key=facts.terms.text)
    first = disputes[0] if disputes else -1
    titles = [
        labels.best(code, "dcterms:title") or (labels.of(code) if labels.is_named(code) else "") for code in disputes
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


def _documents(model: Model, ids: Ids) -> dict[int, Record]:
    facts, text = model.facts, model.facts.terms.text
    read = {*model.said.anchors.documents.tolist(), *model.said.documents(model.said.nodes).tolist()}
    # A document that speaks (a contract that a reporter has seen), and in which nothing stands, is no source.
    silent = set(model.kinds.members("Document").tolist()) - set(model.kinds.actors)
    codes = (silent | read) - {-1}
    found = {}
    for code in sorted(codes, key=text):
        publishers = facts.pairs("dcterms:publisher").of(code)
        found[code] = lean(
            id=ids[code],
            label=model.labels.of(code),
            publisher=_called(model, publishers[0]) if publishers else "",
            date=day_of(text(model.documents.date(code))),
            digest=facts.text(code, "dg:textDigest"),
            length=facts.text(code, "dg:textLength"),
            normalisation=facts.text(code, "dg:textNormalization"),
            links=links_of(model, code),
        )
    return found
