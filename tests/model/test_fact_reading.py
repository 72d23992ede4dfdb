"""What is read by two queries at once is what is read by one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from disputegraph.errors import QueryError
from disputegraph.model import Model
from disputegraph.store import Store, embedded_store, open_store

DATA = Path(__file__).parents[2] / "data" / "junior-doctors-2016"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Let small stores be read by two threads; returns the threads that asked."""
    asking: list[threading.Thread] = []
    select = Store.select

    def noted(self: Store, *given: object, **named: object) -> object:
        asking.append(threading.current_thread())
        return select(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "select", noted)
    monkeypatch.setattr(embedded_store, "_MUCH", 0)
    monkeypatch.setattr(embedded_store.os, "cpu_count", lambda: 2)
    return asking


def _told(model: Model) -> tuple[object, ...]:
    return model.utterances, model.claims, model.actors, model.stances


@pytest.mark.parametrize("whole", [True, False])
def test_two_threads_read_what_one_reads(at_once: list[threading.Thread], whole: bool) -> None:
    with open_store([DATA]) as store:
        two = _told(Model.whole(store) if whole else Model(store))
        threads = len(set(at_once))
    assert threads > 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded_store, "_MUCH", 10**9)
        with open_store([DATA]) as store:
            at_once.clear()
            assert _told(Model(store)) == two
            assert set(at_once) == {threading.current_thread()}
    assert all(two)


def test_what_fails_in_the_other_thread_is_raised(
    at_once: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    select = Store.select

    def failing(self: Store, *given: object, **named: object) -> object:
        if threading.current_thread() is not threading.main_thread():
            raise QueryError("the disk is gone.")
        return select(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "select", failing)
    running = set(threading.enumerate())
    with open_store([DATA]) as store, pytest.raises(QueryError, match="the disk is gone"):
        Model.whole(store)
    assert at_once == [threading.main_thread()] * 2  # of the other thread the query failed before
    assert set(threading.enumerate()) == running
