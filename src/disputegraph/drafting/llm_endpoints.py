"""The two ways in which language models are asked: chat completions as OpenAI has them, and messages as Anthropic.

A key goes to the address that the user names and nowhere else: no redirect is followed, a key is not sent unencrypted
beyond this machine, and what a server says is cleaned of it before anybody sees or keeps it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from disputegraph.drafting.llm_requests import TIMEOUT, HttpReply, is_loopback, post
from disputegraph.errors import DataError, LimitError, UsageError
from disputegraph.store import public_address, seconds_to_wait

EndpointKind: TypeAlias = Literal["openai", "anthropic"]

KEY = "DISPUTEGRAPH_LLM_KEY"
"""Environment variable with the key for the endpoint that is named."""

_KEYS_OF_HOSTS = {"api.openai.com": "OPENAI_API_KEY", "api.anthropic.com": "ANTHROPIC_API_KEY"}
_PATHS: Mapping[EndpointKind, str] = {"openai": "/chat/completions", "anthropic": "/messages"}
_ANTHROPIC_VERSION = "2023-06-01"
_TOOL = "report_statements"
_SECONDS, _TOO_LONG = 600.0, 1e6
_SAID = 400
_OPTIONAL = ("temperature", "response_format", "tool_choice")
_MOST_COUNTED = 10_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered.

    Attributes:
        text: its words.
        asked_tokens: how many tokens of the question the server counted, or None where it does not say.
        tokens: how many it counted for question and answer together, or None.
        is_cut: whether it was cut off since it became too long.
    """

    text: str
    asked_tokens: int | None
    tokens: int | None
    is_cut: bool


