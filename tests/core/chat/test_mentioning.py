"""C17: who is told that a message names them; C15, C16: what an edit and a deletion make of it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import Profile, User
from core.accounts.services import ask_deletion, block_user
from core.chat import rules, services
from core.chat.services import Draft, mentioning
from core.errors import Conflict
from core.events import Event
from core.jobs.kinds import KINDS, perform
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, Notification
from core.work.models import Job
from core.work.services import claim, enqueue
from tests.core.chat.conftest import Say
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def lines(user: User) -> list[str]:
    """What the mentions in that person's list say, oldest first; the count must agree with it."""
    shown = selectors.notifications_of(user).results[::-1]
    assert selectors.unread_of(user).unread == sum(not one.read for one in shown)
    return [one.data["line"] for one in shown]


def edit(by: User, text: str, seq: int = 1) -> None:
    services.edit_message(by=by, room="global", seq=seq, text=text)


def run_jobs() -> list[int]:
    """Do every crowd that waits, one after the other; answers where each began."""
    begun = []
    while job := Job.objects.filter(kind="chat.tell_everyone", state=Job.State.WAITING).order_by("pk").first():
        lease = claim(job_id=job.pk)
        assert lease
        perform(lease)
        begun.append(job.payload["after"])
    return begun


def test_c17_who_is_named_is_told_where(asha: User, ravi: User, say: Say, heard: list[Event]) -> None:
    said = say(asha, "Good one, @RAVI.\nSee you.")
    [shown] = selectors.notifications_of(ravi).results
    assert (shown.kind, shown.target.kind, shown.target.id) == ("mention", "chat.message", "global/1")
    assert (shown.text, shown.by) == ("asha mentioned you in global.", said.author)
    assert shown.data == {"room": "global", "seq": 1, "line": "Good one, @RAVI."}
    [told] = [event for event in heard if isinstance(event, InboxTold)]
    assert (told.topic, told.data.data) == (f"user.{ravi.pk}", {"notification": shown, "unread": 1})


def test_c17_a_repeated_post_tells_once(asha: User, ravi: User) -> None:
    client_id = uuid4()
    for _ in range(2):
        services.post_message(by=asha, room="global", text="@ravi", client_id=client_id)
    assert lines(ravi) == ["@ravi"]


def test_c17_neither_the_author_nor_who_blocks_them_nor_who_is_leaving(asha: User, ravi: User, say: Say) -> None:
    mei, otto = make_person("mei"), make_person("otto")
    block_user(by=ravi, user_id=asha.pk)
    block_user(by=asha, user_id=mei.pk)
    ask_deletion(by=otto)
    say(asha, "@asha @ravi @mei @otto @nobody")
    assert [lines(person) for person in (asha, ravi, mei, otto)] == [[], [], ["@asha @ravi @mei @otto @nobody"], []]
    say(mei, "@ravi")
    assert lines(ravi) == ["@ravi"]


def test_c17_only_who_may_read_the_room(asha: User, ravi: User, mod: User, say: Say) -> None:
    rule = rules.RoomRule(
        may_read=lambda user, room: user.username != "mod",
        may_post=lambda user, room: True,
        read_only_because="",
        readers=lambda room: User.objects.exclude(username="mod"),
    )
    rules.register_rooms("den-", rule)
    say(asha, "@ravi @mod", room="den-1")
    assert (lines(ravi), lines(mod)) == (["@ravi @mod"], [])


def test_c17_a_room_that_does_not_say_who_reads_it_mentions_nobody(asha: User, ravi: User, say: Say, club: str) -> None:
    say(asha, "@ravi", room=club)
    assert lines(ravi) == []


def test_c17_a_name_that_ends_with_a_dot_goes_before_one_that_does_not(asha: User, ravi: User, say: Say) -> None:
    dotted = make_person("dotted")
    User.objects.filter(pk=dotted.pk).update(username="ravi.", username_key="ravi.")
    say(asha, "Ask @ravi.")
    assert (lines(ravi), lines(dotted)) == ([], ["Ask @ravi."])
    say(asha, "Ask @ravi..")
    say(asha, "Ask @ravi, I said")
    assert (lines(ravi), lines(dotted)) == (["Ask @ravi, I said"], ["Ask @ravi.", "Ask @ravi.."])


