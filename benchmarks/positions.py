"""What ideal points are worth, on disputes of which the truth is known: coverage, recovery, and coin flips.

python benchmarks/positions.py [DRAWS]        default 100 disputes for each row
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.stats import norm

from disputegraph.analysis import correspondence, ideal_points
from disputegraph.errors import UsageError
from disputegraph.model import StatementTable

SIZES = ((15, 12, 0.5), (30, 20, 0.4), (12, 40, 0.3))


def debate(
    chance: np.random.Generator, actors: int, claims: int, share: float, slope: float
) -> tuple[StatementTable, np.ndarray]:
    """Return statements made by the model itself, of actors who speak on a share of the claims, and the positions."""
    theta, beta, alpha = chance.standard_normal(actors), *chance.normal(0, slope, (2, claims))
    speaks = np.argwhere(chance.random((actors, claims)) < share)
    affirms = chance.random((actors, claims)) < norm.cdf(np.outer(theta, beta) - alpha)
    fields: dict[str, list[str | None]] = {
        "utterance": [f"u{number}" for number in range(len(speaks))],
        "speaker": [f"a{actor}" for actor, _ in speaks],
        "claim": [f"c{claim}" for _, claim in speaks],
        "polarity": ["affirms" if affirms[actor, claim] else "denies" for actor, claim in speaks],
    }
    return StatementTable.of(fields), theta


def main(draws: int) -> None:
    print(f"## Ideal points on simulated disputes\n\n{draws} disputes a row, of which the truth is known; no times.\n")
    print(
        "| actors, claims, share spoken on | truth within 95% interval | correlation | p < .05 |\n|---|---:|---:|---:|"
    )
    for actors, claims, share in SIZES:
        held, alike, small = [], [], []
        for seed in range(draws):
            table, theta = debate(np.random.default_rng(seed), actors, claims, share, 2.0)
            found = ideal_points(table, draws=500, null=100, seed=seed)
            truth = np.array([theta[int(each.actor[1:])] for each in found.actors])
            mean = np.array([each.position for each in found.actors])
            truth = truth * np.sign(truth @ mean)
            pairs = zip((each.interval for each in found.actors), truth, strict=True)
            held += [low <= true <= high for (low, high), true in pairs]
            alike.append(np.corrcoef(mean, truth)[0, 1])
            small.append((found.first_axis.p or 1) < 0.05)
        print(f"| {actors}, {claims}, {share} | {np.mean(held):.3f} | {np.median(alike):.2f} | {np.mean(small):.2f} |")
    print("\n| coin flips | told from the middle | p < .05 | p < .05 of the first inertia |\n|---|---:|---:|---:|")
    for actors, claims, share in SIZES:
        apart, small, inertia = [], [], []
        for seed in range(draws):
            table, _ = debate(np.random.default_rng(seed), actors, claims, share, 0.0)
            found = ideal_points(table, draws=300, null=100, seed=seed)
            apart += [each.interval[0] > 0 or each.interval[1] < 0 for each in found.actors]
            small.append((found.first_axis.p or 1) < 0.05)
            try:
                inertia.append((correspondence(table, null=100, seed=seed).first.p or 1) < 0.05)
            except UsageError:
                continue
        row = f"{np.mean(apart):.3f} | {np.mean(small):.3f} | {np.mean(inertia):.3f}"
        print(f"| {actors}, {claims}, {share} | {row} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
