"""Directed networks: who accuses or credits whom, and who passes on whose words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.model import Codes, Column, StatementTable
from disputegraph.networks.levels import places_of

_ACTS = {"accusing": "accuses", "crediting": "credits"}


@dataclass(frozen=True, slots=True, eq=False)
class DirectedStatements:
    """Statements as arrows.

    Attributes:
        table: the statements; one that has several targets or reporters stands here once for each.
        sources: where each arrow begins.
        targets: where it ends.
        acts: what it does, as a place in `names`.
        names: ``accuses`` and ``credits``, or ``reports``.
    """

    table: StatementTable
    sources: Column
    targets: Column
    acts: Codes
    names: tuple[str, ...]


def directed_incidence(table: StatementTable, kind: str, field: str) -> DirectedStatements:
    """Return the arrows of a portrayal or hearsay network.

    portrayal: from whoever speaks to each claimed agent of the claim, for utterances whose speech act is accusing or
    crediting. The act is the utterance's, whether it affirms or denies its claim: who accuses by denying an aim that
    somebody professes still accuses. hearsay: from each reporter to the actor whose utterance is passed on.

    Args:
        table: the statements.
        kind: ``portrayal`` or ``hearsay``.
        field: the field that names the one who speaks: ``voice``, ``speaker`` or ``organisation``.

    Raises:
        UsageError: `field` does not name actors.
    """
    if field in ("claim", "issue", "document", "utterance"):
        raise UsageError(f"a {kind} network is between actors: voices, speakers or organisations, not {field}s.")
    actors = table.column(field)
    if kind == "hearsay":
        places, reporters = table.related("via")
        spoken = actors.take(places)
        there = np.flatnonzero(spoken.codes >= 0)
        acts: Codes = np.zeros(len(there), dtype=np.int32)
        return DirectedStatements(
            table.take(places[there]), reporters.take(there), spoken.take(there), acts, ("reports",)
        )
    places, agents = table.related("agent")
    speakers = actors.take(places)
    try:
        act = table.column("speechAct").take(places)
    except UsageError:
        act = Column(np.full(len(places), -1, dtype=np.int32), [])
    names = tuple(_ACTS.values())
    doing = places_of(act, {value: names.index(name) for value, name in _ACTS.items()})
    there = np.flatnonzero((doing >= 0) & (speakers.codes >= 0))
    return DirectedStatements(table.take(places[there]), speakers.take(there), agents.take(there), doing[there], names)
