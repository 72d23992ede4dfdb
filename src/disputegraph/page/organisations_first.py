"""Organisations first: in a dispute of many voices, people are drawn with the organisation they speak for."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

Record = dict[str, Any]

MANY_VOICES = 40
"""Voices above which people are drawn with their organisation."""

_PEOPLE = {"Person", "UnnamedSource"}
_NOT_ORGANISATIONS = {*_PEOPLE, "Collective"}
_BELONGS = ("holds", "memberOf", "worksAt", "represents")


def folds(data: Record) -> dict[str, str]:
    """Return the organisation of each person who is drawn with one; nothing where the dispute has few voices.

    It is the organisation on whose behalf the person speaks most often (of equals, the first by identifier); of those
    who speak for none, the one they belong to, work at or represent. Who belongs to several, and speaks for none of
    them, stands alone.
    """
    things = {thing["id"]: thing for thing in data["things"] if thing.get("actor")}
    speaks: dict[str, Counter[str]] = defaultdict(Counter)
    voices = set[str]()
    for utterance in data["utterances"]:
        if utterance.get("superseded") or utterance.get("uncounted") or utterance.get("relay"):
            continue
        voices.add(voice := utterance.get("voice", ""))
        if voice != (speaker := utterance.get("speaker", "")):
            speaks[speaker][voice] += 1
    if len(voices) <= MANY_VOICES:
        return {}
    organisations = {key for key, thing in things.items() if thing["kind"] not in _NOT_ORGANISATIONS}
    found = {}
    for key, thing in things.items():
        if thing["kind"] not in _PEOPLE:
            continue
        ranked = sorted((-count, voice) for voice, count in speaks[key].items() if voice in organisations)
        facts = (fact for fact in thing.get("facts", ()) if fact["relation"] in _BELONGS)
        belongs = {end for fact in facts for end in (fact.get("at"), fact.get("to")) if end in organisations}
        if ranked:
            found[key] = ranked[0][1]
        elif len(belongs) == 1:
            found[key] = belongs.pop()
    return found
