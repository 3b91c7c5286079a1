"""C15, C16: what a message was before, for moderators alone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.chat.models import Revision
from core.chat.services import purge_old_words
from core.chat.services.changing import WORDS_KEPT_FOR
from core.work.clock import database_now
from tests.api.chat.conftest import RoomPhone

pytestmark = pytest.mark.django_db(transaction=True)
Phones = Callable[..., RoomPhone]
REVISIONS = "messages/1/revisions/"


def test_c15_moderators_see_every_version_with_who_why_and_when(phone: Phones) -> None:
    asha, mod = phone("asha"), phone("mod", staff=True)
    said = asha.say("one")
    assert mod.get(REVISIONS) == (200, {"results": []})
    asha.patch("messages/1/", {"text": "two"})
    mod.delete("messages/1/", {"reason": "Spam."})
    status, shown = mod.get(REVISIONS)
    assert status == 200
    kept = [(it["seq"], it["kind"], it["text_before"], it["by"]["username"], it["reason"]) for it in shown["results"]]
    assert kept == [(2, "edited", "one", "asha", ""), (3, "deleted", "two", "mod", "Spam.")]
    assert all(it["at"] > said["created_at"] for it in shown["results"])


def test_c15_nobody_else_sees_them_not_even_the_author(phone: Phones) -> None:
    asha = phone("asha")
    asha.say("one")
    asha.patch("messages/1/", {"text": "two"})
    status, body = asha.get(REVISIONS)
    assert (status, body["code"]) == (403, "not_moderator")


def test_c16_words_are_gone_after_thirty_days(phone: Phones) -> None:
    asha, mod = phone("asha"), phone("mod", staff=True)
    asha.say("one")
    asha.delete("messages/1/")
    Revision.objects.update(at=database_now() - WORDS_KEPT_FOR)
    purge_old_words()
    assert [it["text_before"] for it in mod.get(REVISIONS)[1]["results"]] == [""]


def test_what_is_not_there_has_no_versions(phone: Phones) -> None:
    mod = phone("mod", staff=True)
    assert mod.get(REVISIONS)[1]["code"] == "no_message"
    assert mod.get(f"chat/rooms/list-1/{REVISIONS}")[1]["code"] == "no_room"


@pytest.mark.parametrize("changes", [1, 3])
def test_versions_cost_the_same_for_one_and_for_three(phone: Phones, changes: int) -> None:
    asha, mod = phone("asha"), phone("mod", staff=True)
    asha.say("one")
    for number in range(changes):
        asha.patch("messages/1/", {"text": f"{number}"})
    with CaptureQueriesContext(connection) as queries:
        assert len(mod.get(REVISIONS)[1]["results"]) == changes
    assert len(queries) == 3  # who asks, the message, its changes
