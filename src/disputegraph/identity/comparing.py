"""What changed between two versions of a dispute: actors, claims, utterances and stances, in words and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disputegraph.model import Actor, Anchor, Claim, Model, Stance, Utterance
from disputegraph.store import Store

__all__ = ["Change", "Comparison", "compare", "compare_models"]

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, removed or changed.

    Attributes:
        what: actor, claim, utterance or stance.
        how: added, removed or changed.
        iri: the thing.
        label: what to call it.
        fields: for a changed thing, each field that differs with its values before and after.
    """

    what: str
    how: str
    iri: str
    label: str
    fields: Mapping[str, tuple[Any, Any]]

    def __str__(self) -> str:
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.how]
        text = f"{sign} {self.what} {self.label}"
        parts = [f"{name}: {_told(before)} → {_told(after)}" for name, (before, after) in self.fields.items()]
        return f"{text}: {'; '.join(parts)}" if parts else text

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON."""
        fields = {name: {"before": before, "after": after} for name, (before, after) in self.fields.items()}
        return {"what": self.what, "how": self.how, "iri": self.iri, "label": self.label, "fields": fields}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, by kind of thing, and how many of each there are."""

    changes: tuple[Change, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of things added, removed and changed, by kind of thing."""
        return {
            what: {how: sum(change.what == what and change.how == how for change in self.changes) for how in _HOWS}
            for what in _THINGS
        }

    def __str__(self) -> str:
        if not self.changes:
            return "No actor, claim, utterance or stance differs."
        parts = []
        for what, counts in self.counts().items():
            told = [f"{count:,} {how}" for how, count in counts.items() if count]
            if told:
                parts.append(f"{what}s: {', '.join(told)}")
        return ". ".join(part[0].upper() + part[1:] for part in parts) + "."

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain JSON."""
        return {
            "same": not self.changes,
            "counts": self.counts(),
            "changes": [change.to_dict() for change in self.changes],
        }


_HOWS = ("added", "removed", "changed")


def compare(old: Store, new: Store) -> Comparison:
    """Return what differs between two versions, things being known by their IRIs.

    Names are compared as they are shown, so that a renamed actor is one change and not one in each of its utterances:
    links between things are compared by IRI, and told by name.
    """
    return compare_models(Model.whole(old), Model.whole(new))


def compare_models(before: Model, after: Model) -> Comparison:
    """Return the same of two models that were read whole; their stores need no longer be open."""
    return Comparison(
        tuple(
            change
            for what, (records, told) in _THINGS.items()
            for change in _changes(what, told, records(before), records(after))
        )
    )


Told = tuple[str, Fields]


def _changes(what: str, told: Callable[[Any], Told], before: Iterable[Any], after: Iterable[Any]) -> Iterator[Change]:
    old, new = ({record.iri: record for record in records} for records in (before, after))
    found = [Change(what, "added", iri, told(new[iri])[0], {}) for iri in new.keys() - old.keys()]
    found += [Change(what, "removed", iri, told(old[iri])[0], {}) for iri in old.keys() - new.keys()]
    for iri in old.keys() & new.keys():
        if old[iri] != new[iri]:  # nearly all are equal, and to compare them as they are is quick
            (_, was), (label, is_) = told(old[iri]), told(new[iri])
            fields = {
                name: (_shown(was[name]), _shown(is_[name])) for name in is_ if _known(was[name]) != _known(is_[name])
            }
            if fields:
                found.append(Change(what, "changed", iri, label, fields))
    yield from sorted(found, key=lambda change: (_HOWS.index(change.how), change.label.casefold(), change.iri))


def _actor(actor: Actor) -> Told:
    return actor.label, {
        "name": actor.label,
        "kind": actor.kind,
        "aliases": actor.aliases,
        "posts": actor.posts,
        "organisations": actor.organisations,
        "workplaces": actor.workplaces,
        "description": actor.description,
        "identities": actor.identities,
    }


def _claim(claim: Claim) -> Told:
    return f"'{claim.label}'", {
        "name": claim.label,
        "paraphrase": claim.paraphrase,
        "agents": claim.agents,
        "action": claim.action,
        "targets": claim.targets,
        "issues": claim.issues,
        "contradicts": claim.contradicts,
    }


def _utterance(utterance: Utterance) -> Told:
    who = utterance.voice.label if utterance.voice else "somebody"
    about = f" on '{utterance.claim.label}'" if utterance.claim else ""
    when = f" ({utterance.date})" if utterance.date else ""
    return f"of {who}{about}{when}", {
        "speaker": utterance.speaker,
        "voice": utterance.voice,
        "claim": utterance.claims,
        "polarity": utterance.polarity,
        "certainty": utterance.certainty,
        "speech act": utterance.speech_act,
        "quotation mode": utterance.quotation_mode,
        "cue": utterance.cue,
        "date": utterance.date,
        "addressees": utterance.addressees,
        "via": utterance.via,
        "reports": utterance.reports,
        "superseded by": utterance.superseded_by,
        "evidence": tuple(map(_place, utterance.anchors)),
    }


def _place(anchor: Anchor) -> str:
    document = (anchor.document or "").rpartition("/")[2]
    return f"{document} {anchor.start}-{anchor.end} ({(anchor.sha256 or '')[:8]})"


def _stance(stance: Stance) -> Told:
    return (
        f"of {stance.holder.label if stance.holder else 'somebody'} on {', '.join(ref.label for ref in stance.on)}",
        {"holder": stance.holder, "on": stance.on, "value": stance.value, "shown in": stance.shown_in},
    )


_THINGS: dict[str, tuple[Callable[[Model], Iterable[Any]], Callable[[Any], Told]]] = {
    "actor": (lambda model: model.actors, _actor),
    "claim": (lambda model: model.claims, _claim),
    "utterance": (lambda model: model.utterances, _utterance),
    "stance": (lambda model: model.stances, _stance),
}


def _known(value: Any) -> Any:
    """Return by what a value is compared: a link by its IRI."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sorted(str(_known(item)) for item in value)
    return getattr(value, "iri", value)


def _shown(value: Any) -> Any:
    """Return what a value is told as: a link by its label."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shown(item) for item in value]
    return getattr(value, "label", value)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)
