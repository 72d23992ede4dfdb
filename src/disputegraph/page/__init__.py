"""The page: one offline HTML file in which every line of a dispute leads to the words it rests on.

`page_data` reads a store and returns plain JSON-able data; `render_page` makes them a page. Between the two stands
nothing but that data, so that a page can be made from data kept or changed by others.
"""

from disputegraph.model import Quotation, SourceTexts
from disputegraph.page.agreement_page import render_agreement
from disputegraph.page.dispute_page import page_data
from disputegraph.page.kept_places import Places, read_places
from disputegraph.page.layout import Box, box_of, wrap
from disputegraph.page.layout import layout as place_boxes
from disputegraph.page.notebook import notebook_html
from disputegraph.page.page_records import words_around
from disputegraph.page.pyvis_network import render_pyvis, to_pyvis
from disputegraph.page.rendering import PageLink, languages, render_page, template_environment
from disputegraph.page.rendering import texts as page_texts
from disputegraph.page.results import page_of_rows, page_of_triples
from disputegraph.page.short_names import base_of
from disputegraph.page.showing import page_of_network, shown

__all__ = [
    "Box",
    "PageLink",
    "Places",
    "Quotation",
    "SourceTexts",
    "base_of",
    "box_of",
    "languages",
    "notebook_html",
    "page_data",
    "page_of_network",
    "page_of_rows",
    "page_of_triples",
    "page_texts",
    "place_boxes",
    "read_places",
    "render_agreement",
    "render_page",
    "render_pyvis",
    "shown",
    "template_environment",
    "to_pyvis",
    "words_around",
    "wrap",
]
