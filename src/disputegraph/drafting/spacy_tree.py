"""What a parser's tree tells of a word: its phrase, its subject, whether its clause is finite or passive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from disputegraph.drafting.attitude_frames import frames_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_AFTER_NOUN = frozenset(("relcl", "acl", "punct", "advcl", "ccomp", "parataxis"))
RELATIVES = frozenset(("who", "which", "that", "whom"))
_DEEPEST = 6


@dataclass(slots=True)
class Attribution:
    """What one word of saying brings, as numbers of tokens.

    Attributes:
        cue: the tokens that tell that something is said; the first is the word itself.
        source: those that name who says it.
        content: those of what is said.
        frame: in which frame it was found.
    """

    cue: list[int]
    source: set[int]
    content: set[int]
    frame: str


def subtree(token: Token, *without: Token) -> set[int]:
    """Return the numbers of the tokens below a token, itself included, without some branches."""
    found = {below.i for below in token.subtree}
    for branch in without:
        found -= {below.i for below in branch.subtree}
    return found


def child_of(token: Token, *relations: str) -> Token | None:
    """Return the first child of a token in one of some relations."""
    return next((child for child in token.children if child.dep_ in relations), None)


def is_finite(token: Token) -> bool:
    """Whether a word heads a finite clause."""
    if token.tag_ in _FINITE:
        return True
    return any(c.tag_ in _FINITE for c in token.children if c.dep_ in {"aux", "auxpass", "cop"})


def has_to(token: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.tag_ == "TO" for c in token.children if c.dep_ == "aux")


def is_passive(token: Token) -> bool:
    """Whether a verb is passive; a participle after a noun is."""
    relations = {c.dep_ for c in token.children}
    if relations & {"auxpass", "nsubjpass"}:
        return True
    bare = not relations & {"aux", "nsubj"}
    return token.tag_ == "VBN" and token.dep_ in {"acl", "amod", "advcl"} and bare


def belongs_to(verb: Token, clause: Token, further: Token) -> bool:
    """Whether a further verb goes on with a verb and not with the clause which that brings, told by their forms.

    "They have said it is late and have left": the forms of the first and the last agree.
    """
    if child_of(further, "nsubj", "nsubjpass", "expl", "mark") is not None:
        return False
    own = _finite_form(further)
    return own is not None and own == _finite_form(verb) and _finite_form(clause) not in {None, own}


def _finite_form(verb: Token) -> str | None:
    """Return the auxiliary of a verb if it is the finite one, else what form the verb has; None if it is not finite."""
    helping = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.tag_ in _FINITE), None)
    if helping is not None:
        return helping.lower_
    return verb.tag_ if verb.tag_ in _FINITE else None


def after_comma(head: Token) -> bool:
    """Whether a comma, or a dash, parts a clause from the words before it; marks of quotation may stand between."""
    number = head.left_edge.i - 1
    while number > 0 and head.doc[number].is_quote:
        number -= 1
    return number >= 0 and head.doc[number].text in {",", "-", "--", "—", "–"}


def without_afterthought(doc: Doc, content: set[int]) -> set[int]:
    """Return content without what a comma adds at its end that the reporter says: ", which" or ", an answer"."""
    last = max(content)
    first = min(content)
    for number in sorted(content):
        token = doc[number]
        if number - 1 not in content or doc[number - 1].text != "," or number - first < _LEAST:
            continue
        for head in (token, *token.ancestors):
            if head.i not in content or head.i == first:
                break
            ends = head.left_edge.i == number and head.right_edge.i >= last - 1
            if ends and _is_afterthought(head, token):
                return {n for n in content if n < number - 1}
    return content


_LEAST = 3


def _is_afterthought(head: Token, first: Token) -> bool:
    return head.dep_ == "relcl" or (head.dep_ == "appos" and first.lower_ in {"a", "an"})


def noun_phrase(token: Token) -> set[int]:
    """Return the tokens of a noun phrase in one run, without clauses that follow it."""
    found = {token.i}
    for child in token.children:
        if child.dep_ not in _AFTER_NOUN or child.i < token.i:
            found |= subtree(child, *(below for below in child.subtree if below.dep_ == "relcl"))
    start = end = token.i
    while start - 1 in found:
        start -= 1
    while end + 1 in found or (end + 2 in found and token.doc[end + 1].text == ","):
        end += 1
    return set(range(start, end + 1))


def subject_of(token: Token, depth: int = 0) -> Token | None:
    """Return the word for who does what a verb tells: its own subject, or that of the verb that governs it."""
    own = [child for child in token.children if child.dep_ in {"nsubj", "csubj", "expl"}]
    if own:
        # the nearest: a parser that is lost in a quotation hangs its subjects on "said" too
        nearest = min(own, key=lambda child: abs(child.i - token.i))
        if nearest.dep_ == "expl":
            return None
        return token.head if nearest.lower_ in RELATIVES and token.dep_ == "relcl" else nearest
    head = token.head
    if depth > _DEEPEST or head.i == token.i:
        return None
    if token.dep_ == "conj":
        if head.dep_ == "ccomp" and belongs_to(head.head, head, token):
            return subject_of(head.head, depth + 1)
        return _subject_in(head, depth) if head.tag_.startswith(("VB", "JJ", "MD")) else None
    if token.dep_ == "xcomp":
        held = next((c for c in head.children if c.dep_ == "dobj" and c.i < token.i), None)
        return held if held is not None else _subject_in(head, depth)
    if token.dep_ == "acl":
        return _before_noun(token, head, depth)
    if token.dep_ in {"advcl", "pcomp", "prep", "dep", "ccomp", "parataxis", "acomp"} and not (
        token.dep_ == "ccomp" and is_finite(token)
    ):
        if (teller := _teller(token)) is not None:
            return subject_of(teller, depth + 1)
        while head.tag_ == "IN" and head.head.i != head.i:
            head = head.head
        return _subject_in(head, depth) if head.tag_.startswith("VB") else child_of(head, "poss")
    return None


def nearest_speaker(verb: Token) -> Token | None:
    """Return the noun before a finite verb, else the one after it, where the parser gives the verb no subject."""
    sentence = verb.sent
    for token in reversed(verb.doc[sentence.start : verb.i]):
        if token.tag_ in _NOUNS:
            noun = token
            while noun.head.tag_ in _NOUNS | {"IN"} and sentence.start <= noun.head.i < noun.i:
                noun = noun.head
            return noun if noun.tag_ in _NOUNS else None
        if not (token.is_punct or token.tag_ in _HELPERS):
            break
    for token in verb.doc[verb.i + 1 : min(verb.i + _FAR, sentence.end)]:
        if token.is_punct or token.tag_ in {"IN", "WDT"}:
            return None
        if token.tag_ in _NOUNS and token.dep_ != "compound":
            return token
    return None


_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
_HELPERS = frozenset(("RB", "MD", "VBZ", "VBP", "VBD"))
_FAR = 8


def _teller(token: Token) -> Token | None:
    """Return the verb whose subject speaks on by a participle: ``she said it was late, adding that``."""
    if token.dep_ != "advcl" or token.tag_ != "VBG" or not after_comma(token):
        return None
    above = next((verb for verb in token.ancestors if verb.dep_ == "ccomp" and token.i > verb.i > verb.head.i), None)
    found = frames_of("verb", above.head.lower_) if above is not None else None
    return above.head if above is not None and found is not None and "clause" in found.frames else None


def _subject_in(verb: Token, depth: int) -> Token | None:
    return child_of(verb, "nsubjpass") if is_passive(verb) else subject_of(verb, depth + 1)


def _before_noun(token: Token, noun: Token, depth: int) -> Token | None:
    """Return who speaks in "a letter to Smith asking", "their plan to", "a man saying"."""
    if (owner := child_of(noun, "poss")) is not None:
        return owner
    if noun.dep_ == "dobj" and noun.head.tag_.startswith("VB") and (has_to(token) or frames_of("noun", noun.lower_)):
        return subject_of(noun.head, depth + 1)
    return None if has_to(token) else noun


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of numbers without gap as first and last."""
    first = last = None
    for number in sorted(numbers):
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last
