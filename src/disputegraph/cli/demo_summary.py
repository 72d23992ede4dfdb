"""What `disputegraph demo` does: the main job on a dispute, and a summary of what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from disputegraph.checks import integrity_rules
from disputegraph.cli.demo_whole_dispute import whole_summary
from disputegraph.dispute import Dispute
from disputegraph.model import Utterance, statements
from disputegraph.networks import weigh, write_network
from disputegraph.rdf import make_folder, open_output

_SHOWN = 3


def run_demo(dispute: Dispute, whole: Dispute, folder: Path) -> str:
    """Write the page, two networks and the Turtle of a dispute into `folder`, and return what there is to tell.

    Raises:
        OutputError: the folder or a file in it cannot be written.
    """
    make_folder(folder)
    dispute.page(folder / "page.html")
    dispute.write(folder / "dispute.ttl")
    table = statements(dispute.store)
    for kind, form in (("congruence", "graphml"), ("portrayal", "gexf")):
        with open_output(folder / f"{kind}.{form}") as stream:
            write_network(weigh(table, kind), stream, form)
    lines = [
        *_heading(dispute),
        *_sources(dispute),
        *_who_accuses(dispute.network("portrayal")),
        *_who_agrees(dispute.network("congruence")),
        *_checked(dispute),
        *whole_summary(whole, folder),
        "Written",
        f"  {folder / 'page.html'}            the dispute to click through; open it in a browser",
        f"  {folder / 'junior-doctors.html'}  the whole dispute, of many documents",
        f"  {folder / 'dispute.ttl'}          the whole graph as Turtle, for other tools",
        f"  {folder / 'congruence.graphml'}   who affirms and denies the same, for Gephi or networkx",
        f"  {folder / 'portrayal.gexf'}       who accuses or credits whom, for Gephi or networkx",
        "",
        "Next",
        '  disputegraph show "Hunt vetoed compromise"    a claim, down to its evidence',
        "  disputegraph queries                          questions that are ready to be asked",
        "  disputegraph query accusations                … one of them, answered",
        "  disputegraph claims -d junior-doctors         the whole dispute; docs/junior-doctors.md tells what it shows",
        "",
    ]
    return "\n".join(lines)


def _heading(dispute: Dispute) -> Iterator[str]:
    said = dispute.utterances()
    hearsay = sum(bool(utterance.via) for utterance in said)
    documents = {anchor.document for utterance in said for anchor in utterance.anchors}
    titles = dispute.select("SELECT ?title { ?d a dg:Dispute ; dcterms:title ?title } ORDER BY ?title LIMIT 1")
    yield titles[0]["title"] if titles else dispute.store.location
    yield (
        f"  {len(dispute.actors())} actors, {len(dispute.claims())} claims, {len(said)} utterances ({hearsay} of them "
        f"hearsay), {len(dispute.stances())} stances, {len(documents)} document{'s' * (len(documents) != 1)}, "
        f"{len(dispute):,} triples"
    )
    yield ""


def _sources(dispute: Dispute) -> Iterator[str]:
    """Tell which claims several witnesses affirm, and which only look so because one was printed more than once."""
    claims = dispute.claims()
    several = {row["iri"] for row in dispute.select("corroborated")}
    news = {actor.iri for actor in dispute.actors() if actor.kind == "NewsOrganization"}
    yield "Affirmed by more than one source"
    for claim in claims:
        if claim.iri in several:
            affirming = (utterance for utterance in claim.utterances if utterance.polarity == "affirms")
            sources = sorted(_source(one) for one in affirming if news.issuperset(ref.iri for ref in one.via))
            yield f"  {claim.label}: {'; '.join(sources)}"
    yield ""
    yield "Printed more than once, and still one source"
    for claim in claims:
        for utterance in claim.utterances:
            if len(utterance.anchors) > 1:
                yield f"  {claim.label}: {_source(utterance)}, {len(utterance.anchors)} places"
    yield ""


def _source(utterance: Utterance) -> str:
    voice = utterance.voice.label if utterance.voice else "somebody"
    return voice + (f" (via {' → '.join(ref.label for ref in utterance.via)})" if utterance.via else "")


def _who_accuses(portrayal: Any) -> Iterator[str]:
    """Tell who is accused most, and by whom most."""
    accused: Counter[str] = Counter()
    by: dict[str, Counter[str]] = {}
    for source, target, values in portrayal.edges(data=True):
        if values["accuses"]:
            accused[target] += values["accuses"]
            by.setdefault(target, Counter())[source] += values["accuses"]
    label = portrayal.nodes(data="label")
    yield "Accused most"
    for node, count in sorted(accused.items(), key=lambda item: (-item[1], label[item[0]]))[:_SHOWN]:
        sources = sorted(by[node].items(), key=lambda item: (-item[1], label[item[0]]))
        yield f"  {label[node]}: {count} times, by {', '.join(f'{label[who]} ({n})' for who, n in sources[:_SHOWN])}"
    yield ""


def _who_agrees(congruence: Any) -> Iterator[str]:
    """Tell the strongest ties of the congruence network."""
    label = congruence.nodes(data="label")
    edges = sorted(
        congruence.edges(data="weight"), key=lambda edge: (-edge[2], *sorted((label[edge[0]], label[edge[1]])))
    )
    ties = f"{congruence.number_of_edges()} tie{'s' * (congruence.number_of_edges() != 1)}"
    yield f"Say the same ({congruence.number_of_nodes()} voices, {ties})"
    for one, other, weight in edges[:_SHOWN]:
        first, second = sorted((label[one], label[other]))
        yield f"  {first} and {second}: congruence {weight:g}"
    yield ""


def _checked(dispute: Dispute) -> Iterator[str]:
    findings = Counter(finding.severity for finding in dispute.check())
    yield "Checked"
    rules, wrong, odd = len(integrity_rules()), findings["violation"], findings["warning"]
    yield f"  {rules} integrity rules: {wrong} violations, {odd} warnings"
    yield ""
