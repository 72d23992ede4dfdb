"""What ideal points and correspondence analysis say, in plain sentences."""

from __future__ import annotations

from disputegraph.analysis.actor_positions import IdealPoints
from disputegraph.analysis.claim_responses import FEW_ANSWERS
from disputegraph.analysis.correspondence_analysis import Correspondence
from disputegraph.analysis.resampling import Tested

_CONVERGED = 1.1
_SURE = 0.05


def read_ideal_points(found: IdealPoints) -> str:
    """Say who stands at the ends, how many can be told from the middle, and how sure that is."""
    first, last = found.actors[0], found.actors[-1]
    apart = sum(each.interval[0] > 0 or each.interval[1] < 0 for each in found.actors)
    steep = sum(each.discrimination_interval[0] > 0 or each.discrimination_interval[1] < 0 for each in found.claims)
    few = sum(each.few for each in found.actors)
    fixed = next(each for each in found.actors if each.actor == found.positive)
    how = "as asked" if found.named else "by choice, since no actor was named: which end is positive means nothing"
    text = (
        f"{first.label} ({first.position:.2f}) and {last.label} ({last.position:.2f}) stand at the ends of "
        f"{len(found.actors)} actors; {apart} of them are told from the middle by their 95 % interval, and {steep} of "
        f"{len(found.claims)} claims tell the two ends apart. Reliability {found.reliability:.2f}: the share of the "
        f"variance of positions that is not noise. "
        f"{_beside(found.first_axis, 'One dimension')} {fixed.label} is on the positive side {how}."
    )
    if found.named and fixed.interval[0] < 0:
        text += f" The interval of {fixed.label} holds 0, so that this actor does not say well which end is which."
    if few:
        are = "1 actor answers" if few == 1 else f"{few} actors answer"
        text += f" {are} fewer than {FEW_ANSWERS} claims, and the position is mostly the prior's."
    left_out = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (found.uncontested, "claim on which nobody differs", "claims on which nobody differs"),
            (found.mixed, "answer of an actor that says both", "answers of actors that say both"),
            (found.alone, "actor without an answer that is left", "actors without an answer that is left"),
        )
        if number
    ]
    if left_out:
        text += f" Left out: {', '.join(left_out)}."
    if found.r_hat > _CONVERGED:
        text += f" The chains do not agree yet (R-hat {found.r_hat:.2f}): ask for more --draws before you publish."
    return text


def read_correspondence(found: Correspondence) -> str:
    """Say how much the first axes show, and who stands at the ends of the first."""
    first, last = found.actors[0], found.actors[-1]
    shown = len(first.coordinates)
    shares = " and ".join(f"{share:.0%}" for share in found.shares[:shown])
    axes = f"The first of {len(found.inertias)} axes shows" if shown == 1 else f"The first {shown} axes show"
    few = sum(each.few for each in found.actors)
    text = (
        f"{axes} {shares} of the inertia ({found.total:.3f} over {found.statements} statements). "
        f"On the first, {first.label} and {last.label} are farthest apart; which end is positive means nothing. "
        f"{_beside(found.first, 'The first axis')}"
    )
    left_out = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (found.rare, "side of a claim that too few actors take", "sides of claims that too few actors take"),
            (found.apart, "actor whom nothing links to the rest", "actors whom nothing links to the rest"),
        )
        if number
    ]
    if left_out:
        text += f" Left out: {' and '.join(left_out)}."
    if few:
        are = "1 actor takes" if few == 1 else f"{few} actors take"
        text += f" {are} sides on fewer than {FEW_ANSWERS} claims, and may stand far out for that alone."
    return text


def _beside(figure: Tested, what: str) -> str:
    if figure.p is None and figure.null:
        return f"{what} was not compared with chance: all shuffles within claims give the same figure."
    if figure.p is None:
        return f"{what} was not compared with chance, so that it may be noise: coin flips have one too."
    beyond = "shows more than" if figure.p < _SURE else "shows no more than"
    return f"{what} {beyond} chance lets expect (p = {figure.p:.3f}, {figure.null} shuffles within claims)."
