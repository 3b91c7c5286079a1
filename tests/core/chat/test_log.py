"""A room's log as clients read it: the newest, what follows, pages of history, and the law that binds them."""

from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.accounts.models import User
from core.accounts.shapes import DELETED_USER
from core.chat import rules, selectors, services, shapes
from core.chat.text import first_line
from core.errors import NotAllowed, RateLimited
from core.events import Event, LogEvent
from tests.core.chat.conftest import Say

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_unopened_log_is_empty_and_keeps_its_epoch(asha: User, say: Say) -> None:
    before = selectors.latest("global")
    assert (before.head, before.entries, before.has_more) == (0, [], False)
    assert selectors.after("global", 0, 500).entries == []
    assert selectors.heads(["global", "club-1"]) == {"global": 0, "club-1": 0}
    say(asha)
    assert selectors.latest("global").epoch == before.epoch
    assert selectors.heads(["global", "club-1"]) == {"global": 1, "club-1": 0}


def test_c5_the_newest_fifty_messages_count_tombstones_but_not_edits(asha: User, say: Say) -> None:
    for number in range(51):
        say(asha, f"{number}")
    services.edit_message(by=asha, room="global", seq=51, text="edited")
    services.delete_message(by=asha, room="global", seq=50)
    page = selectors.latest("global")
    assert (page.head, page.has_more) == (53, True)
    assert [seq for seq, _ in page.entries] == list(range(2, 52))
    assert {entry.type for _, entry in page.entries} == {"posted"}
    assert [entry.message.text for _, entry in page.entries][-2:] == ["", "edited"]


def test_c5_pages_of_history_neither_overlap_nor_leave_gaps(asha: User, say: Say) -> None:
    for number in range(7):
        say(asha, f"{number}")
        services.edit_message(by=asha, room="global", seq=number * 2 + 1, text=f"{number}!")
    before: int | None = None
    found: list[shapes.Message] = []
    while page := selectors.history("global", before=before, limit=3).messages:
        found = page + found
        before = page[0].seq
    assert [message.text for message in found] == [f"{number}!" for number in range(7)]
    assert [selectors.history("global", before=b, limit=3).has_more for b in (None, 9, 7)] == [True, True, False]


def test_c10_what_follows_a_seq_is_contiguous_and_as_long_as_asked(asha: User, say: Say) -> None:
    say(asha, "one")
    services.edit_message(by=asha, room="global", seq=1, text="two")
    say(asha, "three")
    services.delete_message(by=asha, room="global", seq=3)
    pages = [selectors.after("global", seq, 2) for seq in (0, 2, 4)]
    assert [[seq for seq, _ in page.entries] for page in pages] == [[1, 2], [3, 4], []]
    assert [page.has_more for page in pages] == [True, False, False]
    kinds = [(entry.type, entry.message.text) for page in pages for _, entry in page.entries]
    assert kinds == [("posted", "two"), ("edited", "two"), ("posted", ""), ("deleted", "")]


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_costs_the_same_for_one_and_for_three(asha: User, ravi: User, say: Say, rows: int) -> None:
    for number in range(rows):
        say(asha)
        say(ravi, reply_to=number * 3 + 1)
        services.edit_message(by=ravi, room="global", seq=number * 3 + 2, text="ho")
    for most, ask in (
        (2, lambda: selectors.latest("global")),
        (3, lambda: selectors.after("global", 0, 500)),
        (2, lambda: selectors.history("global", before=None, limit=50)),
        (1, lambda: selectors.heads(["global", "club-1"])),
    ):
        with CaptureQueriesContext(connection) as queries:
            ask()
        assert len(queries) == most


def test_c24_messages_of_a_deleted_account_stay_without_the_name(asha: User, ravi: User, say: Say) -> None:
    say(asha, "still here")
    say(ravi, "indeed", reply_to=1)
    User.objects.filter(pk=asha.pk).update(erased_at=timezone.now())
    one, two = selectors.history("global", before=None, limit=50).messages
    assert (one.text, one.author) == ("still here", DELETED_USER)
    assert two.reply_to
    assert two.reply_to.author == DELETED_USER


