"""Rates let through exactly their count, however many ask at once, and say when to come back."""

import pytest
from django.test import override_settings

from core.errors import RateLimited
from core.work.rates import Rate, hit
from tests.core.racing import at_once

THREE = Rate("test.three", 3, 60)


def passed(rate: Rate, *key: object) -> bool:
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
