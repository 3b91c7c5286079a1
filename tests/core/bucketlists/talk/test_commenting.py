"""V95: the comments on items, and the chat of a list: who writes, and what everybody sees of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from core.accounts.models import User
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List
from core.bucketlists.selectors import find_differences
from core.bucketlists.selectors.conversations import chat_of, comments_on
from core.bucketlists.services import cast_vote, freeze_list, purge_deleted, telling
from core.chat import rules, selectors, services
from core.chat.models import Message, Room
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.events import Event
from core.notifications.models import Notification
from core.work.clock import database_now
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.core.bucketlists.talk.words import comment, say
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db


def count(item: Item) -> int:
    item.refresh_from_db()
    return item.comments_count


@pytest.mark.django_db(transaction=True)
def test_a_comment_is_an_entry_of_its_topic_and_counts_on_the_item(
    asha: User, ravi: User, item: Item, heard: list[Event]
) -> None:
    said = comment(ravi, item)
    assert [event.topics() for event in heard if event.topics()] == [
        (f"list.{item.list_id}",),
        (f"comments.{item.pk}",),
    ]
    assert count(item) == 1
    comment(asha, item, reply_to=said.seq)
    assert count(item) == 2
    heard.clear()
    services.delete_message(by=ravi, room=comments_on(item.pk), seq=said.seq)
    services.delete_message(by=ravi, room=comments_on(item.pk), seq=said.seq)
    assert count(item) == 1
    assert sum(isinstance(event, ListChanged) for event in heard) == 1, "once it is deleted, nothing more changes"
    assert [message.deleted for message in selectors.history(comments_on(item.pk), before=None, limit=9).messages] == [
        True,
        False,
    ]


@pytest.mark.django_db(transaction=True)
def test_people_who_comment_talk_and_vote_at_once_wait_for_each_other(row: List, item: Item) -> None:
    """Also those who name each other: list, room and inboxes are locked in one order."""
    people = [make_person(f"crowd{number}") for number in range(4)]
    for person in people:
        seat(row, person)
    named = " ".join(f"@{person.username}" for person in people)
    acts: list[Callable[[], object]] = []
    for person, other in zip(people, reversed(people), strict=True):
        acts += [partial(comment, person, item, named), partial(say, other, chat_of(row.pk), named)]
        acts.append(partial(cast_vote, by=person, item_id=item.pk, vote_type="upvote"))
    waiting = iter(acts)
    at_once(len(acts), lambda: next(waiting)())
    assert (count(item), item.member_upvotes) == (4, 4)
    assert list(find_differences()) == list(selectors.find_differences()) == []


def test_a_repeat_is_one_comment(ravi: User, item: Item) -> None:
    """C8"""
    client_id = uuid4()
    first, again = (
        services.post_message(by=ravi, room=comments_on(item.pk), text="hi", client_id=client_id) for _ in range(2)
    )
    assert (first, count(item)) == (again, 1)


def test_replies_are_one_level_deep(asha: User, ravi: User, item: Item) -> None:
    first = comment(ravi, item, "by boat?")
    answer = comment(asha, item, "by bus", reply_to=first.seq)
    assert answer.reply_to
    assert answer.reply_to.line == "by boat?"
    with pytest.raises(Invalid) as refused:
        comment(ravi, item, reply_to=answer.seq)
    assert "reply_to" in (refused.value.fields or {})
    assert count(item) == 2
    assert say(ravi, chat_of(item.list_id), reply_to=say(ravi, chat_of(item.list_id), reply_to=None).seq).reply_to


ROLES = ("owner", "editor", "viewer", "guest")
WRITES = [  # public, viewer voting -> who may write
    (False, False, {"owner", "editor", "viewer"}),
    (False, True, {"owner", "editor", "viewer"}),
    (True, False, {"owner", "editor", "viewer"}),
    (True, True, {"owner", "editor", "viewer", "guest"}),
]


@pytest.mark.parametrize(("is_public", "voting", "writers"), WRITES)
@pytest.mark.parametrize("is_frozen", [False, True], ids=["open", "frozen"])
def test_who_reads_and_who_writes(is_public: bool, voting: bool, writers: set[str], is_frozen: bool) -> None:
    """V95, V24, V46: whoever may see the list reads; members write and guests who may vote, frozen or not"""
    people = {role: make_person(role + "1") for role in ROLES}
    row = make_list(people["owner"], is_public=is_public, allow_viewer_voting=voting)
    seat(row, people["editor"])
    seat(row, people["viewer"], "viewer")
    item = make_item(row, people["owner"])
    freeze_list(by=people["owner"], list_id=row.pk, is_frozen=is_frozen)
    for room in (chat_of(row.pk), comments_on(item.pk)):
        done = {role: _outcome(person, room) for role, person in people.items()}
        refused = "read_only" if is_public else "no_room" if room.startswith("list-") else "no_item"
        assert done == {role: "said" if role in writers else refused for role in ROLES}


def _outcome(by: User, room: str) -> str:
    try:
        say(by, room)
    except (NotFound, NotAllowed) as refusal:
        return refusal.code
    return "said"


def test_a_room_that_is_not_there_is_read_by_nobody(asha: User, row: List, item: Item) -> None:
    """Names have one form, or two rooms would belong to one item."""
    rooms = [f"list-0{row.pk}", "list-", "list-x", f"comments-0{item.pk}", f"comments-{item.pk + 9}", "comments-٣"]
    assert [room for room in rooms if rules.may_read(asha, room)] == []
    assert rules.may_hear(asha, chat_of(row.pk))
    assert rules.may_read(asha, comments_on(item.pk))
    assert not rules.may_hear(asha, comments_on(item.pk)), "comments are heard at their own topic alone"


def test_nobody_comments_on_what_was_deleted(asha: User, item: Item) -> None:
    comment(asha, item)
    Item.objects.filter(pk=item.pk).update(deleted_at="2026-01-01T00:00Z")
    with pytest.raises(NotFound) as refused:
        comment(asha, item)
    assert refused.value.code == "no_item"


def test_what_is_purged_takes_what_was_said_along(asha: User, ravi: User, row: List, item: Item) -> None:
    """V18: also what was told of it"""
    other = make_item(row, asha, "Opera")
    for room in (chat_of(row.pk), comments_on(item.pk), comments_on(other.pk)):
        say(ravi, room, "@asha")
    old = database_now() - timedelta(days=31)
    Item.objects.filter(pk=item.pk).update(deleted_at=old)
    shut(item)
    purge_deleted()
    assert {room.name for room in Room.objects.all()} == {chat_of(row.pk), comments_on(other.pk)}
    assert Notification.objects.filter(recipient=asha).count() == 2
    List.objects.filter(pk=row.pk).update(deleted_at=old)
    shut(item)
    purge_deleted()
    assert not Room.objects.exists()
    assert not Message.objects.exists()
    assert not Notification.objects.filter(recipient=asha).exists()


def shut(item: Item) -> None:
    """As deleting did 31 days ago."""
    telling.mend_sight(List.objects.get(pk=item.list_id))


def test_a_wrong_count_of_comments_is_named(ravi: User, item: Item) -> None:
    """PR13"""
    comment(ravi, item)
    assert list(find_differences()) == []
    Item.objects.update(comments_count=7)
    assert list(find_differences()) == [f"item {item.pk}: 1 comments stand, and it counts 7"]


def test_edits_have_their_time_and_their_author(asha: User, ravi: User, item: Item) -> None:
    """C15, C16"""
    said = comment(ravi, item)
    room = comments_on(item.pk)
    with pytest.raises(NotAllowed):
        services.edit_message(by=asha, room=room, seq=said.seq, text="ho")
    services.delete_message(by=ravi, room=room, seq=said.seq)
    with pytest.raises(Conflict):
        services.edit_message(by=ravi, room=room, seq=said.seq, text="ho")
    assert Room.objects.get(name=room).head == 2
