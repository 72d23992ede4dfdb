"""What changed between two versions of a dispute: actors, claims, utterances and stances, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disputegraph.model import Anchor, Claim, Model, Stance, Utterance
from disputegraph.store import Store

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


def compare(old: Store | Model, new: Store | Model) -> Comparison:
    """Return what differs between two versions, things being known by their IRIs.

    Names are compared as they are shown, so that a renamed actor is one change and not one in each of its utterances:
    links between things are compared by IRI, and told by name.

    Args:
        old: the earlier version: a store, or a model that was read whole, whose store need no longer be open.
        new: the later one.
    """
    before, after = (given if isinstance(given, Model) else Model.whole(given) for given in (old, new))
    return Comparison(tuple(change for what in _THINGS for change in _changes(what, before, after)))


def _changes(what: str, before: Model, after: Model) -> Iterator[Change]:
    old, new = ({record.iri: record for record in getattr(model, f"{what}s")} for model in (before, after))
    found = [Change(what, "added", iri, _label(new[iri]), {}) for iri in new.keys() - old.keys()]
    found += [Change(what, "removed", iri, _label(old[iri]), {}) for iri in old.keys() - new.keys()]
    for iri in old.keys() & new.keys():
        if old[iri] != new[iri]:  # nearly all are equal, and to compare them as they are is quick
            pairs = {name: (_field(old[iri], name), _field(new[iri], name)) for name in _THINGS[what]}
            fields = {
                name: (_shown(was), _shown(is_)) for name, (was, is_) in pairs.items() if _known(was) != _known(is_)
            }
            if fields:
                found.append(Change(what, "changed", iri, _label(new[iri]), fields))
    yield from sorted(found, key=lambda change: (_HOWS.index(change.how), change.label.casefold(), change.iri))


_THINGS = {
    "actor": ("name", "kind", "aliases", "posts", "organisations", "workplaces", "description", "identities"),
    "claim": (
        *("name", "paraphrase", "subjects", "agents", "action", "targets", "modality", "evaluation", "negated"),
        *("issues", "contradicts"),
    ),
    "utterance": (
        *("speaker", "voice", "claim", "polarity", "neutral kind", "certainty", "speech act", "quotation mode", "cue"),
        *("date", "addressees", "via", "reports", "superseded by", "withdrawn", "withdrawn on", "withdrawn because"),
        "evidence",
    ),
    "stance": ("holder", "on", "value", "shown in"),
}
_CALLED = {"name": "label", "claim": "claims", "evidence": "anchors"}


def _field(record: Any, name: str) -> Any:
    value = getattr(record, _CALLED.get(name, name.replace(" ", "_")))
    return tuple(map(_place, value)) if name == "evidence" else value


def _label(record: Any) -> str:
    """Return what to call a thing."""
    if isinstance(record, Utterance):
        who = record.voice.label if record.voice else "somebody"
        about = f" on '{record.claim.label}'" if record.claim else ""
        return f"of {who}{about}{f' ({record.date})' if record.date else ''}"
    if isinstance(record, Stance):
        return f"of {record.holder.label if record.holder else 'somebody'} on {', '.join(r.label for r in record.on)}"
    return f"'{record.label}'" if isinstance(record, Claim) else str(record.label)


def _place(anchor: Anchor) -> str:
    document = (anchor.document or "").rpartition("/")[2]
    return f"{document} {anchor.start}-{anchor.end} ({(anchor.sha256 or '')[:8]})"


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
