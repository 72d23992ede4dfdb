"""Agreement in plain words: a sentence for each thing measured, and the paragraph that a paper needs."""

from __future__ import annotations

from collections.abc import Sequence

from disputegraph.analysis.agreement_measures import Measure
from disputegraph.analysis.coder_agreement import Agreement

_RELIABLE, _TENTATIVE = 0.8, 2 / 3
_FEW = 10
_NAMES = {
    "unit": "whether a word is in an utterance",
    "spans": "where utterances stand",
    "speaker": "the speaker",
    "voice": "the voice",
    "claim": "the claim",
    "polarity": "the polarity",
    "certainty": "the certainty",
    "speech_act": "the speech act",
    "hearsay": "whether it is hearsay",
}


def read_agreement(found: Agreement) -> str:
    """Say how many utterances coders have in common, and on what they agree least."""
    who = _listed(found.coders)
    alone = ", ".join(f"{count} {coder} alone" for coder, count in found.unmatched.items())
    text = (
        f"{who} coded {_count(found.documents, 'document')}: {_count(found.units, 'utterance')}, of which "
        f"{found.matched} {'is' if found.matched == 1 else 'are'} common to two or more ({alone})."
    )
    defined = [m for m in found.measures.values() if m.alpha is not None and m.name not in ("unit", "spans")]
    if defined:
        worst = min(defined, key=lambda measure: (measure.alpha or 0.0, measure.name))
        text += f" They agree least on {_NAMES[worst.name]} (α {_figure(worst.alpha)})."
    if found.drift:
        pair = found.drift[0]
        text += f" They most often take '{pair.one.label}' and '{pair.other.label}' for each other ({pair.count})."
    return text


def read_measure(measure: Measure) -> str:
    """Say how far coders agree on one thing, and what may be concluded by the usual bounds.

    Bounds: alpha of .800 for conclusions, .667 for tentative ones (Krippendorff 2019, ch. 12).
    """
    name = _NAMES[measure.name].capitalize()
    if not measure.n:
        return f"{name}: nothing to compare; {measure.undefined}."
    text = f"{name}: {measure.percent or 0:.0%} of {_count(measure.n, measure.of.removesuffix('s'))} agreed upon"
    if measure.alpha is None:
        return f"{text}; α is not defined, since {measure.undefined}."
    text += f", α {_figure(measure.alpha)}"
    if measure.interval is not None:
        text += f" ({_figure(measure.interval.low)} to {_figure(measure.interval.high)})"
    if measure.alpha >= _RELIABLE:
        text += ": reliable by the usual bound of .800"
    elif measure.alpha >= _TENTATIVE:
        text += ": enough for tentative conclusions (.667), not for more (.800)"
    else:
        text += ": below .667, the usual bound for tentative conclusions"
    if measure.n < _FEW:
        text += f". With {measure.n}, each weighs much"
    return text + "."


def methods_paragraph(found: Agreement, *, title: str, program: str, texts: Sequence[str] = ()) -> str:
    """Return the sentences that a paper needs, with all figures.

    Args:
        found: the agreement.
        title: what the dispute is called.
        program: name and version of the program.
        texts: digests of the texts, to be named as what was coded.
    """
    many = "two coders" if len(found.coders) == 2 else f"{len(found.coders)} coders"  # noqa: PLR2004
    documents = _count(found.documents, "document")
    coded = _listed([f"{count} ({coder})" for coder, count in found.coded.items()])
    alone = _listed([f"{count} by {coder} alone" for coder, count in found.unmatched.items()])
    opening = (
        f"To measure the reliability of the coding of '{title}', {many} ({_listed(found.coders)}) coded {documents} "
        f"without sight of each other's codings. They coded {coded} utterances. Utterances of different coders were "
        "taken for the same where at least half of the shorter one's words are common, by the optimal assignment on "
        f"common words and speaker. Of {_count(found.units, 'utterance')}, {found.matched} were found by two or more "
        f"coders; {alone}."
    )
    sentences = [opening]
    figures = []
    for measure in found.measures.values():
        if measure.alpha is None:
            figures.append(f"{_NAMES[measure.name]}: not defined ({measure.undefined or 'nothing to compare'})")
            continue
        name = "unitizing α" if measure.name == "spans" else "α"
        parts = [f"{name} = {_figure(measure.alpha)}"]
        if measure.interval is not None:
            parts.append(f"95% interval {_figure(measure.interval.low)} to {_figure(measure.interval.high)}")
        if measure.alpha_ordinal is not None:
            parts.append(f"ordinal α = {_figure(measure.alpha_ordinal)}")
        if measure.kappa is not None:
            parts.append(f"{'Cohen' if len(found.coders) == 2 else 'Fleiss'}'s κ = {_figure(measure.kappa)}")  # noqa: PLR2004
        if measure.ac1 is not None:
            parts.append(f"AC1 = {_figure(measure.ac1)}")
        parts.append(f"{measure.percent or 0:.1%} agreement, n = {measure.n:,} {measure.of}")
        figures.append(f"{_NAMES[measure.name]}: {', '.join(parts)}")
    sentences.append(
        f"Agreement (Krippendorff's α, nominal unless said otherwise; Krippendorff 2019) on {'; '.join(figures)}."
    )
    if any(measure.interval is not None for measure in found.measures.values()):
        sentences.append(
            f"Intervals are percentiles of {found.draws:,} bootstrap draws of whole documents (seed {found.seed})."
        )
    elif found.documents == 1:
        sentences.append("A single document allows no interval.")
    if texts:
        sentences.append(f"Texts, by the first digits of their SHA-256: {', '.join(text[:12] for text in texts)}.")
    sentences.append(f"Computed with {program}.")
    return " ".join(sentences)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace("-", "−")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
