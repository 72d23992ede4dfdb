"""The analyses that one asks of a dispute at hand, each with what it says and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from disputegraph.model import HearsayRule, Model, StatementTable, statements
from disputegraph.results.analysis_results import balance_found, contested_found, polarisation_found
from disputegraph.results.coalition_results import coalitions_found
from disputegraph.results.result_tables import Found

if TYPE_CHECKING:
    from disputegraph.analysis import Balance, Coalitions, ContestedClaim, Inference, Partition, Polarisation
    from disputegraph.networks import Contribution

_SECONDS = 60.0


class DisputeAnalyses:
    """What can be asked of the statements of a dispute.

    All take ``hearsay``: which hearsay counts, ``news`` (what news organisations pass on), ``all`` or ``none``; and the
    options of networks (`disputegraph.networks.NetworkOptions`): ``between``, ``over``, ``duplicates``, ``baseline`` …
    """

    @property
    def model(self) -> Model:
        """The reading of the dispute."""
        raise NotImplementedError

    def coalitions(
        self, *, hearsay: HearsayRule = "news", inference: Inference | None = None, **options: Any
    ) -> Found[Coalitions | Partition]:
        """Return which voices stand together, and how sure that is.

        Args:
            hearsay: which hearsay counts.
            inference: how many shuffles and draws; by default 200 of each.
            options: those of `disputegraph.analysis.coalitions`.

        Examples:
            >>> import disputegraph
            >>> found = disputegraph.open_data().coalitions(hangs_on=False)
            >>> [len(members) for members in found.to_dict()["coalitions"]]
            [4, 2]
        """
        from disputegraph.analysis import coalitions

        table = self._table(hearsay)
        made = coalitions(table, inference=inference, **options)
        named = [each.name for each in made.stability.hangs_on] if made.stability else []
        return coalitions_found(made.partition, made, called=table.names(named).labels)

    def balance(
        self,
        *,
        hearsay: HearsayRule = "news",
        ties: str = "statements",
        inference: Inference | None = None,
        time_limit: float = _SECONDS,
        **options: Any,
    ) -> Found[Balance]:
        """Return how far the network is from two clean coalitions, beside what chance gives."""
        from disputegraph.analysis import Inference, balance, balance_figures, find_ties

        table, half = self._table(hearsay), time_limit / 2
        found = balance(find_ties(table, ties, **options).network(), time_limit=half)
        how = inference or Inference()
        figures, size = balance_figures(found, table, ties=ties, inference=how, time_limit=half, **options)
        return balance_found(found, figures, size)

    def polarisation(
        self, *, hearsay: HearsayRule = "news", window: str | None = None, width: int = 1, **options: Any
    ) -> Found[Sequence[Polarisation]]:
        """Return how polarised the dispute is beside chance; with `window`, in each time slice.

        Args:
            hearsay: which hearsay counts.
            window: ``days``, ``weeks``, ``months`` or ``years``; by default the whole time is one.
            width: units in a time slice.
            options: those of `disputegraph.analysis.polarisation`.
        """
        from disputegraph.analysis import polarisation
        from disputegraph.networks import slices

        table = self._table(hearsay)
        cut = slices(table, window, width) if window else []
        found = [polarisation(each.table, first=each.first, last=each.last, **options) for each in cut]
        return polarisation_found(found or [polarisation(table, **options)], columns_from=1 if window else 3)

    def contested(
        self, *, hearsay: HearsayRule = "news", between: str = "voices", everything: bool = False
    ) -> Found[Sequence[ContestedClaim]]:
        """Return the contested claims, with who stands where; with `everything`, the others as well."""
        from disputegraph.analysis import contested

        table = self._table(hearsay)
        return contested_found(contested(table, between=between), table, everything=everything)

    def explain(
        self, a: str, b: str, kind: str = "congruence", *, hearsay: HearsayRule = "news", **options: Any
    ) -> list[Contribution]:
        """Return the utterances behind the edge between two nodes of a network, the largest part first.

        Args:
            a: a node, by name or IRI.
            b: the other one.
            kind: the network; see `disputegraph.networks.network`.
            hearsay: which hearsay counts.
            options: those of the network.

        Raises:
            UsageError: no node of the network is called so.
        """
        from disputegraph.networks import explain

        return explain(self._table(hearsay), kind, a, b, **options)

    def _table(self, hearsay: HearsayRule) -> StatementTable:
        from disputegraph.networks import coded_once

        table = statements(self.model, hearsay=hearsay)
        return table.take(coded_once(table))
