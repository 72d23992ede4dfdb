"""What rules by quotation marks alone find and a parser's tree does not: quotations that it hangs nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from disputegraph.drafting.draft_records import Draft, DraftSpan


def with_missed_quotations(drafts: Sequence[Draft], by_rules: Sequence[Draft]) -> list[Draft]:
    """Return drafts with the direct quotations of others that none of them touches, in order of their places.

    Args:
        drafts: what the tree gave.
        by_rules: what rules gave; of these only direct speech is taken.
    """
    spans = sorted(span for draft in drafts for span in draft.content)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))

    def touched(span: DraftSpan) -> bool:
        before = bisect_right(starts, span[1] - 1)
        return before > 0 and furthest[before - 1] > span[0]

    missed = [
        draft
        for draft in by_rules
        if draft.kind == "direct" and draft.inside is None and not any(map(touched, draft.content))
    ]
    return sorted([*drafts, *missed], key=lambda draft: (draft.content, draft.cue))