def test_c17_what_comes_in_one_batch_is_told_in_one_pass(asha: User, ravi: User, mod: User, say: Say) -> None:
    block_user(by=mod, user_id=ravi.pk)
    people_and_texts = ((asha, "@ravi @mod one"), (ravi, "@mod two"), (ravi, "@asha three"), (asha, "four"))
    drafts = [Draft(author=author, text=text, client_id=uuid4()) for author, text in people_and_texts]
    services.post_messages(room="global", drafts=drafts)
    assert lines(asha) == ["@asha three"]
    assert lines(ravi) == lines(mod) == ["@ravi @mod one"]
    assert [lines(person)[-1] for person in (asha, ravi)] == ["@asha three", "@ravi @mod one"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_mentions_do_not_grow_with_them(asha: User, say: Say, count: int) -> None:
    for number in range(3):
        make_person(f"player{number}")
    text = " ".join(f"@player{number}" for number in range(count))
    say(asha, text)
    with CaptureQueriesContext(connection) as queries:
        say(asha, text)
    tables = ("notifications_", "accounts_block", '"accounts_user"."username_key" IN')
    asked = [query["sql"] for query in queries if any(table in query["sql"] for table in tables)]
    assert len(asked) == 10


@pytest.mark.parametrize("text", ["hi", "mail a@example.org", "`@ravi`"])
def test_no_query_is_spent_where_nobody_is_named(asha: User, ravi: User, say: Say, text: str) -> None:
    say(asha, "warm")
    with CaptureQueriesContext(connection) as queries:
        say(asha, text)
    assert not [query["sql"] for query in queries if "notifications_" in query["sql"] or "block" in query["sql"]]
    assert not Inbox.objects.exists()


def test_c15_an_edit_tells_whom_it_adds_and_shows_the_new_words(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(asha, "old @ravi")
    edit(asha, "new @ravi @mod")
    assert (lines(ravi), lines(mod)) == (["new @ravi @mod"], ["new @ravi @mod"])
    assert Notification.objects.count() == 2
    edit(asha, "newest @mod")
    edit(asha, "newest @mod @ravi")
    assert (lines(ravi), lines(mod)) == (["newest @mod @ravi"], ["newest @mod @ravi"])
    assert Notification.objects.count() == 2


def test_c15_words_that_were_taken_back_are_nowhere(asha: User, ravi: User, say: Say, heard: list[Event]) -> None:
    say(asha, "a secret for @ravi")
    edit(asha, "nothing")
    assert lines(ravi) == ["nothing"]
    told = [event for event in heard if isinstance(event, InboxTold)]
    assert [event.redacts for event in told] == [False, True]
    assert "secret" not in str(selectors.latest(str(ravi.pk)))


def test_c16_a_deleted_message_leaves_no_notification(asha: User, ravi: User, say: Say, heard: list[Event]) -> None:
    say(asha, "a secret for @ravi")
    say(asha, "@ravi")
    services.delete_message(by=asha, room="global", seq=1)
    assert lines(ravi) == ["@ravi"]
    assert "secret" not in str(selectors.latest(str(ravi.pk)))
    assert [row.data["line"] for row in Notification.objects.order_by("pk")] == ["", "@ravi"]
    last = [event for event in heard if isinstance(event, InboxTold)][-1]
    assert (last.data.kind, last.data.data["unread"], last.redacts) == ("notifications.read", 1, True)


def test_c17_ten_of_a_message_however_often_it_is_edited(asha: User, say: Say) -> None:
    for number in range(14):
        make_person(f"player{number}")

    def named(*numbers: int) -> str:
        return " ".join(f"@player{number}" for number in numbers)

    say(asha, named(*range(9)))
    edit(asha, named(0, 1, 9, 10, 11))
    told = {row.recipient.username for row in Notification.objects.select_related("recipient")}
    assert told == {f"player{number}" for number in range(10)}
    edit(asha, named(12, 13))
    assert Notification.objects.count() == 10


def test_c17_posts_and_edits_at_once_tell_everybody_once(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(asha, "start")
    acts: Iterator[Callable[[], object]] = iter(
        [
            lambda: edit(asha, "@ravi @mod"),
            lambda: say(mod, "@ravi @asha"),
            lambda: say(ravi, "@mod @asha"),
            lambda: edit(asha, "@mod @ravi"),
            lambda: services.delete_message(by=mod, room="global", seq=1, reason="late"),
            lambda: say(asha, "@mod @ravi"),
        ]
    )

    def act() -> None:
        with suppress(Conflict):  # the edit came after the deletion
            next(acts)()

    at_once(6, act)
    assert sorted(lines(asha)) == ["@mod @asha", "@ravi @asha"]
    assert sorted(lines(ravi)) == ["@mod @ravi", "@ravi @asha"]
    assert sorted(lines(mod)) == ["@mod @asha", "@mod @ravi"]


# -- everyone ------------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd() -> list[User]:
    """So many that two jobs do not do."""
    names = [f"player{number}" for number in range(2 * mentioning.CROWD)]
    people = User.objects.bulk_create([User(username=name, username_key=name) for name in names])
    Profile.objects.bulk_create([Profile(user=person) for person in people])
    return people


def test_c17_everyone_is_told_by_a_chain_of_jobs(
    asha: User, ravi: User, mod: User, crowd: list[User], say: Say, heard: list[Event]
) -> None:
    block_user(by=ravi, user_id=mod.pk)
    say(mod, "@everyone, and @asha")
    assert lines(asha) == ["@everyone, and @asha"]
    begun = run_jobs()
    assert len(begun) == 3
    assert begun[0] == 0
    told = set(Notification.objects.values_list("recipient", flat=True))
    assert told == {asha.pk, *(person.pk for person in crowd)}
    assert Notification.objects.count() == len(told)
    assert len([event for event in heard if isinstance(event, InboxTold)]) == len(told)


def test_c17_everyone_twice_is_everyone_once(asha: User, ravi: User, mod: User, say: Say, heard: list[Event]) -> None:
    say(mod, "@everyone")
    run_jobs()
    heard.clear()
    KINDS["chat.tell_everyone"].apply(room="global", seq=1, after=0)
    at_once(4, lambda: services.tell_everyone(room="global", seq=1, after=0))
    assert Notification.objects.count() == 2
    assert not [event for event in heard if isinstance(event, InboxTold)]


def test_c17_everyone_is_for_moderators(asha: User, ravi: User, say: Say) -> None:
    say(asha, "@everyone @ravi")
    edit(asha, "@everyone!")
    assert not Job.objects.filter(kind="chat.tell_everyone").exists()
    assert lines(ravi) == ["@everyone!"]


def test_c17_everyone_that_was_taken_back_tells_nobody(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(mod, "@everyone")
    say(mod, "@everyone")
    edit(mod, "never mind")
    services.delete_message(by=mod, room="global", seq=2)
    assert len(run_jobs()) == 2
    assert not Notification.objects.exists()


def test_c15_an_edit_may_add_everyone(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(mod, "@asha")
    edit(mod, "@asha @everyone")
    run_jobs()
    assert lines(asha) == lines(ravi) == ["@asha @everyone"]
    edit(mod, "@everyone, listen")
    assert run_jobs() == []
    assert lines(asha) == lines(ravi) == ["@everyone, listen"]


def test_a_job_for_a_message_that_is_not_there_is_done(asha: User) -> None:
    enqueue(kind="chat.tell_everyone", payload={"room": "global", "seq": 9, "after": 0}, dedupe_key="gone")
    assert run_jobs() == [0]
