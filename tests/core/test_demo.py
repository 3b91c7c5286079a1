"""`manage.py demo`: people who have talked, in an empty house, once."""

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import check_credentials
from core.chat import rules, selectors
from core.chat.models import Message, Revision, Room
from core.management import demo_competitions
from core.management.commands import demo
from core.tournaments.models import ResultEntry, Table
from core.tournaments.selectors.competitions import list_competitions
from core.tournaments.shapes import CompetitionCard
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def run() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_demo_people_have_talked_edited_and_deleted() -> None:
    printed = run()
    assert demo.KNOWN_PASSWORD in printed
    names = {*demo.PEOPLE, *demo_competitions.VISITORS}
    assert sorted(User.objects.values_list("username", "is_staff")) == [(name, name == "mod") for name in sorted(names)]
    for name in ("asha", "ravi", "mod"):
        check_credentials(login=name, password=demo.KNOWN_PASSWORD, address="127.0.0.1")
    messages = selectors.history("global", before=None, limit=100).messages
    assert [message.seq for message in messages] == list(range(1, len(demo.CONVERSATION) + 1))
    assert messages == sorted(messages, key=lambda message: message.created_at)
    assert [message.seq for message in messages if message.deleted] == [demo.DELETED]
    assert [message.seq for message in messages if message.edited_at] == [demo.EDITED]
    assert any(message.reply_to for message in messages)


def test_asha_finds_something_unread() -> None:
    run()
    asha = User.objects.get(username="asha")
    assert selectors.room_state(asha, "global", rules.rights(asha, "global")).unread > 0


def test_asha_runs_a_scrim_that_is_live_and_a_cup_that_people_enter() -> None:
    """With a board that moved twice"""
    run()
    shown = {it.title: (it.kind, it.state, it.entrants_count) for kind in KINDS for it in listed(kind)}
    assert shown == {
        "Tuesday Solo Scrim": ("scrim", "live", 7),
        "Sunday Night Cup": ("tournament", "registration_open", 2),
    }
    board = Table.objects.get(stage__competition__kind="scrim", group=None)
    assert len(board.rows) == 7
    assert ResultEntry.objects.count() == 2


def listed(kind: str) -> list[CompetitionCard]:
    return list_competitions(None, kind=kind, limit=10).results


KINDS = ("scrim", "tournament")


def test_a_second_run_adds_nothing() -> None:
    run()
    before = [list(model.objects.order_by("pk").values()) for model in (User, Room, Message, Revision)]
    assert demo.KNOWN_PASSWORD in run()
    assert [list(model.objects.order_by("pk").values()) for model in (User, Room, Message, Revision)] == before


def test_a_house_where_people_live_gets_no_demo() -> None:
    make_person("zoe")
    assert run() == ""
    assert User.objects.count() == 1


def test_the_password_is_known_only_where_nobody_else_can_reach_the_house(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://play.example.org"
    printed = run()
    password = printed.split("password ")[1].split(" ")[0]
    assert password != demo.KNOWN_PASSWORD
    assert check_credentials(login="mod", password=password, address="127.0.0.1").is_staff
    assert run() == ""
