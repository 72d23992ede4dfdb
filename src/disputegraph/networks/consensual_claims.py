"""Claims on which nearly all voices take one side, left out on request."""

from __future__ import annotations

import numpy as np

from disputegraph.errors import UsageError
from disputegraph.model import StatementTable
from disputegraph.networks.network_options import ACTORS, node_field


def without_consensual(table: StatementTable, share: float, *, between: str = "voices") -> StatementTable:
    """Return the statements without those on claims on which at least `share` of the voices take one side.

    A voice is on the side that it takes more often; one that affirms and denies alike counts as a voice on neither
    side. Claims on which one voice alone takes a side stay: they tie nobody to anybody.

    Args:
        table: the statements.
        share: above one half, up to 1 (only claims on which nobody differs).
        between: who counts as a voice: ``voices``, ``speakers`` or ``organisations``; for other nodes voices do.

    Returns:
        The statements left; `StatementTable.consensual` is how many claims were left out.

    Raises:
        UsageError: `share` is not a share above one half.
    """
    if not 0.5 < share <= 1:  # noqa: PLR2004
        raise UsageError(
            f"a share of voices on one side lies above 0.5 and is 1 at most, such as 0.9; {share:g} does not."
        )
    field = node_field(between)
    voices, claims, polarity = (
        table.column(name) for name in (field if field in ACTORS else "voice", "claim", "polarity")
    )
    sides = np.array([*({"affirms": 1, "denies": -1}.get(value, 0) for value in polarity.values), 0])[polarity.codes]
    counting = np.flatnonzero((sides != 0) & (voices.codes >= 0) & (claims.codes >= 0))
    cells, cell = np.unique(
        np.stack([claims.codes[counting], voices.codes[counting]], axis=1), axis=0, return_inverse=True
    )
    lean = np.sign(np.bincount(cell.ravel(), sides[counting], len(cells)))
    number = len(claims.values)
    everyone = np.bincount(cells[:, 0], minlength=number)
    most = np.maximum(*(np.bincount(cells[lean == side, 0], minlength=number) for side in (1, -1)))
    consensual = (everyone > 1) & (most >= share * everyone - 1e-9)
    kept = table.take(~np.append(consensual, False)[claims.codes])
    kept.consensual = int(consensual.sum())
    return kept
