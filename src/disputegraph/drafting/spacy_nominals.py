"""What nouns, adjectives and phrases bring: the claim that, confident that, allegedly, according to, in her view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import Frames, frames_of, words_of
from disputegraph.drafting.spacy_tree import (
    Attribution,
    child_of,
    has_to,
    is_finite,
    noun_phrase,
    subject_of,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that only carry a noun: made the claim, has doubts, voiced concern.
_MARKS = frozenset(("that", "whether", "if", "how", "why", "what"))
_HEARSAY = frozenset(("reportedly", "allegedly", "supposedly", "purportedly"))
_VIEWS = frozenset(("view", "opinion", "words", "eyes", "telling", "estimation", "judgment", "judgement", "mind"))
_NOBODY = frozenset(("it", "that", "this", "what", "there"))


def attributions_of_adjective(token: Token) -> Iterator[Attribution]:
    """Yield what an adjective brings: they are confident that."""
    found = frames_of("adjective", token.lower_)
    if found is None:
        return
    governor = token.head
    if token.dep_ in {"acomp", "conj"}:
        while governor.dep_ == "acomp":
            governor = governor.head
        if governor.tag_.startswith("VB") and governor.lower_ not in words_of("copulas"):
            return
        subject = subject_of(governor)
    elif token.dep_ in {"amod", "advcl", "appos", "acl"} and governor.i < token.i:
        subject = governor if governor.tag_.startswith(("NN", "PRP")) else subject_of(token)
    else:
        return
    if subject is None or subject.lower_ in _NOBODY:
        return
    source = noun_phrase(subject) - {below.i for below in token.subtree}
    clauses = [c for c in governor.children if c.dep_ in {"ccomp", "xcomp"} and c.i > token.i]
    for child in [*token.children, *(clauses if token.dep_ == "acomp" else ())]:
        content, more = _complement(child, found)
        content = content - source - {token.i}
        if content:
            yield Attribution([token.i, *more], source, content, "adjective")
            return


def attributions_of_noun(token: Token) -> Iterator[Attribution]:
    """Yield what a noun brings: the claim that, their plan to, doubts about."""
    found = frames_of("noun", token.lower_)
    if found is None:
        return
    source, more = _source_of_noun(token)
    there = token.dep_ == "attr" and child_of(token.head, "expl") is not None
    owned = child_of(token, "poss") is not None
    if token.dep_ == "nsubj" and token.head.lower_ in words_of("copulas") and not there:
        clauses = [c for c in token.head.children if c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > token.head.i]
        for child in clauses:
            content, _ = _complement(child, found)
            if content:  # "her point was that", "the plan is to"
                yield Attribution([token.i, token.head.i], source, content - source, "noun-is")
                return
    for child in sorted(token.children, key=lambda c: (c.dep_ == "prep", c.i)):
        preposition = child.dep_ == "prep"
        if preposition and (not (source or there) or (child.lower_ == "of" and not owned)):
            continue
        content, also = _complement(child, found)
        content = content - source - {token.i}
        if content:
            yield Attribution([token.i, *more, *also], source, content, "noun-prep" if preposition else "noun-clause")
            return


def attributions_of_adverb(token: Token) -> Iterator[Attribution]:
    """Yield what an adverb of hearsay makes somebody's words: the report was allegedly kept back."""
    if token.lower_ not in _HEARSAY:
        return
    head = token.head
    if head.tag_.startswith("VB"):
        content = subtree(head) - {token.i}
        yield Attribution([token.i], set(), content, "adverb")


def attributions_of_phrase(token: Token) -> Iterator[Attribution]:
    """Yield what a phrase at the side of a sentence makes somebody's words: according to, in her view."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if token.lower_ == "according" and following is not None and following.lower_ == "to":
        named = child_of(following, "pobj", "pcomp")
        if named is not None:
            source = noun_phrase(named)
            own = {token.i, following.i} | source | subtree(token) | subtree(following)
            others = (t for t in token.sent if t.lower_ == "according" and t.i != token.i)
            content = _beside(token) - own - {number for other in others for number in subtree(other)}
            if content:
                yield Attribution([token.i, following.i], source, content, "according")
    elif token.lower_ == "in":
        view = child_of(token, "pobj")
        owner = child_of(view, "poss") if view is not None and view.lower_ in _VIEWS else None
        if view is not None and view.lower_ in words_of("polls") and token.i == token.sent.start:
            content = {t.i for t in token.sent} - subtree(token)
            yield Attribution([token.i], noun_phrase(view), content, "poll")
        if owner is not None and view is not None and token.head.tag_.startswith(("VB", "MD")):
            content = subtree(token.head, token)
            yield Attribution([token.i, view.i], noun_phrase(owner), content, "view")


def _beside(token: Token) -> set[int]:
    """Return the clause beside "according to": a relative clause, else the sentence from its last colon."""
    head = token.head
    while head.head.i != head.i and not head.tag_.startswith("VB"):
        head = head.head
    if head.dep_ == "relcl" and head.i < token.i:
        return subtree(head)
    sentence = list(token.sent)
    whole = {t.i for t in sentence}
    breaks = [t.i for t in sentence if t.text in {":", ";"} and t.i < token.i - _NEAR]
    return {number for number in whole if number > breaks[-1]} if breaks else whole


_NEAR = 4


def _source_of_noun(token: Token) -> tuple[set[int], list[int]]:
    """Return who has a claim or a wish, and the verb that only carries the noun."""
    if (owner := child_of(token, "poss")) is not None:
        return noun_phrase(owner), []
    for by in token.children:
        if by.dep_ == "prep" and by.lower_ in {"by", "from", "among"} and (named := child_of(by, "pobj")) is not None:
            return noun_phrase(named), []
    if token.dep_ == "dobj" and token.head.lower_ in words_of("light_verbs"):
        subject = subject_of(token.head)
        return noun_phrase(subject) if subject is not None else set(), [token.head.i]
    return set(), []


def _complement(child: Token, found: Frames) -> tuple[set[int], list[int]]:
    """Return the tokens of what a noun or an adjective brings, and the preposition that brings it."""
    if child.dep_ in {"ccomp", "acl", "relcl"} and is_finite(child):
        marks = [c for c in child.children if c.lower_ in _MARKS and (c.dep_ == "mark" or child.dep_ != "relcl")]
        return (subtree(child), []) if "clause" in found.frames and (child.dep_ == "ccomp" or marks) else (set(), [])
    if child.dep_ in {"xcomp", "acl", "ccomp"} and has_to(child) and "to" in found.frames:
        return subtree(child), []
    if child.dep_ == "prep" and child.lower_ in found.prepositions and child_of(child, "pobj", "pcomp") is not None:
        return subtree(child) - {child.i}, [child.i]
    return set(), []
