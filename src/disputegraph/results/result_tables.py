"""What an analysis found, as people read it: a sentence or two, tables, and all figures as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from disputegraph.results.data_frames import frame_of

if TYPE_CHECKING:
    import jinja2
    import pandas as pd

    from disputegraph.analysis import Tested

Result = TypeVar("Result")
_TEMPLATE = """
{%- if text %}<p>{{ text }}</p>{% endif -%}
{%- if header %}<table><thead><tr>{% for name in header %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for cell in row %}<td>{{ "" if cell is none else cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endif -%}
{%- if of > rows|length %}<p>{{ rows|length }} of {{ of }} rows.</p>{% endif -%}
"""
FIGURE_COLUMNS = ("figure", "value", "95% interval", "expected", "z", "p")


class Block(NamedTuple):
    """A table below the reading; one without rows is not shown."""

    columns: Sequence[str]
    rows: list[list[Any]]
    title: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found(Generic[Result]):
    """What an analysis found; it shows itself in a notebook.

    Attributes:
        result: the result itself, as `disputegraph.analysis` gives it.
        reading: what it says, in plain words, and how sure that is.
        tables: the tables that the command line shows; the first is the main one.
        figures: gives all figures as plain JSON.
    """

    result: Result
    reading: str
    tables: tuple[Block, ...]
    figures: Callable[[], dict[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """Return all figures as plain JSON, as ``-f json`` writes them."""
        return {"reading": self.reading, **self.figures()}

    def to_pandas(self) -> pd.DataFrame:
        """Return the main table as a `pandas.DataFrame`; raises UsageError where pandas is not installed."""
        columns, rows, _ = self.tables[0]
        frame: pd.DataFrame = frame_of(
            {name: [row[place] for row in rows] for place, name in enumerate(columns)}, "pandas"
        )
        return frame

    def __str__(self) -> str:
        return self.reading

    def _repr_html_(self) -> str:
        shown = [html_table(each.columns, each.rows, text=each.title or "") for each in self.tables if each.rows]
        return html_table([], [], text=self.reading) + "".join(shown)


def records(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return dataclasses as dictionaries; `dataclasses.asdict` would copy all that is in them."""
    return [{field.name: getattr(each, field.name) for field in fields(each)} for each in found]


def percent(share: float | None) -> str:
    """Return a share as a percentage, or an empty text for none."""
    return "" if share is None else f"{share:.0%}"


def interval_text(interval: tuple[float, float] | None) -> str:
    """Return the two ends of an interval, or an empty text for none."""
    return "" if interval is None else f"{interval[0]:.3g} to {interval[1]:.3g}"


def figure_rows(figures: Mapping[str, Tested]) -> list[list[Any]]:
    """Return figures beside chance as rows of a table; those that are not defined are left out."""
    return [
        [name.replace("_", " "), each.value, interval_text(each.interval), each.expected, each.z, each.p]
        for name, each in figures.items()
        if each.value is not None
    ]


@cache
def _template() -> jinja2.Template:
    import jinja2

    return jinja2.Environment(autoescape=True).from_string(_TEMPLATE)


def html_table(header: Sequence[str], rows: Sequence[Sequence[Any]], *, of: int = 0, text: str = "") -> str:
    """Return a table as HTML, with a sentence above it; `of` is how many rows there are, where not all are given."""
    return _template().render(header=header, rows=rows, of=of, text=text)
