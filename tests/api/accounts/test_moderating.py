"""C23 over REST: who may decide what about whom, with which reason, and that it counts at once."""

from typing import Any

import pytest

from core.accounts.models import AuditEntry, Sanction
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
ASHA = "moderation/people/asha/"
MESSAGES = "chat/rooms/global/messages/"


def decided(phone: Phone, what: str, body: Any, **headers: str) -> Any:
    answer = phone.post(f"{ASHA}{what}/", body, **headers)
    assert answer.status_code == 201, answer.content
    return json_of(answer)


def test_c23_a_timeout_counts_at_once_and_so_does_its_end() -> None:
    mod, asha = Phone(make_person("mod", staff=True)), Phone(make_person("asha"))
    said = json_of(asha.post(MESSAGES, {"text": "hi"}))
    timeout = decided(mod, "timeout", {"seconds": 60, "reason": "Caps."})
    assert (timeout["kind"], timeout["reason"], timeout["in_force"]) == ("timeout", "Caps.", True)
    assert refusal_of(asha.post(MESSAGES, {"text": "ho"})) == (403, "timed_out")
    assert refusal_of(asha.patch(f"{MESSAGES}{said['seq']}/", {"text": "ho"})) == (403, "timed_out")
    state = json_of(asha.get("chat/rooms/global/"))
    assert (state["may_post"], asha.get(MESSAGES).status_code) == (False, 200)
    lifted = json_of(mod.call("DELETE", f"moderation/sanctions/{timeout['id']}/", {"reason": "Appeal."}))
    assert (lifted["id"], lifted["in_force"], bool(lifted["lifted_at"])) == (timeout["id"], False, True)
    assert asha.post(MESSAGES, {"text": "ho"}).status_code == 201
    assert refusal_of(mod.delete(f"moderation/sanctions/{timeout['id']}/")) == (409, "already_lifted")


def test_c23_a_ban_ends_every_sign_in_until_it_is_lifted() -> None:
    mod, asha = Phone(make_person("mod", staff=True)), Phone(make_person("asha"))
    ban = decided(mod, "ban", {"reason": "Spam."})
    assert (ban["kind"], ban["until"]) == ("ban", None)
    assert refusal_of(asha.get("users/me/")) == (401, "banned")
    assert mod.delete(f"moderation/sanctions/{ban['id']}/").status_code == 200
    assert refusal_of(asha.get("users/me/")) == (401, "signed_out")


def test_c23_the_record_is_shown_newest_first_to_moderators_alone() -> None:
    moderator = make_person("mod", staff=True)
    mod, asha = Phone(moderator), Phone(make_person("asha"))
    given = [decided(mod, "timeout", {"seconds": 600, "reason": f"{number}"}) for number in range(2)]
    shown = json_of(mod.get(ASHA))
    assert (shown["user"]["username"], shown["sanctions"]) == ("asha", given[::-1])
    assert given[0]["by"]["id"] == moderator.pk
    for answer in (
        asha.get(ASHA),
        asha.get("moderation/people/nobody/"),
        asha.post(f"{ASHA}ban/", {"reason": "no"}),
        asha.delete(f"moderation/sanctions/{given[0]['id']}/"),
    ):
        assert refusal_of(answer) == (403, "not_moderator")
    assert refusal_of(mod.get("moderation/people/nobody/")) == (404, "no_person")
    assert refusal_of(mod.delete("moderation/sanctions/999/")) == (404, "no_sanction")


def test_c23_moderators_decide_nothing_about_each_other() -> None:
    mod = Phone(make_person("mod", staff=True))
    make_person("asha", staff=True)
    assert refusal_of(mod.post(f"{ASHA}ban/", {"reason": "no"})) == (403, "may_not_sanction")


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("timeout", {"seconds": 59, "reason": "x"}, "seconds"),
        ("timeout", {"seconds": 28 * 86_400 + 1, "reason": "x"}, "seconds"),
        ("timeout", {"seconds": "60", "reason": "x"}, "seconds"),
        ("timeout", {"reason": "x"}, "seconds"),
        ("timeout", {"seconds": 60}, "reason"),
        ("timeout", {"seconds": 60, "reason": " "}, "reason"),
        ("ban", {"reason": ""}, "reason"),
        ("ban", {"reason": "x" * 501}, "reason"),
        ("ban", {"reason": "x", "seconds": 0}, "seconds"),
        ("ban", {"reason": "x", "colour": "red"}, "colour"),
    ],
)
def test_c23_input_that_is_wrong_is_refused(what: str, body: Any, field: str) -> None:
    make_person("asha")
    answer = Phone(make_person("mod", staff=True)).post(f"{ASHA}{what}/", body)
    assert (answer.status_code, list(json_of(answer)["fields"])) == (400, [field])
    assert not Sanction.objects.exists()


def test_c23_the_longest_timeout_is_four_weeks() -> None:
    make_person("asha")
    decided(Phone(make_person("mod", staff=True)), "timeout", {"seconds": 28 * 86_400, "reason": "x"})


def test_c23_a_repeat_with_its_key_decides_once() -> None:
    mod = Phone(make_person("mod", staff=True))
    make_person("asha")
    key = {"Idempotency-Key": "one"}
    first = decided(mod, "ban", {"reason": "Spam."}, **key)
    assert decided(mod, "ban", {"reason": "Spam."}, **key) == first
    assert (Sanction.objects.count(), AuditEntry.objects.filter(action="sanction.ban").count()) == (1, 1)
