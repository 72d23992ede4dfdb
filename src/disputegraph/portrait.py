"""Everything that a dispute knows of one actor or claim, as plain JSON and as text to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from disputegraph.errors import UsageError
from disputegraph.records import Records, Utterance
from disputegraph.records.labels import query_text
from disputegraph.store import Store

__all__ = ["portrait", "portrait_text"]

_Quote = Callable[[Utterance], list[dict[str, Any]]]


def portrait(iri: str, records: Records, store: Store, *, sources: Path | None = None) -> dict[str, Any]:
    """Return what is known of an actor, a claim, or another node, as plain JSON.

    Args:
        iri: the node.
        records: the dispute's records.
        store: where they came from.
        sources: folder of source texts; with it every utterance carries its quotes, each with the status of its
            anchor (verified, re-found, ambiguous, lost).

    Raises:
        UsageError: the dispute says nothing of that node.
    """
    quotes = _quotes(store, sources) if sources else None

    def told(utterance: Utterance) -> dict[str, Any]:
        return utterance.to_dict() | ({"quotes": quotes(utterance)} if quotes else {})

    for claim in records.claims:
        if claim.iri == iri:
            shown = claim.to_dict() | {"utterances": [told(utterance) for utterance in claim.utterances]}
            return {"type": "Claim"} | shown
    for actor in records.actors:
        if actor.iri == iri:
            return {
                "type": "Actor",
                **actor.to_dict(),
                "stances": [
                    {"on": [ref.label for ref in stance.on], "value": stance.value, "shown_in": list(stance.shown_in)}
                    for stance in records.stances
                    if stance.holder and stance.holder.iri == iri
                ],
                "says": [told(u) for u in records.utterances if iri in _speakers(u)],
                "is_said_of_it": [
                    {"claim": claim.label, "claim_iri": claim.iri, "utterances": [told(u) for u in claim.utterances]}
                    for claim in records.claims
                    if iri in {ref.iri for ref in (*claim.agents, *claim.targets)}
                ],
                "passes_on": [told(u) for u in records.utterances if iri in {ref.iri for ref in u.via}],
            }
    facts = _facts(iri, records, store)
    if not facts:
        raise UsageError(f"the data says nothing of <{iri}>.")
    return {"type": "Thing", "iri": iri, "label": records.labels[iri], "facts": facts}


def portrait_text(found: dict[str, Any]) -> str:
    """Return what `portrait` found as text for people."""
    lines = {"Claim": _claim_lines, "Actor": _actor_lines, "Thing": _thing_lines}[found["type"]](found)
    return "\n".join(lines) + "\n"


def _speakers(utterance: Utterance) -> set[str]:
    return {ref.iri for ref in (utterance.speaker, utterance.voice) if ref}


def _facts(iri: str, records: Records, store: Store) -> list[dict[str, str]]:
    rows = store.select(
        "SELECT ?node ?property ?value WHERE { ?node ?property ?value }", bindings={"node": NamedNode(iri)}
    )
    facts = []
    for row in rows:
        value = row["value"]
        text = records.labels[value.value] if isinstance(value, NamedNode) else str(getattr(value, "value", value))
        facts.append({"property": records.labels[row["property"].value], "value": text})
    return sorted(facts, key=lambda fact: (fact["property"], fact["value"]))


def _quotes(store: Store, folder: Path) -> _Quote:
    from disputegraph.evidence import Sources

    sources = Sources(folder)
    digests = {
        row["document"].value: row["digest"].value if row["digest"] is not None else None
        for row in store.select(query_text("documents"))
    }

    def quotes(utterance: Utterance) -> list[dict[str, Any]]:
        found = []
        for anchor in utterance.anchors:
            if anchor.document is None or anchor.start is None or anchor.end is None or anchor.sha256 is None:
                continue
            quote = sources.quote(digests.get(anchor.document), anchor.start, anchor.end, anchor.sha256)
            found.append({"status": quote.status, "text": quote.text} if quote else {"status": "lost", "text": ""})
        return found

    return quotes


def _claim_lines(claim: dict[str, Any]) -> Iterator[str]:
    yield f"{claim['label']}  (claim)"
    yield f"  {claim['iri']}"
    if claim["paraphrase"]:
        yield f"  {claim['paraphrase']}"
    parts = [(name, claim[name]) for name in ("agent", "action", "target") if claim[name]]
    if parts:
        yield "  claimed " + ", ".join(f"{name}: {value}" for name, value in parts)
    if claim["issues"]:
        yield f"  about {'; '.join(claim['issues'])}"
    if claim["contradicts"]:
        yield f"  contradicts: {'; '.join(claim['contradicts'])}"
    yield ""
    yield f"Utterances ({len(claim['utterances'])})"
    for utterance in claim["utterances"]:
        yield from _utterance_lines(utterance, with_claim=False)


def _actor_lines(actor: dict[str, Any]) -> Iterator[str]:
    yield f"{actor['label']}  ({actor['kind']})"
    yield f"  {actor['iri']}"
    for name in ("aliases", "posts", "organisations", "workplaces", "identities"):
        if actor[name]:
            yield f"  {name}: {'; '.join(actor[name])}"
    if actor["description"]:
        yield f"  described as: {actor['description']}"
    for stance in actor["stances"]:
        yield f"  {_word(stance['value'])}: {'; '.join(stance['on'])}"
    yield ""
    yield f"Says ({len(actor['says'])})"
    for utterance in actor["says"]:
        yield from _utterance_lines(utterance)
    yield ""
    yield f"Is said of it ({sum(len(item['utterances']) for item in actor['is_said_of_it'])})"
    for item in actor["is_said_of_it"]:
        for utterance in item["utterances"]:
            yield from _utterance_lines(utterance)
    if actor["passes_on"]:
        yield ""
        yield f"Passes on ({len(actor['passes_on'])})"
        for utterance in actor["passes_on"]:
            yield from _utterance_lines(utterance)


def _thing_lines(thing: dict[str, Any]) -> Iterator[str]:
    yield thing["label"]
    yield f"  {thing['iri']}"
    for fact in thing["facts"]:
        yield f"  {fact['property']}: {fact['value']}"


def _utterance_lines(utterance: dict[str, Any], *, with_claim: bool = True) -> Iterator[str]:
    who = utterance["voice"] or "somebody"
    if utterance["speaker"] and utterance["speaker"] != who:
        who += f" (by {utterance['speaker']})"
    what = f" {utterance['polarity'] or 'says something of'}: {utterance['claim']}" if utterance["claim"] else " speaks"
    if not with_claim:
        what = f" {utterance['polarity'] or 'speaks'}"
    if not utterance["claim"] and utterance["reports"]:
        what = f" passes on {len(utterance['reports'])} utterance{'s' * (len(utterance['reports']) != 1)}"
    yield f"  - {who}{what}"
    manner = [_word(utterance[name]) for name in ("speech_act", "certainty", "quotation_mode") if utterance[name]]
    if utterance["date"]:
        manner.append(utterance["date"] + ("" if utterance["dated_by"] == "utterance" else " (date of the document)"))
    yield f"      {', '.join(manner)}"
    if utterance["via"]:
        yield f"      hearsay: passed on by {' → '.join(utterance['via'])}"
    for place, anchor in enumerate(utterance["anchors"]):
        name = (anchor["document"] or "?").rstrip("/").rpartition("/")[2]
        quotes = utterance.get("quotes") or []
        status = f" {quotes[place]['status']}" if place < len(quotes) else ""
        if anchor["start"] is None:
            yield f"      evidence: {name}"
            continue
        span = f"characters {anchor['start']}–{anchor['end']}"
        yield f"      evidence: {name}, {span}, sha256 {(anchor['sha256'] or '')[:12]}…{status}"
        if place < len(quotes) and quotes[place]["text"]:
            yield f"        “{' '.join(quotes[place]['text'].split())}”"


def _word(name: str | None) -> str:
    """Return the local name of a scheme term as a word: mixedQuotation as mixed quotation."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name or "")
