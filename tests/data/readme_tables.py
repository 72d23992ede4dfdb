"""The tables in a project's README, filled with what its queries print.

A table with the comment ``<!-- figures/NAME.rq -->`` above it has the rows of that query; the summary has the totals.
``python -m tests.data.readme_tables data/junior-doctors`` writes them anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import disputegraph

_TABLE = re.compile(r"(<!-- (figures/\S+\.rq) -->\n\n?\|.*\|\n\|[-:|]+\|\n)((?:\|.*\|\n)*)")
_SUMMARY = {  # what the summary calls the columns of figures/totals.rq
    "documents": r"(\d+)(?= documents, from)",
    "statements": r"(\d+)(?= statements, \d+ claims)",
    "claims": r"(?<=statements, )(\d+)(?= claims)",
    "voices": r"(?<=claims, )(\d+)(?= voices)",
}


def with_tables(readme: str, project: Path) -> str:
    """Return the README with the rows of its tables, and the figures of its summary, as the queries have them now.

    Raises:
        ValueError: a figure of the summary stands nowhere in it.
    """
    dispute = disputegraph.open_data(project)

    def rows(name: str) -> list[list[str]]:
        found = dispute.query((project / name).read_text(encoding="utf-8"))
        return [[value.value if value else "" for value in row] for row in found]

    def fill(match: re.Match[str]) -> str:
        return match[1] + "".join(f"| {' | '.join(row)} |\n" for row in rows(match[2]))

    text = _TABLE.sub(fill, readme)
    (totals,) = rows("figures/totals.rq")
    for column, figure in zip(("documents", "statements", None, "voices", None, "claims"), totals, strict=True):
        if column is not None:
            text, times = re.subn(_SUMMARY[column], figure, text, count=1)
            if not times:
                raise ValueError(f"the README's summary does not say how many {column} there are")
    return text


if __name__ == "__main__":
    try:
        folder = Path(sys.argv[1])
        path = folder / "README.md"
        path.write_text(with_tables(path.read_text(encoding="utf-8"), folder), encoding="utf-8")
    except (IndexError, OSError, ValueError) as error:
        sys.exit(f"{error}\nUsage: python -m tests.data.readme_tables PROJECT")
