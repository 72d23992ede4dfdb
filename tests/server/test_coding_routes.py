"""What the coding page's address answers, and to whom."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disputegraph.coding import Project, new_project
from tests.server.conftest import Running, until

TEXT = """Cranes stand still

"They knew about the cranes," said Ada Osei for the Harbour Workers' Union.

The port authority denied that it had kept a report to itself.
"""


class Page:
    """The coding page without its looks."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.headers = {"X-Disputegraph-Token": running.token}

    def get(self, what: str, **asked: Any) -> Any:
        answer = self.running.get(f"/code/{what}", params=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, action: str, expect: int = 200, **body: Any) -> Any:
        answer = self.running.post(f"/code/{action}", json=body, headers=self.headers)
        assert answer.status_code == expect, answer.text
        return answer.json()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = new_project(tmp_path / "harbour", title="Harbour", coder="MK")
    (tmp_path / "gazette.txt").write_text(TEXT, encoding="utf-8")
    project.add_document(tmp_path / "gazette.txt", date="2024-05-03")
    return project.folder


@pytest.fixture
def page(code: Callable[..., Running], folder: Path) -> Page:
    return Page(code(folder))


def statement(page: Page, words: str, **more: Any) -> dict[str, Any]:
    (document,) = page.get("project")["documents"]
    start = TEXT.index(words)
    place = {"document": document["iri"], "start": start, "end": start + len(words)}
    fields = {"speaker": ["new:1"], "claim": ["new:2"], "polarity": ["affirms"], "evidence": [place], **more}
    new = [
        {"key": "new:1", "kind": "Person", "fields": {"label": ["Ada Osei"]}},
        {"key": "new:2", "kind": "Claim", "fields": {"label": ["Authority hid the report"]}},
    ]
    return page.post("put", kind="Utterance", fields=fields, new=new)


def test_a_new_folder_becomes_a_project(code: Callable[..., Running], tmp_path: Path) -> None:
    page = Page(code(tmp_path / "mine", "--title", "Mine"))
    assert page.get("project")["title"] == "Mine"
    added = page.post("add_document", title="First", text=TEXT, date="2024-05-03")
    assert page.get("document", iri=added["iri"])["text"] == TEXT
    assert [path.name for path in (tmp_path / "mine" / "sources").iterdir()] == ["first.txt"]


