"""Which arguments can stand together: extensions of an attack graph (Dung 1995)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from threading import Timer
from typing import Any, Self

__all__ = [
    "AttackGraph",
    "Extensions",
    "Standing",
    "extensions",
    "grounded",
    "preferred",
    "stable",
    "standing",
]

MOST_EXTENSIONS = 10_000
"""More extensions of one kind than this are not listed."""


@dataclass(frozen=True, slots=True)
class AttackGraph:
    """Arguments and which attacks which.

    Attributes:
        arguments: the arguments.
        attacks: (attacker, attacked) pairs.
    """

    arguments: tuple[str, ...]
    attacks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Extensions:
    """Sets of arguments that can stand together.

    Attributes:
        grounded: what every consistent position accepts: the arguments defended step by step from those unattacked.
        preferred: the largest sets that defend themselves.
        stable: the sets that attack everything outside them; there may be none.
        complete: whether the lists are; False where a limit was hit, and then they hold what was found.
    """

    grounded: frozenset[str]
    preferred: tuple[frozenset[str], ...]
    stable: tuple[frozenset[str], ...]
    complete: bool


def extensions(graph: AttackGraph, *, time_limit: float = 10.0) -> Extensions:
    """Return the grounded, preferred and stable extensions of an attack graph.

    Args:
        graph: the arguments and attacks.
        time_limit: seconds for the enumeration.

    Returns:
        The extensions, each list sorted; `complete` is False where time or `MOST_EXTENSIONS` cut a list short.
    """
    deadline = time.monotonic() + time_limit
    lists = []
    complete = True
    for find in (preferred, stable):
        found: list[frozenset[str]] = []
        for extension in find(graph, deadline=deadline):
            if extension is None or len(found) >= MOST_EXTENSIONS:
                complete = False
                break
            found.append(extension)
        lists.append(tuple(sorted(found, key=sorted)))
    return Extensions(grounded(graph), lists[0], lists[1], complete)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one argument fares.

    Attributes:
        grounded: whether the grounded extension holds it.
        preferred: ``all``, ``some`` or ``no`` preferred extensions hold it.
        stable: ``all``, ``some`` or ``no`` stable extensions hold it; ``none`` where there is no stable extension.
    """

    grounded: bool
    preferred: str
    stable: str


def standing(graph: AttackGraph, *, time_limit: float = 10.0) -> dict[str, Standing]:
    """Return how each argument fares, part by part, so that the number of extensions of the whole does not matter.

    Raises:
        TimeoutError: the time limit passed, or a single part has more than `MOST_EXTENSIONS` extensions.
    """
    deadline = time.monotonic() + time_limit
    base = grounded(graph)
    left, parts = _open_parts(graph, base)
    share: dict[str, dict[str, str]] = {"preferred": {}, "stable": {}}
    some_stable = True
    for part in parts:
        for name, find in (("preferred", _preferred), ("stable", _stable)):
            found: list[frozenset[str]] = []
            for extension in find(part, deadline):
                if extension is None or len(found) >= MOST_EXTENSIONS:
                    raise TimeoutError
                found.append(extension)
            some_stable &= name != "stable" or bool(found)
            for argument in part.arguments:
                holding = sum(argument in extension for extension in found)
                share[name][argument] = "no" if not holding else "all" if holding == len(found) else "some"
    fixed = {argument: "all" if argument in base else "no" for argument in graph.arguments if argument not in left}
    return {
        argument: Standing(
            argument in base,
            {**fixed, **share["preferred"]}[argument],
            {**fixed, **share["stable"]}[argument] if some_stable else "none",
        )
        for argument in graph.arguments
    }


