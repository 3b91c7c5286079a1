"""Lists for tests: real ones, made by the services that make them."""

from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from core.bucketlists.models import Ballot, Item, List, Membership
from core.bucketlists.services import add_item, create_list
from core.bucketlists.when import Deadline
from core.work.clock import database_now


def make_list(owner: User, title: str = "Weekend", *, closes_in_s: float | None = None, **fields: Any) -> List:
    """A list of `owner`, whose deadline, if any, comes in so many seconds."""
    deadline = None if closes_in_s is None else Deadline(soon(closes_in_s))
    return create_list(by=owner, title=title, deadline=deadline, **fields)


def soon(seconds: float) -> datetime:
    return database_now() + timedelta(seconds=seconds)


def seat(row: List, user: User, role: str = "editor") -> Membership:
    """`user` is on the list, as if an invite had been accepted."""
    return Membership.objects.create(list=row, user=user, role=role, joined_at=database_now())


def make_item(row: List, by: User, title: str = "Kayaking", **fields: Any) -> Item:
    return add_item(by=by, list_id=row.pk, title=title, **fields)


def let_pass(row: List) -> None:
    """The deadline of `row` has come, a moment ago."""
    List.objects.filter(pk=row.pk).update(decision_deadline=database_now() - timedelta(milliseconds=1))


def cast_then(ballot: Ballot, at: datetime) -> None:
    """As if that ballot had been cast at another time, which the database lets nobody write over."""
    ballot.delete()
    ballot.cast_at = at
    ballot.save(force_insert=True)
