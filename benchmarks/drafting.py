"""Drafts against attributions that people marked, and against the codings of the bundled dispute; and their speed.

python benchmarks/drafting.py [SHARED_DATA_FOLDER]

The articles (PolNeAR, development set) are no part of the project: they are read from the folder of shared data.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from measure import machine

from disputegraph.drafting import Draft, attribution_line, drafter_named, evaluate_attributions, read_attribution_lines
from disputegraph.model import Model
from disputegraph.resources import bundled_dispute
from disputegraph.store import EmbeddedStore

GOALS = {
    "rules": (78, 55, 46, 40, 72, None, None, 92, 84, 100_000),
    "spacy": (80, 74, 69, 57, 85, 90, 87, 95, 93, 5_000),
}
FIGURES = (
    *("partial_precision", "partial_f", "partial_source_f", "exact_f", "token_f"),
    *("reporting_recall", "reporting_source_recall", "direct_recall", "direct_source_recall"),
)


def coded_inside(text: str, drafts: Sequence[Draft]) -> float:
    """Return the share of the coded places of the bundled dispute that lie in a draft, with its cue and source."""
    store = EmbeddedStore()
    store.load(bundled_dispute())
    places = {
        (anchor.start, anchor.end)
        for said in Model(store).utterances
        for anchor in said.anchors
        if anchor.start is not None and anchor.end is not None and anchor.end <= len(text)
    }
    spans = [(*one.content, *one.cue, *one.source) for one in drafts]
    reach = [(min(start for start, _ in held), max(end for _, end in held)) for held in spans]
    inside = sum(any(s <= start and end <= e for s, e in reach) for start, end in places)
    return 100 * inside / len(places)


def main(shared: Path) -> None:
    gold = list(read_attribution_lines(shared / "attribution" / "dev.jsonl"))
    article = (shared / "junior-doctors-article.txt").read_text(encoding="utf-8")
    words = sum(len(one["text"].split()) for one in gold)
    print(f"\n## Drafts ({machine()})\n")
    print(f"Percent of the attributions that people marked in {len(gold)} articles; goals in brackets.\n")
    head: tuple[str, ...] = (
        "program",
        "partial P / F",
        "+ source F",
        "exact F",
        "token F",
        "reporting: recall / + source",
    )
    head += ("direct: recall / + source", "words/s", "bundled: coded places inside")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for program, goals in GOALS.items():
        drafter = drafter_named(program)
        drafter.draft(gold[0]["text"])
        start = time.process_time()
        found = [attribution_line(one["id"], drafter.draft(one["text"])) for one in gold]
        speed = words / (time.process_time() - start)
        figures = evaluate_attributions(gold, found)
        told = [
            f"{figures[name]:.0f} [{goal}]" if goal else f"{figures[name]:.0f}"
            for name, goal in zip(FIGURES, goals, strict=False)
        ]
        cells = (f"{told[0]} / {told[1]}", *told[2:5], f"{told[5]} / {told[6]}", f"{told[7]} / {told[8]}")
        inside = coded_inside(article, drafter.draft(article))
        print(f"| {program} | {' | '.join(cells)} | {speed:,.0f} [{goals[-1]:,}] | {inside:.0f} [95] |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "data")
