"""What schema.org has words for, of a thing that has a page: for search engines and other readers of JSON-LD.

https://schema.org/ (types Person, Organization, NewsMediaOrganization, Claim, CreativeWork, Event, Thing).
"""

from __future__ import annotations

from typing import Any

from disputegraph.model import Model, kind_named
from disputegraph.site.thing_portrait import ThingPortrait, web_address

_TYPES = {
    "Person": "Person",
    "NewsOrganization": "NewsMediaOrganization",
    "Collective": "Organization",
    "Hospital": "Hospital",
    "HospitalTrust": "Organization",
    "Organization": "Organization",
    "Ballot": "Event",
    "IndustrialAction": "Event",
    "Negotiation": "Event",
    "Event": "Event",
}
_MOST = 50
"""Appearances of a claim that are named; a reader who wants all takes the data."""


def structured_data(told: ThingPortrait, model: Model, label: str, page: str) -> dict[str, Any] | None:
    """Return the JSON-LD of a thing; None for utterances, for which schema.org has no word."""
    if told.type == "Utterance":
        return None
    found, iri = told.found, told.found["iri"]
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": _type(told, model), "@id": iri, "name": label}
    data["description"] = told.lead
    data["mainEntityOfPage"] = page
    data["sameAs"] = [address for address in model.facts.texts(model.facts.code(iri), "schema:sameAs")
                      if web_address(address)]  # fmt: skip
    if told.type == "Actor":
        data["alternateName"] = found["aliases"]
        if data["@type"] == "Person":
            data["jobTitle"] = found["posts"]
            data["affiliation"] = _named("Organization", found, "organisations")
        elif data["@type"] != "Thing":
            data["memberOf"] = _named("Organization", found, "organisations")
    elif told.type == "Claim":
        data["text"] = told.lead or label
        data["about"] = [
            {"@id": about, "name": model.labels[about]} for about in (*found["subject_iri"], *found["target_iri"])
        ]
        places = {said["document_iri"]: said["document"] for said in found["utterances"] if said["document_iri"]}
        data["appearance"] = [
            {"@type": "CreativeWork", "@id": document, "name": name} for document, name in list(places.items())[:_MOST]
        ]
    elif told.type == "Document":
        facts, code = model.facts, model.facts.code(iri)
        publisher = facts.pairs("dcterms:publisher").of(code)
        named = [{"@type": "Organization", "name": model.labels.of(one)} for one in publisher[:1]]
        data["publisher"] = named[0] if named else None
        data["datePublished"] = found["date"]
        data["inLanguage"] = facts.text(code, "dcterms:language")
        data["url"] = next(filter(web_address, facts.texts(code, "schema:url", "dcterms:source")), None)
    elif data["@type"] == "Event":
        facts, code = model.facts, model.facts.code(iri)
        data["startDate"] = facts.text(code, "dg:startedAt", "schema:startDate")
        data["endDate"] = facts.text(code, "dg:endedAt", "schema:endDate")
    return {key: value for key, value in data.items() if value}


def _type(told: ThingPortrait, model: Model) -> str:
    if told.type == "Claim":
        return "Claim"
    kind = model.kind(told.found["iri"])
    if told.type == "Document":
        return "CreativeWork"
    acts = (known := kind_named(kind)) is not None and known.organised
    return _TYPES.get(kind, "Organization" if acts else "Thing")


def _named(type_: str, found: dict[str, Any], name: str) -> list[dict[str, str]]:
    return [{"@type": type_, "@id": iri, "name": label}
            for label, iri in zip(found[name], found[f"{name}_iri"], strict=True)]  # fmt: skip
