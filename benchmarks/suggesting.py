"""The suggestions while coding: how often they are right, and how long they take.

python benchmarks/suggesting.py [SHARED_DATA_FOLDER]

The bundled dispute is coded again in the order of its text, and so are news articles in which others marked who says
what (PolNeAR, development set; speakers only). Each suggestion is made from what was coded before. The texts are no
part of the project: they are read from the folder of shared data.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path

import numpy as np
from measure import machine

from disputegraph.coding import Coded, Known, Suggester
from disputegraph.model import Model
from disputegraph.resources import bundled_dispute
from disputegraph.store import EmbeddedStore

CODINGS, CODEBOOK = 2000, 500
NAME = re.compile(r"[A-Z][\w’'.-]+(?: (?:(?:of|for|and|the) )?[A-Z][\w’'.-]+)*")
TITLES = re.compile(r"^(?:(?:The|A|An|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|President|Republican|Democrat|Democratic|Former)\.? )+")
PRONOUN = re.compile(r"(?:he|she|it|they|we|i|you|who|that|which|his|her|their)\b", re.IGNORECASE)


def bundled(text: str) -> tuple[list[Known], list[Known], list[Coded]]:
    """Return the actors, the claims and the codings of the bundled dispute, in the order of its text."""
    store = EmbeddedStore()
    store.load(bundled_dispute())
    model = Model(store)
    actors = [Known(a.iri, a.label, a.aliases, (a.description or "", *a.posts), a.kind) for a in model.actors]
    claims = [Known(c.iri, c.label, (), (c.paraphrase or "",), "Claim") for c in model.claims]
    codings = []
    for said in model.utterances:
        start, end = min((anchor.start, anchor.end) for anchor in said.anchors)  # what is printed twice is said once
        voice = said.voice.iri if said.voice != said.speaker else None
        claim = said.claim.iri if said.claim else None
        coded = Coded("report", start, end, text[start:end], said.speaker.iri, voice, claim, said.polarity)
        codings.append((start, end, said.iri, coded))
    return actors, claims, [coded for *_, coded in sorted(codings)]


def attributed(path: Path) -> Iterator[tuple[str, list[Known], list[Coded]]]:
    """Yield articles with their speakers, and who says what; what pronouns say is left out, as nobody told whose it is.

    A speaker is the name in the source, one for each last name, or else the source's words. Every other name of two
    words in the article is an actor, too.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        text, actors, codings = article["text"], {}, []
        for found in article["attributions"]:
            source = text[found["source"][0][0] : found["source"][-1][1]] if found["source"] else ""
            if not source or not found["content"] or PRONOUN.match(source):
                continue
            name = NAME.search(TITLES.sub("", source))
            label = re.sub("[’']s$", "", name.group()) if name else source.lower()
            iri = label.split()[-1] if name else label
            known = actors.get(iri)
            if known is None or len(known.label) < len(label):
                actors[iri] = Known(iri, label, kind="Person" if name else "UnnamedSource")
            start, end = found["content"][0][0], found["content"][-1][1]
            codings.append(Coded(article["id"], start, end, text[start:end], iri))
        for match in re.finditer(r"(?<![.\n“\"] )\b[A-Z][a-z]+(?: [A-Z][a-z]+)+", text):
            actors.setdefault(match.group().split()[-1], Known(match.group(), match.group(), kind="Person"))
        yield text, list(actors.values()), sorted(codings, key=lambda coded: (coded.start, coded.end))


def coded_again(
    text: str, actors: Sequence[Known], claims: Sequence[Known], codings: Sequence[Coded], *, known: bool, told: bool
) -> tuple[list[int], list[int]]:
    """Return the rank of each right speaker and of each right claim, from 0; 9 where it is not suggested.

    Args:
        text: the text.
        actors: the actors of the codebook.
        claims: its claims.
        codings: what is coded, in the order of the text.
        known: whether the codebook is known from the start; otherwise an actor or a claim is known once it was coded,
            and only what is known is asked for.
        told: whether the speaker is told when the claim is asked for.
    """
    speakers, made = [], []
    for number, coded in enumerate(codings):
        before = codings[:number]
        people, sayings = ({known.iri for known in part} for part in (actors, claims))
        if not known:
            people &= {c.speaker for c in before} | {c.on_behalf_of for c in before}
            sayings &= {c.claim for c in before}
        suggester = Suggester([k for k in actors if k.iri in people], [k for k in claims if k.iri in sayings], before)
        if coded.speaker in people:
            found = suggester.speakers(text, coded.start, coded.end)
            speakers.append(rank(coded.speaker, [suggestion.iri for suggestion in found]))
        if coded.claim in sayings:
            found = suggester.claims(text, coded.start, coded.end, speaker=coded.speaker if told else None)
            made.append(rank(coded.claim, [suggestion.iri for suggestion in found]))
    return speakers, made


