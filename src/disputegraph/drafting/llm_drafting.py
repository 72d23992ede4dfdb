"""Drafts by a language model that the user names: asked in pieces, bounded in tokens, checked word for word."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from disputegraph.coding import Known
from disputegraph.drafting.draft_records import Draft
from disputegraph.drafting.llm_alignment import align, in_order
from disputegraph.drafting.llm_answers import Statements, read_statements
from disputegraph.drafting.llm_cache import AnswerCache, KeptAnswer
from disputegraph.drafting.llm_endpoints import EndpointKind, LlmEndpoint, shortened
from disputegraph.drafting.llm_prompts import (
    Piece,
    Shown,
    pieces_of,
    prompt_digest,
    request_text,
    schema,
    shown_of,
    system_text,
)
from disputegraph.errors import DataError, LimitError, UsageError

MAX_COST_TOKENS = 1_000_000
"""The most tokens that a drafter spends where nothing is said."""

_BYTES_PER_TOKEN = 3  # English has four and more: rather too many tokens than too few
_MOST_BYTES_PER_TOKEN = 6  # a server that counts fewer tokens has not read all of it
_LEAST_ANSWER, _MOST_ANSWER = 256, 4_096  # tokens
_MOST_HALVINGS = 2


@dataclass(slots=True)
class _Run:
    """What is on the way for one text."""

    actors: Shown
    claims: Shown
    found: list[tuple[tuple[int, int], Draft]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    unusable: list[str] = field(default_factory=list)
    cut: int = 0
    unread: int = 0


class LlmDrafter:
    """Drafts by a language model. What goes where is told to `notify` before it is sent.

    Args:
        endpoint: the address of the model's server, such as ``http://localhost:11434/v1`` (ollama, llama.cpp, vLLM and
            whatever else knows OpenAI's chat completions) or ``https://api.anthropic.com``.
        model: the model's name.
        actors: the actors that the dispute knows, which the model may choose from.
        claims: its claims, likewise.
        key: the key; by default that of the environment: ``$DISPUTEGRAPH_LLM_KEY``, else ``$OPENAI_API_KEY`` for
            api.openai.com and ``$ANTHROPIC_API_KEY`` for api.anthropic.com.
        cache: a folder for answers, so that the same is paid for once; by default they live as long as this object.
        max_cost_tokens: the most tokens to spend, question and answer, over all texts; `MAX_COST_TOKENS` by default.
        kind: how the server is asked: ``openai`` or ``anthropic``; by default as the address tells.
        notify: is told what will be sent where, and after each text what was refused; by default the log tells it.
            What it raises stops the sending.

    Attributes:
        program: ``llm``.
        spent: the tokens spent so far, as the server counted them, or estimated where it does not count.
        refused: how many proposed statements were refused so far, by reason.
        left_out: how many parts of other statements were left out so far, by reason.

    Raises:
        UsageError: the address is not one, or the key may not be sent to it.
    """

    program = "llm"

    def __init__(
        self,
        endpoint: str,
        model: str,
        *,
        actors: Sequence[Known] = (),
        claims: Sequence[Known] = (),
        key: str | None = None,
        cache: Path | None = None,
        max_cost_tokens: int | None = None,
        kind: EndpointKind | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.endpoint = LlmEndpoint(endpoint, model, key=key, kind=kind)
        self.spent = 0
        self.refused: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._actors, self._claims = actors, claims
        self._cache = AnswerCache(cache)
        self._most = MAX_COST_TOKENS if max_cost_tokens is None else max_cost_tokens
        if self._most < 1:
            raise UsageError(f"{self._most} is not a number of tokens to spend; name at least a few thousand.")
        self._notify = notify or logging.getLogger("disputegraph.drafting").warning

    @property
    def version(self) -> str:
        """The model, the digest of the prompt, and today."""
        return self._version_of(_today())

    def _version_of(self, day: str) -> str:
        return f"{self.endpoint.model}, prompt {prompt_digest()}, {day}"

    def draft(self, text: str) -> list[Draft]:
        """Return the statements that a text may report, in order of their places.

        Raises:
            DataError: the server fails, refuses, or no answer has the form asked for.
            LimitError: it would cost more tokens than may be spent, or takes too long.
            OutputError: an answer cannot be kept.
        """
        run = _Run(shown_of("A", self._actors, text), shown_of("C", self._claims, text))
        pieces = pieces_of(text)
        self._announce(text, pieces, run)
        for piece in pieces:
            self._draft_piece(piece, run)
        if run.unusable and not run.found and len(run.unusable) == run.answers:
            raise DataError(
                f"the model '{self.endpoint.model}' does not answer in the form asked for, but: '{run.unusable[0]}'. "
                "Nothing was drafted; take a model that can follow a schema.",
                path=self.endpoint.shown,
            )
        drafts = in_order(run.found, run.left_out)
        self._tell(run)
        return drafts

    def _announce(self, text: str, pieces: Sequence[Piece], run: _Run) -> None:
        """Say what will be sent where, unless all of it is known, and refuse what would cost too much."""
        questions = [request_text(piece, run.actors, run.claims) for piece in pieces]
        unknown = [question for question in questions if self._cache.get(self._name(question)) is None]
        if not unknown:
            return
        tokens = sum(self._estimate(question) for question in unknown)
        if self.spent + tokens + _LEAST_ANSWER * len(unknown) > self._most:
            raise LimitError(
                f"the text would cost some {tokens:,} tokens to send and more for the answer; {self.spent:,} of "
                f"{self._most:,} are spent. Nothing of it was sent. Raise the limit (--max-cost-tokens), or draft less."
            )
        chosen = [
            f"{len(shown.by_id):,}{f' of {len(shown.by_id) + shown.left_out:,}' if shown.left_out else ''} "
            f"{what}{'' if len(shown.by_id) == 1 else 's'}"
            for what, shown in (("actor", run.actors), ("claim", run.claims))
        ]
        endpoint = self.endpoint
        self._notify(
            f"Sending to {endpoint.shown} (model {endpoint.model}, "
            f"{f'with the key {endpoint.key_name}' if endpoint.key_name else 'without a key'}"
            f"{'' if endpoint.is_encrypted else ', unencrypted'}): a text of {len(text):,} characters in "
            f"{len(unknown)} request{'s' if unknown[1:] else ''}, some {tokens:,} tokens with the prompt and the names "
            f"of {' and '.join(chosen)}."
        )

    def _draft_piece(self, piece: Piece, run: _Run, halvings: int = 0) -> None:
        statements, day = self._answered(piece, run)
        if (statements is None or not statements.is_whole) and halvings < _MOST_HALVINGS and (both := piece.halves()):
            if statements is None:
                run.answers -= 1
                run.unusable.pop()
            for half in both:
                self._draft_piece(half, run, halvings + 1)
            return
        if statements is None:
            return
        run.cut += not statements.is_whole
        aligned = align(piece, statements.entries, run.actors, run.claims)
        if statements.malformed:
            run.refused["are not of the form asked for"] += statements.malformed
        run.refused += aligned.refused
        run.left_out += aligned.left_out
        version = self._version_of(day)
        run.found += [
            ((piece.first, number), replace(draft, program=self.program, version=version))
            for number, draft in aligned.drafts
        ]

    def _answered(self, piece: Piece, run: _Run) -> tuple[Statements | None, str]:
        """Return what the model says of a piece and on which day, from the cache if it was asked before."""
        question = request_text(piece, run.actors, run.claims)
        name = self._name(question)
        run.answers += 1
        kept = self._cache.get(name)
        if kept is not None and (statements := read_statements(kept.text)) is not None:
            return statements, kept.day
        estimate = self._estimate(question)
        room = self._most - self.spent - estimate
        if room < _LEAST_ANSWER:
            raise LimitError(
                f"{self.spent:,} of {self._most:,} tokens are spent, which is too few for the next part of the text. "
                "Raise the limit (--max-cost-tokens); what was answered so far is not paid for again if it is kept."
            )
        answer = self.endpoint.ask(system_text(), question, schema(), most_tokens=min(_MOST_ANSWER, room))
        counted = estimate + _tokens(answer.text) if answer.tokens is None else answer.tokens
        self.spent += counted
        unread = 0 < (answer.asked_tokens or 0) < len(question) // _MOST_BYTES_PER_TOKEN
        run.unread += unread
        statements, day = read_statements(answer.text), _today()
        if statements is None:
            run.unusable.append(shortened(answer.text) or "nothing")
        elif answer.is_cut:
            statements = replace(statements, is_whole=False)
        if statements is not None and statements.is_whole and not unread:
            self._cache.put(name, KeptAnswer(answer.text, day))
        return statements, day

    def _estimate(self, question: str) -> int:
        return _tokens(system_text()) + _tokens(question) + _tokens(json.dumps(schema()))

    def _name(self, question: str) -> str:
        """Return the digest of what is asked of whom; the limits of an answer do not change it."""
        asked = [self.endpoint.address, self.endpoint.kind, self.endpoint.model, system_text(), question]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()

    def _tell(self, run: _Run) -> None:
        """Say what was not used, with counts."""
        self.refused += run.refused
        self.left_out += run.left_out
        told = []
        if run.refused:
            whole = run.refused.total() + len(run.found)
            told.append(
                f"{run.refused.total()} of {whole} proposed statements refused, since they {_listed(run.refused)}."
            )
        if run.left_out:
            told.append(f"Left out of others: {_listed(run.left_out)}.")
        if run.unusable:
            told.append(
                f"{len(run.unusable)} of {run.answers} answers were not of the form asked for, and their parts of the "
                f"text are without drafts; the first began: '{run.unusable[0]}'."
            )
        if run.cut:
            told.append(f"{run.cut} of {run.answers} answers broke off: drafts may be missing.")
        if run.unread:
            told.append(
                f"Of {run.unread} questions the server counted far fewer tokens than they have: its context is too "
                "short, and drafts may be missing or wrong. Give it more (ollama: $OLLAMA_CONTEXT_LENGTH=16384)."
            )
        if told:
            self._notify(" ".join(told))


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{reason} ({count})" for reason, count in counts.most_common())


def _tokens(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN + 1


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
