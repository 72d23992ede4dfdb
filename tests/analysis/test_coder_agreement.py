"""Agreement of coders on what they code: which utterances are the same, and how far what is coded of them is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disputegraph.analysis import agreement, match_utterances, methods_paragraph, read_agreement, read_measure
from disputegraph.errors import UsageError
from disputegraph.model import Anchor, Ref, Utterance

TEXT = "Ada Osei said the ferry is late, and that the ferry is old. The company denied it. Nobody asked the captain."


def said(
    iri: str, start: int, end: int, speaker: str = "Ada", claim: str = "late", document: str = "d", **more: object
) -> Utterance:
    blank = Utterance(
        iri=iri, claims=(Ref(claim, f"c:{claim}"),) if claim else (), speaker=Ref(speaker, f"a:{speaker}"),
        voice=Ref(speaker, f"a:{speaker}"), polarity="affirms", neutral_kind=None, certainty="certain",
        speech_act="asserting", tone="neutral", quotation_mode=None, cue=None, date=None, dated_by=None, document=None,
        addressees=(),
        via=(), hearsay=False, counted=True, reports=(), superseded_by=(), withdrawn=False, withdrawn_on=None,
        withdrawn_because=None,
        anchors=(Anchor(document, start, end, None),) if end else (),
    )  # fmt: skip
    return replace(blank, **more)


def paired(*coders: list[Utterance]) -> list[dict[str, str]]:
    found = match_utterances({f"k{number}": those for number, those in enumerate(coders)}, "d")
    return [{coder: utterance.iri for coder, utterance in unit.items()} for unit in found]


def test_the_same_words_are_the_same_utterance_whatever_was_coded() -> None:
    assert paired([said("1", 0, 20)], [said("2", 2, 19, claim="old", polarity="denies")]) == [{"k0": "1", "k1": "2"}]


def test_less_than_half_of_the_shorter_is_not_the_same() -> None:
    assert paired([said("1", 0, 10)], [said("2", 6, 16)]) == [{"k0": "1"}, {"k1": "2"}]
    assert paired([said("1", 0, 10)], [said("2", 5, 15)]) == [{"k0": "1", "k1": "2"}]
    # Within a much longer one, all of it is common.
    assert paired([said("1", 0, 100)], [said("2", 90, 95)]) == [{"k0": "1", "k1": "2"}]


def test_the_speaker_keeps_two_in_one_sentence_apart() -> None:
    one = [said("1", 0, 20, "Ada"), said("2", 0, 22, "Ben")]
    other = [said("3", 0, 22, "Ada"), said("4", 0, 20, "Ben")]
    assert paired(one, other) == [{"k0": "1", "k1": "3"}, {"k0": "2", "k1": "4"}]


def test_the_claim_only_breaks_ties() -> None:
    one = [said("1", 0, 20, claim="late"), said("2", 0, 20, claim="old")]
    other = [said("3", 0, 20, claim="old"), said("4", 0, 20, claim="late")]
    assert paired(one, other) == [{"k0": "1", "k1": "4"}, {"k0": "2", "k1": "3"}]
    # Better words win over the same claim.
    one, other = [said("1", 0, 20, claim="late")], [said("3", 0, 20, claim="old"), said("4", 0, 11, claim="late")]
    assert {"k0": "1", "k1": "3"} in paired(one, other)


def test_the_assignment_is_the_best_as_a_whole() -> None:
    # Taken one after the other, 1 would take 4 (all common), and 2 would be left without.
    one = [said("1", 0, 20), said("2", 0, 12)]
    other = [said("3", 10, 30), said("4", 0, 18)]
    assert paired(one, other) == [{"k0": "2", "k1": "4"}, {"k0": "1", "k1": "3"}]


def test_utterances_without_words_go_by_speaker() -> None:
    assert paired([said("1", 0, 0)], [said("2", 0, 0)]) == [{"k0": "1", "k1": "2"}]
    assert len(paired([said("1", 0, 0)], [said("2", 0, 0, "Ben")])) == 2
    assert len(paired([said("1", 0, 0)], [said("2", 0, 9)])) == 2


def test_three_coders_and_what_two_of_them_have() -> None:
    found = paired([said("1", 0, 20)], [said("2", 0, 20), said("3", 40, 60)], [said("4", 41, 60)])
    assert found == [{"k0": "1", "k1": "2"}, {"k1": "3", "k2": "4"}]


CODED = {
    "d": {
        "ada": [
            said("1", 14, 31),
            said("2", 42, 58, claim="old"),
            said("3", 60, 81, "Company", polarity="denies"),
            said("4", 83, 107, "Captain"),
        ],
        "ben": [
            said("5", 9, 31),
            said("6", 37, 58, claim="late"),
            said("7", 60, 81, "Company", claim="old", polarity="neutral", certainty="underspecified"),
        ],
    }
}


def test_what_is_measured() -> None:
    found = agreement(CODED, texts={"d": TEXT}, draws=50)
    assert found.coders == ("ada", "ben")
    assert (found.documents, found.units, found.matched) == (1, 4, 3)
    assert found.unmatched == {"ada": 1, "ben": 0}
    assert found.coded == {"ada": 4, "ben": 3}
    assert list(found.measures) == [
        "unit", "spans", "speaker", "voice", "claim", "polarity", "certainty", "speech_act", "hearsay"
    ]  # fmt: skip
    speaker, claim, polarity = (found.measures[name] for name in ("speaker", "claim", "polarity"))
    assert (speaker.n, speaker.percent, speaker.alpha, speaker.kappa) == (3, 1.0, 1.0, 1.0)
    assert claim.percent == pytest.approx(1 / 3)
    assert claim.alpha == pytest.approx(1 - 5 * 4 / 16)
    assert {(cell.one, cell.other): cell.count for cell in claim.confusions} == {
        ("c:late", "c:late"): 1, ("c:late", "c:old"): 1, ("c:old", "c:late"): 1
    }  # fmt: skip
    (place,) = next(cell for cell in claim.confusions if cell.one == "c:old").places
    assert (place.document, place.start, place.end, place.coders) == ("d", 37, 58, ("ada", "ben"))
    assert polarity.alpha_ordinal is not None
    assert polarity.alpha is not None
    assert polarity.alpha_ordinal > polarity.alpha  # neutral is nearer to denial than affirmation is
    assert found.measures["certainty"].alpha is not None
    assert claim.interval is None  # one document tells nothing of others


def test_words_and_places() -> None:
    found = agreement(CODED, texts={"d": TEXT}, draws=0)
    unit, spans = found.measures["unit"], found.measures["spans"]
    assert unit.of == "words"
    assert unit.n == len(TEXT.split())
    cells = {(cell.one, cell.other): cell for cell in unit.confusions}
    assert cells["utterance", "none"].count == 4  # Nobody asked the captain
    assert [TEXT[p.start : p.end] for p in cells["utterance", "none"].places] == ["Nobody asked the captain"]
    assert [TEXT[p.start : p.end] for p in cells["none", "utterance"].places] == ["said", "that"]
    assert not cells["utterance", "utterance"].places
    assert spans.percent == 3 / 4
    assert spans.alpha is not None
    assert 0 < spans.alpha < 1
    assert (spans.kappa, spans.ac1) == (None, None)
    assert {(c.one, c.other): c.count for c in spans.confusions} == {
        ("utterance", "utterance"): 3, ("utterance", "none"): 1
    }  # fmt: skip


def test_places_that_overlap_are_told() -> None:
    coded = {"d": {"ada": [said("1", 0, 9), said("2", 0, 9, claim="old")], "ben": [said("3", 0, 9)]}}
    found = agreement(coded, texts={"d": TEXT}, draws=0)
    assert found.overlapping == 1
    assert found.measures["spans"].alpha == 1
    assert found.measures["spans"].percent == 0.5
    assert "1 place overlaps another" in found.notes[0]


def test_claims_taken_for_each_other() -> None:
    (pair,) = agreement(CODED, draws=0).drift
    assert {pair.one.label, pair.other.label} == {"late", "old"}
    assert (pair.count, pair.of, len(pair.places)) == (2, 3, 2)


def test_what_is_not_defined_is_said() -> None:
    found = agreement(CODED, draws=0)
    hearsay = found.measures["hearsay"]
    assert hearsay.alpha is None
    assert "all values are equal (first hand)" in read_measure(hearsay)
    assert "unit" not in found.measures
    assert "the text of 1 is not at hand" in found.notes[0]
    nothing = agreement({"d": {"ada": [], "ben": []}}, draws=0)
    assert nothing.units == 0
    assert all(measure.alpha is None for measure in nothing.measures.values())
    assert "nothing to compare" in read_measure(nothing.measures["claim"])
    with pytest.raises(UsageError, match="nothing to compare"):
        agreement({"d": {"ada": []}})


def test_three_units_weigh_much_each() -> None:
    found = agreement(CODED, draws=0)
    assert "With 3, each weighs much" in read_measure(found.measures["claim"])
    assert "below .667" in read_measure(found.measures["claim"])


def test_what_a_coder_left_open_is_missing_and_told() -> None:
    coded = {"d": {"ada": [said("1", 0, 9, claim="")], "ben": [said("2", 0, 9)]}}
    claim = agreement(coded, draws=0).measures["claim"]
    assert claim.n == 0
    assert [(cell.one, cell.other) for cell in claim.confusions] == [("(not coded)", "c:late")]


def test_coders_who_did_not_code_a_document_are_missing_there() -> None:
    other = [said("8", 0, 9, document="e")]
    three = {**CODED, "e": {"ada": [said("9", 0, 9, document="e")], "cem": other}}
    found = agreement(three, draws=20)
    assert found.coders == ("ada", "ben", "cem")
    assert found.unmatched == {"ada": 1, "ben": 0, "cem": 0}
    assert found.measures["spans"].n == 5
    assert found.measures["claim"].n == 4
    assert found.measures["claim"].interval is not None
    assert sum(cell.count for cell in found.measures["claim"].confusions) == 4


def test_the_sentences_have_all_figures() -> None:
    found = agreement(CODED, texts={"d": TEXT}, draws=50)
    assert "ada and ben coded 1 document: 4 utterances, of which 3 are common" in read_agreement(found)
    told = methods_paragraph(found, title="Ferry", program="disputegraph 9", texts=["abcdef0123456789"])
    assert "two coders (ada and ben)" in told
    assert "4 (ada) and 3 (ben) utterances" in told
    assert "the claim: α = −0.250" in told
    assert "Cohen's κ = " in told
    assert "A single document allows no interval." in told
    assert "abcdef012345" in told
    assert told.endswith("Computed with disputegraph 9.")


def test_two_thousand_utterances_are_matched() -> None:
    coded = {
        f"d{n}": {
            coder: [
                said(f"{coder}{n}-{k}", 50 * k, 50 * k + 40, claim=str(k % 90), document=f"d{n}") for k in range(20)
            ]
            for coder in ("ada", "ben")
        }
        for n in range(50)
    }
    found = agreement(coded, draws=1000)
    assert found.matched == 1000
