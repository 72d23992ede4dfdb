"""`disputegraph page`: the dispute as one interactive HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from disputegraph.cli.data import (
    data_options,
    note_broken,
    open_data,
    option_group,
    quote_context_option,
    say_notes,
    sources_option,
)
from disputegraph.cli.output import refuse_suffix
from disputegraph.cli.statement_options import baseline_options
from disputegraph.errors import UsageError
from disputegraph.evidence import ContextShown
from disputegraph.model import HearsayRule
from disputegraph.rdf import open_output, write_text

if TYPE_CHECKING:
    from disputegraph.figures import SocialCard


@click.command()
@data_options
@sources_option
@click.option(
    "-o", "--output", default="dispute.html", show_default=True, metavar="FILE.html", help="The page; - for stdout."
)
@click.option("--title", metavar="TEXT", help="Title of the page; default: the dispute's.")
@quote_context_option
@click.option("--hearsay", type=click.Choice(["news", "all", "none"]), default="news", show_default=True, help="Which "
              "hearsay counts as the words of who is said to have spoken them: what news organisations pass on, all, "
              "none. The page says which.")  # fmt: skip
@baseline_options
@option_group(
    click.option("--between", default="voices", metavar="NODES", help="Whose coalitions: voices (default), speakers, "
                 "or organisations."),
    click.option("--duplicates", default="include", metavar="WITHIN", help="Within what a repeated statement counts "
                 "once for the coalitions: include (default: all count), document, week, month, year, range."),
    click.option("--min-statements", type=int, default=0, metavar="N", help="Leave actors with fewer statements out of "
                 "the coalitions."),
    click.option("--no-contradictions", "contradictions", is_flag=True, flag_value=False, default=True, help="Do not "
                 "count it as conflict where two affirm claims that contradict each other."),
)  # fmt: skip
@click.option("--language", metavar="TAG", default="en", show_default=True, help="Language of the page's own words, en "
              "or de; names and claims stay as they are coded.")  # fmt: skip
@click.option("--card", metavar="FILE.png", help="Write the picture that goes with a link (1200 x 630 pixels), too; "
              "needs matplotlib: pip install 'disputegraph[figures]'.")  # fmt: skip
@click.option("--url", metavar="URL", help="Where the page will stand; with --card the page names its picture, beside "
              "it there, to social networks.")  # fmt: skip
@click.option("--colour-by", "--color-by", metavar="FIELD", help="Colour actors by what is coded of them, such as "
              "party; 'colour' takes colours kept of them.")  # fmt: skip
@click.option("--places", type=click.Path(path_type=Path), metavar="FILE.json", help="Put marks where an editor "
              "dragged them: the file that the page saves (Save → Places).")  # fmt: skip
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
def page(
    sources: Path | None,
    output: str,
    title: str | None,
    context: ContextShown,
    hearsay: HearsayRule,
    drop_consensual: float | None,
    language: str,
    card: str | None,
    url: str | None,
    places: Path | None,
    colour_by: str | None,
    open_: bool,
    **network: Any,
) -> None:
    """Write the dispute as one interactive HTML page.

    The page needs no network: it can be mailed, put on a stick or published as it is. With --sources it carries the
    quotes and the sentences around them (--context), and its footer says how many words of each source are in it.
    Publish such a page only with the right to those words.
    """
    from disputegraph.evidence import Sources
    from disputegraph.page import PageLink, languages, page_data, read_places, render_page

    if language not in languages():
        raise click.BadParameter(f"there are texts in {' and '.join(languages())}.", param_hint="--language")

    refuse_suffix(output, ("html", "htm"), "pages")
    if card is not None and not card.lower().endswith(".png"):
        raise UsageError(f"{card}: the picture that goes with a link is written as PNG; name it FILE.png.")
    if url is not None and urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"--url {url}: give the whole address of the page, such as https://example.org/dispute.html.")
    if sources is None and click.get_current_context().get_parameter_source("context") is not ParameterSource.DEFAULT:
        say_notes(["--context shows words of the sources, and needs their folder (--sources)."])
    kept = read_places(places) if places else None
    with open_data() as store:
        texts = Sources(sources) if sources else None
        say_notes(texts.notes() if texts else [])
        data = page_data(
            store, sources=texts, title=title, context=context, hearsay=hearsay,
            drop_consensual=drop_consensual, places=kept, colour_by=colour_by, **network,
        )  # fmt: skip
    picture = _card(data, language) if card else None
    named = (Path(card).name, picture.alt) if card and picture else ()
    link = PageLink(url, *named) if url else None
    write_text(output, render_page(data, language=language, link=link))
    note_broken(data.get("broken", 0))
    if picture and card:
        with open_output(card) as stream:
            stream.write(picture.png)
        click.echo(f"Wrote {card}. In words: {picture.alt}", err=True)
    if counts := data.get("places"):
        told = "{kept} marks stand where {file} puts them; {new} are new, on free spots; {gone} of it are not drawn."
        say_notes([told.format(file=places, **counts)])
    if output != "-":
        click.echo(f"Wrote {output}", err=True)
        if open_:
            click.launch(Path(output).resolve().as_uri())


def _card(data: Mapping[str, Any], language: str) -> SocialCard:
    from disputegraph.figures import draw_card

    return draw_card(data, language=language)
