"""Why a change of a project is not made."""

from __future__ import annotations

from collections.abc import Iterable

from disputegraph.checks import Finding
from disputegraph.errors import DisputeGraphError, UsageError


class ConflictError(DisputeGraphError):
    """A change of something that somebody else changed meanwhile; nothing was written."""

    exit_code = 2


class RefusedError(UsageError):
    """A change that would break the model; nothing was written.

    Attributes:
        findings: what the integrity rules say of it.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(dict.fromkeys(finding.message for finding in self.findings)))
