"""V95, V84, V89: who is told of a comment, and who is not, or not any more."""

import pytest

from core.accounts.models import User
from core.accounts.services import block_user
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.selectors.conversations import chat_of, comments_on
from core.chat import services
from core.notifications.selectors import notifications_of
from tests.core.bucketlists.lists import seat
from tests.core.bucketlists.talk.words import comment, say, tell, told
from tests.people import make_person

pytestmark = pytest.mark.django_db


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
