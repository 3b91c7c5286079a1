"""What the two of a shared match do and see."""

from typing import Any

import pytest

from core.accounts.models import User
from core.errors import DomainError
from core.notifications.selectors import notifications_of
from core.tracker.models import Match, Share
from core.tracker.services import agreeing
from tests.core.tracker.played import version


def refusal(call: Any, **arguments: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call(**arguments)
    return refused.value.code


def said(user: User) -> list[str]:
    return [it.text for it in notifications_of(user).results]


def agreed(by: User, share: int) -> Match:
    agreeing.agree(by=by, share_id=share, version=version(share))
    return Match.objects.get(owner=by)


def row(share: int) -> Share:
    return Share.objects.select_related("match").get(pk=share)
