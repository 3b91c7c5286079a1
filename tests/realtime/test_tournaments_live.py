"""T23: a competition is the same on every screen, signed in or not, and a draft is on its staff's alone."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.tournaments import services
from core.tournaments.models import Competition
from core.tournaments.selectors import live
from core.work.clock import database_now
from realtime.hub import Hub
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage, passed
from tests.people import make_person
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_lists_access import is_revoked, within_a_second
from tests.realtime.test_owned_rooms import post, subscribe
from tests.realtime.test_teams_live import known

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@sync_to_async
def fresh(row: Competition) -> Any:
    return msgspec.to_builtins(live.snapshot(str(row.pk)))


@sync_to_async
def furnished(state: str = "registration_open", **fields: Any) -> Competition:
    row = make_competition(make_host("hosting"), state=state, **fields)
    entrants = [make_entrant(row, captain=make_person(name)) for name in ("first", "second")]
    stage = make_stage(row, entrants, format="round_robin")
    make_match(stage.groups.get(), entrants)
    return row


async def host_of(hub: Hub, row: Competition) -> Person:
    """The host, with a socket."""
    one = await person(hub, "stand_in")
    await sync_to_async(Competition.objects.filter(pk=row.pk).update)(host=one.user)
    return one


async def test_whoever_looks_at_a_competition_sees_each_move_and_each_word(hub: Hub) -> None:
    row = await furnished()
    host, asha = await host_of(hub, row), await person(hub, "asha")
    topic = f"tournament.{row.pk}"
    begun = await subscribe(asha, 1, topic)
    assert (begun["mine"]["role"], begun["mine"]["moves"], begun["mine"]["entrant"]) == (None, [], None)
    assert (await subscribe(host, 1, topic))["mine"]["moves"] == ["registration_closed", "cancelled"]
    assert {key.partition(".")[0] for key in known(asha, topic)} == {"meta", "stage", "match", "entrant"}
    assert known(asha, topic) == await fresh(row)
    for number, name in enumerate((f"{topic}.staff", "tournament.0", f"{topic}.x", "tournament.999999"), 2):
        assert (await subscribe(asha, number, name))["code"] == "no_topic"
    assert (await subscribe(host, 2, f"{topic}.staff"))["op"] == "subscribed"

    await sync_to_async(services.move_competition)(by=host.user, competition_id=row.pk, move="close_registration")
    await sync_to_async(services.announce)(by=host.user, competition_id=row.pk, words="Ten minutes late.")
    await until(lambda: any(key.startswith("announcement.") for key in known(asha, topic)))
    await until(lambda: known(asha, topic)["meta"]["state"] == "registration_closed")
    assert known(asha, topic) == await fresh(row)


async def test_a_draft_is_heard_by_its_staff_until_they_are_dismissed(hub: Hub) -> None:
    """T4"""
    row = await furnished("draft")
    host, ref, asha = [await person(hub, name) for name in ("stand_in", "ref", "asha")]
    await sync_to_async(Competition.objects.filter(pk=row.pk).update)(host=host.user)
    topics = [f"tournament.{row.pk}", f"tournament.{row.pk}.staff", f"chat.tournament-{row.pk}"]
    await sync_to_async(services.appoint)(by=host.user, competition_id=row.pk, username="ref", role="referee")
    for number, topic in enumerate(topics, 1):
        assert (await subscribe(ref, number, topic))["op"] == "subscribed"
        assert (await subscribe(asha, number, topic))["code"] == "no_topic"
    assert (await post(ref, 8, f"tournament-{row.pk}"))["op"] == "done"
    await sync_to_async(services.dismiss)(by=host.user, competition_id=row.pk, user_id=ref.user.pk)
    await within_a_second(lambda: is_revoked(ref.socket, topics))


async def test_staff_see_who_is_absent_from_the_moment_check_in_opens_until_it_is_over(hub: Hub) -> None:
    """T7, T23"""
    soon = await sync_to_async(database_now)() + timedelta(hours=3)
    times = {"checkin_opens": soon, "checkin_closes": soon + timedelta(hours=1), "starts_at": soon + timedelta(hours=2)}
    row = await furnished("registration_closed", **times)
    host = await host_of(hub, row)
    topic = f"tournament.{row.pk}.staff"
    assert (await subscribe(host, 1, topic))["state"] == {}
    await sync_to_async(services.move_competition)(by=host.user, competition_id=row.pk, move="open_check_in")
    await within_a_second(lambda: len(known(host, topic)) == 2)
    await sync_to_async(services.cancel)(by=host.user, competition_id=row.pk, reason="Rain.")
    await within_a_second(lambda: known(host, topic) == {})


def test_the_state_says_when_it_changes_by_itself_and_asks_as_often_for_many(
    django_assert_max_num_queries: Any,
) -> None:
    """T3, T25"""
    row = make_competition(make_host(), state="published", reg_opens=database_now() + timedelta(minutes=1))
    name = str(row.pk)
    assert live.changes_at(name) == row.reg_opens
    row.frozen_at = database_now() + timedelta(seconds=30)
    row.save()
    assert live.changes_at(name) == row.frozen_at
    assert (live.changes_at(f"{name}.staff"), live.changes_at("0")) == (None, None)
    passed(row, "reg_closes")
    row.refresh_from_db()
    assert live.changes_at(name) == row.frozen_at
    assert live.snapshot(name)["meta"].state == "registration_closed"
    for number in range(3):
        entrants = [make_entrant(row, captain=make_person(f"player{number}{side}")) for side in "ab"]
        stage = make_stage(row, entrants)
        make_match(stage.groups.get(), entrants)
        with django_assert_max_num_queries(14):
            assert len(live.snapshot(name)) == 1 + 4 * (number + 1)
