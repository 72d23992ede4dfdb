"""The formulas of Discourse Network Analyzer 3.1.2 once more, read from their description and written as loops."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import product


def bucket(date: dt.date, within: str, rule: str) -> object:
    if within == "year":
        return date.year
    if within == "month":
        return date.month
    if within == "week":
        if rule == "en_GB":
            return date.isocalendar().week
        # %U numbers weeks from Sunday with the days before the first Sunday in week 0.
        first = dt.date(date.year, 1, 1)
        shift = (first.weekday() + 1) % 7
        week = (date.timetuple().tm_yday - 1 + shift) // 7 + 1
        next_first = dt.date(date.year + 1, 1, 1)
        sunday = next_first - dt.timedelta(days=(next_first.weekday() + 1) % 7)
        return 1 if date >= sunday else week
    return "all"


def kept(statements: list[dict], x: str, y: str, within: str, *, ignore: bool, rule: str) -> list[dict]:
    order = sorted(statements, key=lambda s: (s["date"], s["document"], s["start"]))
    order = [s for s in order if s[x] and s[y]]
    if within == "include":
        return order
    seen, result = set(), []
    for s in order:
        where = s["document"] if within == "document" else bucket(s["date"], within, rule)
        key = (s[x], s[y], None if ignore else s["q"], where)
        if key not in seen:
            seen.add(key)
            result.append(s)
    return result


def counts(statements: list[dict], x: str, y: str) -> dict:
    return Counter((s[x], s[y], s["q"]) for s in statements)


def two_mode(statements, x, y, *, value, normalise, within, levels, scale, rule="en"):
    rows = kept(statements, x, y, within, ignore=value == "count", rule=rule)
    a = counts(rows, x, y)
    xs, ys = sorted({s[x] for s in rows}), sorted({s[y] for s in rows})
    m = {}
    for i, j in product(xs, ys):
        if value == "count" or (value == "subtract" and scale == "text"):
            number = sum(a[i, j, k] for k in levels)
        elif value == "combine":
            number = sum(2 ** (len(levels) - p - 1) for p, k in enumerate(levels) if a[i, j, k])
        elif scale == "boolean":
            number = a[i, j, 1] - a[i, j, 0]
        else:
            number = sum(k * a[i, j, k] for k in levels)
        if normalise == "activity":
            n = sum(a[i, jj, k] for jj in ys for k in levels)
            number = number / n if n else 0
        elif normalise == "prominence":
            n = sum(a[ii, j, k] for ii in xs for k in levels)
            number = number / n if n else 0
        m[i, j] = number
    return xs, ys, m


def one_mode(statements, x, y, *, kind, normalise, within, levels, scale, rule="en"):
    rows = kept(statements, x, y, within, ignore=kind == "cooccurrence", rule=rule)
    a = counts(rows, x, y)
    xs, ys = sorted({s[x] for s in rows}), sorted({s[y] for s in rows})
    spread = (max(levels) - min(levels)) if scale != "text" else 1
    n = defaultdict(int)
    for (i, _, _), number in a.items():
        n[i] += number
    m = {}
    for p, q in product(xs, xs):
        if p == q:
            m[p, q] = 0
            continue
        cong = conf = ignore = 0.0
        for j in ys:
            ignore += sum(a[p, j, k] for k in levels) * sum(a[q, j, k] for k in levels)
            for k in levels:
                if scale == "text":
                    cong += a[p, j, k] * a[q, j, k]
                    conf += a[p, j, k] if not a[q, j, k] else 0
                    conf += a[q, j, k] if not a[p, j, k] else 0
                    continue
                for other in levels:
                    distance = abs(k - other) / spread if spread else 0.0
                    cong += a[p, j, k] * a[q, j, other] * (1 - distance)
                    conf += a[p, j, k] * a[q, j, other] * distance
        w = {"cooccurrence": ignore, "congruence": cong, "conflict": conf, "subtract": cong - conf}[kind]
        divisor = 1.0
        if normalise == "average":
            divisor = (n[p] + n[q]) / 2
        elif normalise == "jaccard":
            divisor = sum(
                a[p, j, k] * (not a[q, j, k]) + a[q, j, k] * (not a[p, j, k]) + a[p, j, k] * a[q, j, k]
                for j in ys
                for k in levels
            )
        elif normalise == "cosine":
            divisor = n[p] * n[q]
        m[p, q] = w / divisor if divisor else 0.0
    return xs, xs, m
