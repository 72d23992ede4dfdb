"""The site's own pages: start, index, codebook, method and data."""

from __future__ import annotations

from typing import Any

from disputegraph.site.codebook import claims_by_issue, value_tables
from disputegraph.site.dataset_description import Dump
from disputegraph.site.frame import render
from disputegraph.site.method_facts import MeasuredAgreement, method_facts
from disputegraph.site.site_contents import NAVIGATION, SiteContents

_BUSIEST = 12
"""Actors and claims that a list of the first page names."""


def overview_pages(site: SiteContents, dumps: list[Dump], measured: MeasuredAgreement | None) -> dict[str, str]:
    """Return the HTML of the site's own pages by the name of the file."""
    model, data = site.model, site.data
    facts = method_facts(model, site.portraits, site.sources)
    summary = data["description"] or (
        f"Who says what about whom: {len(model.actors)} actors, {len(model.claims)} claims, {facts['statements']} "
        f"statements in {len(data['documents'])} documents."
    )
    divided = [claim for claim in model.claims if claim.affirms and claim.denies]
    divided.sort(key=lambda claim: (-min(claim.affirms, claim.denies), -(claim.affirms + claim.denies), claim.label))
    heard = [actor for actor in model.actors if actor.utterances]
    spoken_of = [actor for actor in model.actors if actor.claims_about]
    pages: dict[str, tuple[str, str, dict[str, Any]]] = {
        "index": (
            site.title,
            summary,
            {
                "structured": _dataset(site, dumps, summary),
                "description": data["description"],
                "counts": {
                    "actors": len(model.actors),
                    "claims": len(model.claims),
                    "documents": len(data["documents"]),
                },
                "contested": divided[:_BUSIEST],
                "voices": sorted(heard, key=lambda actor: (-actor.utterances, actor.label))[:_BUSIEST],
                "spoken_of": sorted(spoken_of, key=lambda actor: (-actor.claims_about, actor.label))[:_BUSIEST],
            },
        ),
        "search": ("Index and search", "Everything that has a page", {"groups": _index(site)}),
        "codebook": (
            "Codebook",
            "How statements were coded, and the claims, issue by issue",
            {"tables": value_tables(model), "issues": claims_by_issue(model)},
        ),
        "method": (
            "Method",
            "Who coded, what counts, and how sure the figures are",
            {
                "measured": measured,
                "coders": data["coders"],
                "coded": data["coded"],
                "sources": site.sources is not None,
                "words": [(record["label"], record["words"]) for record in data["documents"] if record.get("words")],
            },
        ),
        "data": (
            "Data",
            "The data of this site to download, and to be read by programs",
            {
                "dumps": dumps,
                "licence": data["licence"],
                "licence_label": data["licence_label"],
                "published": site.published,
                "data_base": site.data_base,
            },
        ),
    }
    named = {address: name for name, address in NAVIGATION}
    return {
        f"{name}.html": render(
            name,
            site.frame(""),
            title=title,
            summary=told if name == "index" else f"{told}: {site.title}.",
            canonical=_canonical(site, name),
            current=named[f"{name}.html"],
            address=site.addresses.page,
            facts=facts,
            **values,
        )
        for name, (title, told, values) in pages.items()
    }


def _canonical(site: SiteContents, name: str) -> str:
    return (site.base if name == "index" else f"{site.base}{name}.html") if site.published else ""


def _index(site: SiteContents) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return kind and (label, address) of everything that has a page, actors first."""
    groups: dict[str, list[tuple[str, str]]] = {"Actors": [], "Claims": [], "Documents": []}
    for label, kind, address, _ in site.entries():
        groups.setdefault(kind, []).append((label, address))
    return [(kind, sorted(found, key=lambda entry: entry[0].casefold())) for kind, found in groups.items() if found]


def _dataset(site: SiteContents, dumps: list[Dump], summary: str) -> dict[str, Any]:
    """Return what search engines for data want to know (schema.org Dataset)."""
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site.base}void.ttl#dataset",
        "name": site.title,
        "description": summary,
        "url": site.base if site.published else "",
        "license": site.data["licence"],
        "creator": [{"@type": "Organization", "name": name} for name in site.data["coders"]],
        "dateCreated": site.data["coded"],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.title,
                "contentUrl": dump.address,
                "encodingFormat": dump.media_type,
            }
            for dump in dumps
        ],
    }
    return {key: value for key, value in data.items() if value}
