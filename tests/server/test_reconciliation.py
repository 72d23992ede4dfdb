"""The reconciliation service: its answers have the form of the API 0.2, and hostile questions get a 4xx."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from disputegraph.cli.reconcile import reconcile

HUNT = "https://w3id.org/disputegraph/data/junior-doctors-2016/hunt"

# What the JSON schemas of the Reconciliation Service API 0.2 demand of each answer, in the terms of Python: a class, a
# list of one shape, or a dictionary, in which a key that ends in ? may be missing.
TYPE = {"id": str, "name": str}
AT = {"service_url": str, "service_path": str}
MANIFEST = {
    "versions": [str], "name": str, "identifierSpace": str, "schemaSpace": str, "serviceVersion": str,
    "defaultTypes": [TYPE], "view": {"url": str}, "preview": {"url": str, "width": int, "height": int},
    "suggest": {"entity": AT, "type": AT, "property": AT},
    "extend": {"propose_properties": AT, "property_settings": [dict]},
}  # fmt: skip
CANDIDATE = {"id": str, "name": str, "score": float, "match": bool, "type": [TYPE], "description?": str}
SUGGESTED = {"result": [{"id": str, "name": str, "description?": str, "notable": [TYPE]}]}


def fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    if not isinstance(shape, dict):
        return isinstance(value, shape)
    keys = {key.rstrip("?"): (key, each) for key, each in shape.items()}
    needed = {name for name, (key, _) in keys.items() if key == name}
    return (
        isinstance(value, dict)
        and needed <= value.keys() <= keys.keys()
        and all(fits(each, keys[name][1]) for name, each in value.items())
    )


def ask(bundled, **queries: dict[str, Any]) -> dict[str, Any]:
    answer = bundled.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert all(fits(each, {"result": [CANDIDATE]}) for each in found.values())
    return found


def test_the_manifest_says_what_there_is(bundled) -> None:
    told = bundled.get("/reconcile").json()
    assert fits(told, MANIFEST)
    assert "0.2" in told["versions"]
    for template in (told["view"]["url"], told["preview"]["url"]):
        assert bundled.client.get(template.replace("{{id}}", HUNT.replace("/", "%2F"))).status_code == 200
    proposed = told["extend"]["propose_properties"]
    answer = bundled.client.get(proposed["service_url"] + proposed["service_path"], params={"type": "Person"}).json()
    assert fits(answer, {"type": str, "properties": [TYPE]})


def test_names_find_actors_and_claims(bundled) -> None:
    found = ask(
        bundled,
        exact={"query": "jeremy  HUNT", "type": "Person"},
        alias={"query": "Mr Hunt", "type": ["Actor"], "type_strict": "any"},
        near={"query": "Jeremy Hnt", "limit": 1, "properties": [{"pid": "kind", "v": "Person"}]},
        claim={"query": "Hunt vetoed compromise", "type": "Claim"},
        none={"query": "zzzz qqqq"},
    )
    best = {name: each["result"][0] if each["result"] else None for name, each in found.items()}
    assert (best["exact"]["id"], best["exact"]["score"], best["exact"]["match"]) == (HUNT, 100, True)
    assert (best["alias"]["id"], best["alias"]["name"], best["alias"]["match"]) == (HUNT, "Jeremy Hunt", True)
    assert (best["near"]["id"], best["near"]["match"]) == (HUNT, False)
    assert len(found["near"]["result"]) == 1
    assert 60 <= best["near"]["score"] < 100
    assert best["claim"]["type"] == [{"id": "Claim", "name": "Claim"}]
    assert best["none"] is None
    assert all(each["type"][0]["id"] == "Person" for each in found["exact"]["result"])


def test_beginnings_are_completed(bundled) -> None:
    found = bundled.get("/reconcile/suggest/entity?prefix=jer").json()
    assert fits(found, SUGGESTED)
    assert HUNT in {each["id"] for each in found["result"]}
    for what, known in (("type", "Person"), ("property", "sameAs")):
        answer = bundled.get(f"/reconcile/suggest/{what}?prefix=").json()
        assert fits(answer, {"result": [TYPE]})
        assert known in {each["id"] for each in answer["result"]}


def test_columns_are_filled(bundled) -> None:
    asked = {"ids": [HUNT, "urn:nobody"], "properties": [{"id": "kind"}, {"id": "alias"}]}
    answer = bundled.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert answer["meta"] == [{"id": "kind", "name": "kind"}, {"id": "alias", "name": "alias"}]
    assert answer["rows"][HUNT] == {"kind": [{"str": "Person"}], "alias": [{"str": "Mr Hunt"}]}
    assert answer["rows"]["urn:nobody"] == {"kind": [], "alias": []}


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"queries": "[1"}, 400),
        ({"queries": "[" * 20_000}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q": {}}'}, 400),
        ({"queries": '{"q": {"query": "a", "limit": NaN}}'}, 400),
        ({"queries": '{"q": {"query": "a", "type": [[]]}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(201)})}, 400),
        ({"queries": json.dumps({"q": {"query": "a" * 1_001}})}, 400),
        ({"extend": '{"ids": [], "properties": [{"id": []}]}'}, 400),
        ({"extend": json.dumps({"ids": ["a"] * 1_001, "properties": []})}, 400),
        ({"callback": "alert"}, 400),
    ],
)
def test_what_is_no_question_is_refused(bundled, form: dict[str, str], status: int) -> None:
    answer = bundled.post("/reconcile", data=form)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_what_is_not_there_and_what_is_odd(bundled) -> None:
    assert bundled.get("/reconcile/preview?id=javascript:alert(1)").status_code == 404
    assert bundled.get("/reconcile/suggest/queries?prefix={}").status_code == 404
    assert bundled.post("/reconcile", json={"queries": {}}).status_code == 415
    found = ask(bundled, **{"<script>\ud800": {"query": "\ud800 Hunt", "limit": 1e308}})
    assert len(found) == 1
    other = {"Origin": "http://other.example"}
    assert bundled.post("/reconcile", data={"queries": "{}"}, headers=other).status_code == 403


def test_our_own_client_understands_it(bundled, tmp_path: Path) -> None:
    data = tmp_path / "d.ttl"
    data.write_text(
        "<urn:x:h> a <https://w3id.org/disputegraph/ns#Person> ;"
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "Jeremy Hunt" .',
        encoding="utf-8",
    )
    arguments = ["--endpoint", f"{bundled.address}/reconcile", "-d", str(data), "--type", "Person"]
    done = CliRunner().invoke(reconcile, arguments)
    assert done.exit_code == 0, done.output
    row = next(csv.DictReader(done.stdout.splitlines()))
    assert (row["other_iri"], row["score"], row["match"]) == (HUNT, "100.0", "yes")
    assert "1 names are sent to disputegraph" in done.stderr
