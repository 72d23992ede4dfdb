"""Make a synthetic dispute of any size in the terms of the real ontology.

    python benchmarks/synthetic.py 100000 OUT.nt

or copies of the bundled dispute, each under names of its own: anchors, hearsay, stances, events and posts included.

Each claim has six triples of its own and seven of the utterance that addresses it; every third utterance is followed
by one of an earlier claim, so that actors meet on claims; every tenth of these is hearsay, what one of ten sources is
said to have said, with the properties of hearsay. Actors and documents are few beside them. The dispute breaks no
integrity rule. The same number gives the same file.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TextIO

import pyoxigraph

from disputegraph.resources import bundled_dispute
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
    documents = [f"<{BASE}document/{n}>" for n in range(max(1, claims // 200))]
    written = 0

    def write(out: TextIO, *lines: str) -> None:
        nonlocal written
        out.write("".join(f"{line} .\n" for line in lines))
        written += len(lines)

    def day(n: int) -> str:
        return f"{2000 + n % 20}-{n % 12 + 1:02}-{n % 28 + 1:02}"

    def report(out: TextIO, name: str, claim: str, n: int) -> None:
        reported = f"<{BASE}utterance/{name}>"
        write(
            out,
            f"<{BASE}utterance/{n}> {DG.reports} {reported}",
            f"{reported} {_TYPE} {DG.ReportedUtterance}",
            f"{reported} {DG.reportedSpeaker} <{BASE}source/{n % 10}>",
            f"{reported} {DG.reportedClaim} {claim}",
            f"{reported} {DG.reportedPolarity} {rng.choice(polarities)}",
            f'{reported} {DG.reportedSaidOn} "{day(n)}"^^{_DATE}',
            f"{reported} {DG.documentedIn} {rng.choice(documents)}",
        )

    def utter(out: TextIO, name: str, claim: str, n: int) -> None:
        utterance, date = f"<{BASE}utterance/{name}>", day(n)
        write(
            out,
            f"{utterance} {_TYPE} {DG.Utterance}",
            f"{utterance} {DG.speaker} {rng.choice(actors)}",
            f"{utterance} {DG.addressesClaim} {claim}",
            f"{utterance} {DG.polarity} {rng.choice(polarities)}",
            f'{utterance} {DG.saidOn} "{date}"^^{_DATE}',
            f"{utterance} {DG.quotationMode} {DG.indirect}",
            f"{utterance} {DG.documentedIn} {rng.choice(documents)}",
        )

    with path.open("w", encoding="utf-8", newline="\n") as out:
        for n, actor in enumerate(actors):
            kind = DG.Person if n % 3 else DG.Organization
            write(out, f"{actor} {_TYPE} {kind}", f'{actor} {_PREF} "Actor {n}"@en')
        for n in range(10):
            source = f"<{BASE}source/{n}>"
            write(out, f"{source} {_TYPE} {DG.UnnamedSource}", f'{source} {_PREF} "Source {n}"@en')
            write(out, f'{source} {DG.sourceDescription} "one of ten"')
        for n, document in enumerate(documents):
            write(out, f"{document} {_TYPE} {DG.Document}", f'{document} {_PREF} "Report {n}"@en')
        for n in range(claims):
            claim = f"<{BASE}claim/{n}>"
            write(
                out,
                f"{claim} {_TYPE} {DG.Claim}",
                f'{claim} {_PREF} "Claim {n}"@en',
                f'{claim} {DG.paraphrase} "What claim number {n} says."@en',
                f"{claim} {DG.claimedAgent} {rng.choice(actors)}",
                f"{claim} {DG.claimedAction} {rng.choice(actions)}",
                f"{claim} {DG.claimedTarget} {rng.choice(actors)}",
            )
            utter(out, str(n), claim, n)
            if n % 3 == 2:
                said = report if n % 30 == 29 else utter
                said(out, f"{n}-again", f"<{BASE}claim/{rng.randrange(n + 1)}>", n)
    return written


def write_copies(copies: int, path: Path) -> int:
    """Write N-Triples with that many copies of the bundled dispute, and return the number of triples."""
    triples = [
        quad.triple for quad in pyoxigraph.parse(path=str(bundled_dispute()), format=pyoxigraph.RdfFormat.TURTLE)
    ]
    text = (pyoxigraph.serialize(triples, None, pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode()
    own = "https://w3id.org/disputegraph/data/"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for n in range(copies):
            copy = re.sub(r"_:(\w+)", rf"_:\1c{n}", text.replace(own, f"https://example.org/copy/{n}/"))
            out.write(re.sub(r'(prefLabel> "[^"]*)"', rf'\1 {n}"', copy))
    return copies * len(triples)


if __name__ == "__main__":
    print(f"{write_synthetic(int(sys.argv[1]), Path(sys.argv[2])):,} triples")
