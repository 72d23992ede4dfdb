"""The reference pages of the named queries and the integrity rules, from the headers of their files."""

from __future__ import annotations

from disputegraph.resources import ontology_folder
from disputegraph.sparql import QueryFile, named_queries, read_query_folder

__all__ = ["checks_page", "queries_page"]


def queries_page() -> str:
    """Return the page of the named queries as Markdown."""
    lines = [
        "# Named queries",
        "",
        "`disputegraph query NAME` answers one, `-p NAME=VALUE` binds its parameters, `disputegraph queries` lists "
        "them; the server has them at `/queries/NAME` and in its editor.",
        "",
    ]
    for query in named_queries().values():
        lines += [f"## `{query.name}` {{ #{query.name} }}", "", f"**{query.title}.** {query.question}", ""]
        lines += _table("parameter", query.parameters) + _table("column", query.columns)
        lines += ["```sparql", _body(query), "```", ""]
    return "\n".join(lines)


def checks_page() -> str:
    """Return the page of the integrity rules as Markdown."""
    checks = read_query_folder(ontology_folder() / "checks")
    lines = [
        "# Integrity rules",
        "",
        f"`disputegraph check` holds the data to these {len(checks)} rules. A violation makes it end with exit code 1; "
        "a warning alone does not.",
        "",
        "| rule | severity | what it finds | why |",
        "|---|---|---|---|",
    ]
    for check in checks.values():
        cells = (check.fields.get(name, "") for name in ("severity", "title", "rule"))
        severity, title, rule = (text.replace("|", "\\|") for text in cells)
        lines.append(f"| [`{check.name}`](#{check.name}) | {severity} | {title} | {rule} |")
    lines.append("")
    for check in checks.values():
        lines += [f"## `{check.name}` {{ #{check.name} }}", "", f"{check.title}. {check.fields.get('rule', '')}", ""]
        lines += [f"> {check.fields.get('message', '')}", "", "```sparql", _body(check), "```", ""]
    return "\n".join(lines)


def _table(what: str, told: dict[str, str]) -> list[str]:
    if not told:
        return []
    return [f"| {what} | |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in told.items()), ""]


def _body(query: QueryFile) -> str:
    lines = query.text.splitlines()
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    return "\n".join(lines).strip()
