"""How a dispute was coded, in figures: who coded, what counts, what is attested, and how far coders agreed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from disputegraph import __version__
from disputegraph.analysis import Agreement, Interval, agreement, methods_paragraph, read_agreement
from disputegraph.coding import CoderVersions, coder_versions
from disputegraph.model import Model, Portraits, SourceTexts
from disputegraph.rdf import PROJECT_FILE

Count = tuple[str, int]


@dataclass(frozen=True, slots=True)
class MeasuredAgreement:
    """How far coders agreed who coded apart from each other.

    Attributes:
        found: the figures.
        versions: what was compared.
        paragraph: the sentences that a paper needs.
        reading: the figures in plain words.
    """

    found: Agreement
    versions: CoderVersions
    paragraph: str
    reading: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """The figures as texts for a table: what, percent, alpha, interval, of."""
        return [
            {
                "what": name.replace("_", " "),
                "percent": _figure(measure.percent and 100 * measure.percent, 1),
                "alpha": _figure(measure.alpha, 2),
                "interval": _interval(measure.interval),
                "of": f"{measure.n:,} {measure.of}",
            }
            for name, measure in self.found.measures.items()
        ]


_DATED = {
    "utterance": "by the day on which they were said",
    "roughly": "by a time that is known roughly",
    "document": "by the day of their document",
    None: "not at all",
}


def method_facts(model: Model, portraits: Portraits, sources: SourceTexts | None) -> dict[str, int | list[Count]]:
    """Return the figures of a dispute's coding by the names that the templates give them.

    Hearsay that counts, since news organisations alone pass it on, is apart from that which does not; `relays` are acts
    of passing on, which are links of a chain and no statements; `broken` utterances break a rule of the data, and are
    counted in part; `checked` tells how many places have which status in the source texts.
    """
    said, facts, records = model.said, model.facts, model.utterances
    nodes = said.statements
    coders = Counter(model.labels.of(code) for code in facts.first("dg:codedBy", nodes).tolist() if code >= 0)
    dated = Counter(utterance.dated_by for utterance in records)
    placed = [any(anchor.start is not None for anchor in one.anchors) for one in records]
    checked = Counter(
        quote["status"]
        for utterance in (records if sources else ())
        for quote in portraits.of(utterance.iri)["quotes"]
        if quote["status"]
    )
    return {
        "coders": coders.most_common(),
        "uncredited": len(nodes) - coders.total(),
        "statements": len(records),
        "counted": sum(one.counted for one in records),
        "through_news": sum(one.counted and one.hearsay for one in records),
        "hearsay": sum(one.hearsay and not one.counted and not one.withdrawn for one in records),
        "withdrawn": sum(one.withdrawn for one in records),
        "relays": len(np.intersect1d(said.nodes, said.relays)),
        "broken": len(said.broken),
        "dated": [(text, dated[how]) for how, text in _DATED.items() if dated[how]],
        "anchored": sum(placed),
        "documented": sum(bool(one.anchors) and not at for one, at in zip(records, placed, strict=True)),
        "checked": checked.most_common(),
    }


def measured_agreement(folder: Path) -> MeasuredAgreement | None:
    """Return how far the coders of a project agree who coded apart; None where nobody did, or it is not a project.

    Raises:
        DataError: the codings cannot be compared: one coder alone, or no document in common.
    """
    if not (folder / PROJECT_FILE).is_file() or not (folder / "independent").is_dir():
        return None
    versions = coder_versions(folder, ())
    found = agreement(versions.coded, texts=versions.texts, lengths=versions.lengths)
    texts = [versions.digests[document] for document in versions.documents if document in versions.digests]
    told = methods_paragraph(found, title=versions.title, program=f"disputegraph {__version__}", texts=texts)
    return MeasuredAgreement(found, versions, told, read_agreement(found))


def _interval(found: Interval | None) -> str:
    return "–" if found is None else f"{_figure(found.low, 2)} to {_figure(found.high, 2)}"


def _figure(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}".replace("-", "−")
