"""Networks as pyvis draws them: a `Network` for a user to go on with, and one safe offline page of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disputegraph.errors import UsageError
from disputegraph.networks import SIGN_COLOURS, colour_of_kind
from disputegraph.page.rendering import script_policy, template_environment
from disputegraph.page.showing import page_of_network

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

_PEOPLE = ("Person", "UnnamedSource", "Collective")
_AGAINST_KINDS = ("conflict", "critical", "denies", "accuses", "contradicts")
_WIDEST = 8.0


def to_pyvis(drawn: nx.Graph[Any] | Mapping[str, Any]) -> Network:
    """Return a network, or a view of the page, as a pyvis `Network`, in its places and our colours.

    Nodes have their label, and what is known of them as title; edges are 1 to 8 pixels wide by the amount of their
    weight, or the number of utterances, and red where it is conflict or criticism. Physics is off, so that nodes stand
    where the layout put them; `Network.toggle_physics` turns it on. What pyvis itself writes is not made for data of
    strangers, since it runs script that it finds in names, and it loads files from the internet: `render_pyvis` does
    neither.

    Args:
        drawn: what `network` returned, or any networkx graph; or one of the ``views`` of `page_data`.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # importing pyvis imports IPython, which may warn of its own future
        from pyvis.network import Network

    view: Mapping[str, Any]
    if isinstance(drawn, Mapping):
        view, facts = drawn, {}
    else:
        data = page_of_network(drawn)
        view = data["views"]["graph"]
        facts = {
            thing["id"]: [f"{fact['relation']}: {fact['text']}" for fact in thing["facts"]] for thing in data["things"]
        }
    # A directed network keeps parallel edges; those without direction have no arrowhead.
    network = Network(directed=True, height="100%", width="100%")
    network.toggle_physics(False)
    for node in view["nodes"]:
        network.add_node(
            node["id"],
            label=node["label"],
            title="\n".join([node["label"], node["kind"], *facts.get(node["id"], ())]),
            # No group: pyvis lets the colours of groups go before ours.
            color=colour_of_kind(node["kind"]),
            shape="dot" if node["kind"] in _PEOPLE else "square",
            size=10,
            font={"strokeWidth": 4, "strokeColor": "#ffffff", "color": "#1a202c"},
            x=node["x"],
            y=node["y"],
        )
    drawn_ids = set(network.get_nodes())
    edges = [edge for edge in view["edges"] if edge["from"] in drawn_ids and edge["to"] in drawn_ids]
    most = max((_amount(edge) for edge in edges), default=1.0) or 1.0
    for edge in edges:
        number = len(edge["utterances"]) or edge.get("weight", "")
        against = edge.get("weight", 0) < 0 or edge["kind"] in _AGAINST_KINDS
        network.add_edge(
            edge["from"],
            edge["to"],
            title=f"{edge.get('relation') or edge['kind']} {number}".rstrip(),
            width=round(1 + (_WIDEST - 1) * _amount(edge) / most, 2),
            color=SIGN_COLOURS[-1 if against else 0],
            dashes=against,
            arrows=edge.get("arrows", "to"),
        )
    return network


def render_pyvis(network: Network, *, title: str = "Network") -> str:
    """Return a pyvis `Network` as one HTML document that loads nothing and runs only vis-network, with physics.

    vis-network is that of the installed pyvis. Names and titles are shown as text, whatever stands in them.

    Raises:
        UsageError: the installed pyvis has no vis-network in its package.
    """
    from markupsafe import Markup

    options = network.options if isinstance(network.options, dict) else json.loads(network.options.to_json())
    options = {**options, "physics": {**options.get("physics", {}), "enabled": True}}
    library, style = _vis_network()
    environment = template_environment()
    start = (Path(__file__).parent / "template" / "pyvis.start.js").read_text(encoding="utf-8")
    # vis-network keeps nodes in plain objects, where a node called __proto__ is another thing than a node.
    place = {node["id"]: number for number, node in enumerate(network.nodes)}
    nodes = [{**node, "id": place[node["id"]]} for node in network.nodes]
    edges = [{**edge, "from": place[edge["from"]], "to": place[edge["to"]]} for edge in network.edges]
    data = {"nodes": nodes, "edges": edges, "options": options}
    island = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        island = island.replace(sign, f"\\u{ord(sign):04x}")
    return environment.get_template("pyvis.html.j2").render(
        title=title,
        policy=script_policy(library, start),
        # pyvis' and our own files and escaped JSON: the only places where markup is taken as it is.
        library=Markup(library),  # noqa: S704
        style=Markup(style),  # noqa: S704
        start=Markup(start),  # noqa: S704
        island=Markup(island),  # noqa: S704
    )


def _amount(edge: Mapping[str, Any]) -> float:
    return len(edge["utterances"]) or abs(float(edge.get("weight", 1)))


@cache
def _vis_network() -> tuple[str, str]:
    """Return script and style of vis-network from pyvis' own package, the newest there is."""
    from importlib.util import find_spec

    found = find_spec("pyvis")
    folders = [Path(each) for each in (found.submodule_search_locations or ())] if found else []
    scripts = [path for folder in folders for path in folder.glob("**/vis-network.min.js")]
    if not scripts:
        raise UsageError("the installed pyvis has no vis-network in its package; install pyvis 0.3.2 or newer.")
    script = max(scripts, key=lambda path: [int(part) if part.isdigit() else 0 for part in _version(path)])
    style = script.with_name("vis-network.css")
    text = script.read_text(encoding="utf-8").replace("</script", "<\\/script")
    # A map of the source would be fetched by tools of developers.
    text = "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))
    return text, style.read_text(encoding="utf-8") if style.is_file() else ""


def _version(path: Path) -> list[str]:
    return path.parent.name.replace("vis-", "").split(".")
