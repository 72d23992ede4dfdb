"""`disputegraph network --engine spark`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from disputegraph.cli.output import chosen_format
from disputegraph.errors import UsageError

__all__ = ["network_by_spark"]


def network_by_spark(
    kind: str, data: Sequence[str], given: str | None, output: str | None, chosen: Mapping[str, Any]
) -> None:
    """Compute a network from a statement table in Parquet, and write its edges."""
    from disputegraph.networks import Options
    from disputegraph.spark import open_session, project, write_edges

    if len(data) != 1:
        raise UsageError(
            "--engine spark reads one table of statements: -d FILE.parquet, as 'disputegraph export statements -f "
            "parquet' writes it."
        )
    for name in ("since", "until", "include", "exclude", "first_hand"):
        if chosen[name]:
            option = name.replace("_", "-")
            raise UsageError(f"--{option} chooses statements: give it to 'disputegraph export statements'.")
    form = chosen_format(given, output, {"parquet": "parquet", "pq": "parquet"}, "csv")
    names = ("between", "over", "normalise", "value", "duplicates", "qualifier", "min_statements", "backbone")
    options = Options(
        kind=kind,
        isolates=chosen["isolates"],
        dna_compat=chosen["dna_compat"],
        **{name: chosen[name] for name in names},
    )
    with open_session() as session:
        write_edges(project(session, data[0], options), output, form)
