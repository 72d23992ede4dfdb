"""Typed records of what a store holds: actors, claims, utterances, stances, anchors."""

from disputegraph.records.labels import Labels, local_name
from disputegraph.records.listing import Records
from disputegraph.records.model import Actor, Anchor, Claim, Ref, Stance, Utterance
from disputegraph.records.names import resolve

__all__ = ["Actor", "Anchor", "Claim", "Labels", "Records", "Ref", "Stance", "Utterance", "local_name", "resolve"]
