"""What the analysis says, in the page's words: coalitions and how sure they are, balance, and changes of side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disputegraph.analysis import Partition, Polarisation
    from disputegraph.model import Model, StatementTable
    from disputegraph.networks import NetworkOptions

Record = dict[str, Any]

_SECONDS = 1.0
_SECONDS_OF_SMALL = 20.0  # hardly ever needed; with it a busy machine writes the same page as an idle one
_FEW_NODES = 60  # above that, leaving out every document, speaker and claim in turn takes too long for a page
_FEW_CASES = 250
_DRAWS = 200
# What the page says of itself without being told otherwise; of a baseline it has a sentence.
_OPTION = {"min_statements": "min-statements", "contradictions": "no-contradictions"}
_OWN = {"between": "voices", "duplicates": "include", "min_statements": 0, "contradictions": True}


def found_coalitions(
    table: StatementTable, short: Callable[[str], str], options: NetworkOptions, share: float | None = None
) -> Record | None:
    """Return coalition and sureness of voices and what is said of the whole, or None where nobody shares a claim.

    The division is that of `disputegraph.analysis.coalitions` into two coalitions for each connected part, and how sure
    a membership is its share over draws; see `analysis.coalitions`.

    Args:
        table: the statements.
        short: gives the page's identifier of an IRI.
        options: which actors are compared, what agreement is compared with, and so on; see `NetworkOptions`.
        share: the share of voices at which consensual claims were left out of the table, if any were to be.
    """
    from disputegraph.analysis import Inference, balanced_triangles, coalitions, polarisation

    rough = coalitions(table, inference=Inference(0, 0), hangs_on=False, time_limit=_SECONDS, **options)
    if not len(rough.partition.network.ends):
        return None
    cases = sum(len(set(table.column(what).codes.tolist())) for what in ("document", "speaker", "claim"))
    small = len(rough.partition.network) <= _FEW_NODES and cases <= _FEW_CASES
    found, index = rough, None
    if small:
        how = Inference(_DRAWS, _DRAWS)
        found = coalitions(table, inference=how, time_limit=_SECONDS_OF_SMALL, **options)
        index = polarisation(table, inference=how, time_limit=_SECONDS_OF_SMALL, **options)
    triangles, balanced = balanced_triangles(found.partition.network)
    members: dict[str, Record] = {}
    for node, number in found.numbers.items():
        sure = {"sure": round(found.shares[node], 3)} if node in found.shares else {}
        either = {"either": True} if node in found.either else {}
        members[short(node)] = {"coalition": number - 1} | sure | either
    for node in found.single:
        if short(node) in members:
            members[short(node)]["single"] = True
    part = found.partition
    return {
        "members": members,
        "coalitions": 1 + max((one["coalition"] for one in members.values()), default=-1),
        "edges": len(part.network.ends),
        "opposed": int((part.network.signs < 0).sum()),
        "index": round(part.index, 3),
        "proven": part.proven,
        "optima": found.optima.count if found.optima else None,
        "optima_exact": bool(found.optima and found.optima.exact),
        "firm": bool(found.stability and found.stability.firm),
        "alone": len(found.alone),
        "complete": bool(found.shares),
        "triangles": triangles,
        "balanced": None if balanced is None else round(balanced, 3),
        "polarisation": _rounded(index) if index else None,
        "broker": _broker(table, part, short, options) if small else None,
        "baseline": options.get("baseline", "none"),
        "options": _told(options),
        "consensual": None if share is None else {"count": table.consensual, "share": round(100 * share, 1)},
    }


def _told(options: NetworkOptions) -> list[str]:
    """Return what was chosen otherwise than by default, as options of the command line."""
    chosen = ((name, value) for name, value in sorted(options.items()) if name in _OWN and _OWN[name] != value)
    return [f"--{_OPTION.get(name, name)}" + (f" {value}" if value is not False else "") for name, value in chosen]


def _broker(
    table: StatementTable, division: Partition, short: Callable[[str], str], options: NetworkOptions
) -> Record | None:
    """Return who brokers most between coalitions, on how many open paths, and their range over the best divisions."""
    from disputegraph.analysis import Inference, broker_figures

    figures, ranges, _ = broker_figures(
        table, "congruence", division, inference=Inference(0, 0), time_limit=_SECONDS_OF_SMALL, **options
    )
    known = {node: each.value for node, each in figures.items() if each.value}
    if not known:
        return None
    most = min(known, key=lambda node: (-known[node], node))
    low, high = ranges.get(most, (known[most], known[most]))
    return {"actor": short(most), "paths": int(known[most]), "low": int(low), "high": int(high)}


def _rounded(found: Polarisation) -> Record:
    """Return the index beside chance, to three places; its value is None where there is too little data."""
    told = {"value": found.index, "expected": found.expected, "p": found.p}
    interval = None if found.interval is None else [round(end, 3) for end in found.interval]
    return {name: None if each is None else round(each, 3) for name, each in told.items()} | {"interval": interval}


def found_changes(model: Model, table: StatementTable, short: Callable[[str], str]) -> list[Record]:
    """Return changes of side by date: who, on what, from which side to which, on what evidence."""
    from disputegraph.analysis import changes
    from disputegraph.model import stances_taken

    return [
        {
            "actor": short(one.actor),
            "about": short(one.about),
            "before": one.before,
            "after": one.after,
            "last": one.last_before or "",
            "first": one.first_after or "",
            "at_once": one.at_once,
            "utterances": [short(key) for key in (*one.evidence_before, *one.evidence_after)],
        }
        for one in changes(table, stances=stances_taken(model))
    ]
