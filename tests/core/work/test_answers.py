"""PR2: a request repeated with its key has one effect and the same answer."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from core.errors import Conflict
from core.work.clock import database_now
from core.work.models import IdempotencyKey
from core.work.services import Answer, forget_answers, recall_answer, remember_answer
from tests.core.racing import at_once
from tests.room.models import Counter

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def post_once(body: str = "a", user_id: int = 7, route: str = "lists") -> Answer:
    """A view with one effect, a counter that goes up."""
    known = recall_answer(user_id=user_id, route=route, key="k1", body_sha256=body)
    if known:
        return known
    Counter.objects.update(value=F("value") + 1)
    answer = Answer(201, f"number {Counter.objects.get().value}")
    remember_answer(user_id=user_id, route=route, key="k1", answer=answer)
    return answer


@pytest.fixture(autouse=True)
def counter() -> Counter:
    return Counter.objects.create(name="effects")


def test_a_repeat_gets_the_same_answer_and_has_no_effect(counter: Counter) -> None:
    assert post_once() == post_once() == Answer(201, "number 1")
    counter.refresh_from_db()
    assert counter.value == 1


def test_eight_repeats_at_once_have_one_effect_and_one_answer(counter: Counter) -> None:
    answers = at_once(8, post_once)
    assert set(answers) == {Answer(201, "number 1")}
    counter.refresh_from_db()
    assert counter.value == 1


def test_the_same_key_with_another_body_is_refused() -> None:
    post_once()
    with pytest.raises(Conflict, match="idempotency_mismatch"):
        post_once(body="b")


def test_keys_of_other_people_and_routes_are_their_own() -> None:
    assert [post_once(), post_once(user_id=8), post_once(route="votes")] == [
        Answer(201, "number 1"),
        Answer(201, "number 2"),
        Answer(201, "number 3"),
    ]


def test_a_request_that_failed_leaves_its_key_free(counter: Counter) -> None:
    with transaction.atomic():
        post_once()
        transaction.set_rollback(True)
    assert post_once() == Answer(201, "number 1")


def test_an_answer_that_was_not_remembered_leaves_its_key_free() -> None:
    with transaction.atomic():
        assert recall_answer(user_id=7, route="lists", key="k1", body_sha256="a") is None
    assert post_once() == Answer(201, "number 1")


def test_a_key_needs_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        recall_answer(user_id=7, route="lists", key="k1", body_sha256="a")


def test_answers_are_forgotten_after_24_hours() -> None:
    post_once()
    post_once(route="votes")
    IdempotencyKey.objects.filter(route="votes").update(created_at=database_now() - timedelta(hours=24, seconds=1))
    forget_answers()
    assert IdempotencyKey.objects.get().route == "lists"
