"""`disputegraph network --engine spark`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from disputegraph.cli.output import chosen_format
from disputegraph.errors import UsageError

if TYPE_CHECKING:
    from disputegraph.networks import Options

__all__ = ["network_by_spark"]


def network_by_spark(
    options: Options, data: Sequence[str], given: str | None, output: str | None, chosen: Mapping[str, Any]
) -> None:
    """Compute a network from a statement table in Parquet, and write its edges."""
    from disputegraph.spark import check_options, open_session, project, write_edges

    if len(data) != 1:
        raise UsageError(
            "--engine spark reads one table of statements: -d FILE.parquet, as 'disputegraph export statements -f "
            "parquet' writes it."
        )
    for name in ("since", "until", "include", "exclude", "hearsay"):
        if chosen[name] and chosen[name] != "news":
            option = name.replace("_", "-")
            raise UsageError(f"--{option} chooses statements: give it to 'disputegraph export statements'.")
    check_options(options)  # before Spark starts, which takes many seconds
    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet"}, "csv")
    with open_session() as session:
        write_edges(project(session, data[0], options), output, form)