def grounded(graph: AttackGraph) -> frozenset[str]:
    """Return the grounded extension: the least fixed point of "accept what is defended" (Dung 1995, definition 20)."""
    attackers, attacked = _sides(graph)
    open_attackers = {argument: len(attackers[argument]) for argument in graph.arguments}
    accepted: set[str] = set()
    refused: set[str] = set()
    waiting = [argument for argument in graph.arguments if not open_attackers[argument]]
    while waiting:
        argument = waiting.pop()
        if argument in accepted:
            continue
        accepted.add(argument)
        for other in attacked[argument] - refused:
            refused.add(other)
            for third in attacked[other]:
                open_attackers[third] -= 1
                if not open_attackers[third] and third not in refused:
                    waiting.append(third)
    return frozenset(accepted)


def preferred(graph: AttackGraph, *, deadline: float | None = None) -> Iterator[frozenset[str] | None]:
    """Yield the preferred extensions: the admissible sets that no larger one contains (Dung 1995, definition 7).

    Each is found as some admissible set and grown until it cannot grow, by a SAT solver; then all its subsets are ruled
    out. Yields None and ends if the deadline passes.

    Args:
        graph: the arguments and attacks.
        deadline: when to stop, on `time.monotonic`'s clock; by default never.
    """
    yield from _by_parts(graph, _preferred, deadline)


def stable(graph: AttackGraph, *, deadline: float | None = None) -> Iterator[frozenset[str] | None]:
    """Yield the stable extensions: no attack within, every argument outside attacked (Dung 1995, definition 13).

    Yields None and ends if the deadline passes.

    Args:
        graph: the arguments and attacks.
        deadline: when to stop, on `time.monotonic`'s clock; by default never.
    """
    yield from _by_parts(graph, _stable, deadline)


def _by_parts(
    graph: AttackGraph,
    find: Callable[[AttackGraph, float | None], Iterator[frozenset[str] | None]],
    deadline: float | None,
) -> Iterator[frozenset[str] | None]:
    """Yield the extensions put together from those of independent parts.

    The grounded extension is in every preferred and every stable one. What it attacks is out; the rest falls into parts
    without attacks between them, and any choice of one extension a part is an extension of the whole.
    """
    base = grounded(graph)
    _, parts = _open_parts(graph, base)
    choices: list[list[frozenset[str]]] = []
    complete = True
    for part in parts:
        found = []
        for extension in find(part, deadline):
            if extension is None:
                complete = False
                break
            found.append(extension)
            if len(found) > MOST_EXTENSIONS:
                complete = False
                break
        choices.append(found)
    for chosen in product(*choices):
        yield base.union(*chosen)
    if not complete:
        yield None


def _open_parts(graph: AttackGraph, base: frozenset[str]) -> tuple[set[str], list[AttackGraph]]:
    """Return what the grounded extension neither holds nor attacks, and its independent parts."""
    _, attacked = _sides(graph)
    refused = {target for argument in base for target in attacked[argument]}
    left = [argument for argument in graph.arguments if argument not in base and argument not in refused]
    return set(left), _parts(left, graph.attacks)


def _parts(arguments: list[str], attacks: Iterable[tuple[str, str]]) -> list[AttackGraph]:
    part_of = {argument: argument for argument in arguments}

    def root(argument: str) -> str:
        while part_of[argument] != argument:
            part_of[argument] = part_of[part_of[argument]]
            argument = part_of[argument]
        return argument

    inside = [(a, b) for a, b in attacks if a in part_of and b in part_of]
    for a, b in inside:
        part_of[root(a)] = root(b)
    members: dict[str, list[str]] = {}
    for argument in arguments:
        members.setdefault(root(argument), []).append(argument)
    within: dict[str, list[tuple[str, str]]] = {name: [] for name in members}
    for a, b in inside:
        within[root(a)].append((a, b))
    return [AttackGraph(tuple(some), tuple(within[name])) for name, some in members.items()]


