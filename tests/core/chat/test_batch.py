"""Several messages in one commit: each has its own answer, one that is refused touches no other."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import SYSTEM, ban_user
from core.chat import services, shapes
from core.chat.events import MessagePosted
from core.chat.models import Message, Room
from core.chat.services import Draft, post_messages
from core.errors import DomainError
from core.events import Event
from tests.core.chat.conftest import Say
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
ID = UUID("6e0c8a44-55b5-4b43-a2de-2f0e6f5f8c11")


def draft(author: User, text: str = "hi", client_id: UUID | None = None, reply_to: int | None = None) -> Draft:
    return Draft(author=author, text=text, client_id=client_id or uuid4(), reply_to=reply_to)


def outcomes(drafts: list[Draft], room: str = "global") -> list[int | str]:
    """Of each draft, in order, its seq or why it was refused."""
    answers = post_messages(room=room, drafts=drafts)
    return [answer.code if isinstance(answer, DomainError) else answer.seq for answer in answers]


def test_what_comes_together_stands_and_is_told_in_order(asha: User, ravi: User, heard: list[Event]) -> None:
    drafts = [draft((asha, ravi)[number % 2], str(number)) for number in range(6)]
    answers = post_messages(room="global", drafts=drafts)
    assert [answer.text for answer in answers if isinstance(answer, shapes.Message)] == list("012345")
    assert list(Message.objects.order_by("seq").values_list("seq", "text")) == [(n + 1, str(n)) for n in range(6)]
    assert [(event.seq, event.data.message) for event in heard if isinstance(event, MessagePosted)] == [
        (number, answer) for number, answer in enumerate(answers, 1)
    ]
    assert Room.objects.get().head == 6


def test_one_that_is_refused_takes_no_seq_and_touches_no_other(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(asha, "first")
    ban_user(by=SYSTEM, user_id=ravi.pk, reason="spam")
    drafts = [draft(asha), draft(ravi), draft(asha, "\u200b"), draft(mod, reply_to=9), draft(mod, reply_to=1)]
    assert outcomes(drafts) == [2, "banned", "invalid", "invalid", 3]
    assert Room.objects.get().head == Message.objects.count() == 3


def test_c8_repeats_in_one_batch_and_of_an_earlier_one_are_one_message(asha: User, ravi: User) -> None:
    assert outcomes([draft(asha, client_id=ID), draft(asha, client_id=ID), draft(ravi, client_id=ID)]) == [1, 1, 2]
    again = [draft(asha, client_id=ID), draft(asha, "ho", client_id=ID), draft(asha)]
    assert outcomes(again) == [1, "client_id_reused", 3]
    assert outcomes([draft(asha, "ho", client_id=ID), draft(asha, client_id=ID)]) == ["client_id_reused", 1]


def test_c8_batches_that_race_with_the_same_ids_keep_each_message_once(asha: User, ravi: User) -> None:
    """Whoever loses the race for an id is told so as a whole, and by asking one by one everybody gets an answer."""
    drafts = [draft((asha, ravi)[number % 2], str(number)) for number in range(8)]

    def post() -> list[int | str]:
        try:
            return outcomes(drafts)
        except IntegrityError:
            return [code for one in drafts for code in outcomes([one])]

    answers = at_once(4, post)
    assert all(answer == answers[0] for answer in answers)
    assert sorted(answers[0], key=int) == list(range(1, 9))
    assert Message.objects.count() == Room.objects.get().head == 8


def test_c13_a_batch_counts_every_message_of_a_person(asha: User, ravi: User, settings: Settings) -> None:
    settings.LIMITS_RELAXED = False
    codes = outcomes([draft(asha) for _ in range(7)] + [draft(ravi)])
    assert codes == [1, 2, 3, 4, 5, "rate_limited", "rate_limited", 6]


def test_c14_in_slow_mode_one_of_a_batch_is_said_and_moderators_do_not_wait(asha: User, mod: User) -> None:
    services.set_slow_mode(by=mod, room="global", seconds=60)
    assert outcomes([draft(asha), draft(asha), draft(mod), draft(mod)]) == [2, "slow_mode", 3, 4]
    [refusal] = post_messages(room="global", drafts=[draft(asha)])
    assert isinstance(refusal, DomainError)
    assert 0 < (refusal.retry_after_s or 0) <= 60


def test_what_a_constraint_refuses_for_good_is_neither_said_nor_acknowledged(asha: User, heard: list[Event]) -> None:
    """The author's account is not there any more."""
    ghost = make_person("ghost")
    User.objects.filter(pk=ghost.pk).delete()
    with pytest.raises(IntegrityError):
        post_messages(room="global", drafts=[draft(ghost)])
    with pytest.raises(IntegrityError):
        post_messages(room="global", drafts=[draft(asha), draft(ghost)])
    assert not Message.objects.exists()
    assert [event for event in heard if isinstance(event, MessagePosted)] == []
    assert outcomes([draft(asha)]) == [1]


def test_a_batch_costs_as_many_queries_as_one_message(asha: User, ravi: User, say: Say) -> None:
    say(asha)
    with CaptureQueriesContext(connection) as one:
        outcomes([draft(asha)])
    with CaptureQueriesContext(connection) as many:
        outcomes([draft((asha, ravi)[number % 2]) for number in range(50)])
    assert len(one) == len(many)
