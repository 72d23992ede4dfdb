"""Who says what by a parser's tree: what words of speech, belief, wish and judgement bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from disputegraph.drafting.spacy_nominals import (
    attributions_of_adjective,
    attributions_of_adverb,
    attributions_of_noun,
    attributions_of_phrase,
)
from disputegraph.drafting.spacy_tree import Attribution
from disputegraph.drafting.spacy_verbs import attributions_of_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc


def attributions_in(doc: Doc) -> Iterator[Attribution]:
    """Yield what a parsed paragraph tells to be said, thought or wanted."""
    for token in doc:
        tag = token.tag_
        if tag.startswith("VB"):
            yield from attributions_of_verb(token)
        elif tag.startswith("JJ"):
            yield from attributions_of_adjective(token)
        elif tag in {"NN", "NNS"}:
            yield from attributions_of_noun(token)
        elif tag == "RB":
            yield from attributions_of_adverb(token)
        if token.lower_ in {"according", "in"}:
            yield from attributions_of_phrase(token)
