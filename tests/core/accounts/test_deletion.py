"""A14, C24: leaving."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F

from core.accounts.models import Block, GameAccount, OneTimeToken, Profile, TokenFamily, User
from core.accounts.selectors import card, live_sessions
from core.accounts.services import (
    GRACE,
    SYSTEM,
    ask_deletion,
    block_user,
    deletion,
    erase_account,
    erases_belongings,
    guards_deletion,
    open_session,
    update_profile,
)
from core.accounts.shapes import DELETED_USER, GameIdentity
from core.errors import Conflict
from core.events import SessionsEnded
from core.work.models import Job
from tests.core.accounts.hearing import heard
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rooms() -> Iterator[None]:
    """Rooms that register here leave again."""
    guards, erasers = dict(deletion._guards), dict(deletion._erasers)
    yield
    deletion._guards.clear()
    deletion._guards.update(guards)
    deletion._erasers.clear()
    deletion._erasers.update(erasers)


def make_due(user: User) -> None:
    User.objects.filter(pk=user.pk).update(delete_due_at=F("delete_due_at") - GRACE)


def test_a14_asking_ends_every_sign_in_and_leaves_a_job_for_later() -> None:
    user = make_person()
    session = open_session(user=user, device="phone")
    with heard() as events:
        ask_deletion(by=user)
    assert SessionsEnded(user_id=user.pk) in events
    assert not live_sessions([session.session_id])
    user.refresh_from_db()
    job = Job.objects.get(kind=deletion.ERASE_JOB)
    assert (job.payload, job.run_at) == ({"user_id": user.pk}, user.delete_due_at)
    assert job.run_at - job.created_at > timedelta(days=13)


def test_a14_a_room_may_mind() -> None:
    user = make_person()
    guards_deletion("lists", lambda one: Conflict("owns_lists", "Hand over your lists first."))
    with pytest.raises(Conflict) as refusal:
        ask_deletion(by=user)
    assert refusal.value.code == "owns_lists"
    user.refresh_from_db()
    assert user.delete_due_at is None


def test_a14_nothing_personal_stays_after_the_grace() -> None:
    user, other = make_person("asha"), make_person("ravi")
    update_profile(by=user, bio="me", game_accounts=[GameIdentity(game="bgmi", in_game_id="512345", in_game_name="a")])
    block_user(by=other, user_id=user.pk)
    open_session(user=user, device="phone")
    erased: list[int] = []
    erases_belongings("lists", lambda one: erased.append(one.pk))
    ask_deletion(by=user)
    make_due(user)
    assert erase_account(by=SYSTEM, user_id=user.pk)
    user.refresh_from_db()
    assert erased == [user.pk]
    assert card(user) == DELETED_USER
    assert (user.email, user.email_key, user.is_active, user.has_usable_password()) == (None, None, False, False)
    assert Profile.objects.get(user=user).bio == ""
    for rows in (GameAccount, TokenFamily, Block):
        assert not rows.objects.exists()
    assert not OneTimeToken.objects.filter(user=user).exists()
    assert not erase_account(by=SYSTEM, user_id=user.pk)


def test_a14_too_early_or_called_off_nothing_is_erased() -> None:
    user = make_person()
    ask_deletion(by=user)
    assert not erase_account(by=SYSTEM, user_id=user.pk)
    User.objects.update(delete_due_at=None)
    assert not erase_account(by=SYSTEM, user_id=user.pk)
    assert not erase_account(by=SYSTEM, user_id=user.pk + 1)


def test_a14_names_of_the_erased_are_free_again() -> None:
    user = make_person("asha")
    ask_deletion(by=user)
    make_due(user)
    erase_account(by=SYSTEM, user_id=user.pk)
    assert make_person("asha").pk != user.pk
