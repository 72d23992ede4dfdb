"""A static site of 1,000 actors and 10,000 utterances: against its page alone, and against what it was built to take.

python benchmarks/static_site.py
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from measure import pair, report

ACTORS, CLAIMS, DOCUMENTS, UTTERANCES = 1_000, 2_000, 500, 10_000
SECONDS = 60  # on two cores, by the clock
HEAD = """@prefix ex: <https://example.org/large/> .
@prefix dg: <https://w3id.org/disputegraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:dispute a dg:Dispute ; dcterms:title "A large dispute"@en .
"""


def write_large(path: Path) -> None:
    """Write a dispute in which few speak often and many seldom, each utterance with its place in a document."""
    rng = random.Random(7)

    def some(mean: int, most: int) -> int:
        return min(int(rng.expovariate(1 / mean)), most - 1)

    lines = [HEAD, *(f'ex:issue-{n} a dg:Issue ; skos:prefLabel "Issue {n}"@en .' for n in range(20))]
    for n in range(ACTORS):
        kind = "Person" if n % 3 else "Organization"
        lines.append(f'ex:actor-{n} a dg:{kind} ; skos:prefLabel "Actor number {n}"@en ; skos:altLabel "No. {n}"@en .')
    for n in range(DOCUMENTS):
        day = f"{2010 + n % 10}-{1 + n % 12:02}-{1 + n % 28:02}"
        lines.append(f'ex:doc-{n} a dg:Document ; skos:prefLabel "Report {n}"@en ; dcterms:issued "{day}"^^xsd:date .')
    lines += [
        f'ex:claim-{n} a dg:Claim ; skos:prefLabel "Thing {n} was done"@en ; '
        f'dg:paraphrase "Somebody did the thing with the number {n}."@en ; '
        f"dg:claimedAgent ex:actor-{some(150, ACTORS)} ; dg:aboutIssue ex:issue-{n % 20} ."
        for n in range(CLAIMS)
    ]
    for n in range(UTTERANCES):
        side = rng.choice(("affirms", "affirms", "denies", "neutral"))
        start = n % 20 * 100
        lines.append(
            f"ex:u-{n} a dg:Utterance ; dg:speaker ex:actor-{some(200, ACTORS)} ; dg:polarity dg:{side} ; "
            f"dg:addressesClaim ex:claim-{some(400, CLAIMS)} ; dg:evidence ex:a-{n} .\n"
            f"ex:a-{n} a dg:Anchor ; oa:hasSource ex:doc-{n * DOCUMENTS // UTTERANCES} ; oa:hasSelector ex:s-{n} ; "
            f'dg:exactDigest "{n:064x}" .\n'
            f"ex:s-{n} a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + 80} ."
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    what = f"site of {ACTORS:,} actors and {UTTERANCES:,} utterances"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_large(folder / "large.ttl")
        command = [sys.executable, "-m", "disputegraph"]
        site = [*command, "site", "-d", str(folder / "large.ttl"), "-o", str(folder / "site")]
        page = [*command, "page", "-d", str(folder / "large.ttl"), "-o", str(folder / "page.html")]
        turtle = [*command, "convert", str(folder / "large.ttl"), "-o", str(folder / "sorted.ttl")]
        wait = [sys.executable, "-c", f"import time; time.sleep({SECONDS})"]
        ratios = [
            pair(what, site, "`page` of the same", page, runs=3),
            pair(what, site, "`convert` to sorted Turtle", turtle, runs=3),
            pair(f"{what}, by the clock", site, f"{SECONDS} s", wait, goal="<= 1", runs=1, wall=True),
        ]
    report("Site", ratios)


if __name__ == "__main__":
    main()
