"""Tables for notebooks, by an autoescaping template."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2

_TEMPLATE = """
{%- if text %}<p>{{ text }}</p>{% endif -%}
{%- if header %}<table><thead><tr>{% for name in header %}<th>{{ name }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for cell in row %}<td>{{ "" if cell is none else cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% endif -%}
{%- if of > rows|length %}<p>{{ rows|length }} of {{ of }} rows.</p>{% endif -%}
"""


@cache
def _template() -> jinja2.Template:
    import jinja2

    return jinja2.Environment(autoescape=True).from_string(_TEMPLATE)


def html_table(header: Sequence[str], rows: Sequence[Sequence[Any]], *, of: int = 0, text: str = "") -> str:
    """Return a table as HTML, with a sentence above it; `of` is how many rows there are, where not all are given."""
    return _template().render(header=header, rows=rows, of=of, text=text)
