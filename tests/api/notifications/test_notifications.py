"""V82, V83, V85 over REST: the same services as on the socket, the same bytes."""

from typing import Any

import msgspec
import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.notifications import selectors
from core.notifications.models import InboxEntry, Notification
from core.notifications.services import notify
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

LIST, COUNT, READ = "notifications/", "notifications/unread-count/", "notifications/read/"


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def phone(asha: User) -> Phone:
    return Phone(asha)


@pytest.fixture
def ids(asha: User) -> list[int]:
    """Three notifications of asha, the first of them first."""
    mei = make_person("mei")
    for seq in (1, 2, 3):
        tell(mei, asha, seq)
    return list(Notification.objects.order_by("pk").values_list("pk", flat=True))


def tell(by: User, to: User, seq: int) -> None:
    facts: dict[str, Any] = {"room": "global", "seq": seq, "line": "hi"}
    target = {"target_kind": "chat.message", "target_id": f"global/{seq}"}
    notify(by=by, kind="mention", recipients=[to.pk], cause=f"chat.mention:global/{seq}", data=facts, **target)


def unread(phone: Phone) -> Any:
    listed = json_of(phone.get(LIST))["results"]
    count = json_of(phone.get(COUNT))
    assert count == {"unread": sum(not shown["read"] for shown in listed)}
    return count["unread"]


def test_v82_the_list_shows_what_the_socket_shows(phone: Phone, asha: User, ids: list[int]) -> None:
    answer = phone.get(LIST)
    assert answer.status_code == 200
    assert answer.content == msgspec.json.encode(selectors.notifications_of(asha))
    body = json_of(answer)
    assert [shown["id"] for shown in body["results"]] == ids[::-1]
    assert body["next"] is None
    assert body["results"][0].keys() == {"id", "kind", "text", "by", "target", "data", "created_at", "read"}


def test_v82_pages_follow_their_next(phone: Phone, asha: User) -> None:
    mei = make_person("mei")
    for seq in range(51):
        tell(mei, asha, seq)
    first = json_of(phone.get(LIST))
    last = json_of(phone.get(f"{LIST}?after={first['next']}"))
    assert [len(page["results"]) for page in (first, last)] == [50, 1]
    assert last["next"] is None
    assert refusal_of(phone.get(f"{LIST}?after=x")) == (400, "bad_cursor")
    assert refusal_of(phone.get(f"{LIST}?page=2")) == (400, "unknown_field")


@pytest.mark.parametrize("dismiss", [False, True])
def test_v85_one_or_several_or_all(phone: Phone, ids: list[int], dismiss: bool) -> None:
    more = {"dismiss": True} if dismiss else {}
    for body, left in (({"id": ids[0]}, 2), ({"ids": ids[:2]}, 1), ({"all": True}, 0)):
        answer = phone.post(READ, body | more)
        assert (answer.status_code, json_of(answer)) == (200, {"unread": left})
        assert unread(phone) == left
    assert len(json_of(phone.get(LIST))["results"]) == (0 if dismiss else 3)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"dismiss": True},
        {"all": False},
        {"id": 1, "all": True},
        {"id": 1, "ids": [1]},
        {"ids": []},
        {"ids": list(range(1, 502))},
        {"ids": ["1"]},
        {"id": "1"},
        {"id": 0},
        {"id": 2**63},
        {"id": None},
        {"all": "true"},
        {"all": True, "dismiss": 1},
        [],
    ],
)
def test_v85_what_says_not_what_was_read_is_refused(phone: Phone, ids: list[int], body: Any) -> None:
    assert refusal_of(phone.post(READ, body)) == (400, "invalid")
    assert unread(phone) == 3


def test_v85_what_is_not_there_or_not_theirs_is_404(ids: list[int]) -> None:
    ravi = Phone(make_person("ravi"))
    for body in ({"id": ids[0]}, {"ids": [10**9]}):
        assert refusal_of(ravi.post(READ, body)) == (404, "no_notification")
    assert not Notification.objects.exclude(read_at=None).exists()


def test_a_repeat_with_its_key_is_one_reading(phone: Phone, asha: User, ids: list[int]) -> None:
    once = {"Idempotency-Key": "read-1"}
    first = phone.post(READ, {"all": True}, **once)
    tell(User.objects.get(username="mei"), asha, 4)
    told = InboxEntry.objects.count()
    again = phone.post(READ, {"all": True}, **once)
    assert (again.status_code, again.content) == (200, first.content)
    assert (unread(phone), InboxEntry.objects.count()) == (1, told)
    assert refusal_of(phone.post(READ, {"id": ids[0]}, **once)) == (409, "idempotency_mismatch")


def test_nobody_reads_without_signing_in() -> None:
    nobody = Phone()
    for answer in (nobody.get(LIST), nobody.get(COUNT), nobody.post(READ, {"all": True})):
        assert refusal_of(answer) == (401, "not_signed_in")
