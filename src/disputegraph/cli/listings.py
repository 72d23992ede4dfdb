"""`disputegraph actors`, `claims` and `utterances`: typed listings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from disputegraph.cli.data import data_options, open_data
from disputegraph.cli.output import (
    chosen_format,
    format_option,
    output_option,
    write_csv,
    write_json,
    write_jsonl,
    write_table,
)
from disputegraph.records import Actor, Claim, Records, Utterance

_FORMATS = ["table", "csv", "json", "jsonl"]


@click.command()
@data_options
@format_option(_FORMATS)
@output_option
def actors(data: tuple[str, ...], allow_network: bool, format: str | None, output: str | None) -> None:
    """List the actors.

    Kind, posts, how many utterances are in each one's voice and how many claims are about it.
    """
    with open_data(data, allow_network=allow_network) as store:
        listed = Records(store).actors
    columns = ("actor", "kind", "posts", "utterances", "claims_about", "iri")
    _write(listed, columns, [_actor_row(actor) for actor in listed], format, output)


@click.command()
@data_options
@format_option(_FORMATS)
@output_option
def claims(data: tuple[str, ...], allow_network: bool, format: str | None, output: str | None) -> None:
    """List the claims with their utterances.

    jsonl gives one object a claim, with every utterance, who passed it on, and where it stands.
    """
    with open_data(data, allow_network=allow_network) as store:
        listed = Records(store).claims
    columns = ("claim", "agent", "action", "target", "affirms", "denies", "neutral", "hearsay", "voices", "iri")
    _write(listed, columns, [_claim_row(claim) for claim in listed], format, output)


@click.command()
@data_options
@format_option(_FORMATS)
@output_option
def utterances(data: tuple[str, ...], allow_network: bool, format: str | None, output: str | None) -> None:
    """List the utterances.

    One row an utterance: date, voice, speaker, polarity, claim, who passed it on, and where it stands.
    """
    with open_data(data, allow_network=allow_network) as store:
        listed = Records(store).utterances
    columns = (
        "date", "voice", "speaker", "polarity", "claim", "certainty", "speech_act", "via", "anchors", "iri",
    )  # fmt: skip
    _write(listed, columns, [_utterance_row(utterance) for utterance in listed], format, output)


def _actor_row(actor: Actor) -> tuple[object, ...]:
    return actor.label, actor.kind, "; ".join(actor.posts), actor.utterances, actor.claims_about, actor.iri


def _claim_row(claim: Claim) -> tuple[object, ...]:
    shown = claim.to_dict()
    voices = sorted({utterance.voice.label for utterance in claim.utterances if utterance.voice})
    hearsay = sum(bool(utterance.via) for utterance in claim.utterances)
    counts = (claim.count("affirms"), claim.count("denies"), claim.count("neutral"), hearsay)
    return (claim.label, shown["agent"], claim.action, shown["target"], *counts, "; ".join(voices), claim.iri)


def _utterance_row(utterance: Utterance) -> tuple[object, ...]:
    shown = utterance.to_dict()
    via = " → ".join(ref.label for ref in utterance.via)
    anchors = "; ".join(f"{anchor.start}–{anchor.end}" for anchor in utterance.anchors)
    return (
        shown["date"], shown["voice"], shown["speaker"], shown["polarity"], shown["claim"], shown["certainty"],
        shown["speech_act"], via, anchors, utterance.iri,
    )  # fmt: skip


def _write(
    records: Sequence[Actor | Claim | Utterance],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    given: str | None,
    output: str | None,
) -> None:
    form = chosen_format(given, output, {name: name for name in _FORMATS}, "table")
    if form == "csv":
        write_csv(columns, rows, output=output)
    elif form == "table":
        # The IRI is for machines; people find the node by its name.
        write_table(columns[:-1], [row[:-1] for row in rows], output=output)
    else:
        values: list[dict[str, Any]] = [record.to_dict() for record in records]
        (write_json if form == "json" else write_jsonl)(values, output=output)
