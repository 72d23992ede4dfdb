"""Who probably says a span of a text, and which claim it probably makes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from disputegraph.coding import Coded, Known, Project, Suggester, suggester_of

ACTORS = [
    Known("d:ada", "Ada Osei", kind="Person"),
    Known("d:eva", "Eva Lund", texts=("director of the port",), kind="Person"),
    Known("d:hwu", "Harbour Workers' Union", aliases=("HWU",), kind="Organization"),
    Known("d:authority", "Port authority", kind="Organization"),
]
CLAIMS = [
    Known("d:hid", "Authority hid the report", texts=("The port authority kept a safety report on the cranes back.",)),
    Known("d:safe", "Cranes are safe", texts=("Nothing is wrong with the cranes.",)),
    Known("d:strike", "Strike goes on", texts=("The dockers do not return to work.",)),
]
TEXT = """The harbour stands still. "They hid the report on the cranes from us," said Ada Osei. "We will not return to
work."

Eva Lund sees it otherwise. "The cranes are safe," she told reporters.
"""


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_who_is_named_beside_a_quotation_probably_speaks() -> None:
    suggester = Suggester(ACTORS, CLAIMS, [])
    assert suggester.speakers(TEXT, *place("They hid the report"))[0].label == "Ada Osei"
    assert suggester.speakers(TEXT, *place("We will not return"))[0].label == "Ada Osei"
    assert suggester.speakers(TEXT, *place("The cranes are safe"))[0].label == "Eva Lund"


def test_words_tell_the_claim() -> None:
    suggester = Suggester(ACTORS, CLAIMS, [])
    for words, label in (
        ("They hid the report on the cranes", "Authority hid the report"),
        ("We will not return to\nwork", "Strike goes on"),
        ("The cranes are safe", "Cranes are safe"),
    ):
        assert suggester.claims(TEXT, *place(words))[0].label == label


def test_what_was_coded_before_counts() -> None:
    text = "It is a scandal.\n\nAgain: it is a scandal, said somebody.\n"
    suggester = Suggester(ACTORS, CLAIMS, [])
    start = text.rindex("it is a scandal")
    before = suggester.claims(text, start, start + 15)
    suggester.learn(Coded("d:doc", 0, 15, "It is a scandal", "d:ada", claim="d:strike", polarity="affirms"))
    after = suggester.claims(text, start, start + 15)
    assert after[0].label == "Strike goes on"
    assert {s.label: s.score for s in after}["Strike goes on"] > {s.label: s.score for s in before}["Strike goes on"]
    assert suggester.speakers(text, start, start + 15)[0].label == "Ada Osei"


def test_learning_is_as_good_as_being_made_anew() -> None:
    coded = [
        Coded("d:doc", 0, 15, "It is a scandal", "d:ada", claim="d:strike"),
        Coded("d:doc", 20, 28, "All safe", "d:eva", claim="d:safe"),
    ]
    taught = Suggester(ACTORS, CLAIMS, [])
    for one in coded:
        taught.learn(one)
    made = Suggester(ACTORS, CLAIMS, coded)
    for words in ("They hid the report", "The cranes are safe"):
        assert taught.claims(TEXT, *place(words)) == made.claims(TEXT, *place(words))
        assert taught.speakers(TEXT, *place(words)) == made.speakers(TEXT, *place(words))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), start=st.integers(-5, 250), end=st.integers(-5, 250), most=st.integers(-1, 12))
def test_any_text_gets_an_answer_of_what_is_known(text: str, start: int, end: int, most: int) -> None:
    suggester = Suggester(ACTORS, CLAIMS, [Coded("d:doc", 0, 5, text[:5], "d:ada", claim="d:hid")])
    speakers, claims = (ask(text, start, end, most=most) for ask in (suggester.speakers, suggester.claims))
    for found, known in ((speakers, ACTORS), (claims, CLAIMS)):
        assert len(found) <= max(most, 0)
        assert {s.iri for s in found} <= {k.iri for k in known}
        assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert suggester.claims(text, start, end) == suggester.claims(text, start, end)


def test_a_project_s_own_codings_are_what_it_learns_from(coded: Project) -> None:
    text = coded.text(coded.graph.nodes("Document")[0]) or ""
    suggester = suggester_of(coded)
    start = text.index('"We will not go back')
    assert suggester.speakers(text, start, start + 30)[0].label == "Ada Osei"
    start = text.index("a report to itself")
    assert suggester.claims(text, start, start + 18)[0].label == "Authority hid the report"
