"""V95: the comments on items, and the chat of a list: who writes, what everybody sees of it, and who is told."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import block_user
from core.bucketlists.events import ListChanged
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.selectors.conversations import chat_of, comments_on, find_miscounts
from core.bucketlists.services import freeze_list, purge_deleted, tell_comment, telling
from core.chat import rules, selectors, services
from core.chat.models import Message, Room
from core.chat.shapes import Message as Said
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.events import Event
from core.notifications.models import Notification
from core.notifications.selectors import notifications_of
from core.work.clock import database_now
from core.work.models import Job
from tests.core.accounts import hearing
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def row(asha: User, ravi: User) -> List:
    """A private list of asha with ravi on it."""
    row = make_list(asha)
    seat(row, ravi)
    return row


@pytest.fixture
def item(row: List, asha: User) -> Item:
    return make_item(row, asha)


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    with hearing.heard() as events:
        yield events


def say(by: User, room: str, text: str = "hi", reply_to: int | None = None) -> Said:
    return services.post_message(by=by, room=room, text=text, client_id=uuid4(), reply_to=reply_to)


def comment(by: User, item: Item, text: str = "hi", reply_to: int | None = None) -> Said:
    return say(by, comments_on(item.pk), text, reply_to)


def tell(item: Item) -> None:
    """Do the jobs that tell of comments on it."""
    for job in Job.objects.filter(kind="bucketlists.tell_comment", payload__item_id=item.pk).order_by("pk"):
        tell_comment(**job.payload)


def told(user: User) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in notifications_of(user).results]


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


def test_whoever_proposed_it_and_whoever_commented_is_told(asha: User, ravi: User, row: List, item: Item) -> None:
    mira, viewer = make_person("mira"), make_person("vera")
    seat(row, mira)
    seat(row, viewer, "viewer")
    comment(mira, item, "how far?\nI walk")
    comment(ravi, item, "not far")
    tell(item)
    tell(item)
    assert told(asha) == [
        ("comment", "ravi commented on “Kayaking”: not far"),
        ("comment", "mira commented on “Kayaking”: how far?"),
    ]
    assert told(mira) == [("comment", "ravi commented on “Kayaking”: not far")]
    assert told(viewer) == []
    [shown] = notifications_of(mira).results
    assert (shown.target.kind, shown.target.id) == ("chat.message", f"comments-{item.pk}/2")
    assert (shown.data["list_id"], shown.data["item_id"]) == (row.pk, item.pk)


def test_who_is_named_is_told_once(asha: User, ravi: User, item: Item) -> None:
    """C17: members can be named, strangers cannot; a mention is told in the place of a comment"""
    make_person("zoe")
    comment(ravi, item, "what of it, @asha and @zoe?")
    tell(item)
    assert told(asha) == [("mention", "ravi mentioned you in a comment on “Kayaking”.")]
    assert told(User.objects.get(username="zoe")) == []
    say(ravi, chat_of(item.list_id), "@asha?")
    assert told(asha)[0] == ("mention", "ravi mentioned you in the chat of “Weekend”.")


def test_a_muted_list_tells_of_mentions_alone(asha: User, ravi: User, row: List, item: Item) -> None:
    """V89"""
    Membership.objects.filter(list=row, user=asha).update(is_muted=True)
    comment(ravi, item)
    comment(ravi, item, "@asha!")
    tell(item)
    assert [kind for kind, _ in told(asha)] == ["mention"]


def test_nobody_is_told_of_who_they_block_nor_of_what_they_may_not_see(
    asha: User, ravi: User, row: List, item: Item
) -> None:
    """C21, V84"""
    mira = make_person("mira")
    comment(make_member(row, mira), item)
    Membership.objects.filter(list=row, user=mira).update(state="left")
    block_user(by=asha, user_id=ravi.pk)
    comment(ravi, item)
    tell(item)
    assert told(mira) == []
    assert told(asha) == [("comment", "mira commented on “Kayaking”: hi")]


def make_member(row: List, user: User) -> User:
    seat(row, user)
    return user


def test_a_deleted_comment_is_in_nobodys_notifications(asha: User, ravi: User, item: Item) -> None:
    """V84, C16"""
    first, second = comment(ravi, item, "first"), comment(ravi, item, "second")
    tell(item)
    services.edit_message(by=ravi, room=comments_on(item.pk), seq=first.seq, text="1st")
    services.delete_message(by=ravi, room=comments_on(item.pk), seq=second.seq)
    assert told(asha) == [("comment", "ravi commented on “Kayaking”: 1st")]
    gone = comment(ravi, item, "third")
    services.delete_message(by=ravi, room=comments_on(item.pk), seq=gone.seq)
    tell(item)
    assert len(told(asha)) == 1


def test_an_edit_names_somebody_even_where_a_crowd_was_told(asha: User, ravi: User, row: List, item: Item) -> None:
    """C15: the people of the thread are told of a comment, which is no mention"""
    crowd = [make_member(row, make_person(f"crowd{number}")) for number in range(11)]
    for person in crowd:
        comment(person, item)
    vera = make_member(row, make_person("vera"))
    said = comment(ravi, item, "come")
    tell(item)
    services.edit_message(by=ravi, room=comments_on(item.pk), seq=said.seq, text="come, @vera")
    assert [kind for kind, _ in told(vera)] == ["mention"]


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
    assert list(find_miscounts()) == []
    Item.objects.update(comments_count=7)
    assert list(find_miscounts()) == [f"item {item.pk}: 1 comments stand, and it counts 7"]


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
