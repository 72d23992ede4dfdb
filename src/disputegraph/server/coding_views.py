"""What the coding page shows of a project, as plain JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode
from rapidfuzz import fuzz, process

from disputegraph.coding import STATEMENTS, Project, is_later
from disputegraph.errors import DataError, UsageError, nearest
from disputegraph.evidence import Sources, normalise, verify_anchors
from disputegraph.identity import find_duplicates
from disputegraph.model import Model, concepts_of, entry_fields, entry_forms, local_name, ontology_words
from disputegraph.server.adjudication_desk import several_coders
from disputegraph.vocabulary import DCTERMS, DG

_TEXTS = Path(__file__).parent / "coding_texts"
_LANGUAGES = ("en", "de")
_MOST_HITS = 200
_AROUND = 60  # characters shown before and behind a hit
_ALIKE = 88.0


class CodingViews:
    """A project as the coding page sees it; one thread does all with it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        language = project.settings.language.partition("-")[0]
        self.language = language if language in _LANGUAGES else "en"

    def overview(self) -> dict[str, Any]:
        """Return title, documents, forms, words of the page and keys."""
        project = self.project
        return {
            "title": project.title,
            "language": project.settings.language,
            "coder": project.coder,
            "apart": project.scope.apart,
            "several": several_coders(project),
            "revision": project.revision,
            "documents": [self._document_row(node) for node in project.graph.nodes("Document")],
            "forms": self._forms(),
            "words": {name: text for name, text in self.words().items() if name != "borrowed"},
            "keys": self.keys(),
            "notes": project.notes,
        }

    def words(self) -> dict[str, Any]:
        """Return the words of the page, by their names."""
        return tomllib.loads((_TEXTS / f"{self.language}.toml").read_text(encoding="utf-8"))

    def keys(self) -> dict[str, str]:
        """Return the keys by action: those of the project's own `keys.toml` where it has one, else the usual ones.

        Raises:
            DataError: the project's file cannot be understood, or names an action that there is not.
        """
        keys: dict[str, str] = tomllib.loads((_TEXTS / "keys.toml").read_text(encoding="utf-8"))
        own = self.project.folder / "keys.toml"
        if own.is_file():
            try:
                given = tomllib.loads(own.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise DataError(f"is no TOML: {error}.", path=str(own)) from None
            if unknown := sorted(given.keys() - keys.keys()):
                raise DataError(f"there is no action '{unknown[0]}'.{nearest(unknown[0], keys)}", path=str(own))
            keys |= {action: str(key) for action, key in given.items()}
        return keys

    def document(self, iri: str) -> dict[str, Any]:
        """Return a document's text and what is coded in it."""
        project, node = self.project, NamedNode(iri)
        text = project.text(node)
        if text is None:
            raise UsageError(
                f"the text of '{project.graph.label(node)}' is not in the folder '{project.sources}'; "
                "put it there as a text file with the name of the document."
            )
        return {
            "iri": iri,
            "label": project.graph.label(node),
            "text": text,
            "revision": project.revision,
            "entries": [project.entry(user) for user in self._coded_in(node)],
        }

    def entries(self) -> dict[str, Any]:
        """Return all that can be named: for type-ahead, and the codebook."""
        graph = self.project.graph
        found = []
        for node in graph.nodes(*entry_forms()):
            kind = graph.kind(node)
            values = graph.values(node, NamedNode(entry_fields()["aliases"].iri))
            found.append(
                {
                    "iri": node.value,
                    "kind": kind,
                    "label": graph.label(node),
                    "aliases": sorted(value.value for value in values),
                    "uses": sum(1 for _ in graph.naming(node)),
                }
            )
        return {"revision": self.project.revision, "entries": found}

    def entry(self, iri: str) -> dict[str, Any]:
        """Return one entry, and what mentions it."""
        graph, node = self.project.graph, NamedNode(iri)
        names = {field.iri: name for name, field in entry_fields().items()}
        uses = [
            {
                "iri": triple.subject.value,
                "kind": graph.kind(triple.subject),
                "label": graph.label(triple.subject),
                "field": names.get(triple.predicate.value, local_name(triple.predicate.value)),
            }
            for triple in sorted(graph.naming(node), key=str)
            if isinstance(triple.subject, NamedNode)
        ]
        return {**self.project.entry(node), "uses": uses}

    def history(self) -> dict[str, Any]:
        """Return what was done, the last first."""
        steps = reversed(self.project.history())
        return {
            "entries": [{"label": step.label, "by": step.by, "at": step.at, "undone": undone} for step, undone in steps]
        }

    def findings(self) -> dict[str, Any]:
        """Return what the rules find, what is still to do, and evidence that drifted."""
        project = self.project
        model = Model(project.graph.store)
        found = [
            {
                "severity": finding.severity,
                "check": finding.check,
                "node": finding.node,
                "label": project.graph.label(NamedNode(finding.node)) if ":" in finding.node[2:] else finding.node,
                "message": finding.message,
                "document": model.document_of(finding.node),
                "later": is_later(finding),
            }
            for finding in project.findings()
        ]
        texts = project.sources
        drifted = verify_anchors(project.graph.store, Sources(texts)) if texts.is_dir() else ()
        found += [
            {
                "severity": "violation",
                "check": "evidence-drifted",
                "node": report.anchor,
                "label": project.graph.label(NamedNode(report.document)),
                "message": report.message,
                "document": report.document,
                "later": False,
            }
            for report in drifted
            if report.status != "verified"
        ]
        return {"findings": found}

    def doubles(self) -> dict[str, Any]:
        """Return pairs of actors, and of claims, that are likely one."""
        graph = self.project.graph
        pairs = [
            {
                "iri": pair.iri,
                "label": pair.label,
                "other_iri": pair.other_iri,
                "other_label": pair.other_label,
                "kind": "Actor",
                "score": pair.score / 100,
            }
            for pair in find_duplicates([(str(self.project.folder), graph.store)])
        ]
        claims = graph.nodes("Claim")
        labels = [graph.label(node) for node in claims]
        for place, label in enumerate(labels):
            rest = labels[place + 1 :]
            for _, score, other in process.extract(label, rest, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE):
                one, two = claims[place], claims[place + 1 + other]
                pairs.append(
                    {
                        "iri": one.value,
                        "label": label,
                        "other_iri": two.value,
                        "other_label": graph.label(two),
                        "kind": "Claim",
                        "score": score / 100,
                    }
                )
        return {"pairs": pairs}

    def search(self, words: str) -> dict[str, Any]:
        """Return where words stand in the texts, without regard to case."""
        wanted = normalise(words).casefold().strip()
        hits: list[dict[str, Any]] = []
        if not wanted:
            return {"hits": hits, "more": False}
        for node in self.project.graph.nodes("Document"):
            text = self.project.text(node)
            for start in _places(text or "", wanted):
                if len(hits) == _MOST_HITS:
                    return {"hits": hits, "more": True}
                end = start + len(wanted)
                hits.append(
                    {
                        "document": node.value,
                        "label": self.project.graph.label(node),
                        "start": start,
                        "end": end,
                        "before": (text or "")[max(0, start - _AROUND) : start],
                        "words": (text or "")[start:end],
                        "after": (text or "")[end : end + _AROUND],
                    }
                )
        return {"hits": hits, "more": False}

    # ---- details

    def _document_row(self, node: NamedNode) -> dict[str, Any]:
        graph, text = self.project.graph, self.project.text(node)
        spans = [span for _, span in self.project.places_in(node)]
        paragraphs = [(0, len(text or ""))] if text is None else list(_paragraphs(text))
        coded = sum(any(s.start < end and s.end > start for s in spans) for start, end in paragraphs)
        publishers = [graph.label(v) for v in graph.values(node, DCTERMS.publisher) if isinstance(v, NamedNode)]
        return {
            "iri": node.value,
            "label": graph.label(node),
            "date": graph.published(node),
            "publisher": ", ".join(sorted(publishers)) or None,
            "length": len(text or ""),
            "statements": sum(graph.kind(user) in STATEMENTS for user in self._coded_in(node)),
            "coded_share": coded / max(1, len(paragraphs)) if text is not None else 0.0,
            "text": text is not None,
        }

    def _coded_in(self, document: NamedNode) -> list[NamedNode]:
        """Return what has evidence in a document, or is documented in it, by place."""
        graph = self.project.graph
        places: dict[NamedNode, tuple[int, int]] = {}
        for anchor, span in self.project.places_in(document):
            for user in graph.subjects(DG.evidence, anchor):
                places[user] = min(places.get(user, (span.start, span.end)), (span.start, span.end))
        for user in graph.subjects(DG.documentedIn, document):
            places.setdefault(user, (-1, -1))
        return sorted(places, key=lambda user: (graph.kind(user) not in STATEMENTS, places[user], user.value))

    def _forms(self) -> dict[str, Any]:
        words, borrowed = ontology_words(), self.words()["borrowed"]

        def called(iri: str, name: str) -> str:
            known = words.labels.get((iri, self.language)) or words.labels.get((iri, "en"))
            return known or borrowed.get(name) or name.replace("_", " ")

        def told(iri: str) -> str:
            return words.definitions.get((iri, self.language)) or words.definitions.get((iri, "en")) or ""

        return {
            kind: {
                "label": called(f"{DG.base}{kind}", kind),
                "fields": [
                    {
                        "name": name,
                        "label": called(field.iri, name),
                        "help": told(field.iri),
                        "value": field.value,
                        "kinds": list(field.kinds),
                        "many": field.many,
                        "choices": [
                            {"value": local_name(iri), "label": called(iri, local_name(iri)), "help": told(iri)}
                            for iri in concepts_of(field.value)
                        ],
                    }
                    for name, field in form.fields.items()
                ],
            }
            for kind, form in entry_forms().items()
        }


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _places(text: str, wanted: str) -> Iterator[int]:
    """Yield where words stand; folding that changes lengths (ß) is not looked for."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    if len(folded) != len(text):
        folded = text
    place = folded.find(wanted)
    while place >= 0:
        yield place
        place = folded.find(wanted, place + 1)
