"""The answers to an assistant's questions: one method a tool, plain JSON back."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from pyoxigraph import QueryBoolean
from rapidfuzz import fuzz, process

from disputegraph.assistant.told_utterances import TellUtterances
from disputegraph.assistant.wording_search import WordingSearch
from disputegraph.errors import LimitError, UsageError, nearest
from disputegraph.evidence import Sources
from disputegraph.model import (
    Actor,
    Claim,
    Model,
    Utterance,
    find_node,
    first_day,
    parameter_term,
    side_in_words,
    statements,
)
from disputegraph.rdf import plain_value
from disputegraph.sparql import find_query, named_queries
from disputegraph.store import Rows, Store, Term

_MOST_SAID = 100
_MOST_EDGES = 100
_MOST_ROWS = 1_000
_SECONDS = 10.0
_PREPARED = 1_000  # utterances
_ALIKE = 60  # of 100, from which a name is near
_DRAWS = 100
_FEWEST = 5  # statements that give a voice a place in a coalition
_ENOUGH = 12  # voices with as many there have to be, or all have a place


class ToolAnswers:
    """Answers about one dispute; the tools are the methods of `tools.toml`."""

    def __init__(self, store: Store, sources: Sources | None = None) -> None:
        self._store, self._sources = store, sources
        self._model = Model.whole(store)
        self._tell = TellUtterances(self._model, sources)
        self._divided: dict[int, dict[str, Any]] = {}  # the coalitions, by the fewest statements of a member

    def ready(self) -> dict[str, Any]:
        """Return nothing: the data have been read."""
        return {}

    def prepare(self) -> dict[str, Any]:
        """Find out what takes longest before it is asked for, unless the dispute is large."""
        if len(self._model.utterances) <= _PREPARED:
            self.conflicts()
            self.coalitions()
        return {}

    def search(self, text: str, limit: int = 10) -> dict[str, Any]:
        """Return what is called so, the nearest first."""
        names = [(name, iri) for name, iri in self._names if name]
        near = process.extract(
            text.casefold(),
            [name.casefold() for name, _ in names],
            scorer=fuzz.WRatio,
            limit=None,
            score_cutoff=_ALIKE,
        )
        found: dict[str, dict[str, Any]] = {}
        for _, score, place in near:
            name, iri = names[place]
            kind = self._model.kind(iri)
            found.setdefault(iri, {"name": self._model.labels[iri], "iri": iri, "kind": kind, "alike": round(score)})
            if name != self._model.labels[iri]:
                found[iri].setdefault("also_called", name)
        ranked = sorted(
            found.values(), key=lambda each: (-each["alike"], _FIRST.get(each["kind"], 1), len(each["name"]))
        )
        return {"results": ranked[:limit]} | _note(
            f"{min(len(found), limit)} of {len(found)} names that are near" if found else "Nothing is called so."
        )

    def actor(self, name: str) -> dict[str, Any]:
        """Return one actor with what it says and what is said of it."""
        iri = find_node(name, self._store)
        who = self._actors.get(iri)
        if who is None:
            raise UsageError(f"'{name}' is not an actor; ask 'search' what it is.")
        says = [said for said in self._model.utterances if iri in _voices(said)]
        of_it = [claim for claim in self._model.claims if iri in {ref.iri for ref in (*claim.subjects, *claim.targets)}]
        about = [said for claim in of_it for said in claim.utterances]
        return {
            "actor": who.to_dict(),
            "stances": [
                {"on": [ref.label for ref in stance.on], "value": stance.value, "shown_in": list(stance.shown_in)}
                for stance in self._model.stances
                if stance.holder and stance.holder.iri == iri
            ],
            "says": _by_claim(says),
            "is_said_of_it": _by_claim(about),
        } | _note(
            f"{_of(says, most=None)}; {_of(about, most=None)} about it. Ask 'who_said' with claim and voice for each."
        )

    def claim(self, name: str) -> dict[str, Any]:
        """Return one claim with its counts."""
        found = self._claim(name)
        told = found.to_dict()
        said = told.pop("utterances")
        by: dict[str, set[str]] = {"affirms": set(), "denies": set(), "takes no side": set()}
        for each in found.utterances:
            if each.counted and each.voice:
                by[each.polarity if each.polarity in ("affirms", "denies") else "takes no side"].add(each.voice.label)
        voices = {side: sorted(labels) for side, labels in by.items()}
        return {"claim": told, "voices": voices, "utterances": len(said)} | _note(
            f"{_of(found.utterances)}. Of those that count {found.affirms} affirm, {found.denies} deny, "
            f"{found.neutral} take no side. Whether it is true is not said here."
        )

    def who_said(self, claim: str, voice: str | None = None) -> dict[str, Any]:
        """Return every utterance on a claim, or those of one voice."""
        found = self._claim(claim)
        wanted = find_node(voice, self._store) if voice else None
        said = [each for each in found.utterances if wanted is None or wanted in _voices(each)]
        return {"claim": found.label, "iri": found.iri, "utterances": self._some(said)} | _note(_of(said) + ".")

    def conflicts(self, one: str | None = None, other: str | None = None) -> dict[str, Any]:
        """Return who conflicts with whom, or what a conflict is made of."""
        from disputegraph.networks import explain, network

        table = statements(self._model)
        if one and other:
            ends = [find_node(name, self._store) for name in (one, other)]
            made = explain(table, "conflict", *ends)
            said = [self._said[each.utterance] for each in made if each.utterance in self._said]
            unique = sorted({each.iri: each for each in said}.values(), key=_claim_and_day)
            return {"between": [self._model.labels[end] for end in ends], "utterances": self._some(unique)} | _note(
                f"{_of(unique)}." if unique else "These two are in no conflict by what is coded here."
            )
        graph = network(table, "conflict")
        wanted = find_node(one or other or "", self._store) if one or other else None
        edges = [
            (float(each["weight"]), graph.nodes[a]["label"], graph.nodes[b]["label"])
            for a, b, each in graph.edges(data=True)
            if wanted in (None, a, b)
        ]
        edges.sort(key=lambda edge: (-edge[0], *edge[1:]))
        told = [{"one": a, "other": b, "weight": weight} for weight, a, b in edges]
        return {"conflicts": told[:_MOST_EDGES], "in_all": len(told)} | _note(
            f"{len(told)} pairs of voices, from {len(table)} statements; a weight counts the pairs of statements that "
            "conflict. Give 'one' and 'other' for the words behind a conflict."
        )

    def coalitions(self, min_statements: int | None = None) -> dict[str, Any]:
        """Return who stands together, and how sure that is."""
        least = min_statements or self._least
        if least not in self._divided:
            self._divided[least] = self._divide(least)
        return self._divided[least]

    def timeline(self, since: str | None = None, until: str | None = None, limit: int = 100) -> dict[str, Any]:
        """Return what happened and was said, by day."""
        for name, day in (("since", since), ("until", until)):
            if day and not first_day(day):
                raise UsageError(f"'{name}' is '{day}', and must be a day, month or year: 2016-02-10, 2016-02 or 2016.")
        rows = self._answer(named_queries()["timeline"].text, {}, infer=False, most=None)["rows"]
        kept = [
            row
            for row in rows
            if (not since or (row["day"] and row["day"] >= since))
            and (not until or (row["day"] and row["day"][: len(until)] <= until))
        ]
        known = self._said
        kept.sort(key=lambda row: (row["day"] is None, row["day"] or "", row["node"] in known))
        happened = len({row["node"] for row in kept if row["node"] not in known})
        said = sum(row["node"] in known for row in kept)
        told = [
            row | ({"in_short": self._tell.sentence(known[row["node"]])} if row.get("node") in known else {})
            for row in kept[:limit]
        ]
        undated = sum(not row["day"] for row in rows)
        return {"entries": told, "in_all": len(kept)} | _note(
            f"{len(told)} of {len(kept)} entries, of a day what happened first: {_count(happened, 'event')} and "
            + _count(said, "utterance")
            + (f"; {undated} have no day." if undated else ".")
        )

    def sparql(self, query: str, parameters: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the answer of a query that reads."""
        wanted = find_query(query) if query in named_queries() else None
        if wanted is None and re.fullmatch(r"[\w-]+", query):
            raise UsageError(
                f"no query is named '{query}'.{nearest(query, named_queries())} disputegraph://queries lists them."
            )
        bindings = {name: parameter_term(value, self._store) for name, value in (parameters or {}).items()}
        infer = wanted is not None and self._store.infers_cheaply
        told = self._answer(wanted.text if wanted else query, bindings, infer=infer, most=_MOST_ROWS)
        rows = f"{_count(len(told['rows']), 'row')}, in the data's own words; " if "rows" in told else ""
        return told | _note(f"{rows}the graph says who said what, not what is true.")

    def quote(self, utterance: str) -> dict[str, Any]:
        """Return the words of one utterance."""
        self._need_sources("quote")
        said = self._said.get(utterance)
        if said is None:
            raise UsageError(f"there is no utterance <{utterance}>; take its IRI from another tool's answer.")
        told = self._tell.told(said)
        sure = [place for place in told["places"] if "words" in place]
        return told | _note(
            f"{len(sure)} of {len(told['places'])} places have words that agree with the digest taken when they were "
            "coded." + ("" if sure else " Do not quote this utterance.")
        )

    def verify_quote(self, words: str) -> dict[str, Any]:
        """Return whether wording stands in a source, and whose it is."""
        self._need_sources("verify_quote")
        told = self._wording.verify(words)
        text = {
            "exact": "These words stand there as given.",
            "alike": "These words stand there but for marks, dashes or white space: quote them as the place has them.",
            "not found": "These words stand in no text at hand: do not give them as a quotation.",
        }[told["found"]]
        if told["found"] != "not found" and not any(place["coded"] for place in told["places"]):
            text += " Nobody is coded as having said them: whose words they are must be read in the document."
        return told | _note(text)

    def resource(self, name: str) -> str:
        """Return the text of a resource: ``ontology`` (Turtle) or ``queries`` (JSON)."""
        if name == "queries":
            listed = [query.to_dict() for query in named_queries().values()]
            return json.dumps(listed, ensure_ascii=False, indent=1)
        from disputegraph.resources import axiom_files

        return "\n".join(path.read_text(encoding="utf-8") for path in axiom_files())

    # ---- what several answers need

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        return list(self._model.labels.names())

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.iri: actor for actor in self._model.actors}

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.iri: claim for claim in self._model.claims}

    @cached_property
    def _said(self) -> dict[str, Utterance]:
        return {said.iri: said for said in self._model.utterances}

    @cached_property
    def _wording(self) -> WordingSearch:
        assert self._sources is not None  # noqa: S101  # `_need_sources` has said so
        return WordingSearch(self._model, self._sources, self._tell)

    @cached_property
    def _least(self) -> int:
        """How many statements a voice has to have, so that coalitions are of voices that say enough for a place."""
        often = Counter(said.voice.iri for said in self._model.utterances if said.counted and said.voice)
        return _FEWEST if sum(times >= _FEWEST for times in often.values()) >= _ENOUGH else 1

    def _divide(self, least: int) -> dict[str, Any]:
        from disputegraph.analysis import Inference, coalitions, read_coalitions

        table = statements(self._model)
        # Draws, not shuffles: how firmly a member stands is what is asked, and the seconds are few.
        how = Inference(null=0, bootstrap=_DRAWS)
        made = coalitions(table, inference=how, hangs_on=False, time_limit=_SECONDS, min_statements=least)
        labels = dict(zip(made.partition.network.nodes, made.partition.network.labels, strict=True))
        members = [
            {
                "member": labels[node],
                "iri": node,
                "coalition": number,
                "share_of_draws": round(made.shares[node], 3) if node in made.shares else None,
                "in_either": node in made.either,
                "by_a_single_statement": node in made.single,
            }
            for node, number in made.numbers.items()
        ]
        return {
            "reading": read_coalitions(made.partition, made, called=labels),  # has the data's names in it
            "members": members,
            "in_no_coalition": [labels[node] for node in made.alone],
        } | _note(
            f"{_count(len(set(made.numbers.values())), 'coalition')}; how sure that is, 'reading' says: repeat it."
            + f" Voices with fewer than {least} statements are left out." * (least > 1)
        )

    def _claim(self, name: str) -> Claim:
        found = self._claims.get(find_node(name, self._store))
        if found is None:
            raise UsageError(f"'{name}' is not a claim; ask 'search' what it is.")
        return found

    def _some(self, utterances: Sequence[Utterance]) -> list[dict[str, Any]]:
        return [self._tell.told(said) for said in utterances[:_MOST_SAID]]

    def _need_sources(self, tool: str) -> None:
        if self._sources is None:
            raise UsageError(
                f"'{tool}' needs the source texts: start the server with --sources DIR. Without them no wording can be "
                "verified, so give none as a quotation."
            )

    def _answer(self, text: str, bindings: Mapping[str, Term], *, infer: bool, most: int | None) -> dict[str, Any]:
        answer = self._store.query(text, bindings=bindings, infer=infer)
        if isinstance(answer, QueryBoolean):
            return {"answer": bool(answer)}
        rows: list[dict[str, Any]] = []
        if isinstance(answer, Rows):
            columns = [variable.value for variable in answer.variables]
            made = ({name: plain_value(row[name]) for name in columns} for row in answer)
        else:
            made = ({name: str(getattr(triple, name)) for name in _PARTS} for triple in answer)
        for row in made:
            if len(rows) == most:
                raise LimitError(f"the answer has more than {most:,} rows; narrow the query, or add a LIMIT.")
            rows.append(row)
        return {"rows": rows}