def rank(right: str, suggested: list[str]) -> int:
    return suggested.index(right) if right in suggested else 9


def last_three(codings: Sequence[Coded]) -> list[int]:
    """Return the ranks of the right speakers among those coded last, the baseline."""
    return [
        rank(coded.speaker, list(dict.fromkeys(c.speaker for c in reversed(codings[:number]))))
        for number, coded in enumerate(codings)
    ]


def share(ranks: Sequence[int], among: int) -> str:
    """Return how many are right among the first, as percentage with Wilson's interval at 95 %."""
    n, z = len(ranks), 1.96
    p = sum(found < among for found in ranks) / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return f"{100 * p:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


def timed(call: Callable[[object], object], things: Iterable[object]) -> list[float]:
    """Return the CPU milliseconds of each call."""
    spent = []
    for thing in things:
        start = time.process_time()
        call(thing)
        spent.append(1000 * (time.process_time() - start))
    return spent


def synthetic() -> tuple[list[str], list[Known], list[Known], list[Coded]]:
    """Return 100 texts of invented words, a codebook, and 2,000 codings."""
    rng = random.Random(7)
    syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(6000)]

    def some(count: int) -> str:
        return " ".join(words[int(len(words) * rng.random() ** 2.5)] for _ in range(count))

    kinds = ["Person", "Organization", "UnnamedSource"]
    actors = [
        Known(f"a{n}", some(2).title(), (some(3).title(),), (some(2),), rng.choice(kinds)) for n in range(CODEBOOK)
    ]
    claims = [Known(f"c{n}", some(6), (), (some(18),)) for n in range(CODEBOOK)]
    texts, codings = [], []
    for document in range(100):
        text = ""
        for _ in range(CODINGS // 100):
            speaker, said = rng.choice(actors), some(22)
            text += f"{speaker.label} said: “{said}.”\n\n"
            start = len(text) - len(said) - 4
            claim = rng.choice(claims).iri
            codings.append(Coded(str(document), start, start + len(said), said, speaker.iri, None, claim, "affirms"))
        texts.append(text)
    return texts, actors, claims, codings


def main(shared: Path) -> None:
    text = (shared / "junior-doctors-article.txt").read_text(encoding="utf-8")
    actors, claims, codings = bundled(text)
    print(f"\n## Suggestions while coding ({machine()})\n")
    print(
        "Share of right answers, with Wilson's interval at 95 %. Each suggestion is made from what was coded before.\n"
    )
    print("| what is suggested | asked | right first | right among three | goal |\n|---|---:|---|---|---|")

    def row(what: str, ranks: Sequence[int], goal: str = "") -> None:
        print(f"| {what} | {len(ranks)} | {share(ranks, 1)} | {share(ranks, 3)} | {goal} |")

    speakers, made = coded_again(text, actors, claims, codings, known=True, told=True)
    row("speaker, bundled dispute", speakers, "95 % among three")
    row("claim, bundled dispute", made, "75 % first, 90 % among three")
    row(
        "claim, bundled dispute, speaker not told",
        coded_again(text, actors, claims, codings, known=True, told=False)[1],
    )
    speakers, made = coded_again(text, actors, claims, codings, known=False, told=True)
    row("speaker, bundled dispute, of those coded before", speakers)
    row("claim, bundled dispute, of those coded before", made)
    row("baseline: the speakers coded last, bundled dispute", last_three(codings))
    ranks, baseline = [], []
    for article, people, said in attributed(shared / "attribution" / "dev.jsonl"):
        ranks += coded_again(article, people, [], said, known=True, told=True)[0]
        baseline += last_three(said)
    row("speaker, PolNeAR, 84 articles", ranks)
    row("baseline: the speakers coded last, PolNeAR", baseline)

    texts, actors, claims, codings = synthetic()
    print(f"\nCPU milliseconds with {CODINGS:,} codings, {CODEBOOK} claims and {CODEBOOK} actors of invented words:\n")
    print("| step | median | 95 % | goal |\n|---|---:|---:|---|")
    built = timed(lambda _: Suggester(actors, claims, codings), range(5))
    suggester, asked = Suggester(actors, claims, codings), codings[::20]
    steps = {
        "build": (built, 1000),
        "speakers": (timed(lambda c: suggester.speakers(texts[int(c.document)], c.start, c.end), asked), 20),
        "claims": (timed(lambda c: suggester.claims(texts[int(c.document)], c.start, c.end, speaker="a1"), asked), 20),
    }
    for step, (spent, goal) in steps.items():
        print(f"| {step} | {np.median(spent):.1f} | {np.percentile(spent, 95):.1f} | <= {goal} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
