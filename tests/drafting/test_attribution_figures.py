"""How found attributions agree with marked ones, counted by hand and against reference data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from disputegraph.drafting import evaluate_attributions, read_attribution_lines

TEXT = "“The cranes stood still,” said Ada Osei. She hopes that they will move. According to the port, nobody knew."


def spans(*words: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)] for part in words]


def attribution(content: str, source: str = "", cue: str = "") -> dict[str, Any]:
    return {"content": spans(content), "source": spans(source) if source else [], "cue": spans(cue) if cue else []}


GOLD = [
    attribution("“The cranes stood still,”", "Ada Osei", "said"),
    attribution("they will move", "She", "hopes"),
    attribution("nobody knew", "the port", "According to"),
]


def evaluated(*found: dict[str, Any], gold: list[dict[str, Any]] = GOLD) -> dict[str, int | float]:
    return evaluate_attributions(
        [{"id": "a", "text": TEXT, "attributions": gold}], [{"id": "a", "attributions": list(found)}]
    )


def test_what_was_marked_agrees_with_itself() -> None:
    figures = evaluated(*GOLD)
    assert figures["gold"] == figures["found"] == 3
    for name in ("exact", "partial", "partial_source", "token"):
        assert [figures[f"{name}_{part}"] for part in ("precision", "recall", "f")] == [100, 100, 100]
    assert (figures["direct"], figures["indirect"], figures["mixed"], figures["reporting"]) == (1, 2, 0, 2)


def test_marks_points_and_that_count_nowhere() -> None:
    figures = evaluated(attribution("The cranes stood still,", "Osei"), attribution("that they will move.", "She"))
    assert (figures["exact_precision"], figures["exact_recall"]) == (100, 66.7)


def test_half_of_the_words_are_a_pair_and_fewer_are_none() -> None:
    figures = evaluated(attribution("stood still", "Ada"), attribution("will", "She"))
    assert figures["partial_precision"] == 50  # 2 of 4 words, but 1 of 3
    assert figures["exact_f"] == 0
    assert figures["token_recall"] == 33.3


def test_another_source_is_told_apart_and_a_missing_one_is_asked_of_nobody() -> None:
    gold = [GOLD[0], attribution("nobody knew")]
    figures = evaluated(attribution("The cranes stood still", "the port"), attribution("nobody knew", "She"), gold=gold)
    assert (figures["partial_f"], figures["partial_source_f"], figures["source"]) == (100, 50, 0)
    assert (figures["direct_recall"], figures["direct_source_recall"]) == (100, 0)


def test_pairs_are_one_to_one_and_the_nearest_comes_first() -> None:
    figures = evaluated(attribution("cranes stood still", "Ada"), attribution("The cranes stood still", "Ada"))
    assert (figures["found"], figures["partial_precision"], figures["exact_precision"]) == (2, 50, 50)


def test_nothing_found_and_nothing_marked() -> None:
    assert evaluated()["partial_f"] == 0
    assert evaluated(*GOLD, gold=[])["partial_precision"] == 0
    assert evaluate_attributions([], [])["source"] == 0


def moved(one: dict[str, Any], number: int) -> dict[str, Any]:
    """Return an attribution with other ends: each second one longer, each third half as long, each fifth sourceless."""
    content = [[s, e + 12 * (number % 2)] for s, e in one["content"]]
    if number % 3 == 0:
        s, e = content[0]
        content = [[s, s + (e - s + 1) // 2]]
    return {"content": content, "source": one["source"] if number % 5 else [], "cue": []}


def test_the_figures_are_those_of_the_reference(shared: Path) -> None:
    """What another program computed of the same marks, moved by the same rule."""
    gold = list(read_attribution_lines(shared / "attribution" / "dev.jsonl"))
    found = [
        {"id": one["id"], "attributions": [moved(a, number) for number, a in enumerate(one["attributions"])]}
        for one in gold
    ]
    assert list(evaluate_attributions(gold, found).values()) == [
        *(2192, 2192),
        *(33.7, 33.7, 33.7),
        *(90.9, 90.9, 90.9),
        *(72.7, 72.7, 72.7),
        *(94.7, 83.1, 88.5),
        78.8,
        *(395, 86.1, 68.6),
        *(315, 93.3, 77.1),
        *(1482, 91.7, 72.8),
        *(1205, 89.8, 71.4),
    ]
