"""A site is whole: every link leads somewhere, every thing has a page, the data are those that went in."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode

from disputegraph.cli import main
from disputegraph.model import Model, Portraits, portrait
from disputegraph.resources import bundled_dispute
from disputegraph.server.things import describe_thing
from disputegraph.site import WrittenSite, write_site
from disputegraph.store import open_store
from tests.page.hostile import HostileSources, hostile_store
from tests.site.conftest import BASE
from tests.site.site_links import ReadPage, read_page

EX = "https://w3id.org/disputegraph/data/junior-doctors-2016/"
DCAT, VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"


def graph(path: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=str(path), base_iri=BASE)
    return store


def pages_of(folder: Path) -> dict[Path, ReadPage]:
    return {path: read_page(path) for path in sorted(folder.rglob("*.html"))}


def broken_links(folder: Path, path: str) -> list[str]:
    """Return the links of all pages that lead to no file, or to no place in it; `path` is the site's at its host."""
    pages, wrong = pages_of(folder), []
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            target = file.parent / unquote(parts.path) if parts.path else file
            if parts.path.startswith("/"):
                target = folder / unquote(parts.path).removeprefix(path)
            target = target.resolve()
            if parts.scheme or not target.is_relative_to(folder) or not target.is_file():
                wrong.append(f"{file.name}: {link}")
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids and target.name != "page.html":
                wrong.append(f"{file.name}: {link} (no such place)")
    return wrong


def test_every_link_leads_to_a_file_and_a_place(bundled_site: Path) -> None:
    assert broken_links(bundled_site, urlsplit(BASE).path) == []


def test_every_thing_has_a_page_at_its_own_name_with_its_triples_beside_it(bundled_site: Path) -> None:
    with open_store([bundled_dispute()]) as store:
        model = Model(store)
        things = [*model.actors, *model.claims]
        events = [row["e"].value for row in store.select("SELECT ?e { ?e a dg:Event }")]
        assert events
        for iri in (*(thing.iri for thing in things), *events, f"{EX}doc"):
            name = iri.removeprefix(EX)
            assert (bundled_site / f"{name}.html").is_file(), iri
            triples = graph(bundled_site / f"{name}.ttl")
            assert set(triples.quads_for_pattern(NamedNode(iri), None, None)) == {
                quad for quad in store.quads() if quad.subject.value == iri
            }
        places = {f"{place.name}#{found}" for place, page in pages_of(bundled_site).items() for found in page.ids}
        for said in model.utterances:  # each has one place, on the page of its claim, else of its voice
            owner = said.claim or said.voice
            assert owner is not None
            assert f"{owner.iri.removeprefix(EX)}.html#said-{said.iri.removeprefix(EX)}" in places


def test_pages_are_well_formed_and_bear_structured_data_and_cards(bundled_site: Path) -> None:
    for path, page in pages_of(bundled_site).items():
        if path.name in ("page.html", "agreement.html"):
            continue
        assert page.unbalanced == [], path.name
        assert len(page.ids) == len(set(page.ids)), path.name
        assert "http-equiv" in page.attributes, path.name
        assert {script.get("src") for script in page.scripts if not script.get("type")} <= {
            "search.js",
            "search-index.js",
        }
    hunt = bundled_site / "hunt.html"
    (told,) = read_page(hunt).islands
    assert (told["@type"], told["name"], told["@id"]) == ("Person", "Jeremy Hunt", f"{EX}hunt")
    assert told["mainEntityOfPage"] == f"{BASE}hunt.html"
    text = hunt.read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE}hunt.html">' in text
    assert '<meta property="og:description" content="Jeremy Hunt: 3 statements counted in this voice' in text
    (claim,) = read_page(bundled_site / "c-hunt-veto.html").islands
    assert claim["@type"] == "Claim"
    assert [place["@id"] for place in claim["appearance"]] == [f"{EX}doc"]
    # JSON-LD that programs can read, with schema.org's context at hand: a name of each property is a term of it.
    assert set(claim) == {
        "@context",
        "@type",
        "@id",
        "name",
        "description",
        "mainEntityOfPage",
        "text",
        "about",
        "appearance",
    }


def test_the_server_shows_the_same_portrait(bundled_site: Path) -> None:
    """One renderer: the words are the same, and so is what they link to, if not where that is."""
    with open_store([bundled_dispute()]) as store:
        for name in ("hunt", "c-hunt-veto", "doc", "strike-1", "safety"):
            served = describe_thing(store, {"iri": EX + name, "format": "html"})[1].decode()
            written = (bundled_site / f"{name}.html").read_text(encoding="utf-8")
            shown = [
                re.findall(r'<section class="portrait">.*?</section>', page, re.DOTALL) for page in (served, written)
            ]
            assert len(shown[0]) == 1
            one, other = (re.sub(r'<a [^>]*>|</a>| id="[^"]*"', "", page[0]) for page in shown)
            assert one == other, name


