"""The process that answers an assistant: it opens the data, cannot open a socket, and is killed at a limit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disputegraph.errors import DisputeGraphError
from disputegraph.process import Reply, Work


@dataclass(frozen=True, slots=True)
class AssistantOptions:
    """What an assistant is served.

    Attributes:
        locations: the data, as `open_store` takes it.
        sources: folder of source texts; without it nothing can be quoted.
        seconds: for one answer; the process is killed then, and another one started.
        megabytes: memory (MiB) that an answer may take beside the data.
    """

    locations: Sequence[str | Path]
    sources: Path | None = None
    seconds: float = 30.0
    megabytes: int = 1024


def start_answering(options: AssistantOptions) -> Work:
    """Open the data, read them once, and return what answers: a tool's name and arguments in, plain JSON out.

    An answer's head has ``error`` where the question cannot be answered, in words for the one who asked.
    """
    from disputegraph.assistant.tool_answers import ToolAnswers
    from disputegraph.evidence import Sources
    from disputegraph.store import open_store

    broken: str | None = None
    try:
        answers = ToolAnswers(open_store(options.locations), Sources(options.sources) if options.sources else None)
    except DisputeGraphError as error:
        broken = str(error)

    def work(head: dict[str, Any], body: bytes) -> Reply:
        if broken is not None:
            return {"broken": broken}, b""
        try:
            found = getattr(answers, head["tool"])(**json.loads(body))
        except DisputeGraphError as error:
            return {"error": str(error)}, b""
        except RecursionError:
            return {"error": "this is nested too deeply."}, b""
        return {}, found.encode() if isinstance(found, str) else json.dumps(found, ensure_ascii=False).encode()

    return work
