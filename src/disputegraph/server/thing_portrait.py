"""A thing in plain words: what a reader wants to know of a person, a claim or an utterance before the triples."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from disputegraph.errors import UsageError
from disputegraph.model import SourceTexts, portrait, side_in_words
from disputegraph.store import Store

__all__ = ["thing_portrait"]

Portrait = dict[str, Any]

_ABOUT = ("aliases", "description", "posts", "organisations", "workplaces")
_OF_CLAIM = ("paraphrase", "subject", "action", "target", "modality", "evaluation")
_SIDES = {"affirms": "Affirms", "denies": "Denies", "neutral": "Takes no side on"}
_SIDES_OF_CLAIM = {"affirms": "Affirmed by", "denies": "Denied by", "neutral": "Left open by"}
_UNCOUNTED = "Only as others tell it, or withdrawn: not counted"


def thing_portrait(iri: str, store: Store, *, sources: SourceTexts | None = None) -> Portrait | None:
    """Return facts and groups of sentences about an actor, a claim or an utterance; None for all else.

    A group has a title and ``said``: utterances as `disputegraph.model.portrait` gives them, each with its ``verb``.
    """
    try:
        found = portrait(iri, store, sources=sources)
    except UsageError:
        return None  # only named, or a term of a vocabulary
    if found["type"] == "Thing":
        return None
    if found["type"] == "Utterance":
        return {"facts": [], "groups": [_group("In words", [found])]}
    if found["type"] == "Claim":
        facts = [(name, _shown(found[name])) for name in _OF_CLAIM if found[name]]
        facts += [("negated", "yes")] if found["negated"] else []
        groups = _by_side(found["utterances"], _SIDES_OF_CLAIM)
        return {"facts": facts, "groups": groups}
    facts = [(name, _shown(found[name])) for name in _ABOUT if found[name]]
    facts += [(_words(stance["value"]), "; ".join(stance["on"])) for stance in found["stances"]]
    said_of_it = [utterance for item in found["is_said_of_it"] for utterance in item["utterances"]]
    groups = [
        *_by_side(found["says"], _SIDES),
        _group("What others say of it", said_of_it),
        _group("Passes on what others say", found["passes_on"]),
    ]
    return {"facts": facts, "groups": [group for group in groups if group["said"]]}


def _by_side(utterances: list[dict[str, Any]], titles: dict[str, str]) -> list[dict[str, Any]]:
    counted = [utterance for utterance in utterances if utterance["counted"]]
    groups = [
        _group(title, [said for said in counted if (said["polarity"] or "neutral") == side])
        for side, title in titles.items()
    ]
    groups.append(_group(_UNCOUNTED, [said for said in utterances if not said["counted"]]))
    return [group for group in groups if group["said"]]


def _group(title: str, utterances: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "said": [{**said, "verb": _verb(said)} for said in utterances]}


def _verb(said: dict[str, Any]) -> str:
    return side_in_words(said["neutral_kind"] or said["polarity"])


def _shown(value: str | list[str]) -> str:
    return _words(value) if isinstance(value, str) else "; ".join(value)


def _words(name: str | None) -> str:
    """Return the local name of a term as words; a text of several words as it is."""
    if not name or " " in name:
        return name or ""
    return "".join(f" {letter.lower()}" if letter.isupper() and place else letter for place, letter in enumerate(name))
