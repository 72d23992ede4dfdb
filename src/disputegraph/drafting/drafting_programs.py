"""The programs that draft: `rules` is always there, `spacy` with a pipeline, `llm` with an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

from disputegraph.coding import Known
from disputegraph.drafting.draft_records import Draft
from disputegraph.errors import UsageError, nearest

PROGRAMS = ("rules", "spacy", "llm")


class Drafter(Protocol):
    """What drafts.

    Attributes:
        program: its name.
        version: what, beside the text, decides what it drafts: its own version, that of its pipeline or model.
    """

    @property
    def program(self) -> str: ...  # noqa: D102 (told above)
    @property
    def version(self) -> str: ...  # noqa: D102 (told above)
    def draft(self, text: str) -> list[Draft]:
        """Return the statements that a text may report, in order of their places."""
        ...


class Needs(TypedDict, total=False):
    """What a program may be given. What only another has a use for is left alone, but for what asks a model.

    Attributes:
        actors: the actors that a dispute knows, to whom the words may mean.
        claims: its claims, of which a language model is told.
        pipeline: spacy: the name of an installed pipeline; by default the best there is.
        endpoint: llm: the address of the model's server.
        model: llm: the model's name.
        max_cost_tokens: llm: the most tokens to spend.
        cache: llm: a folder for the model's answers, so that the same is paid for once.
        notify: llm: is told what will be sent where before it is sent; by default the log is.
    """

    actors: Sequence[Known]
    claims: Sequence[Known]
    pipeline: str | None
    endpoint: str | None
    model: str | None
    max_cost_tokens: int | None
    cache: Path | None
    notify: Callable[[str], None] | None


def draft(text: str, *, program: str | None = None, **needs: Unpack[Needs]) -> list[Draft]:
    """Return the statements that a text may report: who says what, each with its exact words.

    Args:
        text: the text; places are counted in code points of it as it is.
        program: ``rules``, ``spacy`` or ``llm``; by default spacy if a pipeline is installed, else rules. Each draft
            says by which it was made.
        needs: ``actors``, ``claims``, ``pipeline``, ``endpoint``, ``model`` …: see `Needs`.

    Raises:
        UsageError: there is no such program, or it lacks what it needs.
    """
    return drafter_named(program or choose_program()[0], **needs).draft(text)


def choose_program() -> tuple[str, str]:
    """Return the best program that needs nothing further, and why it is that one."""
    from disputegraph.drafting.spacy_pipelines import best_pipeline, what_to_install

    if (found := best_pipeline()) is not None:
        return "spacy", f"Drafted with spacy, since the pipeline {found} is installed."
    return "rules", f"Drafted with rules, which need no model. {what_to_install()}"


def drafter_named(program: str, **needs: Unpack[Needs]) -> Drafter:
    """Return a program that drafts; see `draft`.

    Raises:
        UsageError: there is no such program, or it lacks what it needs.
    """
    actors, endpoint, model = needs.get("actors", ()), needs.get("endpoint"), needs.get("model")
    given = {"endpoint": endpoint, "model": model, "max-cost-tokens": needs.get("max_cost_tokens")}
    if program != "llm" and (odd := [name for name, value in given.items() if value is not None]):
        raise UsageError(f"{program} asks no model, so that --{odd[0]} says nothing; draft with llm, or leave it out.")
    if program == "rules":
        from disputegraph.drafting.rule_drafting import RuleDrafter

        return RuleDrafter(actors=actors)
    if program == "spacy":
        from disputegraph.drafting.spacy_drafting import SpacyDrafter

        return SpacyDrafter(needs.get("pipeline"), actors=actors)
    if program == "llm":
        from disputegraph.drafting.llm_drafting import LlmDrafter

        if endpoint is None or model is None:
            raise UsageError(
                "llm needs the address of a model's server and the name of the model: --endpoint URL --model NAME, "
                "such as --endpoint http://localhost:11434/v1 --model llama3.1."
            )
        return LlmDrafter(
            endpoint,
            model,
            actors=actors,
            claims=needs.get("claims", ()),
            max_cost_tokens=needs.get("max_cost_tokens"),
            cache=needs.get("cache"),
            notify=needs.get("notify"),
        )
    raise UsageError(f"there is no program '{program}'.{nearest(program, PROGRAMS)} Programs: {', '.join(PROGRAMS)}.")
