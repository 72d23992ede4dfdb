"""What the inference of analyses is worth, on disputes of which the truth is known.

python benchmarks/simulations.py [DRAWS]        default 200 disputes for each row
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from disputegraph.analysis import Inference, coalitions, polarisation
from disputegraph.model import StatementTable

Statements = list[tuple[int, int, bool]]

COIN_GRIDS = ((6, 5, 3), (15, 10, 4), (30, 15, 5), (20, 20, 10))
LENGTHS = (20, 40, 80, 160, 320, 640)


def table_of(said: Statements, documents: int | None = None) -> StatementTable:
    """Return a table of (actor, claim, affirms), each in a document of its own unless documents are to be shared."""
    rows = range(len(said))
    return StatementTable.of(
        {
            "utterance": [f"u{row}" for row in rows],
            "speaker": [f"a{actor}" for actor, _, _ in said],
            "claim": [f"c{claim}" for _, claim, _ in said],
            "polarity": ["affirms" if yes else "denies" for _, _, yes in said],
            "document": [f"d{row % documents if documents else row}" for row in rows],
        }
    )


def coin_flips(chance: np.random.Generator, actors: int, claims: int, each: int) -> Statements:
    """Return statements of actors who toss a coin on some claims each."""
    return [
        (actor, int(claim), bool(chance.integers(2)))
        for actor in range(actors)
        for claim in chance.choice(claims, each, replace=False)
    ]


def two_blocs(chance: np.random.Generator, size: int, claims: int, loyalty: float, statements: int) -> Statements:
    """Return statements of two blocs whose members follow their bloc's line with a probability."""
    actor = chance.integers(2 * size, size=statements)
    claim = chance.integers(claims, size=statements)
    loyal = chance.random(statements) < loyalty
    return [(int(a), int(c), bool((a < size) == yes)) for a, c, yes in zip(actor, claim, loyal, strict=True)]


def shared_claims(number: int) -> Statements:
    """Return two blocs of 10 opposed on five claims, who agree on others."""
    return [(actor, claim, claim >= 5 or actor < 10) for actor in range(20) for claim in range(5 + number)]


def mean_index(make: Callable[[], Statements], draws: int) -> tuple[float, float, int]:
    """Return mean and standard deviation of the index over disputes, and how many have one."""
    found = [polarisation(table_of(make()), inference=Inference(0, 0)).index for _ in range(draws)]
    known = [each for each in found if each is not None]
    return (float(np.mean(known)), float(np.std(known)), len(known)) if known else (np.nan, np.nan, 0)


def small_p(actors: int, claims: int, each: int, draws: int) -> tuple[float, float]:
    """Return the mean index of coin flips, and the share of them with p < 0.05."""
    chance = np.random.default_rng([1, actors])
    found = [
        polarisation(table_of(coin_flips(chance, actors, claims, each)), inference=Inference(199, 0, seed))
        for seed in range(draws)
    ]
    known = [one for one in found if one.index is not None and one.p is not None]
    return float(np.mean([one.index for one in known])), float(np.mean([one.p < 0.05 for one in known if one.p]))


def coverage(loyalty: float, claims: int, statements: int, draws: int) -> float:
    """Return how often the interval holds the truth: (2 loyalty - 1)^4 for two blocs of one size."""
    chance = np.random.default_rng([2, statements])
    truth = (2 * loyalty - 1) ** 4
    held = []
    for seed in range(draws):
        table = table_of(two_blocs(chance, 8, claims, loyalty, statements))
        found = polarisation(table, inference=Inference(0, 150, seed)).interval
        if found is not None:
            held.append(found[0] <= truth <= found[1])
    return float(np.mean(held))


def median_share(make: Callable[[], Statements], draws: int) -> tuple[float, float, float]:
    """Return the median over members of the share that the bootstrap gives: least, median and greatest of disputes."""
    found = []
    for seed in range(draws):
        how = Inference(0, 100, seed)
        shares = coalitions(table_of(make()), inference=how, hangs_on=False).shares.values()
        found.append(float(np.median(list(shares))))
    return min(found), float(np.median(found)), max(found)


def seconds(statements: int, actors: int, claims: int, bootstrap: int) -> tuple[float, float]:
    """Return the CPU seconds of an interval of the index, and of the shares of members."""
    chance = np.random.default_rng(3)
    table = table_of(two_blocs(chance, actors // 2, claims, 0.7, statements), documents=statements // 4)
    start = time.process_time()
    polarisation(table, inference=Inference(0, bootstrap))
    middle = time.process_time()
    coalitions(table, inference=Inference(0, bootstrap), hangs_on=False, time_limit=600)
    return middle - start, time.process_time() - middle


def main(draws: int) -> None:
    """Print the results as tables for RESULTS.md."""
    print("| coin flips: actors × claims (claims each) | mean index | p < 0.05 |\n|---|---:|---:|")
    for grid in COIN_GRIDS:
        mean, share = small_p(*grid, draws)
        print(f"| {grid[0]} × {grid[1]} ({grid[2]}) | {mean:.3f} | {share:.1%} |", flush=True)
    print("\n| two blocs of 8, 5 claims: loyalty | " + " | ".join(map(str, LENGTHS)) + " statements |")
    print("|---|" + "---:|" * len(LENGTHS))
    for loyalty in (0.6, 0.75, 0.9, 1.0):
        chance = np.random.default_rng(4)
        told = [mean_index(partial(two_blocs, chance, 8, 5, loyalty, n), draws) for n in LENGTHS]
        print(f"| {loyalty} | " + " | ".join(f"{mean:.2f} ± {sd:.2f} ({n})" for mean, sd, n in told) + " |", flush=True)
    series = [mean_index(partial(shared_claims, c), 1)[0] for c in range(10)]
    print("\nTwo blocs of 10, five claims fought over, 0 to 9 shared: " + ", ".join(f"{one:.3f}" for one in series))
    print("\n| coverage: loyalty, claims, statements | of 95% intervals |\n|---|---:|")
    for loyalty, claims, statements in ((0.5, 10, 200), (0.7, 10, 300), (0.8, 10, 200), (0.9, 10, 300), (0.9, 20, 600)):
        print(f"| {loyalty}, {claims}, {statements} | {coverage(loyalty, claims, statements, draws):.1%} |", flush=True)
    print("\n| median share of members | least | median | greatest |\n|---|---:|---:|---:|")
    few = max(5, draws // 10)
    for size, statements in ((8, 60), (8, 200), (8, 1000), (15, 200), (15, 1000)):
        chance = np.random.default_rng(5)
        told3 = median_share(partial(two_blocs, chance, size, 10, 0.5, statements), few)
        print(f"| coin flips, 2 × {size}, {statements} | " + " | ".join(f"{x:.2f}" for x in told3) + " |", flush=True)
    for size, statements in ((8, 200), (10, 200), (8, 400)):
        chance = np.random.default_rng(6)
        told3 = median_share(partial(two_blocs, chance, size, 10, 0.8, statements), few)
        print(f"| loyalty 0.8, 2 × {size}, {statements} | " + " | ".join(f"{x:.2f}" for x in told3) + " |", flush=True)
    print("\n| CPU seconds of draws | index | shares |\n|---|---:|---:|")
    for statements, actors, claims, draw in ((559, 30, 30, 150), (2000, 40, 60, 1000)):
        one, other = seconds(statements, actors, claims, draw)
        print(f"| {draw} of {statements} statements | {one:.1f} | {other:.1f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
