"""Saying something: saved, told, once, in order, by whoever may."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import SYSTEM, ban_user, lift_sanction, time_out_user
from core.accounts.shapes import card
from core.chat import selectors, services, shapes
from core.chat.events import MessagePosted
from core.chat.models import Message, Room
from core.errors import Conflict, Invalid, NotAllowed, NotFound, RateLimited
from core.events import Event
from core.work.clock import database_now
from tests.core.chat.conftest import Say
from tests.core.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ID = UUID("6e0c8a44-55b5-4b43-a2de-2f0e6f5f8c11")


def test_c7_a_message_is_saved_then_told_to_the_room(asha: User, heard: list[Event]) -> None:
    before = database_now()
    message = services.post_message(by=asha, room="global", text=" hi ", client_id=ID)
    row = Message.objects.get()
    assert message == selectors.show("global", row)
    assert message == shapes.Message(
        room="global",
        seq=1,
        client_id=ID,
        author=card(asha),
        text="hi",
        created_at=row.created_at,
        edited_at=None,
        deleted=False,
        hidden=False,
        reply_to=None,
    )
    assert before <= message.created_at <= database_now()
    entry = shapes.Entry(type="posted", message=message)
    assert heard == [MessagePosted(topic="chat.global", seq=1, data=entry)]


def test_c8_a_repeat_answers_the_original_as_it_stands_and_tells_nobody(asha: User, heard: list[Event]) -> None:
    services.post_message(by=asha, room="global", text="hi", client_id=ID)
    edited = services.edit_message(by=asha, room="global", seq=1, text="hello")
    heard.clear()
    assert services.post_message(by=asha, room="global", text=" hi", client_id=ID) == edited
    assert (Message.objects.count(), Room.objects.get().head, heard) == (1, 2, [])


def test_c8_the_same_client_id_for_something_else_is_refused(asha: User, say: Say, club: str) -> None:
    say(asha)
    services.post_message(by=asha, room="global", text="hi", client_id=ID)
    for other in ({"text": "ho"}, {"room": club}, {"reply_to": 1}):
        with pytest.raises(Conflict, match="client_id_reused"):
            services.post_message(by=asha, client_id=ID, **{"room": "global", "text": "hi", "reply_to": None} | other)
    assert Message.objects.count() == 2


def test_c8_client_ids_of_other_people_are_their_own(asha: User, ravi: User) -> None:
    seqs = [services.post_message(by=who, room="global", text="hi", client_id=ID).seq for who in (asha, ravi)]
    assert seqs == [1, 2]


def test_c8_sixteen_repeats_at_once_are_one_message(asha: User, heard: list[Event]) -> None:
    answers = at_once(16, lambda: services.post_message(by=asha, room="global", text="hi", client_id=ID))
    assert len({answer.seq for answer in answers}) == Message.objects.count() == len(heard) == 1
    assert Room.objects.get().head == 1


def test_c9_sixteen_people_at_once_get_contiguous_seqs_in_the_order_of_time(asha: User, say: Say) -> None:
    posted = at_once(16, lambda: [say(asha) for _ in range(3)])
    assert sorted(message.seq for some in posted for message in some) == list(range(1, 49))
    times = list(Message.objects.order_by("seq").values_list("created_at", flat=True))
    assert times == sorted(times)
    assert Room.objects.get().head == 48


def test_c9_a_refused_message_takes_no_seq(asha: User, say: Say) -> None:
    say(asha)
    with pytest.raises(Invalid) as refusal:
        say(asha, reply_to=9)
    assert list(refusal.value.fields) == ["reply_to"]
    assert say(asha).seq == 2


def test_c11_the_words_are_checked(asha: User, say: Say) -> None:
    with pytest.raises(Invalid):
        say(asha, "\u200b")
    assert not Message.objects.exists()


@pytest.mark.usefixtures("limited")
def test_c13_the_sixth_message_in_five_seconds_is_refused_and_not_saved(asha: User, ravi: User, say: Say) -> None:
    for _ in range(5):
        say(asha)
    with pytest.raises(RateLimited) as refusal:
        say(asha)
    assert 0 < (refusal.value.retry_after_s or 0) <= 5
    assert say(ravi).seq == 6


@pytest.mark.usefixtures("limited")
def test_c13_rooms_count_apart_and_repeats_do_not_count(asha: User, say: Say, club: str) -> None:
    for _ in range(9):
        services.post_message(by=asha, room="global", text="hi", client_id=ID)
    for _ in range(4):
        say(asha)
    assert say(asha, room=club).seq == 1
    with pytest.raises(RateLimited):
        say(asha)


def test_c1_a_room_that_is_not_there_or_not_theirs_is_not_found(say: Say, ravi: User, mod: User, club: str) -> None:
    for who, room in ((ravi, "nowhere"), (ravi, "global-1"), (ravi, "club"), (mod, club)):
        with pytest.raises(NotFound, match="no_room"):
            say(who, room=room)
    assert not Room.objects.exists()


def test_c1_who_may_only_read_a_room_is_told_why(say: Say, asha: User, ravi: User, club: str) -> None:
    with pytest.raises(NotAllowed, match="read_only: Members post here"):
        say(ravi, room=club)
    assert say(asha, room=club).seq == 1


def test_a1_an_unverified_person_does_not_post_where_that_is_demanded(asha: User, say: Say, settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"require_verified_email": True})
    with pytest.raises(NotAllowed, match="read_only"):
        say(asha)
    asha.email_verified = True
    assert say(asha).seq == 1


def test_c23_a_timeout_lets_people_read_only_until_it_is_lifted(asha: User, say: Say) -> None:
    say(asha)
    until = database_now() + timedelta(hours=1)
    timeout = time_out_user(by=SYSTEM, user_id=asha.pk, reason="spam", until=until)
    with pytest.raises(NotAllowed, match="timed_out"):
        say(asha)
    with pytest.raises(NotAllowed, match="timed_out"):
        services.edit_message(by=asha, room="global", seq=1, text="ho")
    lift_sanction(by=SYSTEM, sanction_id=timeout.pk)
    assert say(asha).seq == 2


def test_c23_a_ban_weighs_more_than_a_timeout(asha: User, say: Say) -> None:
    time_out_user(by=SYSTEM, user_id=asha.pk, reason="spam", until=database_now() + timedelta(hours=1))
    ban_user(by=SYSTEM, user_id=asha.pk, reason="more spam")
    with pytest.raises(NotAllowed, match="banned"):
        say(asha)


def test_c15a_a_reply_shows_the_first_line_of_what_it_answers(asha: User, ravi: User, say: Say) -> None:
    say(asha, "map two?\nor three")
    reply = say(ravi, "two", reply_to=1)
    assert reply.reply_to == shapes.Reply(seq=1, author=card(asha), line="map two?")


def test_c15a_a_reply_answers_a_message_of_its_own_room(asha: User, say: Say, club: str) -> None:
    say(asha)
    with pytest.raises(Invalid):
        say(asha, room=club, reply_to=1)


def test_a_post_costs_few_queries(asha: User, say: Say) -> None:
    """SQLite: repeat, room, sanction, insert, head; PostgreSQL also asks the clock. BEGIN and COMMIT on top."""
    say(asha)
    with CaptureQueriesContext(connection) as queries:
        say(asha)
    assert len(queries) == (8 if connection.vendor == "postgresql" else 7)


def test_a_batch_of_posts_shares_one_lock(asha: User) -> None:
    drafts = [services.Draft(author=asha, text=f"{n}", client_id=uuid4()) for n in range(3)]
    with transaction.atomic(), services.open_log("global") as log:
        seqs = [services.add_message(log, draft).seq for draft in drafts]
    assert (seqs, Room.objects.get().head) == ([1, 2, 3], 3)