def test_only_the_session_s_token_reads_and_writes(page: Page) -> None:
    running = page.running
    assert running.get("/code/").status_code == 200
    for headers in ({}, {"X-Disputegraph-Token": "x"}, {"X-Disputegraph-Token": "ä".encode()}):
        for what in ("project", "entries", "changes?since=0"):
            assert running.get(f"/code/{what}", headers=headers).status_code == 401
        assert running.post("/code/put", json={}, headers=headers).status_code == 401
    evil = {**page.headers, "Origin": "http://evil.example"}
    assert running.post("/code/undo", json={}, headers=evil).status_code == 403
    assert running.get("/code/project", headers={**page.headers, "Host": "evil.example"}).status_code == 400
    assert (
        running.get("/code/", headers={"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}).status_code == 403
    )


def test_a_statement_is_on_disk_when_it_is_acknowledged(page: Page, folder: Path) -> None:
    answer = statement(page, "They knew about the cranes")
    assert [u.claim.label for u in Project(folder).model.utterances] == ["Authority hid the report"]
    assert {entry["kind"] for entry in answer["entries"]} == {"Utterance", "Person", "Claim", "Coder"}
    assert page.post("undo")["label"].startswith("add")
    assert Project(folder).model.utterances == ()
    page.post("redo")
    assert len(Project(folder).model.utterances) == 1


def test_what_is_refused_says_why(page: Page) -> None:
    statement(page, "They knew about the cranes")
    entries = {entry["label"]: entry for entry in page.get("entries")["entries"]}
    claim = entries["Authority hid the report"]
    told = page.post("remove", 409, iri=claim["iri"])
    assert "1 other mentions" in told["message"]
    assert len(told["uses"]) == 1
    refused = page.post("put", 400, kind="Utterance", fields={"polarity": ["purple"]})
    assert "is not one of: affirms, denies" in refused["message"]
    assert "no kind 'Robot'" in page.post("put", 400, kind="Robot", fields={})["message"]
    assert page.post("nothing", 400)["title"] == "That cannot be done"
    assert page.running.post("/code/put", content=b"[1]", headers=page.headers).status_code == 400
    assert page.running.post("/code/put", content=b"[" * 100_000, headers=page.headers).status_code == 400
    assert page.running.post("/code/put", json={"fields": 3, "kind": "Person"}, headers=page.headers).status_code == 400


def test_what_somebody_else_writes_is_noticed(page: Page, folder: Path) -> None:
    iri = statement(page, "They knew about the cranes")["iri"]
    since = page.get("project")["revision"]
    told: list[Any] = []
    waiting = threading.Thread(target=lambda: told.append(page.get("changes", since=since)))
    waiting.start()
    time.sleep(0.3)
    Project(folder, coder="LB").change(iri, polarity="denies")
    waiting.join(10)
    assert iri in told[0]["nodes"]
    conflict = page.post("put", 409, kind="Utterance", iri=iri, fields={"polarity": ["neutral"]}, revision=since)
    assert "changed meanwhile" in conflict["message"]
    assert Project(folder).entry(iri)["fields"]["polarity"] == ["denies"]


def test_a_change_whose_answer_was_lost_is_not_made_twice(
    page: Page, code: Callable[..., Running], folder: Path
) -> None:
    body = {"kind": "Person", "fields": {"label": ["Eva Lund"]}, "request": "3f2a"}
    first = page.post("put", **body)
    again = page.post("put", **body)
    after_a_restart = Page(code(folder)).post("put", **body)
    assert first["iri"] == again["iri"] == after_a_restart["iri"]
    assert [entry["label"] for entry in again["entries"]] == ["Eva Lund"]
    people = [entry for entry in page.get("entries")["entries"] if entry["kind"] == "Person"]
    assert len(people) == 1


def test_a_broken_file_is_told_and_not_overwritten(page: Page, folder: Path) -> None:
    codebook = folder / "codebook.ttl"
    codebook.write_text(codebook.read_text() + "d:x skos:prefLabel \n")
    broken = codebook.read_text()
    told = page.post("put", 400, kind="Person", fields={"label": ["Eva Lund"]})
    assert "codebook.ttl" in told["message"]
    assert codebook.read_text() == broken


def test_documents_that_are_no_texts(page: Page) -> None:
    def send(name: str, content: bytes, expect: int) -> Any:
        return page.post("add_document", expect, name=name, content=base64.b64encode(content).decode())

    assert "DOCX" in send("a.docx", b"PK\x03\x04 nothing", 400)["message"]
    assert send("a.txt", b"\x00\x01\x02" * 50, 400)
    assert ".odt" in send("a.odt", b"PK", 400)["message"]
    assert page.post("add_document", 400, name="a.txt", content="***")["message"].startswith(
        "The file did not come whole"
    )
    large = b"x" * 31_000_000
    assert page.running.post("/code/add_document", content=large, headers=page.headers).status_code == 413


def test_the_codebook_is_kept_in_bulk(page: Page) -> None:
    first = statement(page, "They knew about the cranes")["iri"]
    (document,) = page.get("project")["documents"]
    labels = {entry["label"]: entry["iri"] for entry in page.get("entries")["entries"]}
    claim = labels["Authority hid the report"]
    place = {"document": document["iri"], "start": 0, "end": 6}
    fields = {"speaker": [labels["Ada Osei"]], "claim": [claim], "polarity": ["denies"], "evidence": [place]}
    page.post("put", kind="Utterance", fields=fields)
    preview = page.post("recode", field="polarity", **{"from": "affirms", "to": "neutral"}, preview=True)
    assert (preview["count"], [entry["iri"] for entry in preview["entries"]]) == (1, [first])
    assert page.get("entry", iri=first)["fields"]["polarity"] == ["affirms"]
    page.post("recode", field="polarity", **{"from": "affirms", "to": "neutral"})
    assert page.get("entry", iri=first)["fields"]["polarity"] == ["neutral"]
    split = page.post("split_claim", iri=claim, label="Report was late", utterances=[first])
    assert [use["iri"] for use in page.get("entry", iri=split["iri"])["uses"]] == [first]
    page.post("merge", iri=split["iri"], into=claim)
    assert len(page.get("entry", iri=claim)["uses"]) == 2
    page.post("rename", iri=claim, label="Report was hidden")
    assert page.get("history")["entries"][0]["label"] == "rename Authority hid the report to Report was hidden"
    page.post("put", kind="Claim", fields={"label": ["Reports was hidden"]})
    pairs = page.get("doubles")["pairs"]
    assert [(pair["kind"], pair["score"] > 0.9) for pair in pairs] == [("Claim", True)]
    hits = page.get("search", words="CRANES")["hits"]
    assert [hit["words"] for hit in hits] == ["Cranes", "cranes"]
    later = [finding for finding in page.get("findings")["findings"] if finding["later"]]
    assert {finding["check"] for finding in later} >= {"claim-without-paraphrase", "claim-nobody-utters"}


def test_a_text_that_changed_is_told(page: Page, folder: Path) -> None:
    statement(page, "They knew about the cranes")
    source = folder / "sources" / "gazette.txt"
    source.write_text("New first line.\n" + source.read_text(), encoding="utf-8")
    (drifted,) = [f for f in page.get("findings")["findings"] if f["check"] == "evidence-drifted"]
    assert "now stands at" in drifted["message"]


def test_keys_are_changed_in_one_file_of_the_project(page: Page, folder: Path) -> None:
    (folder / "keys.toml").write_text('undo = "Ctrl+Backspace"\n')
    assert page.get("project")["keys"]["undo"] == "Ctrl+Backspace"
    assert page.get("project")["keys"]["save"] == "Ctrl+Enter Enter"
    (folder / "keys.toml").write_text('undoo = "x"\n')
    told = page.running.get("/code/project", headers=page.headers)
    assert (told.status_code, "Did you mean 'undo'?" in told.json()["message"]) == (400, True)


def test_the_page_speaks_the_language_of_the_dispute(code: Callable[..., Running], tmp_path: Path) -> None:
    new_project(tmp_path / "hafen", language="de")
    told = Page(code(tmp_path / "hafen")).get("project")
    fields = {field["name"]: field["label"] for field in told["forms"]["Membership"]["fields"]}
    assert (told["words"]["save"], told["forms"]["Person"]["label"], fields["member"]) == (
        "Speichern",
        "Person",
        "Inhaber",
    )


def test_two_servers_code_one_project(code: Callable[..., Running], folder: Path) -> None:
    one, other = Page(code(folder)), Page(code(folder))
    statement(one, "They knew about the cranes")
    other.post("put", kind="Person", fields={"label": ["Eva Lund"]})
    assert {e["label"] for e in one.get("entries")["entries"]} >= {"Ada Osei", "Eva Lund"}


def test_the_dispute_s_page_is_served_beside(page: Page) -> None:
    statement(page, "They knew about the cranes")
    until(lambda: "Authority hid the report" in page.running.get("/data.ttl").text, seconds=30)


def test_a_withdrawal_takes_day_reason_and_statement(page: Page) -> None:
    first = statement(page, "They knew about the cranes")["iri"]
    answer = page.post("withdraw", iri=first, on="2024-05-10", reason="The Gazette corrected it.")
    (entry,) = [one for one in answer["entries"] if one["iri"] == first]
    assert entry["withdrawn"][0]["withdrawn_on"] == ["2024-05-10"]
    assert entry["withdrawn"][0]["note"] == ["The Gazette corrected it."]
    refused = page.post("withdraw", expect=400, iri=first, on="May")
    assert "May" in str(refused)
    page.post("undo")
    assert "withdrawn_on" not in str(page.get("document", iri=page.get("project")["documents"][0]["iri"]))