class LlmEndpoint:
    """A model on a server.

    Args:
        address: the server's address as its manual has it, with or without the last part of its path.
        model: the model's name.
        key: the key; by default that of the environment: ``$DISPUTEGRAPH_LLM_KEY``, else ``$OPENAI_API_KEY`` for
            api.openai.com and ``$ANTHROPIC_API_KEY`` for api.anthropic.com.
        kind: how it is asked; by default as the address tells.

    Attributes:
        address: what is asked.
        shown: the address for messages.

    Raises:
        UsageError: the address is not one, or the key may not be sent to it.
    """

    def __init__(self, address: str, model: str, *, key: str | None = None, kind: EndpointKind | None = None) -> None:
        self.model = model.strip()
        if not self.model or not self.model.isprintable():
            raise UsageError("the model has no name; name it as its server does, such as --model llama3.1.")
        if not re.match(r"https?://", address, re.IGNORECASE):
            raise UsageError(
                "an endpoint is an address such as http://localhost:11434/v1 or https://api.openai.com/v1."
            )
        public = public_address(address)
        if "@" in urlsplit(address).netloc:
            raise UsageError(f"the address of the endpoint holds a user or a password; put the key into ${KEY}.")
        self.host = urlsplit(public).hostname or ""
        self.kind: EndpointKind = kind or _kind_of(public)
        self.address = _whole_address(public, self.kind)
        self.shown = self.address.partition("?")[0]
        self._key, self.key_name = _checked_key(self.host, key)
        self.is_encrypted = public.startswith("https:")
        if self._key and not (self.is_encrypted or is_loopback(public)):
            raise UsageError(
                f"the key ({self.key_name}) would go to {self.shown} unencrypted, for anybody on the way to read. "
                "Use https://, or a tunnel to this machine ('ssh -L'), or unset the key if the server wants none."
            )
        self._seconds = seconds_to_wait(TIMEOUT, _SECONDS, below=_TOO_LONG)
        self._left_out: set[str] = set()
        self._limit_name = "max_completion_tokens" if self.host == "api.openai.com" else "max_tokens"

    def ask(self, system: str, question: str, schema: Mapping[str, Any], *, most_tokens: int) -> Answer:
        """Return what the model answers.

        What not every server understands (a schema for the answer, a temperature) is left out once it refuses it.

        Raises:
            DataError: the server cannot be reached, refuses the key or the question, or is no model's server.
            LimitError: it takes too long.
        """
        while True:
            body = self._body(system, question, schema, most_tokens)
            reply = post(self.address, json.dumps(body).encode(), self._headers(), seconds=self._seconds)
            if reply.status not in (400, 422) or not self._simplified(reply, body):
                return self._answer(reply)

    def clean(self, text: str) -> str:
        """Return a text without the key."""
        return text.replace(self._key, "[key]") if self._key else text

    # ---- asking

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "disputegraph"}
        if self.kind == "anthropic":
            headers["anthropic-version"] = _ANTHROPIC_VERSION
            return headers | ({"x-api-key": self._key} if self._key else {})
        return headers | ({"Authorization": f"Bearer {self._key}"} if self._key else {})

    def _body(self, system: str, question: str, schema: Mapping[str, Any], most_tokens: int) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self.model, "temperature": 0, self._limit_name: most_tokens}
        user = {"role": "user", "content": question}
        if self.kind == "anthropic":
            body |= {"system": system, "messages": [user]}
            tool = {"name": _TOOL, "description": "Takes the statements found.", "input_schema": schema}
            body |= {"tools": [tool], "tool_choice": {"type": "tool", "name": _TOOL}}
        else:
            body["messages"] = [{"role": "system", "content": system}, user]
            named = {"name": _TOOL, "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        for name in self._left_out:
            body.pop(name, None)
        return body

    def _simplified(self, reply: HttpReply, body: Mapping[str, Any]) -> bool:
        """Leave out what the server complains of, and return whether there was such a thing."""
        said = reply.body.decode(errors="replace").lower()
        if self._limit_name == "max_tokens" and "max_completion_tokens" in said:
            self._limit_name = "max_completion_tokens"
            return True
        named = [name for name in _OPTIONAL if name in said and name in body]
        if not named and "response_format" in body and re.search(r"schema|json|format|grammar", said):
            named = ["response_format"]
        self._left_out.update(named)
        return bool(named)

    # ---- answers

    def _answer(self, reply: HttpReply) -> Answer:
        if reply.status != 200:  # noqa: PLR2004  # HTTP
            raise self._complaint(reply)
        try:
            found = json.loads(reply.body)
        except (ValueError, RecursionError):
            found = None
        read = self._messages if self.kind == "anthropic" else self._completions
        answer = read(found) if isinstance(found, dict) else None
        if answer is None:
            what = "a web page" if b"<html" in reply.body[:2_000].lower() else "something other than a model's answer"
            raise DataError(
                f"answers with {what}: {self._said(reply) or 'nothing'} Is it the address of an API "
                f"({'Anthropic messages' if self.kind == 'anthropic' else 'OpenAI chat completions'})? It mostly ends "
                "in /v1.",
                path=self.shown,
            )
        return answer

    def _completions(self, found: Mapping[str, Any]) -> Answer | None:
        choice = _first(found.get("choices"))
        message = choice.get("message")
        if not isinstance(message, dict):
            return None
        text = _joined(message.get("content")) or _joined(message.get("refusal"))
        cut = choice.get("finish_reason") == "length"
        return _answer(found, self.clean(text), ["prompt_tokens"], "completion_tokens", cut)

    def _messages(self, found: Mapping[str, Any]) -> Answer | None:
        content = found.get("content")
        if not isinstance(content, list):
            return None
        given = [part.get("input") for part in content if isinstance(part, dict) and part.get("type") == "tool_use"]
        text = json.dumps(given[0]) if given else _joined(content)
        cut = found.get("stop_reason") == "max_tokens"
        asked = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"]
        return _answer(found, self.clean(text), asked, "output_tokens", cut)

    def _complaint(self, reply: HttpReply) -> DataError | LimitError:
        status, said = reply.status, self._said(reply)
        if status in (401, 403):
            told = (
                f"refuses the key ({self.key_name})"
                if self._key
                else f"wants a key; put it into ${_key_names(self.host)}"
            )
            return DataError(f"{told} ({status}).", path=self.shown)
        if 300 <= status < 400:  # noqa: PLR2004  # HTTP
            to = self.clean(reply.headers.get("location", "")).partition("?")[0]
            to = shortened(re.sub(r"//[^/@]*@", "//", to)) or "nowhere"
            return DataError(
                f"sends us on to {to} ({status}), where nothing was sent. Name that address if you trust it.",
                path=self.shown,
            )
        if status in (404, 405, 410):
            return DataError(
                f"there is no model '{self.model}', or no API of models at this address ({status}): {said}",
                path=self.shown,
            )
        if status == 429:  # noqa: PLR2004  # HTTP
            return LimitError(
                f"{self.shown}: is too busy, or a quota is spent (429), after {reply.tries} tries: {said}"
            )
        if status < 500:  # noqa: PLR2004  # HTTP
            return DataError(f"does not take what it is asked ({status}): {said}", path=self.shown)
        return DataError(f"failed ({status}) after {reply.tries} tries: {said}", path=self.shown)

    def _said(self, reply: HttpReply) -> str:
        text = self.clean(reply.body[:20_000].decode(errors="replace"))
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            error = found.get("error", found)
            said = error.get("message") if isinstance(error, dict) else error
            text = said if isinstance(said, str) else text
        elif "<" in text:
            text = re.sub(r"<[^>]{0,2000}>", " ", text)
        return f"'{said}'." if (said := shortened(self.clean(text), _SAID)) else ""


def shortened(text: str, most: int = 120) -> str:
    """Return the beginning of what somebody else said, on one line, without signs that are not seen."""
    words = "".join(char if char.isprintable() else " " for char in text[: 10 * most]).split()
    line = " ".join(words)
    return line if len(line) <= most else f"{line[:most]}…"


def _kind_of(address: str) -> EndpointKind:
    parts = urlsplit(address)
    by_name = (parts.hostname or "").endswith("anthropic.com") or parts.path.rstrip("/").endswith("/messages")
    return "anthropic" if by_name else "openai"


def _whole_address(address: str, kind: EndpointKind) -> str:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path.endswith(_PATHS[kind]):
        path = (path or "/v1") + _PATHS[kind]
    return parts._replace(path=path).geturl()


def _key_names(host: str) -> str:
    return f"{KEY} or ${_KEYS_OF_HOSTS[host]}" if host in _KEYS_OF_HOSTS else KEY


def _checked_key(host: str, key: str | None) -> tuple[str, str]:
    """Return the key and where it is from; the keys of OpenAI and Anthropic are for their own servers alone."""
    name = "as given"
    if key is None:
        places = [place for place in (KEY, _KEYS_OF_HOSTS.get(host, KEY)) if os.environ.get(place, "").strip()]
        name, key = (f"${places[0]}", os.environ[places[0]]) if places else ("", "")
    key = key.strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise UsageError(f"the key ({name}) has blanks or letters that no key has; copy it again.")
    return key, name if key else ""


def _first(value: object) -> Mapping[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def _joined(content: object) -> str:
    if isinstance(content, list):
        return "".join(_joined(part.get("text")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _answer(found: Mapping[str, Any], text: str, asked: list[str], answered: str, is_cut: bool) -> Answer:
    """Return an answer with the tokens that the server says it counted, if they can be counts."""
    usage = found.get("usage")
    counts = [usage.get(name) or 0 for name in (*asked, answered)] if isinstance(usage, dict) else []
    if not any(counts) or not all(isinstance(count, int) and 0 <= count <= _MOST_COUNTED for count in counts):
        return Answer(text, None, None, is_cut)
    return Answer(text, sum(counts[:-1]) or None, sum(counts), is_cut)
