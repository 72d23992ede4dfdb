"""The tone of an utterance: how it speaks of what it is about."""

from __future__ import annotations

from typing import Literal

from disputegraph.model.utterance_table import side_taken

Tone = Literal["critical", "supportive", "mixed", "neutral"]

_OF_ACTS: dict[str | None, Tone] = {"accusing": "critical", "crediting": "supportive"}
_OF_JUDGEMENTS: dict[tuple[str | None, str | None], Tone] = {
    ("positive", "affirms"): "supportive",
    ("positive", "denies"): "critical",
    ("negative", "affirms"): "critical",
    ("negative", "denies"): "supportive",
    ("mixedEvaluation", "affirms"): "mixed",
}


def tone_of(speech_act: str | None, polarity: str | None, evaluation: str | None) -> Tone:
    """Return the tone of an utterance: critical, supportive, mixed or neutral.

    To accuse is critical and to credit supportive, whatever the claim. Else the judgement decides that is part of the
    claim: to affirm that something is good is supportive, to deny it critical, and the other way round where it is
    called bad. A claim that calls it both is mixed where it is affirmed. Everything else is neutral: a claim without a
    judgement, and an utterance that takes no side on it.

    Args:
        speech_act: local name of `dg:speechAct`, or None.
        polarity: local name of `dg:polarity`, narrower values of neutral included, or None.
        evaluation: local name of the claim's `dg:evaluation`, or None.
    """
    return _OF_ACTS.get(speech_act) or _OF_JUDGEMENTS.get((evaluation, side_taken(polarity)), "neutral")
