"""How polarised a dispute is: two coalitions of like size, united within and opposed to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

import numpy as np

from disputegraph.analysis.signed_partition import partition
from disputegraph.analysis.ties import find_ties
from disputegraph.model import StatementTable
from disputegraph.networks import NetworkOptions

__all__ = ["Polarisation", "polarisation"]


@dataclass(frozen=True, slots=True)
class Polarisation:
    """The polarisation of a network.

    Attributes:
        index: ``size_balance * antagonism``, 0 to 1; None where nobody agrees or disagrees with anybody.
        size_balance: ``4 p (1 - p)``, p the share of the actors in the first coalition: 1 for two of one size, 0 for a
            single one. (Reynal-Querol's index for two groups.)
        antagonism: ``max(0, cohesion + opposition - 1)``, 0 to 1.
        cohesion: share of agreement in all agreement and opposition within coalitions; None where there is neither.
        opposition: share of opposition in all agreement and opposition between them; None where there is neither.
        sizes: number of actors in the two coalitions, the larger first.
        actors: actors in the part of the network that was measured.
        left_out: actors of the table's network that are not in that part.
        proven: whether the division into coalitions is the best there is.
        first: first day of the time slice, or None.
        last: its last day.
    """

    index: float | None
    size_balance: float | None
    antagonism: float | None
    cohesion: float | None
    opposition: float | None
    sizes: tuple[int, int]
    actors: int
    left_out: int
    proven: bool
    first: str | None = None
    last: str | None = None


def polarisation(
    table: StatementTable,
    *,
    ties: str = "statements",
    time_limit: float = 60.0,
    first: str | None = None,
    last: str | None = None,
    **options: Unpack[NetworkOptions],
) -> Polarisation:
    """Return how polarised the actors of a table are.

    Measured in the largest connected part of the signed network, since how coalitions of different parts go together
    is not known. The division is the best into two coalitions, weighted by agreement minus opposition. Esteban & Ray
    (1994) ask of a measure of polarisation that it grow with likeness within groups and distance between them; with two
    groups of shares p and 1-p theirs is proportional to ``p (1 - p)`` times the distance (exponent 1), scaled to 0 to 1
    by Reynal-Querol (2002). The distance here is `antagonism`, our own: how far agreement keeps to coalitions and
    opposition to the space between them.

    Args:
        table: the statements.
        ties: what ties are read from: ``statements``, ``portrayal`` or ``both``; see `find_ties`.
        time_limit: seconds for the division.
        first: first day of the time slice, for the record.
        last: its last day.
        options: those of the network; see `NetworkOptions`.
    """
    tied = find_ties(table, ties, **options)
    network = tied.network(weighted=True)
    found = partition(network, coalitions=2, time_limit=time_limit)
    if not len(network.ends):
        return Polarisation(None, None, None, None, None, (0, 0), 0, len(network), True, first, last)
    strength = np.bincount(found.components[network.ends[:, 0]], np.abs(network.weights))
    # By weight, then size, then the first node, so that the choice does not hang on the order of edges.
    sizes = np.bincount(found.components, minlength=len(strength))
    largest = int(np.lexsort((np.arange(len(strength)), -sizes[: len(strength)], -strength))[0])
    inside = found.components == largest
    p = float(found.membership[inside].mean())
    one, other = tied.pairs.T
    here = inside[one] & inside[other]
    within = found.membership[one] == found.membership[other]
    cohesion = _share(tied.agreement[here & within].sum(), tied.opposition[here & within].sum())
    opposition = _share(tied.opposition[here & ~within].sum(), tied.agreement[here & ~within].sum())
    # Without ties between the two coalitions nothing shows antagonism; without ties within them, nothing shows discord.
    antagonism = max(0.0, (1.0 if cohesion is None else cohesion) + (opposition or 0.0) - 1)
    size_balance = 4 * p * (1 - p)
    number = int(inside.sum())
    minority = round(min(p, 1 - p) * number)
    return Polarisation(
        size_balance * antagonism,
        size_balance,
        antagonism,
        cohesion,
        opposition,
        (number - minority, minority),
        number,
        len(network) - number,
        found.proven,
        first,
        last,
    )


def _share(part: float, rest: float) -> float | None:
    return float(part / (part + rest)) if part + rest > 0 else None
