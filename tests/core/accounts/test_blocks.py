"""C21: blocks belong to the account, are one-sided, and nobody is told but the own devices."""

import pytest

from core.accounts.events import BlocksChanged
from core.accounts.selectors import blocked_ids
from core.accounts.services import block_user, unblock_user
from core.errors import Invalid, NotFound
from tests.core.accounts.hearing import heard
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_c21_a_block_is_one_sided_and_made_once() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    with heard() as events:
        cards = at_once(4, lambda: block_user(by=asha, user_id=ravi.pk))
    assert {one.username for one in cards} == {"ravi"}
    assert (blocked_ids(asha.pk), blocked_ids(ravi.pk)) == (frozenset({ravi.pk}), frozenset())
    assert set(events) == {BlocksChanged(user_id=asha.pk, blocked=ravi.pk)}


def test_c21_a_block_ends_once() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    block_user(by=asha, user_id=ravi.pk)
    unblock_user(by=asha, user_id=ravi.pk)
    assert not blocked_ids(asha.pk)
    with pytest.raises(NotFound):
        unblock_user(by=asha, user_id=ravi.pk)


def test_nobody_blocks_themselves_or_nobody() -> None:
    asha = make_person("asha")
    with pytest.raises(Invalid):
        block_user(by=asha, user_id=asha.pk)
    with pytest.raises(NotFound):
        block_user(by=asha, user_id=asha.pk + 1)
