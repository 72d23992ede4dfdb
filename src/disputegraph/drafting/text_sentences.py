"""Sentences of a text by its marks, without a parser: fast, and good enough to say where words stand."""

from __future__ import annotations

import re
from bisect import bisect_right

from disputegraph.drafting.draft_records import DraftSpan
from disputegraph.drafting.quotation_marks import Quotation
from disputegraph.drafting.text_paragraphs import paragraph_spans

_END = re.compile(r"(?:[.!?…]+|[。！？])[\"”’'»)\]]*(?=\s+[\"“‘'«„(\[]{0,2}[A-Z0-9À-ÖØ-Þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Col|Maj|Capt|Lt|Cmdr|Sgt|Adm|Rev|Hon|Pres|St|Ste|Mt|Ft|Jr|Sr|Co|"
    r"Corp|Inc|Ltd|Bros|No|Nos|Vol|vs|v|cf|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|"
    r"Ave|Blvd|Rd|approx|dept|est|Fig|figs|pp|Ph|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|"
    r"Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)|\b[A-Za-z]|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)


def sentence_spans(
    text: str, *, paragraphs: list[DraftSpan] | None = None, whole: list[Quotation] | None = None
) -> list[DraftSpan]:
    """Return the spans of the sentences of a text, in order.

    Args:
        text: the text.
        paragraphs: its paragraphs, if they are known.
        whole: quotations in which no sentence may end; without them, sentences in quotations are sentences.
    """
    found = []
    inside = [span for one in whole or () for span in one.spans]
    starts = [start for start, _ in inside]
    for start, end in paragraph_spans(text) if paragraphs is None else paragraphs:
        first = start
        for match in _END.finditer(text, start, end):
            if match.group()[0] == "." and _ABBREVIATION.search(text, max(first, match.start() - 8), match.start()):
                continue
            place = bisect_right(starts, match.start()) - 1
            if place >= 0 and match.end() < inside[place][1]:
                continue
            found.append((first, match.end()))
            first = match.end()
            while first < end and text[first].isspace():
                first += 1
        if first < end:
            found.append((first, end))
    return found
