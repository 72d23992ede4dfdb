"""Of what kind a node is, and who takes part in the dispute."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from disputegraph.model.facts import Facts
from disputegraph.model.kinds import ACTOR, KINDS, THING, Kind, kind_named
from disputegraph.model.properties import KIND_CLASSES
from disputegraph.model.term_codes import Codes

_CLASSED = tuple(kind for kind in KINDS if kind.name != "Claim")


class NodeKinds:
    """The kinds of the nodes of some facts.

    A node is named by the first kind of the table that one of its classes means. Without such a class, whoever speaks
    or is spoken for is an actor, what utterances address is a claim, and whoever is spoken to, said to have done
    something, or holds a stance is an actor.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def of(self, code: int) -> str:
        """Return the kind of a node by its number, as the name of a kind of the table; `THING` for any other node."""
        place = self._by_class[code] if 0 <= code < len(self._by_class) else -1
        if place >= 0:
            return _CLASSED[place].name
        if code in self._speaking:
            return ACTOR
        if code in self._addressed or code in self._claims:
            return "Claim"
        return ACTOR if code in self._acting else THING

    def all_of(self, code: int) -> list[Kind]:
        """Return every kind of the table that one of a node's classes means."""
        return [kind for kind in KINDS if code in self._members[kind.name]]

    def acts(self, code: int) -> bool:
        """Return whether a node is an actor of the dispute: of a kind that acts, or somebody who speaks."""
        kind = kind_named(self.of(code))
        return code in self._speaking or (kind is not None and kind.acts)

    def members(self, *names: str) -> Codes:
        """Return the nodes with a class that means one of these kinds."""
        return np.unique(np.concatenate([np.empty(0, dtype=np.int32), *(self._array(name) for name in names)]))

    @cached_property
    def actors(self) -> list[int]:
        """Everybody who takes part, by number."""
        acting = self.members(*(kind.name for kind in KINDS if kind.acts)).tolist()
        return sorted({*acting, *self._speaking, *(code for code in self._acting if self.of(code) == ACTOR)})

    def _array(self, name: str) -> Codes:
        kind = kind_named(name)
        return self._facts.members(*kind.classes) if kind else np.empty(0, dtype=np.int32)

    @cached_property
    def _members(self) -> dict[str, set[int]]:
        return {kind.name: set(self._array(kind.name).tolist()) for kind in KINDS}

    @cached_property
    def _by_class(self) -> list[int]:
        self._facts.need(*KIND_CLASSES)
        members = [self._array(kind.name) for kind in _CLASSED]  # read first: reading makes new numbers
        places = np.full(len(self._facts.terms.spelt), -1, dtype=np.int32)
        for place in reversed(range(len(members))):
            places[members[place]] = place
        return places.tolist()

    @cached_property
    def _addressed(self) -> set[int]:
        return set(self._facts.pairs("dg:addressesClaim").values.tolist())

    @cached_property
    def _claims(self) -> set[int]:
        return set(self._facts.members("dg:Claim").tolist())

    @cached_property
    def _speaking(self) -> set[int]:
        return {code for name in ("dg:speaker", "dg:onBehalfOf") for code in self._facts.pairs(name).values.tolist()}

    @cached_property
    def _acting(self) -> set[int]:
        roles = ("dg:addressee", "dg:claimedAgent", "dg:stanceHolder")
        self._facts.need(*roles)
        return {code for name in roles for code in self._facts.pairs(name).values.tolist()}
