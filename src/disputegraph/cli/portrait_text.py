"""What is known of an actor or claim, as text to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from disputegraph.model import sooner

_CLAIM_PARTS = ("subject", "action", "target", "modality", "evaluation")


def portrait_text(found: dict[str, Any]) -> str:
    """Return what `portrait` found as text for people."""
    lines = _LINES[found["type"]](found)
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
    yield f"{actor['label']}  ({'Document' if actor['is_document'] else actor['kind']})"
    yield f"  {actor['iri']}"
    for name in ("aliases", "posts", "organisations", "workplaces", "identities"):
        if actor[name]:
            yield f"  {name}: {'; '.join(actor[name])}"
    if actor["description"]:
        yield f"  described as: {actor['description']}"
    for stance in actor["stances"]:
        yield f"  {_word(stance['value'])}: {'; '.join(stance['on'])}"
    said = actor["says"]
    of_it = [utterance for item in actor["is_said_of_it"] for utterance in item["utterances"]]
    for title, utterances in (
        ("Says", [one for one in said if one["counted"]]),
        ("Is said by others to say, not counted", [one for one in said if not one["counted"] and not one["withdrawn"]]),
        ("Withdrawn, not counted", [one for one in said if one["withdrawn"]]),
        (f"Others say of {actor['label']}", sorted(of_it, key=lambda one: sooner(one["date"]))),
        ("Passes on what others say", actor["passes_on"]),
    ):
        if utterances or title == "Says":
            yield f"\n{title} ({len(utterances)})"
            for utterance in utterances:
                yield from _utterance_lines(utterance)


def _one_utterance(utterance: dict[str, Any]) -> Iterator[str]:
    yield f"Utterance of {utterance['voice'] or 'somebody'}"
    yield f"  {utterance['iri']}"
    yield from _utterance_lines(utterance)


def _thing_lines(thing: dict[str, Any]) -> Iterator[str]:
    yield thing["label"]
    yield f"  {thing['iri']}"
    for fact in thing["facts"]:
        yield f"  {fact['property']}: {fact['value']}"
    if said_of_it := [utterance for item in thing["is_said_of_it"] for utterance in item["utterances"]]:
        yield f"\nIs said of it ({len(said_of_it)})"
        for utterance in said_of_it:
            yield from _utterance_lines(utterance)


def _document_lines(document: dict[str, Any]) -> Iterator[str]:
    yield from _thing_lines({**document, "is_said_of_it": []})
    yield f"\nUtterances in it ({len(document['utterances'])})"
    for utterance in document["utterances"]:
        yield from _utterance_lines(utterance)


def _utterance_lines(utterance: dict[str, Any], *, with_claim: bool = True) -> Iterator[str]:
    who = utterance["voice"] or "somebody"
    if utterance["speaker"] and utterance["speaker"] != who:
        who += f" (by {utterance['speaker']})"
    if utterance["via"]:
        who += f", according to {', who had it from '.join(reversed(utterance['via']))},"
    side = _word(utterance["neutral_kind"]) or utterance["polarity"]
    what = f" {side or 'says something of'}: {utterance['claim']}" if utterance["claim"] else " speaks"
    if not with_claim:
        what = f" {side or 'speaks'}"
    yield f"  - {who}{what}"
    manner = [_word(utterance[name]) for name in ("speech_act", "certainty", "quotation_mode") if utterance[name]]
    if utterance["tone"] != "neutral" and utterance["speech_act"] not in ("accusing", "crediting"):
        manner.append(f"{utterance['tone']} in tone")
    if utterance["date"]:
        how = {"roughly": " (roughly)", "document": " (date of the document)"}
        manner.append(utterance["date"] + how.get(utterance["dated_by"], ""))
    yield f"      {', '.join(manner)}"
    if utterance["withdrawn"]:
        by = "; ".join(utterance["superseded_by_label"])
        told = (utterance["withdrawn_on"], utterance["withdrawn_because"], by and f"superseded by {by}")
        yield f"      withdrawn: {'; '.join(filter(None, (*told, 'counted nowhere')))}"
    if utterance["hearsay"]:
        via = " → ".join(utterance["via"]) or "somebody who is not named"
        note = "" if utterance["counted"] or utterance["withdrawn"] else "; not counted"
        yield f"      hearsay: passed on by {via}{note}"
    for place, anchor in enumerate(utterance["anchors"]):
        name = anchor["document_label"] or "a document that is not named"
        quotes = utterance.get("quotes") or []
        status = f" {quotes[place]['status']}" if place < len(quotes) else ""
        if anchor["start"] is None:
            yield f"      evidence: {name}"
            continue
        span = f"characters {anchor['start']}–{anchor['end']}"
        yield f"      evidence: {name}, {span}, sha256 {(anchor['sha256'] or '')[:12]}…{status}"
        if place < len(quotes) and quotes[place]["text"]:
            yield f"        “{' '.join(quotes[place]['text'].split())}”"


_LINES = {
    "Claim": _claim_lines,
    "Actor": _actor_lines,
    "Document": _document_lines,
    "Utterance": _one_utterance,
    "Thing": _thing_lines,
}


def _word(name: str | None) -> str:
    """Return the local name of a scheme term as a word: mixedQuotation as mixed quotation."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name or "")
