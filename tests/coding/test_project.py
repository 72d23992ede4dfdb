"""Coding a dispute from Python: add, change, take back; whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from disputegraph.coding import ConflictError, InUseError, NewEntry, Project, RefusedError, new_project
from disputegraph.errors import DataError, OutputError, UsageError
from disputegraph.model import entry_fields, entry_forms
from disputegraph.store import open_store
from disputegraph.vocabulary import PROPERTIES


def everything(project: Project) -> set[str]:
    """What the files say, read anew."""
    return {str(quad.triple) for quad in open_store([project.folder]).quads()}


def said(project: Project) -> list[tuple[str | None, str | None, str | None]]:
    """Who says what, by the reading."""
    return [(u.voice and u.voice.label, u.claim and u.claim.label, u.polarity) for u in project.model.utterances]


def test_an_utterance_is_added_with_its_words(project: Project) -> None:
    utterance = project.add(
        document="gazette-2024-05-03", speaker="Ada Osei", on_behalf_of="HWU", claim="Authority hid the report",
        polarity="affirms", speech_act="accusing", quote="They knew about the cranes",
    )  # fmt: skip
    assert said(project) == [("HWU", "Authority hid the report", "affirms")]
    assert [note.split("'")[1] for note in project.notes] == ["Ada Osei", "HWU", "Authority hid the report"]
    entry = project.entry(utterance)
    (place,) = entry["fields"]["evidence"]
    assert project.text(place["document"])[place["start"] : place["end"]] == "They knew about the cranes"
    assert entry["fields"]["coded_by"] == [project.graph.find("MK", ["Coder"]).value]


def test_a_relation_between_claims_says_who_judged(project: Project) -> None:
    one, other = (project.put("Claim", label=label, paraphrase=label) for label in ("It was hidden", "It was told"))
    relation = project.put("ClaimRelation", relation_from=one, relation_to=other, relation_type="contradiction")
    assert project.entry(relation)["fields"]["coded_by"] == [project.graph.find("MK", ["Coder"]).value]


def test_no_second_dispute_is_made_in_passing(project: Project) -> None:
    with pytest.raises(UsageError, match=r"concerns_dispute: nothing is called 'the quarrel'\."):
        project.put("Claim", label="C", paraphrase="P", concerns_dispute="the quarrel")


def test_what_is_coded_stands_in_the_files(coded: Project) -> None:
    assert sorted(path.name for path in (coded.folder / "codings").iterdir()) == ["gazette-2024-05-03.ttl"]
    assert everything(coded) == {str(quad.triple) for quad in coded.graph.store.quads()}
    again = Project(coded.folder)
    assert said(again) == said(coded)


def test_the_files_have_one_triple_a_line(coded: Project) -> None:
    lines = (coded.folder / "codebook.ttl").read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith("@prefix")]
    assert len(body) == len(coded.graph.files["codebook.ttl"])
    assert all(line.endswith(" .") for line in body)


def test_a_field_is_changed_and_taken_away(coded: Project) -> None:
    utterance = coded.model.utterances[0].iri
    coded.change(utterance, polarity="denies", certainty="probable", note="by telephone")
    coded.change(utterance, certainty=None)
    fields = coded.entry(utterance)["fields"]
    assert fields["polarity"] == ["denies"]
    assert fields["note"] == ["by telephone"]
    assert "certainty" not in fields


def test_a_statement_is_moved_and_keeps_all_else(coded: Project) -> None:
    utterance = next(u for u in coded.model.utterances if u.polarity == "affirms").iri
    before = coded.entry(utterance)["fields"]
    anchors = set(coded.graph.nodes())
    coded.change(utterance, quote="We will not go back to work")
    after = coded.entry(utterance)["fields"]
    assert after.pop("evidence") != before.pop("evidence")
    assert after == before
    assert set(coded.graph.nodes()) == anchors


def test_no_anchor_is_left_behind(coded: Project) -> None:
    utterance = next(u for u in coded.model.utterances if u.polarity == "affirms").iri
    coded.change(utterance, quote="We will not go back to work")
    coded.remove(utterance)
    rows = list(coded.graph.store.select("SELECT ?a { ?a a dg:Anchor FILTER NOT EXISTS { ?u dg:evidence ?a } }"))
    assert rows == []
    assert len(list(coded.graph.store.select("SELECT ?s { ?s a oa:TextPositionSelector }"))) == 1


def test_hearsay_is_a_chain(project: Project) -> None:
    project.put("NewsOrganization", label="Radio Nord")
    utterance = project.add(
        document="gazette-2024-05-03", speaker="Eva Lund", claim="Cranes are safe", polarity="affirms",
        quote="the cranes were safe", passed_on_by=["A colleague", "Radio Nord"],
    )  # fmt: skip
    (told,) = [u for u in project.model.utterances if u.iri == utterance]
    assert told.hearsay
    assert [ref.label for ref in told.via] == ["A colleague", "Radio Nord"]
    assert all(u.claims for u in project.model.utterances)  # to pass words on is not to say something
    assert not [f for f in project.findings() if f.severity == "violation" and f.check != "claim-without-paraphrase"]


def test_who_passes_words_on_twice_is_twice_in_the_chain(project: Project) -> None:
    common = {
        "document": "gazette-2024-05-03",
        "speaker": "Eva Lund",
        "claim": "Cranes are safe",
        "polarity": "affirms",
    }
    project.add(**common, quote="the cranes were safe", passed_on_by=["Radio Nord", "A colleague", "Radio Nord"])
    kinds = sorted(project.graph.kind(node) for node in project.graph.nodes("Utterance", "ReportedUtterance"))
    assert kinds == ["ReportedUtterance", "ReportedUtterance", "ReportedUtterance", "Utterance"]


def test_a_withdrawn_statement_is_kept_and_not_counted(coded: Project) -> None:
    utterance = next(u for u in coded.model.utterances if u.polarity == "affirms").iri
    later = coded.withdraw(utterance, document="gazette-2024-05-03", quote="We will not go back to work")
    assert coded.entry(utterance)["withdrawn_by"] == [later]
    (claim,) = coded.model.claims
    assert (claim.affirms, claim.denies, claim.neutral, claim.withdrawn) == (0, 1, 1, 1)


def test_a_withdrawal_may_be_a_day_and_a_reason(coded: Project) -> None:
    utterance = next(u for u in coded.model.utterances if u.polarity == "affirms").iri
    coded.withdraw(utterance, on="2024-05-10", reason="The paper corrected it.")
    told = next(u for u in coded.model.utterances if u.iri == utterance)
    assert (told.withdrawn_on, told.withdrawn_because) == ("2024-05-10", "The paper corrected it.")
    assert (told.counted, told.superseded_by) == (False, ())
    assert coded.entry(utterance)["withdrawn_by"] == []
    assert coded.entry(utterance)["withdrawn"] == [
        {"supersedes": [utterance], "withdrawn_on": ["2024-05-10"], "note": ["The paper corrected it."]}
    ]
    coded.undo()
    assert next(u for u in coded.model.utterances if u.iri == utterance).standing


def test_a_withdrawal_may_have_a_day_a_reason_and_a_statement(coded: Project) -> None:
    """As in the column `withdrawn` of a sheet; one change, undone as one."""
    utterance, later = (
        next(u for u in coded.model.utterances if u.polarity == side).iri for side in ("affirms", "denies")
    )
    assert coded.withdraw(utterance, by=later, on="2024-05-10", reason="They took it back.") == later
    told = next(u for u in coded.model.utterances if u.iri == utterance)
    assert (told.withdrawn_on, told.withdrawn_because) == ("2024-05-10", "They took it back.")
    assert [iri for iri in told.superseded_by if iri == later] == [later]
    coded.undo()
    assert next(u for u in coded.model.utterances if u.iri == utterance).standing


def test_what_others_lean_on_is_not_removed(coded: Project) -> None:
    with pytest.raises(InUseError, match="2 others mention 'Authority hid the report'") as refused:
        coded.remove("Authority hid the report")
    assert len(refused.value.nodes) == 2
    before = everything(coded)
    with pytest.raises(RefusedError):  # an utterance without its claim says nothing of it, but has a polarity
        coded.put("Utterance", iri=coded.model.utterances[0].iri, speaker=[])
    assert everything(coded) == before


def test_every_change_can_be_undone_and_done_again(coded: Project) -> None:
    states = [everything(coded)]
    first = coded.model.utterances[0].iri
    coded.rename("HWU", "Union of Harbour Workers")
    states.append(everything(coded))
    coded.merge("Ada Osei", into="Port authority")
    states.append(everything(coded))
    coded.split_claim("Authority hid the report", {"Report was kept back": [first]}, paraphrase="It kept the report.")
    states.append(everything(coded))
    coded.recode("polarity", "affirms", "neutral")
    states.append(everything(coded))
    coded.remove(first)
    states.append(everything(coded))
    for state in reversed(states[:-1]):
        coded.undo()
        assert everything(coded) == state
    for state in states[1:]:
        coded.redo()
        assert everything(coded) == state
    assert Project(coded.folder).undo() == coded.history()[-1][0].label
    coded.redo()
    with pytest.raises(UsageError, match="nothing to redo"):
        coded.redo()


def test_a_merge_says_what_it_dropped(coded: Project) -> None:
    coded.put("Person", iri="Ada Osei", start_date="2001")
    coded.put("Person", label="A. Osei", start_date="2002")
    coded.merge("A. Osei", into="Ada Osei")
    assert any("2002" in note for note in coded.notes)
    assert coded.entry(coded.graph.find("Ada Osei").value)["fields"]["aliases"] == ["A. Osei"]
    with pytest.raises(UsageError, match="cannot be one"):
        coded.merge("Ada Osei", into="Authority hid the report")


def test_recoding_says_whom_it_concerns_first(coded: Project) -> None:
    assert len(coded.having("claim", "Authority hid the report")) == 2
    changed = coded.recode("claim", "Authority hid the report", "Report was published late")
    assert {claim for _, claim, _ in said(coded)} == {"Report was published late"}
    assert len(changed) == 2
    coded.undo()
    assert {claim for _, claim, _ in said(coded)} == {"Authority hid the report"}


def test_entries_that_need_each_other_are_one_change(project: Project) -> None:
    thing = project.put(
        "ClaimedThing", label="secret report", claimed_kind="Arrangement", introduced_by=["new:claim"],
        new=[NewEntry("new:claim", "Claim", {"label": "There is a report", "paraphrase": "A report exists."})],
    )  # fmt: skip
    (claim,) = project.entry(thing)["fields"]["introduced_by"]
    assert project.entry(claim)["label"] == "There is a report"
    project.undo()
    assert project.graph.nodes("ClaimedThing", "Claim") == []


# What is refused.


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quote": "the whole truth"}, "the words 'the whole truth' do not stand in 'Cranes stand still'"),
        ({"quote": "cranes"}, "stand 2 times"),
        ({"spans": [(5, 9999)]}, "outside the text"),
        ({"spans": [(9, 5)]}, "outside the text"),
        ({"quote": "They knew", "document": "gazzete-2024-05-03"}, "Did you mean"),
        ({"quote": "They knew", "polarity": "affirmative"}, "Did you mean 'affirms'"),
        ({"quote": "They knew", "speker": "Ada"}, "'speker' is not a field"),
        ({"quote": "They knew", "date": "3 May"}, "'3 May' cannot be taken as a date"),
        ({"quote": "They knew", "polarity": None}, "affirms, denies or leaves it open"),
        ({"quote": "They knew", "claim": ["One", "Two"]}, "has one of these"),
        ({"quote": "They knew", "speaker": "https://example.org/a b"}, "is not an IRI"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(project: Project, fields: dict[str, object], message: str) -> None:
    before, steps = everything(project), len(project.history())
    given = {
        "document": "gazette-2024-05-03",
        "speaker": "Ada Osei",
        "claim": "A claim",
        "polarity": "affirms",
    } | fields
    with pytest.raises(UsageError, match=message):
        project.add(**given)
    assert everything(project) == before == {str(quad.triple) for quad in project.graph.store.quads()}
    assert len(project.history()) == steps


def test_a_name_of_two_is_not_guessed(coded: Project) -> None:
    coded.put("Person", label="Sam Lee")
    coded.put("Collective", label="Sam Lee")
    with pytest.raises(UsageError, match=r"'Sam Lee' is the name of 2: .*Give one of the IRIs"):
        coded.add(document="gazette-2024-05-03", speaker="Sam Lee", claim="X", polarity="denies", quote="They knew")


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not a project"):
        Project(tmp_path)
    (tmp_path / "disputegraph.toml").write_text("title = 1\n")
    with pytest.raises(DataError, match="needs a text 'title'"):
        Project(tmp_path)
    (tmp_path / "disputegraph.toml").write_text('title = "x"\nbase = "here"\n')
    with pytest.raises(DataError, match="not an absolute IRI"):
        Project(tmp_path)


def test_a_project_is_not_laid_over_another(project: Project) -> None:
    with pytest.raises(OutputError, match="there is a project already"):
        new_project(project.folder)


def test_a_document_is_taken_in_once(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="another name"):
        project.add_document(tmp_path / "gazette-2024-05-03.txt")
    with pytest.raises(UsageError, match="in the project already, as 'Cranes stand still'"):
        project.add_document(tmp_path / "gazette-2024-05-03.txt", name="another")
    assert [path.name for path in (project.folder / "sources").iterdir()] == ["gazette-2024-05-03.txt"]


# Others at the same files.


def test_two_who_code_lose_nothing(coded: Project) -> None:
    other = Project(coded.folder, coder="LB")
    other.put("Person", label="Eva Lund")
    coded.put("Person", label="Bo Berg")
    other.put("Person", label="Cy Dahl")
    graph = Project(coded.folder).graph
    assert {"Eva Lund", "Bo Berg", "Cy Dahl"} <= {graph.label(node) for node in graph.nodes("Person")}
    assert [step.by for step, _ in Project(coded.folder).history()][-3:] == ["LB", "MK", "LB"]


def test_a_change_of_what_another_changed_is_refused(coded: Project) -> None:
    other = Project(coded.folder)
    utterance = coded.model.utterances[0].iri
    other.change(utterance, polarity="neutral")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        coded.change(utterance, polarity="denies")
    assert Project(coded.folder).entry(utterance)["fields"]["polarity"] == ["neutral"]
    coded.change(utterance, polarity="denies")  # now it has been seen


def test_an_undo_of_what_was_edited_since_is_refused(coded: Project) -> None:
    coded.rename("HWU", "Union of Harbour Workers")
    codebook = coded.folder / "codebook.ttl"
    codebook.write_text(codebook.read_text().replace("Union of Harbour Workers", "Dockers"))
    with pytest.raises(ConflictError, match=r"codebook\.ttl was changed"):
        coded.undo()
    assert "Dockers" in codebook.read_text()


def test_a_file_that_is_broken_meanwhile_stops_nothing_of_theirs(coded: Project) -> None:
    codebook = coded.folder / "codebook.ttl"
    codebook.write_text(codebook.read_text() + "\nd:hwu skos:prefLabel \n")
    broken = codebook.read_text()
    with pytest.raises(DataError, match=r"codebook\.ttl"):
        coded.put("Person", label="Eva Lund")
    assert codebook.read_text() == broken


def test_comments_and_nameless_nodes_are_told(coded: Project) -> None:
    codebook = coded.folder / "codebook.ttl"
    codebook.write_text(codebook.read_text() + "\n# mine\n[] a dg:Quantity ; dg:amount 3 .\n")
    again = Project(coded.folder)
    assert again.notes == [
        "codebook.ttl: 1 nodes without a name got one.",
        "codebook.ttl: 1 lines of comment are not kept when it is written.",
    ]


# The table of forms.


def test_all_that_the_ontology_says_of_a_dispute_can_be_said() -> None:
    derived = {"mentions", "narrowerClaim", "voice", "reportedVoice", "reportedBy", "exactDigest"}
    coded = {field.predicate.removeprefix("dg:") for field in entry_fields().values()}
    # What programs propose is written by `drafting`, and is no part of the dispute.
    proposed = {name for name in PROPERTIES if name.startswith(("draft", "suggest", "reject"))} - coded
    assert set(PROPERTIES) - coded - proposed == derived
    used = {name for form in entry_forms().values() for name in form.fields}
    assert used == set(entry_fields())


def test_a_field_takes_a_document_by_its_identifier(project: Project) -> None:
    made = project.add(document="gazette-2024-05-03", quote="They knew about the cranes", speaker="Ada Osei")
    project.change(made, documented_in=["gazette-2024-05-03"])
    assert project.entry(made)["fields"]["documented_in"] == [project.document_named("gazette-2024-05-03").value]


def test_an_actor_of_a_kind_that_does_not_fit_is_not_made_twice(project: Project) -> None:
    project.put("Organization", label="Harbour Workers")
    with pytest.raises(UsageError, match="is of the kind Organization, and member_of takes Collective"):
        project.put("Person", label="Ada Berg", member_of=["Harbour Workers"])
    assert project.graph.find("Ada Berg") is None


def test_an_entry_is_asked_for_by_its_name(project: Project) -> None:
    made = project.put("Person", label="Ada Berg")
    assert project.entry("Ada Berg")["iri"] == made
    with pytest.raises(UsageError, match="nothing is called 'Ada Bergg'. Did you mean 'Ada Berg'"):
        project.entry("Ada Bergg")
