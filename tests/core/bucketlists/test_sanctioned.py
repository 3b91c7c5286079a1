"""Whoever may only read changes nothing of a list, and may still leave it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.accounts.services import time_out_user
from core.bucketlists import services
from core.bucketlists.models import Membership
from core.errors import NotAllowed
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_timeout_refuses_everything_but_leaving() -> None:
    """C23"""
    mod, asha, ravi = make_person("mod", staff=True), make_person("asha"), make_person("ravi")
    own, other = make_list(asha), make_list(ravi)
    item, member, mine = make_item(own, asha), seat(own, ravi), seat(other, asha)
    link, _ = services.open_invite(by=ravi, list_id=other.pk, role="editor")
    time_out_user(by=mod, user_id=asha.pk, until=database_now() + timedelta(minutes=10), reason="Caps.")
    attempts: list[Callable[[], object]] = [
        lambda: services.react(by=asha, item_id=item.pk, kind="fire"),
        lambda: services.change_role(by=asha, list_id=own.pk, membership_id=member.pk, role="viewer"),
        lambda: services.end_membership(by=asha, list_id=own.pk, membership_id=member.pk),
        lambda: services.transfer_list(by=asha, list_id=own.pk, membership_id=member.pk),
        lambda: services.lift_removal(by=asha, list_id=own.pk, user_id=ravi.pk),
        lambda: services.open_invite(by=asha, list_id=own.pk, role="viewer"),
        lambda: services.rotate_invite(by=asha, list_id=own.pk, role="viewer"),
        lambda: services.answer_invite(by=asha, token=link.token, accept=True),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="timed_out"):
            attempt()
    services.end_membership(by=asha, list_id=other.pk, membership_id=mine.pk)
    assert Membership.objects.get(pk=mine.pk).state == "left"
