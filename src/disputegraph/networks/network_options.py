"""The kinds of network there are, and what each can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from disputegraph.errors import UsageError, nearest
from disputegraph.model import StatementTable
from disputegraph.networks.formulas import Floats
from disputegraph.networks.repeated_statements import WeekRule

KINDS = ("affiliation", "congruence", "conflict", "subtract", "cooccurrence", "signed", "portrayal", "hearsay")
BETWEEN = {
    "voices": "voice",
    "speakers": "speaker",
    "organisations": "organisation",
    "organizations": "organisation",
    "claims": "claim",
    "issues": "issue",
}
ACTORS = ("voice", "speaker", "organisation")
"""The fields that name actors."""
NORMALISATIONS = ("none", "activity", "prominence", "average", "jaccard", "cosine")
VALUES = ("count", "subtract", "combine")
BASELINES = ("none", "expected")

_FITTING = {
    "affiliation": ("none", "activity", "prominence"),
    "portrayal": ("none", "activity"),
    "hearsay": ("none", "activity"),
}
_AGREEING = ("congruence", "conflict", "subtract", "signed")
_ONE_MODE = ("none", "average", "jaccard", "cosine")


class NetworkOptions(TypedDict, total=False):
    """The options of `network`, `weigh` and `explain`, all by keyword.

    Attributes:
        between: nodes: ``voices`` (default), ``speakers``, ``organisations``, ``claims``, ``issues``, or any field of
            the statements, such as ``document`` or a coded variable.
        over: what nodes are compared over: ``claims`` (default between actors), ``issues``, ``voices`` (default
            between claims), or any field.
        qualifier: the field that says how a statement stands to its claim; ``polarity`` by default.
        value: number in an affiliation: ``count`` (default), ``subtract`` (affirming minus denying) or ``combine``
            (1 affirms, 2 denies, 3 both).
        normalise: ``none`` (default); ``activity`` or ``prominence`` for affiliation; ``average``, ``jaccard`` or
            ``cosine`` for networks of one sort of node.
        duplicates: within what a statement said again counts once: ``include`` (default: all count), ``document``,
            ``week``, ``month``, ``year`` or ``range``.
        min_statements: leave out nodes with fewer statements than this.
        backbone: keep only edges that the disparity filter finds significant at this level, between 0 and 1.
        isolates: also give the nodes that lost all their statements to a filter or to `min_statements`.
        universe: the statements from which isolates are taken, and with `dna_compat` the levels of a scale; by
            default all of the dispute.
        contradictions: in ``conflict``, ``subtract`` and ``signed`` networks of actors over claims, count as conflict
            that two actors affirm claims that contradict each other (default). Not with `dna_compat`, with another
            `qualifier` than polarity, or between other nodes.
        baseline: of ``congruence``, ``conflict``, ``subtract`` and ``signed``: ``expected`` counts agreement and
            conflict beyond what the margins of each claim let expect, see `expected_agreement`; ``none`` (default) all.
        amounts: what each statement counts for in the window of a kernel, one number for each row of the whole table;
            see `kernel_slices`. By default 1.
        dna_compat: compute as Discourse Network Analyzer 3.1.2 does, its quirks included.
        week_rule: with `dna_compat`, how weeks are numbered; see `WeekRule`.
    """

    between: str
    over: str | None
    qualifier: str
    value: str
    normalise: str
    duplicates: str
    min_statements: int
    backbone: float | None
    isolates: bool
    universe: StatementTable | None
    contradictions: bool
    baseline: str
    amounts: Floats | None
    dna_compat: bool
    week_rule: WeekRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`NetworkOptions`, complete and found to fit the kind."""

    kind: str
    between: str = "voices"
    over: str | None = None
    qualifier: str = "polarity"
    value: str = "count"
    normalise: str = "none"
    duplicates: str = "include"
    min_statements: int = 0
    backbone: float | None = None
    isolates: bool = False
    universe: StatementTable | None = None
    contradictions: bool = True
    baseline: str = "none"
    amounts: Floats | None = None
    dna_compat: bool = False
    week_rule: WeekRule = "en"

    def __post_init__(self) -> None:
        _one_of(self.kind, KINDS, "kind of network")
        _one_of(self.normalise, NORMALISATIONS, "normalisation")
        _one_of(self.value, VALUES, "value")
        _one_of(self.baseline, BASELINES, "baseline")
        fitting = _FITTING.get(self.kind, _ONE_MODE)
        if self.normalise not in fitting:
            raise UsageError(
                f"a {self.kind} network cannot be normalised by '{self.normalise}'; it can by {', '.join(fitting)}."
            )
        if self.kind != "affiliation" and self.value != "count":
            raise UsageError(f"'{self.value}' is a value of affiliation networks; a {self.kind} network has none.")
        if self.value == "combine" and self.normalise != "none" and not self.dna_compat:
            raise UsageError("'combine' numbers combinations, and to divide such numbers means nothing.")
        if self.value == "combine" and self.normalise == "prominence":
            raise UsageError("'combine' with 'prominence' gives no usable numbers in DNA either; choose another.")
        if self.backbone is not None and not 0 < self.backbone < 1:
            raise UsageError(f"a backbone's level lies between 0 and 1, such as 0.05; {self.backbone:g} does not.")
        if self.baseline != "none" and self.kind not in _AGREEING:
            raise UsageError(
                f"{self.kind} networks do not compare agreement with a baseline; {', '.join(_AGREEING)} do."
            )
        if self.baseline != "none" and self.dna_compat:
            raise UsageError("DNA has no baseline of agreement; leave out one of the two.")
        if self.amounts is not None:
            self.check_smoothing()
            if self.dna_compat:
                raise UsageError("DNA's kernels have faults that analyses do not repeat; leave out one of the two.")
        if self.min_statements < 0:
            raise UsageError("a smallest number of statements cannot be negative.")

    def check_smoothing(self) -> None:
        """Raise UsageError where statements cannot count in part, as in the windows of a kernel."""
        if self.kind in ("portrayal", "hearsay") or self.value == "combine" or self.normalise in ("jaccard", "cosine"):
            what = f"'{self.value}'" if self.value == "combine" else f"a {self.kind} network by '{self.normalise}'"
            raise UsageError(f"{what} counts whole statements and has no kernel windows; cut slices by --window alone.")

    @property
    def row_field(self) -> str:
        """The field whose values are the nodes."""
        return node_field(self.between)

    @property
    def column_field(self) -> str:
        """The field over which nodes are compared."""
        if self.over is None:
            return "voice" if self.row_field in ("claim", "issue") else "claim"
        return node_field(self.over)

    @property
    def counts_contradictions(self) -> bool:
        """Whether claims that contradict each other add to the conflict."""
        fields = self.row_field in ACTORS and self.column_field == "claim" and self.qualifier == "polarity"
        counting = self.kind in ("conflict", "subtract", "signed") and fields
        return counting and self.contradictions and not self.dna_compat

    @property
    def takes_sides(self) -> bool:
        """Whether only statements with a level of the qualifier count."""
        return self.kind in _AGREEING or self.value == "subtract"


def node_field(name: str) -> str:
    """Return the field meant by a name of nodes: ``voices`` is ``voice``; any other name is a field itself."""
    return BETWEEN.get(name, name)


def _one_of(word: str, known: tuple[str, ...], what: str) -> None:
    if word not in known:
        raise UsageError(f"unknown {what} '{word}'.{nearest(word, known)} There are {', '.join(known)}.")
