"""One plain sentence or two for each analysis: what the figures say, and what they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from disputegraph.analysis.brokerage import Broker
from disputegraph.analysis.change import Change
from disputegraph.analysis.coalition_search import Coalitions
from disputegraph.analysis.contested_claims import ContestedClaim
from disputegraph.analysis.node_centrality import Centrality
from disputegraph.analysis.optimal_divisions import Optima
from disputegraph.analysis.polarisation_index import Polarisation
from disputegraph.analysis.resampling import Size, Tested
from disputegraph.analysis.signed_partition import Partition
from disputegraph.analysis.stability import HangsOn, Stability
from disputegraph.analysis.structural_balance import Balance

_SURE = 0.05
_SHOWN = 5


def read_coalitions(
    found: Partition,
    made: Coalitions | None = None,
    *,
    optima: Optima | None = None,
    called: Mapping[str, str] | None = None,
) -> str:
    """Say which coalitions there are, how well the network fits them, how sure they are, and what hangs on what.

    Args:
        found: the division.
        made: the coalitions with their evidence, where there are statements.
        optima: the other divisions that are as good, where there are no statements.
        called: labels of the nodes, and of the evidence on which most hangs.
    """
    edges = len(found.network.ends)
    if not edges:
        return "Nobody agrees or disagrees with anybody here, so there are no coalitions to find."
    names = {**dict(zip(found.network.nodes, found.network.labels, strict=True)), **(called or {})}
    linked = np.unique(found.network.ends)
    sizes = np.bincount(np.unique(found.membership[linked], return_inverse=True)[1]).tolist()
    text = f"{_count(len(sizes), 'coalition')} ({', '.join(map(str, sorted(sizes, reverse=True)))} members)"
    one_sided = bool((found.network.weights > 0).all())
    if one_sided:
        text += (
            f"; {'the one tie is' if edges == 1 else f'all {edges} ties are'} of agreement. No pair is opposed more "
            "than it agrees, so that these are no sides: they are who shares a claim with whom."
        )
    elif len(found.misfits):
        text += (
            f"; {len(found.misfits)} of {_count(edges, 'tie')} {'does' if len(found.misfits) == 1 else 'do'} not fit"
        )
    else:
        text += f"; {'both ties fit' if edges == 2 else 'the one tie fits' if edges == 1 else f'all {edges} ties fit'}"  # noqa: PLR2004
    if not one_sided:
        text += f" (index {found.index:g}, {_proof_of_division(found)})."
        text += _other_optima(made.optima if made else optima, found, names)
    parts = len(np.unique(found.components[linked]))
    if parts > 1:
        text += f" The network is in {parts} parts; how coalitions of different parts go together is not known."
    if made is None:
        return text
    text += read_shares(made)
    text += compared_with_chance(
        "Antagonism (Youden's J)", made.figures["antagonism"], made.n if made.inference.null else None
    )
    if made.stability is not None:
        text += _hanging(made.stability, names)
    if made.single:
        verb = "rests" if len(made.single) == 1 else "rest"
        told = ", ".join(names[node] for node in made.single)
        text += f" {told} {verb} on a single statement{' each' * (len(made.single) > 1)}."
    return text


def read_shares(made: Coalitions) -> str:
    """Say how sure memberships are, after a space; nothing where there are no draws."""
    if not made.shares:
        return ""
    median = float(np.median(list(made.shares.values())))
    return (
        f" Over {_count(made.drawn, 'draw')} of {'documents' if made.n.documents > 1 else 'utterances'} members "
        f"stand as here in a median of {median:.0%} (tossed positions: little above 50%)."
    )


def _proof_of_division(found: Partition) -> str:
    """Say of what there is a proof: that no division of these ties fits better, and nothing of any member."""
    return "no division of these ties fits better" if found.proven else _proof(found)


def _other_optima(optima: Optima | None, found: Partition, names: Mapping[str, str]) -> str:
    if optima is None:
        return ""
    if optima.count == 1 and optima.exact:
        return " No other division is as good."
    number = f"{optima.count:,}" if optima.exact else f"At least {optima.count:,}"
    loose = [names[found.network.nodes[place]] for place in sorted(optima.either)]
    shown = ", ".join(loose[:_SHOWN]) + (f" and {len(loose) - _SHOWN} more" if len(loose) > _SHOWN else "")
    verb = "is" if len(loose) == 1 else "are"
    told = f"; {shown} {verb} in either coalition" if loose else ""
    return f" {number} {'division is' if optima.count == 1 else 'divisions are'} as good{told}."


def _hanging(stability: Stability, names: Mapping[str, str]) -> str:
    """Say on what most hangs, of what was tried."""
    kinds = [what for what, number in stability.tried.items() if number]
    tried = sum(stability.tried.values())
    if not kinds or not stability.pairs:
        return ""
    what = " or ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
    text = f" With one {what} left out ({_count(tried, 'case')}"
    text += ")" if stability.complete else f" of {sum(stability.possible.values())}, in the time given)"
    if not stability.hangs_on:
        return text + ", no pair changes sides or comes apart."
    most = stability.hangs_on[0]
    text += f", most hangs on the {most.what} {_leaning(most, names)}."
    claim = next((each for each in stability.hangs_on if each.what == "claim"), None)
    if claim is not None and claim is not most:
        text += f" Of single claims it is {_leaning(claim, names)}."
    return text


def _leaning(most: HangsOn, names: Mapping[str, str]) -> str:
    """Say what changes without one piece of evidence."""
    told = [f"{_count(most.pairs, 'pair')} {'changes' if most.pairs == 1 else 'change'} sides"] if most.pairs else []
    told += [f"{_count(most.parted, 'pair')} {'comes' if most.parted == 1 else 'come'} apart"] if most.parted else []
    return f"'{names.get(most.name, most.name)}': {' and '.join(told)} without it"


def read_balance(found: Balance, figures: Mapping[str, Tested] | None = None, size: Size | None = None) -> str:
    """Say how far the network is from two clean coalitions, and how far by chance."""
    edges = found.positive + found.negative
    if not edges:
        return "There are no ties with a sign, so there is nothing to balance."
    if not found.negative:
        ties = "The one tie is" if edges == 1 else f"All {edges} ties are"
        return f"{ties} of agreement: no pair is opposed more than it agrees, so there is nothing to balance."
    index = found.frustration.index
    text = f"Frustration index {index:g} of {_count(edges, 'tie')} ({_proof(found.frustration)}): " + (
        f"{index:g} would have to change for two clean coalitions."
        if index
        else "the network splits into two clean coalitions."
    )
    if found.balanced_triangles is None:
        text += " There are no triangles."
    else:
        text += f" {found.balanced_triangles:.1%} of {_count(found.triangles, 'triangle')} are balanced."
    return text + compared_with_chance("Line balance", (figures or {}).get("line_balance"), size)


def compared_with_chance(
    what: str, tested: Tested | None, size: Size | None, shuffled: str = "shuffled positions"
) -> str:
    """Say what chance gives, or why that is not asked; nothing where no shuffles were made."""
    if size is not None and size.too_little:
        return f" Nothing is compared with chance: {size.too_little}."
    if size is not None and tested is not None and tested.value is not None and not tested.null:
        return " Nothing is compared with chance: no shuffle was made."
    if tested is None or tested.value is None or tested.expected is None or not tested.null:
        return ""
    if tested.p is None:
        return f" {what} is the same in all shuffles, so that there is no test."
    judged = "it may be chance" if tested.p >= _SURE else "more than chance gives"
    return (
        f" {what} {tested.value:.3g}, where {shuffled} give {tested.expected:.3g}: {judged} "
        f"(p {_p(tested.p)}, {_count(tested.null, 'shuffle')})."
    )


def read_polarisation(found: Sequence[Polarisation]) -> str:
    """Say how polarised the dispute is beside what chance gives, or how that changed over the slices."""
    known = [each for each in found if each.index is not None]
    if not known:
        reasons = Counter(each.reason for each in found)
        return f"No polarisation index: {next(iter(reasons), None) or 'there are no statements'}."
    if len(found) > 1:
        first, last = known[0], known[-1]
        begin, end = (f"around {one.moment}" if one.moment else None for one in (first, last))
        if first is last:
            when = begin or f"from {first.first} to {first.last}"
            return (
                f"Polarisation {_index(first)} {when}, the only one of {len(found)} slices that has an index; "
                "the others have too little data."
            )
        return (
            f"Polarisation went from {_index(first)} ({begin or f'from {first.first}'}) to {_index(last)} "
            f"({end or f'to {last.last}'}); "
            + (
                f"all {len(found)} slices have an index."
                if len(known) == len(found)
                else f"{len(known)} of {len(found)} slices have an index, the others too little data."
            )
        )
    (only,) = known
    text = (
        f"Polarisation {_index(only)}: dispersion {only.dispersion:.2f}, alignment {only.alignment:.2f}, of "
        f"{_count(only.n.actors, 'actor')} with {_count(only.n.ties, 'tie')}."
    )
    if only.p is not None:
        text += (
            " 0 is chance, 1 two coalitions opposed on everything; "
            f"shuffled positions give {only.expected:.2f} (p {_p(only.p)})"
        )
        text += ", so that it may be chance." if only.p >= _SURE else ", which chance alone seldom gives."
        if only.p < _SURE and only.interval is not None and only.interval[0] <= 0:
            text += " The interval holds 0: other documents of the same kind might show none."
    elif only.null:
        text += " Shuffling who holds which position changes nothing here, so that there is no test."
    if not only.complete:
        text += f" Time ran out after {only.null} shuffles and {only.bootstrap} draws."
    return text


def _index(one: Polarisation) -> str:
    """Return an index with its interval."""
    index = one.index or 0.0
    return f"{index:.2f}" + (f" (95% interval {one.interval[0]:.2f} to {one.interval[1]:.2f})" if one.interval else "")


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else "< 0.001"  # noqa: PLR2004


def read_contested(found: Sequence[ContestedClaim]) -> str:
    """Say how many claims are contested, and which one most."""
    fought = [each for each in found if each.contested]
    if not fought:
        return f"None of {_count(len(found), 'claim')} is contested."
    return (
        f"{len(fought)} of {_count(len(found), 'claim')} {'is' if len(fought) == 1 else 'are'} contested, most of all "
        f"'{fought[0].label}'. An uncontested claim is one that nobody here speaks against, which is not to say that "
        "it is true."
    )


def read_brokers(
    found: Sequence[Broker],
    figures: Mapping[str, Tested] | None = None,
    size: Size | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> str:
    """Say who brokers most between coalitions."""
    between = [(each.total - each.coordinator, each) for each in found]
    most = max(between, key=lambda pair: pair[0], default=None)
    if most is None or not most[0]:
        return "Nobody links two unlinked actors of different coalitions, or two of another coalition."
    text = f"{most[1].label} brokers most between coalitions: {_count(most[0], 'open path')} through that actor."
    low, high = (ranges or {}).get(most[1].node, (most[0], most[0]))
    if low < high:
        text += f" Over divisions that are as good it is {low:g} to {high:g}."
    return text + compared_with_chance("Brokerage", (figures or {}).get(most[1].node), size)


def read_changes(found: Sequence[Change]) -> str:
    """Say how many changed sides."""
    at_once = sum(each.at_once for each in found)
    changed = len(found) - at_once
    text = f"{_count(changed, 'change')} of side" if changed else "Nobody changed sides in what is dated"
    return text + (f"; {_count(at_once, 'time')} both sides on one day." if at_once else ".")


def read_centrality(
    found: Sequence[Centrality], figures: Mapping[str, Tested] | None = None, size: Size | None = None
) -> str:
    """Say who is most central."""
    if not found or not any(each.degree for each in found):
        return "The network has no edges, so nobody is more central than anybody else."
    degree = max(found, key=lambda each: each.strength)
    rank = found[0]
    text = (
        f"{rank.label} is the most central by strength and by PageRank."
        if rank.node == degree.node
        else f"{degree.label} has the greatest strength, {rank.label} the highest PageRank."
    )
    return text + compared_with_chance("Strength", (figures or {}).get(degree.node), size)


def _proof(found: Partition) -> str:
    return "proven optimal" if found.proven else f"not proven optimal; at least {found.bound:g}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
