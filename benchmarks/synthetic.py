"""Make a synthetic dispute of any size in the terms of the real ontology.

    python benchmarks/synthetic.py 100000 OUT.nt

Each claim has eleven triples of its own and of its utterance; actors, issues and documents are few beside them.
The same number gives the same file.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from disputegraph.vocabulary import ACT, DG

BASE = "https://example.org/synthetic/"
_PREF = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_DATE = "<http://www.w3.org/2001/XMLSchema#date>"


def write_synthetic(claims: int, path: Path, *, seed: int = 7) -> int:
    """Write N-Triples with that many claims, an utterance each, and return the number of triples."""
    rng = random.Random(seed)
    actors = [f"<{BASE}actor/{n}>" for n in range(max(10, claims // 200))]
    actions = [str(ACT.term(name)) for name in ("veto", "breach", "obstruct", "mislead", "agree", "strike")]
    polarities = [str(term) for term in (DG.affirms, DG.affirms, DG.denies, DG.neutral)]
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for n, actor in enumerate(actors):
            kind = DG.Person if n % 3 else DG.Organization
            out.write(f'{actor} {_TYPE} {kind} .\n{actor} {_PREF} "Actor {n}"@en .\n')
            written += 2
        for n in range(claims):
            claim, utterance = f"<{BASE}claim/{n}>", f"<{BASE}utterance/{n}>"
            # Every third utterance is of an earlier claim, so that actors meet on claims.
            said = f"<{BASE}claim/{rng.randrange(n + 1)}>" if n % 3 == 0 else claim
            date = f"{2000 + n % 20}-{n % 12 + 1:02}-{n % 28 + 1:02}"
            out.write(
                f"{claim} {_TYPE} {DG.Claim} .\n"
                f'{claim} {_PREF} "Claim {n}"@en .\n'
                f'{claim} {DG.paraphrase} "What claim number {n} says."@en .\n'
                f"{claim} {DG.claimedAgent} {rng.choice(actors)} .\n"
                f"{claim} {DG.claimedAction} {rng.choice(actions)} .\n"
                f"{claim} {DG.claimedTarget} {rng.choice(actors)} .\n"
                f"{utterance} {_TYPE} {DG.Utterance} .\n"
                f"{utterance} {DG.speaker} {rng.choice(actors)} .\n"
                f"{utterance} {DG.addressesClaim} {said} .\n"
                f"{utterance} {DG.polarity} {rng.choice(polarities)} .\n"
                f'{utterance} {DG.saidOn} "{date}"^^{_DATE} .\n'
            )
            written += 11
    return written


if __name__ == "__main__":
    print(f"{write_synthetic(int(sys.argv[1]), Path(sys.argv[2])):,} triples")
