"""A4, A5, PR9: families of refresh tokens, and what ends them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.db.models import F
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from core.accounts import tokens
from core.accounts.models import AuditEntry, TokenFamily, User
from core.accounts.selectors import identify, identify_all, live_sessions
from core.accounts.services import (
    SYSTEM,
    ban_user,
    end_presented_session,
    end_session,
    lift_sanction,
    open_session,
    refresh_session,
    sweep_sessions,
)
from core.accounts.shapes import Tokens
from core.errors import NotFound, NotSignedIn
from core.events import SessionsEnded
from tests.core.accounts.hearing import heard
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> User:
    return make_person()


@pytest.fixture
def session(user: User) -> Tokens:
    return open_session(user=user, device="phone")


def refusal_of(refresh: str) -> str:
    with pytest.raises(NotSignedIn) as refusal:
        refresh_session(refresh_token=refresh)
    return refusal.value.code


def age_rotation(seconds: int) -> None:
    TokenFamily.objects.update(rotated_at=F("rotated_at") - timedelta(seconds=seconds))


def test_a4_refreshing_gives_a_successor_of_the_same_sign_in(session: Tokens) -> None:
    successor = refresh_session(refresh_token=session.refresh)
    assert successor.session_id == session.session_id
    assert successor.refresh != session.refresh
    assert identify(successor.access).session_id == session.session_id


def test_a4_sixteen_at_once_get_one_successor(session: Tokens) -> None:
    successors = at_once(16, lambda: refresh_session(refresh_token=session.refresh).refresh)
    assert len(set(successors)) == 1
    assert TokenFamily.objects.get().generation == 2
    assert refresh_session(refresh_token=successors[0]).refresh != successors[0]


def test_a4_a_repeat_within_ten_seconds_gets_the_same_successor(session: Tokens) -> None:
    successor = refresh_session(refresh_token=session.refresh).refresh
    age_rotation(9)
    assert refresh_session(refresh_token=session.refresh).refresh == successor


def test_a4_a_later_repeat_ends_the_family_for_good(session: Tokens) -> None:
    successor = refresh_session(refresh_token=session.refresh)
    age_rotation(11)
    with heard() as events:
        assert refusal_of(session.refresh) == "token_reused"
    assert TokenFamily.objects.get().revoked_for == "token_reused"
    assert refusal_of(successor.refresh) == "signed_out"
    assert not live_sessions([session.session_id])
    assert [event.session_ids for event in events if isinstance(event, SessionsEnded)] == [(session.session_id,)]
    assert AuditEntry.objects.filter(action="session.token_reused").count() == 1


def test_a4_a_token_two_rotations_old_ends_the_family(session: Tokens) -> None:
    refresh_session(refresh_token=refresh_session(refresh_token=session.refresh).refresh)
    assert refusal_of(session.refresh) == "token_reused"


def test_a4_only_a_hash_of_the_token_is_kept(session: Tokens) -> None:
    kept = " ".join(str(value) for value in TokenFamily.objects.values_list().get())
    assert session.refresh not in kept
    assert tokens.sha256(session.refresh) in kept


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"),
        lambda t: t.replace(".1.", ".2."),
        lambda t: t.replace(".1.", ".01."),
        lambda t: t.replace(".1.", ".١."),
        lambda t: "",
        lambda t: "x" * 200,
    ],
)
def test_a4_a_forged_token_is_refused_and_ends_nothing(session: Tokens, spoil: Callable[[str], str]) -> None:
    assert refusal_of(spoil(session.refresh)) == "token_invalid"
    assert live_sessions([session.session_id])


def test_a4_an_access_token_is_no_refresh_token_and_the_other_way_round(session: Tokens) -> None:
    assert refusal_of(session.access) == "token_invalid"
    with pytest.raises(NotSignedIn):
        identify(session.refresh)


def test_a4_a_sign_in_that_ran_out_cannot_be_renewed(session: Tokens) -> None:
    TokenFamily.objects.update(expires_at=F("created_at"))
    assert refusal_of(session.refresh) == "token_expired"


def test_a4_every_rotation_starts_the_seven_days_anew(session: Tokens) -> None:
    TokenFamily.objects.update(expires_at=F("expires_at") - timedelta(days=6))
    refresh_session(refresh_token=session.refresh)
    family = TokenFamily.objects.get()
    assert family.expires_at - family.rotated_at == timedelta(days=7)


def test_identifying_takes_one_query(
    session: Tokens, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        identity = identify(session.access)
        assert (identity.user, identity.user.profile.name, identity.session_id) == (user, "", session.session_id)


def test_a_crowd_is_identified_in_one_query_and_each_gets_its_own_answer(
    session: Tokens, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    gone, other = (open_session(user=user, device=device) for device in ("laptop", "tablet"))
    end_session(by=user, session_id=gone.session_id)
    with django_assert_num_queries(1):
        found = identify_all([session.access, "no token", gone.access, other.access, session.access])
    seen = [it.code if isinstance(it, NotSignedIn) else it.session_id for it in found]
    assert seen == [session.session_id, "token_invalid", "signed_out", other.session_id, session.session_id]


def claims_of(access: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(access, options={"verify_signature": False})
    return claims


@pytest.mark.parametrize(
    ("changes", "algorithm", "code"),
    [
        ({}, "none", "token_invalid"),
        ({"aud": "elsewhere"}, "HS256", "token_invalid"),
        ({"iss": "elsewhere"}, "HS256", "token_invalid"),
        ({"exp": 1}, "HS256", "token_expired"),
        ({"sid": None}, "HS256", "token_invalid"),
        ({"ver": 0}, "HS256", "signed_out"),
        ({"sid": "x" * 22}, "HS256", "signed_out"),
        ({"sub": "999"}, "HS256", "signed_out"),
    ],
)
def test_a4_only_what_we_signed_for_this_sign_in_counts(
    session: Tokens, changes: dict[str, Any], algorithm: str, code: str
) -> None:
    claims = {name: value for name, value in (claims_of(session.access) | changes).items() if value is not None}
    key: Any = None if algorithm == "none" else tokens._key("access")
    with pytest.raises(NotSignedIn) as refusal:
        identify(jwt.encode(claims, key, algorithm=algorithm))
    assert refusal.value.code == code


def test_a4_another_key_is_another_server(session: Tokens) -> None:
    with override_settings(SECRET_KEY="another key of at least thirty-two bytes"):
        assert refusal_of(session.refresh) == "token_invalid"
        with pytest.raises(NotSignedIn) as refusal:
            identify(session.access)
    assert refusal.value.code == "token_invalid"


def test_a5_signing_out_ends_one_sign_in_at_once(user: User, session: Tokens) -> None:
    other = open_session(user=user, device="laptop")
    with heard() as events:
        end_session(by=user, session_id=session.session_id)
    assert events == [SessionsEnded(user_id=user.pk, session_ids=(session.session_id,))]
    assert set(live_sessions([session.session_id, other.session_id])) == {other.session_id}
    with pytest.raises(NotSignedIn) as refusal:
        identify(session.access)
    assert refusal.value.code == "signed_out"
    assert identify(other.access).user == user


def test_a5_a_refresh_token_of_any_generation_signs_out_and_again_is_nothing(session: Tokens) -> None:
    refresh_session(refresh_token=session.refresh)
    with heard() as events:
        end_presented_session(refresh_token=session.refresh)
        end_presented_session(refresh_token=session.refresh)
    assert len(events) == 1
    assert not live_sessions([session.session_id])


def test_a7_nobody_ends_the_sign_in_of_another(session: Tokens) -> None:
    with pytest.raises(NotFound):
        end_session(by=make_person("ravi"), session_id=session.session_id)
    assert live_sessions([session.session_id])


def test_c23_a_ban_ends_every_sign_in_for_good(user: User, session: Tokens) -> None:
    with heard() as events:
        ban = ban_user(by=SYSTEM, user_id=user.pk, reason="spam")
    assert SessionsEnded(user_id=user.pk) in events
    assert not live_sessions([session.session_id])
    with pytest.raises(NotSignedIn) as refusal:
        identify(session.access)
    assert refusal.value.code == "banned"
    lift_sanction(by=SYSTEM, sanction_id=ban.pk)
    assert refusal_of(session.refresh) == "signed_out"


def test_a_sign_in_opened_with_an_old_password_is_refused(user: User) -> None:
    stale = User.objects.get(pk=user.pk)
    User.objects.update(password="changed meanwhile")
    with pytest.raises(NotSignedIn):
        open_session(user=stale, device="")


def test_families_are_swept_a_day_after_they_ran_out(session: Tokens) -> None:
    assert sweep_sessions() == 0
    TokenFamily.objects.update(expires_at=F("created_at") - timedelta(days=2))
    assert sweep_sessions() == 1
