"""Record where anchors stand now, in texts that drifted since they were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from disputegraph.evidence.text import NORMALISATION
from disputegraph.evidence.verifying import AnchorReport
from disputegraph.vocabulary import PREFIXES

_START, _END = (NamedNode(PREFIXES["oa"] + name) for name in ("start", "end"))
_DIGEST, _LENGTH, _FORM = (NamedNode(PREFIXES["dg"] + f"text{name}") for name in ("Digest", "Length", "Normalization"))
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def repair_anchors(quads: Iterable[Quad], reports: Sequence[AnchorReport]) -> Iterator[Quad]:
    """Yield the graph with every re-found anchor at its new place and the digests of the texts at hand.

    Ambiguous and lost anchors keep their places, since nobody but a reader can say where they belong. The digest and
    length of a document are those of the text its anchors were found in; documents without a text stay as they are.

    Args:
        quads: the graph; the labels of its blank nodes are those in `reports`.
        reports: of `verify_anchors` on the same graph.
    """
    places = {
        report.selector: (report.new_start, report.new_end)
        for report in reports
        if report.status == "re-found" and report.new_start is not None and report.new_end is not None
    }
    texts = {
        report.document: (report.text_digest, report.text_length)
        for report in reports
        if report.text_digest is not None and report.text_length is not None
    }
    for quad in quads:
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
        value: Literal | None = None
        if subject in places and quad.predicate in (_START, _END):
            value = Literal(str(places[subject][quad.predicate == _END]), datatype=_INTEGER)
        elif subject in texts and quad.predicate == _DIGEST:
            value = Literal(texts[subject][0])
        elif subject in texts and quad.predicate == _LENGTH:
            value = Literal(str(texts[subject][1]), datatype=_INTEGER)
        elif subject in texts and quad.predicate == _FORM:
            value = Literal(NORMALISATION)
        unchanged = value is None or (isinstance(quad.object, Literal) and quad.object.value == value.value)
        yield quad if unchanged else Quad(quad.subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]
