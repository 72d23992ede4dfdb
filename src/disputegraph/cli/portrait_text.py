"""What is known of an actor or claim, as text to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["portrait_text"]


_CLAIM_PARTS = ("subject", "action", "target", "modality", "evaluation")


def portrait_text(found: dict[str, Any]) -> str:
    """Return what `portrait` found as text for people."""
    lines = {"Claim": _claim_lines, "Actor": _actor_lines, "Thing": _thing_lines}[found["type"]](found)
    return "\n".join(lines) + "\n"


def _claim_lines(claim: dict[str, Any]) -> Iterator[str]:
    yield f"{claim['label']}  (claim)"
    yield f"  {claim['iri']}"
    if claim["paraphrase"]:
        yield f"  {claim['paraphrase']}"
    parts = [
        (name, _word(claim[name]) if name == "evaluation" else claim[name]) for name in _CLAIM_PARTS if claim[name]
    ]
    parts += [("negated", "yes")] if claim["negated"] else []
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
    side = _word(utterance["neutral_kind"]) or utterance["polarity"]
    what = f" {side or 'says something of'}: {utterance['claim']}" if utterance["claim"] else " speaks"
    if not with_claim:
        what = f" {side or 'speaks'}"
    if not utterance["claim"] and utterance["reports"]:
        what = f" passes on {len(utterance['reports'])} utterance{'s' * (len(utterance['reports']) != 1)}"
    yield f"  - {who}{what}"
    manner = [_word(utterance[name]) for name in ("speech_act", "certainty", "quotation_mode") if utterance[name]]
    if utterance["date"]:
        manner.append(utterance["date"] + ("" if utterance["dated_by"] == "utterance" else " (date of the document)"))
    yield f"      {', '.join(manner)}"
    if utterance["superseded_by"]:
        yield f"      withdrawn: superseded by {', '.join(utterance['superseded_by'])}; counted nowhere"
    if utterance["hearsay"]:
        via = " → ".join(utterance["via"]) or "nobody who is named"
        note = "" if utterance["counted"] or utterance["superseded_by"] else "; not counted"
        yield f"      hearsay: passed on by {via}{note}"
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