def _preferred(graph: AttackGraph, deadline: float | None) -> Iterator[frozenset[str] | None]:
    number = {argument: place + 1 for place, argument in enumerate(graph.arguments)}
    with _Solver(_admissible(graph, number), deadline) as solver:
        while True:
            model = solver.solve([])
            if model is None:
                return
            if model == "late":
                yield None
                return
            while True:
                inside = [literal for literal in model if literal > 0]
                outside = [-literal for literal in model if literal < 0]
                # A switch of its own turns the wish for one more argument on and off.
                switch = solver.new_variable()
                solver.add([-switch, *outside])
                larger = solver.solve([*inside, switch])
                solver.add([-switch])
                if larger is None:
                    break
                if larger == "late":
                    yield None
                    return
                model = larger
            yield frozenset(argument for argument, literal in number.items() if literal in set(inside))
            if not outside:
                return
            solver.add(outside)


def _stable(graph: AttackGraph, deadline: float | None) -> Iterator[frozenset[str] | None]:
    number = {argument: place + 1 for place, argument in enumerate(graph.arguments)}
    attackers, _ = _sides(graph)
    clauses = [[-number[a], -number[b]] for a, b in graph.attacks]
    clauses += [[number[a], *(number[b] for b in sorted(attackers[a]))] for a in graph.arguments]
    with _Solver(clauses, deadline, size=len(number)) as solver:
        while True:
            model = solver.solve([])
            if model is None:
                return
            if model == "late":
                yield None
                return
            inside = {literal for literal in model if literal > 0}
            yield frozenset(argument for argument, literal in number.items() if literal in inside)
            if not model:
                return
            solver.add([-literal for literal in model])


def _sides(graph: AttackGraph) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    attackers: dict[str, set[str]] = {argument: set() for argument in graph.arguments}
    attacked: dict[str, set[str]] = {argument: set() for argument in graph.arguments}
    for attacker, target in graph.attacks:
        attackers[target].add(attacker)
        attacked[attacker].add(target)
    return attackers, attacked


def _admissible(graph: AttackGraph, number: dict[str, int]) -> list[list[int]]:
    """Return clauses whose models are the admissible sets: no attack within, every attacker attacked."""
    attackers, _ = _sides(graph)
    clauses = [[-number[a], -number[b]] for a, b in graph.attacks]
    for argument in graph.arguments:
        for attacker in sorted(attackers[argument]):
            defenders = sorted(attackers[attacker])
            clauses.append([-number[argument], *(number[defender] for defender in defenders)])
    # A variable that no clause names would be missing from the models.
    clauses += [[place, -place] for place in number.values()]
    return clauses


class _Solver:
    """A SAT solver that stops at a deadline."""

    def __init__(self, clauses: Iterable[list[int]], deadline: float | None, *, size: int | None = None) -> None:
        from pysat.solvers import Solver

        clauses = list(clauses)
        self._size = size if size is not None else max((abs(n) for clause in clauses for n in clause), default=0)
        self._top = self._size
        self._deadline = deadline
        self._solver: Any = Solver(name="g4", bootstrap_with=clauses)
        self._timer: Timer | None = None
        if deadline is not None:
            self._timer = Timer(max(deadline - time.monotonic(), 0), self._solver.interrupt)
            self._timer.daemon = True
            self._timer.start()

    def new_variable(self) -> int:
        self._top += 1
        return self._top

    def add(self, clause: list[int]) -> None:
        self._solver.add_clause(clause)

    def solve(self, assumptions: list[int]) -> Any:
        """Return a model over the first variables, None where there is none, or "late" at the deadline."""
        if self._deadline is None:
            satisfied = self._solver.solve(assumptions=assumptions)
        else:
            satisfied = self._solver.solve_limited(assumptions=assumptions, expect_interrupt=True)
            if satisfied is None or time.monotonic() >= self._deadline:
                return "late"
        if not satisfied:
            return None
        model = set(self._solver.get_model())
        return [place if place in model else -place for place in range(1, self._size + 1)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # or it might interrupt a solver that is gone
        self._solver.delete()
