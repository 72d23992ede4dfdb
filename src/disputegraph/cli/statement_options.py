"""The options that choose which statements count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from disputegraph.errors import UsageError

if TYPE_CHECKING:
    from disputegraph.model import StatementTable

__all__ = ["chosen_statements", "statement_options"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def statement_options(function: _Function) -> _Function:
    """Give a command ``--since``, ``--until``, ``--include``, ``--exclude`` and ``--first-hand``."""
    for option in (
        click.option("--first-hand", is_flag=True, help="Leave out what is known through somebody else only."),
        click.option(
            "--exclude",
            multiple=True,
            metavar="FIELD=VALUE",
            help="Leave out statements with this value, as in via=BBC; repeatable, any of them excludes.",
        ),
        click.option(
            "--include",
            multiple=True,
            metavar="FIELD=VALUE",
            help="Keep only statements with this value; repeatable: values of one field are alternatives, several "
            "fields must all fit.",
        ),
        click.option("--until", metavar="DATE", help="Last day, month or year of the statements, to its end."),
        click.option("--since", metavar="DATE", help="First day of the statements, as 2016-02-10, 2016-02 or 2016."),
    ):
        function = option(function)
    return function


def chosen_statements(table: StatementTable, chosen: Mapping[str, Any]) -> tuple[StatementTable, StatementTable]:
    """Return the statements within the dates, and of those the ones that the other options let through.

    Raises:
        UsageError: a filter is not of the form FIELD=VALUE, or names what is not there.
    """
    from disputegraph.networks import select

    loaded = select(table, since=chosen["since"], until=chosen["until"])
    return loaded, select(
        loaded,
        include=_pairs(chosen["include"], "--include"),
        exclude=_pairs(chosen["exclude"], "--exclude"),
        first_hand=chosen["first_hand"],
    )


def _pairs(filters: Iterable[str], option: str) -> dict[str, list[str]]:
    from disputegraph.networks import node_field

    fields: dict[str, list[str]] = {}
    for text in filters:
        field, equals, value = text.partition("=")
        if not equals or not field.strip() or not value.strip():
            raise UsageError(f"'{option} {text}' is not of the form FIELD=VALUE, as in via=BBC.")
        fields.setdefault(node_field(field.strip()), []).append(value.strip())
    return fields
