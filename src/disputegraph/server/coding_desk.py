"""What the coding page asks for: suggestions, and changes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.coding import NewEntry, Project, Step, Suggester, read_document_bytes, suggester_of
from disputegraph.errors import UsageError
from disputegraph.server.adjudication_desk import ADJUDICATIONS, decide_unit
from disputegraph.server.coding_views import CodingViews
from disputegraph.server.draft_desk import DRAFT_ACTIONS, decide


class CodingDesk(CodingViews):
    """A project that the coding page changes; see `CodingViews`."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._suggester: tuple[int, Suggester] | None = None

    def suggest(self, document: str, start: int, end: int, speaker: str | None = None) -> dict[str, Any]:
        """Return the likeliest speakers and claims for a place in a text."""
        text = self.project.text(document)
        if text is None:
            return {"speakers": [], "claims": []}
        suggester = self.suggester()
        answers = {
            "speakers": suggester.speakers(text, start, end),
            "claims": suggester.claims(text, start, end, speaker=speaker),
        }
        return {
            name: [{"iri": s.iri, "label": s.label, "score": s.score, "reason": s.reason} for s in found]
            for name, found in answers.items()
        }

    def suggester(self) -> Suggester:
        """Return what suggests, made from the project as it is."""
        if self._suggester is None or self._suggester[0] != self.project.revision:
            made = suggester_of(self.project)
            self._suggester = (self.project.revision, made)
        return self._suggester[1]

    def change(self, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out what the page asks for, and return what is new.

        Raises:
            UsageError: the request is not understood, or cannot be met.
            ConflictError, RefusedError, OutputError: as `Project`.
        """
        project, before, request = self.project, self.project.revision, body.get("request")
        if isinstance(request, str) and request and (done := project.requested(request)):
            return self._again(done, body)
        project.request = request if isinstance(request, str) and request else None
        try:
            if action in DRAFT_ACTIONS:
                answer = decide(project, action, body)
            elif action in ADJUDICATIONS:
                answer = decide_unit(project, action, body)
            else:
                answer = self._carried_out(action, body)
        finally:
            project.request = None
        return answer if body.get("preview") else answer | self._news(project.touched_since(before))

    def _again(self, done: Step, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a change that was made already, and whose answer was lost."""
        made = [node.value for node in done.nodes if self.project.graph.kind(node) == body.get("kind")]
        return {"iri": body.get("iri") or (made[0] if made else None), **self._news(node.value for node in done.nodes)}

    def _carried_out(self, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
        project = self.project
        answer: dict[str, Any] = {}
        if action in ("undo", "redo"):
            answer["label"] = getattr(project, action)()
        elif action == "put":
            new = [NewEntry(str(e["key"]), str(e["kind"]), e.get("fields", {})) for e in body.get("new", ())]
            answer["iri"] = project.put(
                _text(body, "kind"),
                iri=body.get("iri"),
                new=new,
                revision=body.get("revision"),
                **body.get("fields", {}),
            )
        elif action == "remove":
            project.remove(_text(body, "iri"), cascade=body.get("cascade") is True)
        elif action == "withdraw":
            told = {name: _text(body, name) for name in ("by", "on", "reason") if body.get(name)}
            answer["iri"] = project.withdraw(_text(body, "iri"), **told)
        elif action == "rename":
            project.rename(_text(body, "iri"), _text(body, "label"))
        elif action == "merge":
            project.merge(_text(body, "iri"), into=_text(body, "into"))
        elif action == "split_claim":
            into = {_text(body, "label"): list(body.get("utterances", ()))}
            answer["iri"] = project.split_claim(_text(body, "iri"), into, paraphrase=body.get("paraphrase"))[0]
        elif action == "recode":
            nodes = project.having(_text(body, "field"), _text(body, "from"))
            if kind := body.get("kind"):
                nodes = [node for node in nodes if project.graph.kind(node) == kind]
            answer["count"] = len(nodes)
            if body.get("preview"):
                return {**answer, "entries": [project.entry(node) for node in nodes]}
            project.recode(
                _text(body, "field"), _text(body, "from"), _text(body, "to"), nodes=[node.value for node in nodes]
            )
        elif action == "add_document":
            answer["iri"] = self._add_document(body)
        else:
            raise UsageError(f"there is no action '{action}'.")
        return answer

    def _news(self, nodes: Iterable[str]) -> dict[str, Any]:
        project = self.project
        touched = [NamedNode(iri) for iri in nodes]
        there = [node for node in touched if next(project.graph.about(node), None) is not None]
        steps = project.history()
        return {
            "revision": project.revision,
            "entries": [project.entry(node) for node in there if project.graph.kind(node)],
            "removed": [node.value for node in touched if node not in there],
            "notes": project.notes,
            "done": steps[-1][0].label if steps else "",
        }

    def _add_document(self, body: Mapping[str, Any]) -> str:
        facts = {name: str(body[name]) for name in ("title", "date", "publisher", "url") if body.get(name)}
        if body.get("text"):
            return self.project.add_document(read_document_bytes(str(body["text"]).encode(), "pasted.txt"), **facts)
        name = _text(body, "name")
        try:
            content = base64.b64decode(_text(body, "content"), validate=True)
        except binascii.Error:
            raise UsageError("the file did not come whole; drop it again.") from None
        return self.project.add_document(read_document_bytes(content, name), name=Path(name).stem, **facts)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise UsageError(f"the request needs a text '{name}'.")
    return value
