"""`disputegraph actors`, `claims` and `utterances`: typed listings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

import click

from disputegraph.cli.data import data_options, named_data, note_broken, open_data
from disputegraph.cli.output import (
    chosen_format,
    format_option,
    output_option,
    write_csv,
    write_json,
    write_jsonl,
    write_table,
)
from disputegraph.model import Actor, Claim, Model, Utterance, local_name


class _Record(Protocol):
    def to_dict(self) -> dict[str, Any]: ...


_FORMATS = ["table", "csv", "json", "jsonl"]


@click.command()
@data_options
@click.option("--duplicates", is_flag=True, help="List actors that are likely the same instead, each with the reason.")
@format_option(_FORMATS)
@output_option
def actors(duplicates: bool, format: str | None, output: str | None) -> None:
    """List the actors.

    Kind, posts, how many utterances are in each one's voice and how many claims are about it.
    """
    if duplicates:
        _write_duplicates(format, output)
        return
    with open_data() as store:
        listed = (model := Model(store)).actors
        note_broken(len(model.said.broken))
    columns = ("actor", "kind", "posts", "utterances", "claims_about", "iri")
    _write(listed, columns, [_actor_row(actor) for actor in listed], format, output)


@click.command()
@data_options
@format_option(_FORMATS)
@output_option
def claims(format: str | None, output: str | None) -> None:
    """List the claims with their utterances.

    jsonl gives one object a claim, with every utterance, who passed it on, and where it stands.
    """
    columns = (
        "claim", "subject", "action", "target", "affirms", "denies", "neutral", "hearsay", "withdrawn", "voices", "iri",
    )  # fmt: skip
    with open_data() as store:
        listed = (model := Model(store)).claims
        note_broken(len(model.said.broken))
        _write(listed, columns, [_claim_row(claim) for claim in listed], format, output)


@click.command()
@data_options
@format_option(_FORMATS)
@output_option
def utterances(format: str | None, output: str | None) -> None:
    """List the utterances.

    One row an utterance: date, voice, speaker, polarity, claim, who passed it on (which is not listed by itself),
    and where it stands.
    """
    with open_data() as store:
        listed = (model := Model(store)).utterances
        note_broken(len(model.said.broken))
    columns = (
        "date", "voice", "speaker", "polarity", "claim", "certainty", "speech_act", "tone", "via", "withdrawn",
        "anchors", "iri",
    )  # fmt: skip
    _write(listed, columns, [_utterance_row(utterance) for utterance in listed], format, output)


def _write_duplicates(given: str | None, output: str | None) -> None:
    from disputegraph.identity import find_duplicates

    with ExitStack() as opened:
        # Each file by itself, so that a pair says where either is described.
        stores = [(name, opened.enter_context(open_data(name))) for name in named_data() or ("",)]
        pairs = find_duplicates(stores)
    columns = ("score", "actor", "other", "reason", "iri", "other_iri")
    rows = [
        (f"{pair.score:.0f}", pair.label, pair.other_label, pair.reason, pair.iri, pair.other_iri) for pair in pairs
    ]
    _write(pairs, columns, rows, given, output, hidden=2)


def _actor_row(actor: Actor) -> tuple[object, ...]:
    return actor.label, actor.kind, "; ".join(actor.posts), actor.utterances, actor.claims_about, actor.iri


def _claim_row(claim: Claim) -> tuple[object, ...]:
    voices = "; ".join(dict.fromkeys(voice.label for voice in claim.voices))
    counts = (claim.affirms, claim.denies, claim.neutral, claim.hearsay, claim.withdrawn)
    return (claim.label, claim.subject, claim.action, claim.target, *counts, voices, claim.iri)


def _utterance_row(utterance: Utterance) -> tuple[object, ...]:
    voice, speaker, claim = (ref and ref.label for ref in (utterance.voice, utterance.speaker, utterance.claim))
    via = " → ".join(ref.label for ref in utterance.via) or ("somebody" if utterance.hearsay else "")
    by = ", ".join(map(local_name, utterance.superseded_by))
    parts = (utterance.withdrawn_on, utterance.withdrawn_because, by and f"by {by}")
    withdrawn = "; ".join(filter(None, parts)) or ("yes" if utterance.withdrawn else "")
    anchors = "; ".join(f"{anchor.start}–{anchor.end}" for anchor in utterance.anchors if anchor.start is not None)
    return (
        utterance.date, voice, speaker, utterance.polarity, claim, utterance.certainty, utterance.speech_act,
        utterance.tone, via, withdrawn, anchors, utterance.iri,
    )  # fmt: skip


def _write(
    records: Sequence[_Record],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    given: str | None,
    output: str | None,
    *,
    hidden: int = 1,
) -> None:
    """Write records; a table leaves out the last `hidden` columns, which are for machines."""
    form = chosen_format(given, output, {name: name for name in _FORMATS}, "table")
    if form == "csv":
        write_csv(columns, rows, output=output)
    elif form == "table":
        write_table(columns[:-hidden], [row[:-hidden] for row in rows], output=output)
    else:
        values: list[dict[str, Any]] = [record.to_dict() for record in records]
        (write_json if form == "json" else write_jsonl)(values, output=output)
