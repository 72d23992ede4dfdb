"""What a coder's words mean in a project: nodes, values, documents and places."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from disputegraph.coding.entry_values import term_of
from disputegraph.coding.project_change import Change
from disputegraph.coding.project_files import SOURCES
from disputegraph.coding.project_folder import ProjectFolder
from disputegraph.coding.project_graph import Span
from disputegraph.errors import UsageError
from disputegraph.evidence import Locator, normalise
from disputegraph.model import entry_fields
from disputegraph.vocabulary import DG


class NodeLookup(ProjectFolder):
    """A project in which things are named by IRI, label, other name or the last part of their IRI."""

    def _node(self, name: str, *kinds: str) -> NamedNode:
        """Return the node that a name means; raises UsageError if nothing is called so."""
        found = self.graph.find(str(name), kinds)
        if found is None or next(self.graph.about(found), None) is None:
            raise UsageError(f"nothing is called '{name}'.{self.graph.near(str(name), kinds)}")
        return found

    def _kind(self, node: NamedNode) -> str:
        kind = self.graph.kind(node)
        if kind is None:
            raise UsageError(f"'{self.graph.label(node)}' is of no kind that can be coded here.")
        return kind

    def _value(self, field: str, value: str) -> NamedNode | Literal:
        known = entry_fields()[field]
        if known.is_node:
            return self._node(value, *known.kinds)
        return term_of(known, value, self.settings.language)

    def document_named(self, name: str) -> NamedNode:
        """Return the document that a name means; raises UsageError if none is called so."""
        found = self.graph.find(name, ("Document",))
        if found is None:
            raise UsageError(
                f"there is no document '{name}'.{self.graph.near(name, ('Document',))} 'disputegraph add' takes one in."
            )
        return found

    def _only_document(self, node: NamedNode) -> NamedNode:
        known = self.graph.spans()
        anchors = self.graph.values(node, DG.evidence)
        documents = {known[anchor].document for anchor in anchors if isinstance(anchor, NamedNode) and anchor in known}
        if len(documents) != 1:
            raise UsageError(f"'{self.graph.label(node)}' stands in {len(documents)} documents; name the one.")
        return NamedNode(documents.pop())

    def _places(
        self, document: NamedNode, quote: str | Sequence[str] | None, spans: Sequence[tuple[int, int]] | None
    ) -> list[Span]:
        found = [Span(document.value, start, end) for start, end in spans or ()]
        for words in [quote] if isinstance(quote, str) else quote or ():
            text = self.text(document)
            if text is None:
                raise UsageError(
                    f"the text of '{self.graph.label(document)}' is not in {SOURCES}/, so that no words can be found."
                )
            places = self._locator.locate(text, normalise(words)).spans
            if len(places) != 1:
                listed = ", ".join(f"{start}-{end}" for start, end in places[:5])
                raise UsageError(
                    f"the words '{words}' stand {len(places)} times in '{self.graph.label(document)}' ({listed}); give "
                    "more of them, or spans."
                    if places
                    else f"the words '{words}' do not stand in '{self.graph.label(document)}'."
                )
            found.append(Span(document.value, *places[0]))
        return found

    _locator = Locator()

    def _coded(self, change: Change) -> dict[str, object]:
        """Return who codes, as a field."""
        coders = self.coded(change)
        return {"coded_by": coders} if coders else {}

    def coded(self, change: Change) -> list[str]:
        """Return the node of who codes, made in a change if it is not there yet; none where nobody is named."""
        if not self.coder:
            return []
        found = self.graph.find(self.coder, ("Coder",))
        if found is None:
            found = next((node for node in change.made if change.kind(node) == "Coder"), None)
        if found is None:
            found = change.make("Coder", self.coder)
            change.fill(found, "Coder", {"label": self.coder}, {})
        return [found.value]
