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


def test_a_whole_sentence_tells_its_speaker_behind_the_quotation() -> None:
    text = (
        "The port authority did it, the Harbour Workers' Union said. "
        '"They knew," said Ada Osei, who leads the union.\n'
    )
    start = text.index('"They')
    found = Suggester(ACTORS, CLAIMS, []).speakers(text, start, len(text) - 1)
    assert (found[0].label, found[0].reason) == ("Ada Osei", "named here")


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
    coded = Coded("d:doc", 0, 15, "It is a scandal", "d:ada", claim="d:strike", polarity="affirms")
    suggester = Suggester(ACTORS, CLAIMS, [coded])
    after = suggester.claims(text, start, start + 15)
    assert after[0].label == "Strike goes on"
    assert {s.label: s.score for s in after}["Strike goes on"] > {s.label: s.score for s in before}["Strike goes on"]
    assert suggester.speakers(text, start, start + 15)[0].label == "Ada Osei"


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


QUARREL = """Dockers walk out

Karin Holt, a crane driver, spoke about the wall to Radio Nord and others. She said: "The cranes are not safe.

"Nobody told us. The authority says that we were warned."

A spokeswoman for the Port Authority said: "That is untrue." Mr Brandt listened.
"""
SPEAKERS = [
    Known("d:holt", "Karin Holt", kind="Person"),
    Known("d:brandt", "Paul Brandt", kind="Person"),
    Known("d:radio", "Radio Nord", kind="NewsOrganization"),
    Known("d:authority", "Port Authority", aliases=("the authority",), kind="Organization"),
    Known("d:voice", "Port Authority spokeswoman", texts=("spokeswoman",), kind="UnnamedSource"),
]


def spoken(suggester: Suggester, words: str, text: str = QUARREL) -> list[str]:
    """The labels of the likeliest speakers of words."""
    start = text.index(words)
    return [s.label for s in suggester.speakers(text, start, start + len(words))]


def test_a_pronoun_falls_to_the_subject_before_and_a_quotation_goes_on_through_paragraphs() -> None:
    suggester = Suggester(SPEAKERS, [], [])
    assert spoken(suggester, "The cranes are not safe")[0] == "Karin Holt"
    assert spoken(suggester, "Nobody told us")[0] == "Karin Holt"
    start = QUARREL.index("The cranes")
    coded = Coded("d:doc", start, start + 23, "The cranes are not safe", "d:holt")
    suggester = Suggester(SPEAKERS, [], [coded])
    (first, *_) = suggester.speakers(QUARREL, QUARREL.index("Nobody"), QUARREL.index("Nobody") + 14)
    assert (first.label, first.reason) == ("Karin Holt", "goes on")


def test_whose_words_a_quotation_passes_on_is_among_the_first() -> None:
    assert "Port Authority" in spoken(Suggester(SPEAKERS, [], []), "we were warned")[:2]


def test_an_unnamed_voice_is_known_by_its_description_and_by_whom_it_speaks_for() -> None:
    assert "Port Authority spokeswoman" in spoken(Suggester(SPEAKERS, [], []), "That is untrue")[:2]


def test_who_spoke_for_somebody_is_suggested_where_that_one_is_named() -> None:
    named = [known for known in SPEAKERS if known.iri != "d:voice"]
    assert "Paul Brandt" not in spoken(Suggester(named, [], []), "That is untrue")[:2]
    coded = Coded("d:other", 0, 4, "Else", "d:brandt", on_behalf_of="d:authority")
    assert spoken(Suggester(named, [], [coded]), "That is untrue")[:2] == ["Port Authority", "Paul Brandt"]


def test_place_tells_the_speaker_in_a_language_whose_verbs_are_not_listed() -> None:
    text = "Der Hafen steht still. „Die Kräne sind sicher“, meinte Eva Lund. Ada Osei hielt dagegen: „Sie lügt.“\n"
    suggester = Suggester(ACTORS, [], [])
    assert spoken(suggester, "Die Kräne sind sicher", text)[0] == "Eva Lund"
    assert spoken(suggester, "Sie lügt", text)[0] == "Ada Osei"


def test_a_second_claim_on_the_same_words_of_a_speaker_is_another_one() -> None:
    start, end = place("They hid the report on the cranes")
    suggester = Suggester(ACTORS, CLAIMS, [Coded("d:doc", start, end, TEXT[start:end], "d:ada", claim="d:hid")])
    hers, others = (suggester.claims(TEXT, start, end, speaker=speaker)[0].score for speaker in ("d:ada", "d:eva"))
    assert hers < others  # somebody else may have said it, as where words are passed on


def test_what_is_not_known_is_never_suggested() -> None:
    coded = [Coded("d:doc", *place("The cranes are safe"), "The cranes are safe", "d:stranger", claim="d:unknown")]
    for suggester in (Suggester(ACTORS, CLAIMS, coded), Suggester([], [], coded)):
        found = [*suggester.speakers(TEXT, *place("told reporters")), *suggester.claims(TEXT, *place("told reporters"))]
        assert not {"d:stranger", "d:unknown"} & {s.iri for s in found}
    assert Suggester([], [], []).speakers(TEXT, 0, 5) == Suggester([], [], []).claims(TEXT, 0, 5) == []


@given(order=st.permutations(ACTORS), claims=st.permutations(CLAIMS), number=st.integers(0, 60))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_codebook_does_not_matter(order: list[Known], claims: list[Known], number: int) -> None:
    one, other = Suggester(ACTORS, CLAIMS, []), Suggester(order, claims, [])
    start = min(number * 3, len(TEXT))
    assert one.speakers(TEXT, start, start + 20) == other.speakers(TEXT, start, start + 20)
    assert [s.label for s in one.claims(TEXT, start, start + 20)] == [
        s.label for s in other.claims(TEXT, start, start + 20)
    ]


def test_a_project_s_own_codings_are_what_it_learns_from(coded: Project) -> None:
    text = coded.text(coded.graph.nodes("Document")[0]) or ""
    suggester = suggester_of(coded)
    start = text.index('"We will not go back')
    assert suggester.speakers(text, start, start + 30)[0].label == "Ada Osei"
    start = text.index("a report to itself")
    assert suggester.claims(text, start, start + 18)[0].label == "Authority hid the report"