class Phone:
    """A client: keeps messages by their seq, upserts on every entry, and quotes what it holds itself."""

    def __init__(self) -> None:
        self.seq = -1
        self.held: dict[int, shapes.Message] = {}
        self.slow_mode_s = 0

    def take(self, seq: int, entry: shapes.Entry | shapes.SlowMode) -> None:
        if isinstance(entry, shapes.SlowMode):
            self.slow_mode_s = entry.slow_mode_s
        else:
            self.held[entry.message.seq] = entry.message
        self.seq = max(self.seq, seq)

    def start(self, room: str) -> None:
        page = selectors.latest(room)
        for seq, entry in page.entries:
            self.take(seq, entry)
        self.seq, self.slow_mode_s = page.head, selectors.find_log(room).slow_mode_s

    def catch_up(self, room: str, limit: int) -> None:
        while entries := selectors.after(room, self.seq, limit).entries:
            for seq, entry in entries:
                assert seq == self.seq + 1
                self.take(seq, entry)

    def shown(self) -> list[shapes.Message]:
        return [self._quoted(message) for _, message in sorted(self.held.items())]

    def _quoted(self, message: shapes.Message) -> shapes.Message:
        reply = message.reply_to
        if reply is None or reply.seq not in self.held:
            return message
        return replace(message, reply_to=replace(reply, line=first_line(self.held[reply.seq].text)))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["post", "reply", "edit", "delete", "slow", "start", "catch up"]),
        st.booleans(),
        st.integers(0, 200),
        st.sampled_from(["a", "b\nc", "d" * 150]),
    ),
    max_size=30,
)
ROOMS = count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, limit=st.integers(1, 4))
def test_the_law_old_state_and_entries_make_the_fresh_state(
    acts: list[tuple[str, bool, int, str]], limit: int, asha: User, mod: User, heard: list[Event]
) -> None:
    room = f"law-{next(ROOMS)}"
    rules.register_rooms(
        "law-", rules.RoomRule(may_read=lambda *_: True, may_post=lambda *_: True, read_only_because="")
    )
    heard.clear()
    phones = [Phone()]
    phones[0].start(room)
    for kind, of_asha, number, text in acts:
        if kind == "start":
            phones.append(Phone())
            phones[-1].start(room)
        elif kind == "catch up":
            phones[number % len(phones)].catch_up(room, limit)
        else:
            with suppress(RateLimited, NotAllowed):  # slow mode, and who may not set it
                act(room, kind, asha if of_asha else mod, number, text)
    fresh = selectors.history(room, before=None, limit=100).messages
    slow_mode_s = selectors.find_log(room).slow_mode_s
    for phone in phones:
        phone.catch_up(room, limit)
        assert (phone.shown(), phone.slow_mode_s) == (fresh, slow_mode_s)
    socket = Phone()
    for event in heard:
        assert isinstance(event, LogEvent)
        socket.take(event.seq, event.data)
    assert (socket.shown(), socket.slow_mode_s) == (fresh, slow_mode_s)


def act(room: str, kind: str, by: User, number: int, text: str) -> None:
    messages = selectors.history(room, before=None, limit=100).messages
    target = messages[number % len(messages)] if messages else None
    own: dict[str, Any] = {"by": by, "room": room}
    if kind == "post":
        services.post_message(**own, text=text, client_id=uuid4())
    elif target and kind == "reply":
        services.post_message(**own, text=text, client_id=uuid4(), reply_to=target.seq)
    elif kind == "slow":
        services.set_slow_mode(**own, seconds=number % 3 * 60)
    elif target and target.author.id == by.pk and not target.deleted:
        if kind == "edit":
            services.edit_message(**own, seq=target.seq, text=text)
        elif kind == "delete":
            services.delete_message(**own, seq=target.seq)
