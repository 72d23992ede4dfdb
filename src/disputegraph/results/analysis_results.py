"""Balance, polarisation and contested claims as they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from disputegraph.results.result_tables import FIGURE_COLUMNS, Block, Found, figure_rows, interval_text, records

if TYPE_CHECKING:
    from disputegraph.analysis import Balance, ContestedClaim, Polarisation, Size, Tested
    from disputegraph.model import StatementTable


def balance_found(found: Balance, figures: Mapping[str, Tested], size: Size | None) -> Found[Balance]:
    """Return a balance as it is shown, with its figures beside chance."""
    from disputegraph.analysis import read_balance

    told = {
        "nodes": found.nodes,
        "positive": found.positive,
        "negative": found.negative,
        "undecided": found.undecided,
        "frustration_index": found.frustration.index,
        "lower_bound": found.frustration.bound,
        "proven": found.frustration.proven,
        "line_balance": found.line_balance,
        "triangles": found.triangles,
        "balanced_triangles": found.balanced_triangles,
        "walk_balance": found.walk_balance,
    }
    beside = {name: asdict(each) for name, each in figures.items()}
    return Found(
        found,
        read_balance(found, figures, size),
        (
            Block(["figure", "value"], [[name.replace("_", " "), value] for name, value in told.items()]),
            Block(FIGURE_COLUMNS, figure_rows(figures), "Beside chance"),
        ),
        lambda: {**told, "beside_chance": beside, "n": asdict(size) if size else None},
    )


def polarisation_found(found: Sequence[Polarisation], *, columns_from: int = 0) -> Found[Sequence[Polarisation]]:
    """Return polarisation as it is shown, a row a time slice; `columns_from` leaves out the first columns."""
    from disputegraph.analysis import read_polarisation

    columns = ["moment", "first", "last", "index", "95% interval", "expected", "z", "p", "dispersion", "alignment",
               "actors", "ties", "statements", "documents", "note"]  # fmt: skip
    rows = [
        [each.moment, each.first, each.last, each.index, interval_text(each.interval), each.expected, each.z, each.p,
         each.dispersion, each.alignment, each.n.actors, each.n.ties, each.n.statements, each.n.documents, each.reason]
        for each in found
    ]  # fmt: skip
    return Found(
        found,
        read_polarisation(found),
        (Block(columns[columns_from:], [row[columns_from:] for row in rows]),),
        lambda: {"results": [{**each, "n": asdict(each["n"])} for each in records(found)]},
    )


def contested_found(
    found: Sequence[ContestedClaim], table: StatementTable, *, everything: bool = False
) -> Found[Sequence[ContestedClaim]]:
    """Return contested claims as they are shown, with `everything` those too that nobody contests."""
    from disputegraph.analysis import read_contested

    shown = [each for each in found if everything or each.contested]
    keys = {key for each in shown for key in (*each.affirms, *each.denies, *each.neutral, *each.contradicted_by)}
    called = table.names(sorted(keys)).labels

    def names(nodes: Sequence[str]) -> str:
        return ", ".join(called[node] for node in nodes)

    columns = ["claim", "affirmed by", "denied by", "neutral", "contradicted by", "first hand", "hearsay", "documents",
               "standing"]  # fmt: skip
    rows: list[list[Any]] = [
        [each.label, names(each.affirms), names(each.denies), names(each.neutral), names(each.contradicted_by),
         each.first_hand, each.hearsay, each.documents, each.standing]
        for each in shown
    ]  # fmt: skip
    return Found(found, read_contested(found), (Block(columns, rows),), lambda: {"claims": records(shown)})
