"""Rates let through exactly their count, however many ask at once, and say when to come back."""

import time

import pytest
from django.test import override_settings

from core.errors import RateLimited
from core.work.rates import Bucket, Rate, hit, refusals
from tests.core.racing import at_once

THREE = Rate("test.three", 3, 60)
SLOW, QUICK = Bucket("test.slow", burst=3, per_s=0.1), Bucket("test.quick", burst=2, per_s=2)


def passed(rate: Rate | Bucket, *key: object) -> bool:
    try:
        hit(rate, *key)
    except RateLimited:
        return False
    return True


def test_many_at_once_get_exactly_the_count() -> None:
    assert sum(at_once(16, lambda: passed(THREE, "at once"))) == 3


def test_too_many_are_told_when_to_come_back() -> None:
    for _ in range(3):
        hit(THREE, "told")
    with pytest.raises(RateLimited) as refusal:
        hit(THREE, "told")
    assert 50 < (refusal.value.retry_after_s or 0) <= 60


def test_keys_do_not_share_even_when_their_parts_look_alike() -> None:
    one = Rate("test.one", 1, 60)
    assert [passed(one, "a/b", "c"), passed(one, "a", "b/c"), passed(one, "a", "b/c")] == [True, True, False]


def test_limits_are_lifted_when_relaxed() -> None:
    with override_settings(LIMITS_RELAXED=True):
        assert all(passed(THREE, "relaxed") for _ in range(10))


def test_a_bucket_gives_its_burst_once_however_many_ask_at_once() -> None:
    """V33"""
    assert sum(at_once(16, lambda: passed(SLOW, "at once"))) == 3


def test_a_bucket_fills_again_one_by_one_and_says_when() -> None:
    """V33: not all at once after a while, as a window would."""
    assert [passed(SLOW, "told") for _ in range(4)] == [True, True, True, False]
    with pytest.raises(RateLimited) as refusal:
        hit(SLOW, "told")
    assert 8 < (refusal.value.retry_after_s or 0) <= 10, "the next token, not the whole bucket"
    assert passed(SLOW, "somebody else")
    assert [passed(QUICK, "again") for _ in range(2)] == [True, True]
    with pytest.raises(RateLimited) as soon:
        hit(QUICK, "again")
    time.sleep(soon.value.retry_after_s or 0)
    assert passed(QUICK, "again")


def test_waiting_longer_than_a_bucket_takes_to_fill_gives_no_more_than_its_burst() -> None:
    passed(QUICK, "full")
    time.sleep(1.5)
    assert sum(passed(QUICK, "full") for _ in range(2)) == 2
    assert not passed(QUICK, "full")


def test_many_uses_are_counted_in_one_go_each_with_an_answer_of_its_own() -> None:
    codes = [it and it.code for it in refusals(SLOW, [("asha",)] * 4 + [("ravi",)])]
    assert codes == [None, None, None, "rate_limited", None]
    assert refusals(SLOW, []) == []
