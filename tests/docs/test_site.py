"""The site builds without a warning, loads nothing from elsewhere, and its reference pages leave nothing out."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, Graph

from disputegraph.cli.group import COMMANDS
from disputegraph.resources import ontology_file, ontology_folder
from disputegraph.sparql import named_queries
from disputegraph.vocabulary import ACTIONS, CLASSES, PROPERTIES, VALUES
from tests.conftest import require

pytestmark = pytest.mark.xdist_group("site")  # one process builds it

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    try:
        import material  # noqa: F401
        import mkdocstrings  # noqa: F401
    except ImportError:
        require(None, "mkdocs-material (the dependency group 'docs')")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # a notice of the theme's about its own future
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return target


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_page_is_there(site: Path) -> None:
    tutorials = (
        "journalist",
        "political-scientist",
        "knowledge-graph-engineer",
        "notebook",
        "csv-to-coalitions",
        "article-to-drafts",
    )
    others = ("index", "serving", "interoperability", "threat-model", "stability", "comparison")
    for name in (*others, *(f"tutorials/{one}" for one in tutorials)):
        assert (site / f"{name}.html").is_file(), name


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]+)"|<link[^>]+href="([^"]+)"', text(page))
        for address in (one or other for one, other in loaded):
            assert not address.startswith(("http:", "https:", "//")), f"{page.name} loads {address}"


def test_every_term_is_explained(site: Path) -> None:
    page = text(site / "reference" / "ontology.html")
    for name in CLASSES + PROPERTIES:
        assert f'id="{name}"' in page, name
    for name in VALUES:
        assert f"dg:{name}" in page or f'id="{name}"' in page, name
    for name in ACTIONS:
        assert f"act:{name}" in page, name


def test_the_picture_shows_every_class(site: Path) -> None:
    picture = text(site / "reference" / "classes.svg")
    deprecated = Graph().parse(ontology_file("core")).subjects(OWL.deprecated)
    old = {str(term).rpartition("#")[2] for term in deprecated}
    assert old
    for name in set(CLASSES) - old:
        assert f">{name}<" in picture, name
    for name in ("addressesClaim", "speaker", "claimedAction", "evidence"):
        assert f">{name}<" in picture, name


def test_every_query_and_rule_is_listed(site: Path) -> None:
    queries, checks = text(site / "reference" / "queries.html"), text(site / "reference" / "checks.html")
    for name in named_queries():
        assert f'id="{name}"' in queries, name
    for path in (ontology_folder() / "checks").glob("*.rq"):
        assert f'id="{path.stem}"' in checks, path.stem


def test_every_command_and_option_is_listed(site: Path) -> None:
    import click

    from disputegraph.cli import main

    page = text(site / "reference" / "commands.html")
    for name in COMMANDS:
        assert f'id="disputegraph-{name}"' in page, name
    serve = main.get_command(click.Context(main), "serve")
    assert serve is not None
    for option in serve.params:
        assert max(option.opts, key=len) in page


def test_the_python_reference_is_filled(site: Path) -> None:
    page = text(site / "reference" / "python.html")
    for name in ("disputegraph.open_data", "disputegraph.Dispute", "disputegraph.errors.DisputeGraphError"):
        assert f'id="{name}"' in page, name


def test_links_within_the_site_lead_somewhere(site: Path) -> None:
    """MkDocs checks the links between pages; these are the places on them, and links in what is generated."""
    ids = {page: set(re.findall(r'\bid="([^"]+)"', text(page))) for page in site.rglob("*.html")}
    for page in ids:
        if page.parent.name == "data":
            continue
        for target in re.findall(r'href="([^":]+)"', text(page)):
            path, _, place = target.partition("#")
            if path.startswith("/"):
                continue  # of the page that is shown when nothing is found
            other = (page.parent / path).resolve() if path else page
            other = other / "index.html" if other.is_dir() else other
            assert other.exists(), f"{page.name} links to {target}"
            if place and other in ids and not place.startswith("__"):
                assert place in ids[other], f"{page.name} links to {target}"


def test_the_sample_database_is_made_from_its_text(tmp_path: Path) -> None:
    folder = ROOT / "docs" / "tutorials" / "political-scientist"
    made = sqlite3.connect(":memory:")
    made.executescript(text(folder / "seminar.sql"))
    kept = sqlite3.connect(f"file:{folder / 'seminar.dna'}?mode=ro", uri=True)
    assert list(kept.iterdump()) == list(made.iterdump())
    kept.close()
    made.close()
