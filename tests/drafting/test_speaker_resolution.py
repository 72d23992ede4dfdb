"""Who "he", "she", "the minister" and short forms are, in texts of our own; no parser needed."""

from __future__ import annotations

import pytest

from disputegraph.coding import Known
from disputegraph.drafting import Draft, ProposedSpeaker
from disputegraph.drafting.speaker_resolution import resolve_speakers
from tests.growth import grows_in_proportion

TEXT = """Ada Osei, who speaks for the Harbour Workers' Union, told reporters that the cranes had cracks. She said so
twice.

Transport Minister Jonas Brandt saw it otherwise. He called the strike a mistake. The minister added that talks would
begin.

Mr. Brandt left at noon. The other man, Karl Lind, stayed. The union was silent. "They will go on," he thought.
"""


def speaker(
    text: str, *sources: str, actors: tuple[Known, ...] = (), inside: int | None = None
) -> ProposedSpeaker | None:
    """Return who the last of some sources is, each sought after the one before."""
    at, drafts = 0, []
    for source in sources:
        at = text.index(source, at)
        drafts.append(Draft(((len(text) - 1, len(text)),), ((at, at + len(source)),)))
        at += len(source)
    return resolve_speakers(text, drafts, actors)[-1].speaker


def test_who_tells_of_themselves_is_no_hearsay() -> None:
    text = "Ada Osei said she knew. Karl Lind said Ada Osei said she knew."
    first, second = ((0, 22),), ((35, 61),)
    drafts = [
        Draft(first, ((0, 8),)),
        Draft(((18, 22),), ((14, 17),), inside=0),
        Draft(second, ((24, 33),)),
        Draft(((53, 61),), ((39, 47),), inside=2),
        Draft(((57, 61),), ((53, 56),), inside=3),
    ]
    found = resolve_speakers(text, drafts)
    assert [one.speaker and one.speaker.name for one in found] == [
        "Ada Osei",
        "Ada Osei",
        "Karl Lind",
        "Ada Osei",
        "Ada Osei",
    ]
    assert [one.inside for one in found] == [None, None, None, 2, 2]


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        (["Ada Osei"], "Ada Osei"),
        (["Ada Osei", "She"], "Ada Osei"),
        (["Transport Minister Jonas Brandt"], "Jonas Brandt"),
        (["Ada Osei", "Transport Minister Jonas Brandt", "He"], "Jonas Brandt"),
        (["The minister"], "Jonas Brandt"),
        (["Mr. Brandt"], "Jonas Brandt"),
        (["The other man"], "Karl Lind"),
        (["The union"], "Harbour Workers' Union"),
    ],
)
def test_names_of_the_text(sources: list[str], name: str) -> None:
    found = speaker(TEXT, *sources)
    assert found is not None
    assert found.name == name
    assert 0 < found.score <= 1
    assert found.reason
    assert found.iri is None


def test_she_is_no_man() -> None:
    text = "Maria Lopez said no. Peter Hall said yes. She went home."
    found = speaker(text, "Maria Lopez", "Peter Hall", "She")
    assert found is not None
    assert found.name == "Maria Lopez"


def test_who_stands_in_a_quotation_is_not_he() -> None:
    text = 'Peter Hall spoke first. "I saw Tom Berg at the gate," he said.'
    found = speaker(text, "he")
    assert found is not None
    assert found.name == "Peter Hall"


def test_an_actor_is_known_by_alias_surname_and_post() -> None:
    brandt = Known("urn:brandt", "Brandt, Jonas", aliases=("Jonas Brandt",), texts=("Minister of Transport",))
    for source in ("Transport Minister Jonas Brandt", "He", "The minister"):
        found = speaker(TEXT, source, actors=(brandt,))
        assert found is not None
        assert (found.name, found.iri) == ("Brandt, Jonas", "urn:brandt"), source
    found = speaker("The minister said no.", "The minister", actors=(brandt,))
    assert found is not None
    assert found.iri == "urn:brandt"


def test_two_actors_of_one_surname_are_not_guessed() -> None:
    actors = (Known("urn:a", "Ada Lund"), Known("urn:e", "Eva Lund"))
    found = speaker("Lund spoke. Everybody heard that Lund said no.", "Lund", actors=actors)
    assert found is not None
    assert found.iri is None


@pytest.mark.parametrize("source", ["A spokesman for the port", "A Department for Ports spokesman"])
def test_a_description_stays_one_and_scores_low(source: str) -> None:
    found = speaker(f"The Department for Ports was asked. {source} said no.", source)
    assert found is not None
    assert found.name == source
    assert found.score < 0.5


def test_no_source_no_speaker_and_a_given_one_stays() -> None:
    given = ProposedSpeaker("Ada Osei", 1, "given")
    first, second = resolve_speakers("It is so.", [Draft(((0, 2),)), Draft(((0, 2),), ((0, 2),), speaker=given)])
    assert first.speaker is None
    assert second.speaker == given


def test_i_in_hearsay_is_who_speaks_around_it() -> None:
    text = '"I said that it was so," Ada Osei recalled.'
    outer = Draft(((1, 23),), ((text.index("Ada"), text.index(" recalled")),))
    inner = Draft(((8, 23),), ((1, 2),), inside=0)
    found = resolve_speakers(text, [outer, inner])
    assert found[0].speaker is not None
    assert found[0].speaker.name == "Ada Osei"


@pytest.mark.parametrize("text", ["", "\x00", "THE MINISTER SAID NO", "he he he", "The", "’s", "Mr. Mr. Mr."])
def test_any_text(text: str) -> None:
    drafts = [Draft(((s, s + 1),), ((s, e),)) for s in range(len(text)) for e in range(s + 1, len(text) + 1)]
    assert len(resolve_speakers(text, drafts)) == len(drafts)


def test_cost_grows_with_the_length() -> None:
    part = 'Ada Osei said no. The minister said "yes." He added that the union knew. '

    def resolve(times: int) -> None:
        text = part * times
        places = ((0, 8), (18, 30), (45, 47))
        drafts = [
            Draft(((at, at + 1),), ((at + start, at + end),))
            for at in range(0, len(text), len(part))
            for start, end in places
        ]
        resolve_speakers(text, drafts)

    assert grows_in_proportion(resolve, 200)


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        (
            "It shut. Its spokeswoman, Dr. Ana Lindqvist, said so.",
            "Its spokeswoman, Dr. Ana Lindqvist",
            "Ana Lindqvist",
        ),
        ("A spokesman for Amnesty, John Carver, said so.", "A spokesman for Amnesty, John Carver", "John Carver"),
        ("Greenpeace said so.", "Greenpeace", "Greenpeace"),
    ],
)
def test_a_name_in_an_apposition_and_a_name_that_begins_a_sentence(text: str, source: str, name: str) -> None:
    start = text.index(source)
    (draft,) = resolve_speakers(text, [Draft(((0, 2),), ((start, start + len(source)),))])
    assert draft.speaker is not None
    assert (draft.speaker.name, draft.speaker.score > 0.5) == (name, True)
