"""Problems found while reading what others made, gathered so that all are told in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disputegraph.errors import DataError

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or worth a warning.

    Attributes:
        message: what was found and what to do.
        file: the file, as the user named it.
        row: the row as a spreadsheet counts it (the header is row 1); None where it concerns the whole file.
        column: the column's header, or None.
    """

    message: str
    file: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column '{self.column}'"
        return f"{place}: {self.message}"


class ProblemsError(DataError):
    """Everything that keeps a file from being imported; nothing was written.

    Attributes:
        problems: the problems, by file and row.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.row or 0, p.column or "")))
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            shown.append(f"… and {len(self.problems) - MOST_SHOWN:,} more.")
        count = len(self.problems)
        super().__init__(f"{count:,} problem{'s' * (count != 1)}; nothing was written.\n" + "\n".join(shown))
        self.path = self.problems[0].file if self.problems else None


class Problems:
    """A collector of problems and warnings."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def error(self, message: str, file: str, row: int | None = None, column: str | None = None) -> None:
        """Note what keeps the file from being imported."""
        self.errors.append(Problem(message, file, row, column))

    def warn(self, message: str, file: str, row: int | None = None, column: str | None = None) -> None:
        """Note what a user should know and can live with."""
        self.warnings.append(Problem(message, file, row, column))

    def stop_if_any(self) -> None:
        """Raise ProblemsError if there is any error."""
        if self.errors:
            raise ProblemsError(self.errors)