_FIRST = {"Claim": 2, "Thing": 3}  # of names that are as near: actors, documents and events before these
_PARTS = ("subject", "predicate", "object")


def _note(text: str) -> dict[str, Any]:
    return {"note": text}


def _voices(said: Utterance) -> set[str]:
    return {ref.iri for ref in (said.speaker, said.voice) if ref}


def _claim_and_day(said: Utterance) -> tuple[str, str, str]:
    return said.claim.label if said.claim else "", said.date or "", said.iri


def _by_claim(utterances: Iterable[Utterance]) -> list[dict[str, Any]]:
    """Return claims and sides taken on them, with who takes them how often and when, the most frequent first."""
    gathered: dict[tuple[str, str], list[Utterance]] = {}
    for said in utterances:
        claim = said.claim.label if said.claim else "(no claim)"
        gathered.setdefault((claim, side_in_words(said.polarity)), []).append(said)
    told = []
    for (claim, side), group in sorted(gathered.items(), key=lambda each: (-len(each[1]), *each[0])):
        days = sorted(said.date for said in group if said.date)
        told.append(
            {
                "claim": claim,
                "side": side,
                "voices": sorted({said.voice.label for said in group if said.voice}),
                "utterances": len(group),
                "hearsay": sum(said.hearsay for said in group),
                "not_counted": sum(not said.counted for said in group),
                "first": days[0] if days else None,
                "last": days[-1] if days else None,
            }
        )
    return told


def _of(utterances: Sequence[Utterance], most: int | None = _MOST_SAID) -> str:
    """Return how many utterances these are, in how many documents, and how many of them do not count."""
    documents = len({anchor.document for said in utterances for anchor in said.anchors if anchor.document})
    shown = "" if most is None or len(utterances) <= most else f" (the first {most} shown)"
    hearsay, uncounted = sum(said.hearsay for said in utterances), sum(not said.counted for said in utterances)
    text = f"{_count(len(utterances), 'utterance')}{shown} in {_count(documents, 'document')}"
    return text + f", {hearsay} of them hearsay, {uncounted} not counted" * bool(utterances)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
