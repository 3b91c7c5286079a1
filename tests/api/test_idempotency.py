"""PR2: a POST repeated with its key has one effect and the same answer."""

import pytest
from django.http import HttpResponse

from core.accounts.models import AuditEntry, Block, User
from core.work.models import IdempotencyKey
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def phone(asha: User) -> Phone:
    return Phone(asha)


def block(phone: Phone, user_id: int, key: str = "k1") -> HttpResponse:
    return phone.post("users/me/blocks/", {"user": user_id}, **{"Idempotency-Key": key})


def test_a_repeat_gets_the_stored_answer_and_no_second_effect(phone: Phone) -> None:
    ravi = make_person("ravi")
    first = block(phone, ravi.pk)
    phone.delete(f"users/me/blocks/{ravi.pk}/")
    second = block(phone, ravi.pk)
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert not Block.objects.exists()


def test_the_key_with_another_body_is_refused(phone: Phone) -> None:
    block(phone, make_person("ravi").pk)
    assert refusal_of(block(phone, make_person("mei").pk)) == (409, "idempotency_mismatch")
    assert Block.objects.count() == 1


def test_the_order_of_keys_in_the_body_is_not_another_body(phone: Phone) -> None:
    ravi = make_person("ravi")
    bodies = [f'{{"user": {ravi.pk}}}', f' {{ "user" : {ravi.pk} }} ']
    answers = [phone.post("users/me/blocks/", body.encode(), **{"Idempotency-Key": "k1"}) for body in bodies]
    assert [answer.status_code for answer in answers] == [201, 201]


def test_refusals_are_stored_too(phone: Phone, asha: User) -> None:
    first = block(phone, asha.pk)
    assert refusal_of(first) == (400, "block_self")
    assert json_of(block(phone, asha.pk))["request_id"] == json_of(first)["request_id"]


def test_a_refusal_leaves_nothing_but_its_answer(phone: Phone) -> None:
    before = AuditEntry.objects.count()
    assert refusal_of(block(phone, 999_999)) == (404, "no_person")
    assert (AuditEntry.objects.count(), IdempotencyKey.objects.get().status) == (before, 404)


def test_keys_belong_to_a_person(phone: Phone) -> None:
    ravi, mei = make_person("ravi"), make_person("mei")
    assert block(phone, mei.pk).status_code == block(Phone(ravi), mei.pk).status_code == 201
    assert Block.objects.count() == 2


@pytest.mark.parametrize("key", ["", "é", "x" * 201, "a b"])
def test_a_key_is_short_and_visible(phone: Phone, key: str) -> None:
    assert refusal_of(block(phone, 1, key)) == (400, "bad_idempotency_key")


def test_at_once_there_is_one_effect_and_one_answer(asha: User) -> None:
    ravi = make_person("ravi")
    phones = iter([Phone(asha) for _ in range(4)])
    answers = at_once(4, lambda: block(next(phones), ravi.pk))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert IdempotencyKey.objects.count() == Block.objects.count() == 1