def test_a_portrait_from_the_whole_is_that_from_around_the_node() -> None:
    with open_store([bundled_dispute()]) as store:
        whole = Portraits(Model.whole(store))
        rows = list(store.select("SELECT DISTINCT ?s { ?s a ?kind FILTER(ISIRI(?s)) } ORDER BY ?s"))
        for row in rows[::3]:
            iri = row["s"].value
            assert whole.of(iri) == portrait(iri, store), iri


def test_the_graph_leads_back_to_the_site(bundled_site: Path) -> None:
    assert "index.html" in read_page(bundled_site / "page.html").links


def test_the_data_are_those_that_went_in(bundled_site: Path) -> None:
    given = {quad for quad in graph(bundled_dispute()) if "BlankNode" not in repr(quad)}
    for name in ("data.ttl", "data.nt", "data.jsonld"):
        assert {quad for quad in graph(bundled_site / name) if "BlankNode" not in repr(quad)} == given, name
    with (bundled_site / "data.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with open_store([bundled_dispute()]) as store:
        said = {(one.iri, claim.iri) for one in Model(store).utterances for claim in one.claims if one.counted}
    assert {(row["utterance"], row["claim"]) for row in rows} == said


def test_descriptions_tell_the_truth(bundled_site: Path) -> None:
    void, dcat = graph(bundled_site / "void.ttl"), graph(bundled_site / "dcat.ttl")
    dataset = NamedNode(f"{BASE}void.ttl#dataset")
    (triples,) = void.quads_for_pattern(dataset, NamedNode(f"{VOID}triples"), None)
    assert int(triples.object.value) == len(graph(bundled_dispute()))
    parts = void.query(f"SELECT (SUM(?n) AS ?all) {{ <{dataset.value}> <{VOID}propertyPartition>/<{VOID}triples> ?n }}")
    assert int(next(iter(parts))["all"].value) == int(triples.object.value)
    found = dcat.query(
        f"SELECT ?at ?size ?sum {{ <{dataset.value}> <{DCAT}distribution> ?d . ?d <{DCAT}downloadURL> ?at ; "
        f"<{DCAT}byteSize> ?size ; <{SPDX}checksum>/<{SPDX}checksumValue> ?sum }}"
    )
    rows = {row["at"].value.removeprefix(BASE): row for row in found}
    assert set(rows) == {"data.ttl", "data.nt", "data.jsonld", "data.csv"}
    for name, row in rows.items():
        content = (bundled_site / name).read_bytes()
        assert (int(row["size"].value), row["sum"].value) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_method_counts_what_the_model_counts(bundled_site: Path) -> None:
    text = " ".join(read_page(bundled_site / "method.html").text.split())
    with open_store([bundled_dispute()]) as store:
        said = Model(store).utterances
    counted, heard = sum(one.counted for one in said), sum(one.hearsay and one.counted for one in said)
    assert f"{counted} of {len(said)} statements count" in text
    assert f"({heard} that news organisations alone pass on do count" in text
    assert "Statements by coder: disputegraph contributors" in text
    assert "It was not measured" in text


def test_a_project_tells_how_far_its_coders_agree(root: Path, harbour: Path, tmp_path: Path) -> None:
    with open_store([harbour / "dispute.ttl"]) as store:
        write_site(store, tmp_path / "site", base=BASE, project=root / "data" / "junior-doctors")
    text = " ".join(read_page(tmp_path / "site" / "method.html").text.split())
    assert "Agreement (Krippendorff's α" in text
    html = (tmp_path / "site" / "method.html").read_text(encoding="utf-8")
    figures = r"<td>\d+\.\d</td><td>0\.\d\d</td><td>0\.\d\d to [01]\.\d\d</td>"
    assert re.search(rf'<th scope="row">speaker</th>{figures}', html)
    assert (tmp_path / "site" / "agreement.html").is_file()
    assert broken_links(tmp_path / "site", urlsplit(BASE).path) == []


def test_the_command_finds_the_project_and_says_what_is_missing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def wrote(_: object, folder: str, **options: object) -> WrittenSite:
        asked.update(options, folder=folder)
        return WrittenSite(1, 2, 1, ("something was left out.",))

    monkeypatch.setattr("disputegraph.site.write_site", wrote, raising=False)
    project = root / "data" / "junior-doctors"
    done = CliRunner().invoke(main, ["site", "-d", str(project), "-o", str(tmp_path / "site"), "--context", "none"])
    assert done.exit_code == 0, done.output
    assert (asked["project"], asked["base"], asked["folder"]) == (project, None, str(tmp_path / "site"))
    for note in (
        "no page says where it is published",
        "needs their folder",
        "something was left out",
        "1 utterance breaks",
    ):
        assert note in done.stderr


@pytest.mark.parametrize("context", ["none", "sentence"])
def test_quotes_are_shown_by_the_rule_of_the_page(harbour: Path, tmp_path: Path, context: str) -> None:
    command = ["-d", str(harbour / "dispute.ttl"), "--sources", str(harbour / "sources"), "--context", context]
    runner = CliRunner()
    for name, output in (("site", "site"), ("page", "page.html")):
        done = runner.invoke(main, [name, *command, "-o", str(tmp_path / output)])
        assert done.exit_code == 0, done.output
    data = json.loads(re.findall(r'id="data"[^>]*>(.*?)</script', (tmp_path / "page.html").read_text(), re.DOTALL)[0])
    wanted = {
        (one.get("before", "") + one["quote"] + one.get("after", "")) for one in data["anchors"] if "quote" in one
    }
    assert wanted
    shown = set()
    for path in (tmp_path / "site").rglob("*.html"):
        if path.name != "page.html":
            for quote in re.findall(r"<blockquote>(.*?)</blockquote>", path.read_text(encoding="utf-8"), re.DOTALL):
                page = ReadPage()
                page.feed(quote)
                page.close()
                shown.add(page.text)
    assert shown
    assert shown <= wanted


def test_no_words_of_a_source_without_being_asked(harbour: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["site", "-d", str(harbour / "dispute.ttl"), "-o", str(tmp_path / "site")])
    assert done.exit_code == 0
    words = (harbour / "sources" / "meeting.txt").read_text(encoding="utf-8").split(". ")
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not [sentence for sentence in words if len(sentence) > 40 and sentence in text], path.name


def test_a_document_leads_to_its_source_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(
        """@prefix ex: <https://example.org/> . @prefix dg: <https://w3id.org/disputegraph/ns#> .
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
        ex:report a dg:Document ; dcterms:title "A report"@en ; schema:url <https://paper.example/2020/StrikeTalks> ;
            dcterms:source "javascript:alert(1)" .
        ex:u a dg:Utterance ; dg:documentedIn ex:report ; dg:speaker ex:ada ; dg:addressesClaim ex:claim .
        ex:ada a dg:Person . ex:claim a dg:Claim .""",
        encoding="utf-8",
    )
    with open_store([tmp_path / "data.ttl"]) as store:
        write_site(store, tmp_path / "site", base=BASE)
        _, page = describe_thing(store, {"iri": "https://example.org/report", "accept": "text/html"})
    written = (tmp_path / "site" / "report.html").read_text(encoding="utf-8")
    for text in (written, page.decode()):
        links = re.findall(r'<a href="([^"]+)" rel="external nofollow">([^<]+)</a>', text)
        assert links == [("https://paper.example/2020/StrikeTalks",) * 2]


def test_hostile_texts_become_nothing_but_text(hostile_site: Path) -> None:
    known = {"html", "head", "meta", "title", "link", "script", "body", "a", "header", "p", "nav", "main", "h1", "h2",
             "h3", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "section", "div", "span", "strong",
             "small", "code", "details", "summary", "footer", "blockquote", "mark", "em", "form", "label",
             "input"}  # fmt: skip
    for path, page in pages_of(hostile_site).items():
        if path.name == "page.html":
            continue  # see tests/page/test_hostile.py
        assert set(page.tags) <= known, path.name
        assert not [name for name in page.attributes if name.startswith("on")], path.name
        assert not [link for link in page.links if link.startswith(("javascript:", "data:text"))], path.name
        assert page.unbalanced == [], path.name
        assert [script for script in page.scripts if "type" not in script and "src" not in script] == [], path.name
    assert broken_links(hostile_site, "/x/") == []
    names = [path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*")]
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in names)


def test_the_same_data_give_the_same_files(hostile_site: Path, tmp_path: Path) -> None:
    with hostile_store() as store:
        write_site(store, tmp_path / "again", sources=HostileSources())  # type: ignore[arg-type]  # as good as
    # On a busy machine the time limit of the search for coalitions may stop it at another place.
    one, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.name != "page.html"}
        for folder in (hostile_site, tmp_path / "again")
    )
    assert one == other


@pytest.mark.parametrize(
    "base", ["example.org/x", "ftp://example.org/", "https://example.org/?x=1", "https://example.org/a;b/", "https:///x",
             "https://example.org/{x}/", "https://exa mple.org/", "https://example.org/#x"]
)  # fmt: skip
def test_a_base_that_is_no_address_of_a_site(base: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["site", "-d", str(bundled_dispute()), "-o", str(tmp_path / "s"), "--base", base])
    assert done.exit_code == 2
    assert base in done.stderr
    assert list(tmp_path.iterdir()) == []
