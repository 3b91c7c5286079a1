"""News: told after the commit, silent on rollback, refused outside a transaction, and no listener harms another."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import FrozenInstanceError, dataclass

import pytest
from django.db import connections, transaction

from core.events import Event, LogEvent, VolatileEvent, emit, listening
from tests.core.accounts.hearing import heard

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    number: int


def break_down(events: Sequence[Event]) -> None:
    raise ValueError("a listener broke down")


@pytest.fixture
def broken_listener() -> Iterator[None]:
    """It is asked before those who listen from here on."""
    listening.listen(break_down)
    yield
    del listening._listeners[f"{__name__}.break_down"]


@pytest.fixture
def news() -> Iterator[list[Event]]:
    with heard() as events:
        yield events


def test_news_is_told_in_order_and_only_after_the_commit(news: list[Event]) -> None:
    with transaction.atomic():
        emit(Happened(number=1))
        emit(Happened(number=2))
        assert news == []
    assert news == [Happened(number=1), Happened(number=2)]


def test_what_is_emitted_together_is_heard_together() -> None:
    calls: list[Sequence[Event]] = []

    def keep(events: Sequence[Event]) -> None:
        calls.append(events)

    listening.listen(keep)
    try:
        with transaction.atomic():
            emit(Happened(number=1), Happened(number=2))
            emit(Happened(number=3))
    finally:
        listening._listeners.pop(f"{keep.__module__}.{keep.__qualname__}")
    assert calls == [(Happened(number=1), Happened(number=2)), (Happened(number=3),)]


def test_a_rollback_is_silent(news: list[Event]) -> None:
    with transaction.atomic():
        emit(Happened(number=1))
        transaction.set_rollback(True)
    assert news == []


def test_what_a_savepoint_took_back_is_silent_and_the_rest_is_told(news: list[Event]) -> None:
    with transaction.atomic():
        emit(Happened(number=1))
        with transaction.atomic():
            emit(Happened(number=2))
            transaction.set_rollback(True)
    assert news == [Happened(number=1)]


def test_news_outside_a_transaction_is_refused(news: list[Event]) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="Happened"):
        emit(Happened(number=1))
    assert news == []


def test_listeners_are_told_outside_the_transaction() -> None:
    inside: list[bool] = []

    def look(events: Sequence[Event]) -> None:
        inside.append(connections["default"].in_atomic_block)

    listening.listen(look)
    try:
        with transaction.atomic():
            emit(Happened(number=1))
    finally:
        listening._listeners.pop(f"{look.__module__}.{look.__qualname__}")
    assert inside == [False]


@pytest.mark.usefixtures("broken_listener")
def test_a_listener_that_fails_is_logged_and_stops_neither_the_others_nor_the_service(
    news: list[Event], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), transaction.atomic():
        emit(Happened(number=1))
        emit(Happened(number=2))
    assert news == [Happened(number=1), Happened(number=2)]
    assert [record.message for record in caplog.records] == ["listener failed on Happened"] * 2


@pytest.mark.usefixtures("broken_listener")
def test_a_listener_whose_module_is_imported_twice_hears_once() -> None:
    listeners = len(listening._listeners)
    listening.listen(break_down)
    assert len(listening._listeners) == listeners


def test_an_event_names_its_topics_and_does_not_change() -> None:
    assert Happened(number=1).topics() == ()
    assert LogEvent(topic="chat.global", seq=1, data={}).topics() == ("chat.global",)
    assert VolatileEvent(topic="typing.global", data={}).topics() == ("typing.global",)
    with pytest.raises(FrozenInstanceError):
        Happened(number=1).number = 2  # type: ignore[misc]  # what the type checker forbids, the class does too
