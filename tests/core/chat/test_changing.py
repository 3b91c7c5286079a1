"""Editing and deleting: who, until when, what stays."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from core.chat import selectors, services, shapes
from core.chat.events import MessageDeleted, MessageEdited
from core.chat.models import Message, Revision, Room
from core.chat.services.changing import EDITABLE_FOR, WORDS_KEPT_FOR
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.events import Event
from tests.core.chat.conftest import Say
from tests.core.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def edit(by: User, text: str, seq: int = 1) -> shapes.Message:
    return services.edit_message(by=by, room="global", seq=seq, text=text)


def delete(by: User, reason: str = "", seq: int = 1) -> shapes.Message:
    return services.delete_message(by=by, room="global", seq=seq, reason=reason)


def test_c15_an_edit_is_an_entry_of_the_log_and_keeps_the_old_words(asha: User, say: Say, heard: list[Event]) -> None:
    say(asha, "hi")
    edited = edit(asha, " hello ")
    revision = Revision.objects.get()
    assert (edited.seq, edited.text, edited.edited_at) == (1, "hello", revision.at)
    assert (revision.seq, revision.kind, revision.by, revision.text_before) == (2, "edited", asha, "hi")
    assert heard[1:] == [MessageEdited(topic="chat.global", seq=2, data=shapes.Entry(type="edited", message=edited))]
    assert selectors.show("global", Message.objects.get()) == edited


def test_c15_the_same_words_change_nothing(asha: User, say: Say, heard: list[Event]) -> None:
    said = say(asha, "hi")
    assert edit(asha, "hi ") == said
    assert (len(heard), Room.objects.get().head) == (1, 1)


@pytest.mark.parametrize("moderator", [False, True])
def test_c15_nobody_edits_anothers_words(asha: User, ravi: User, mod: User, say: Say, moderator: bool) -> None:
    say(asha)
    with pytest.raises(NotAllowed, match="not_author"):
        edit(mod if moderator else ravi, "ho")
    assert Message.objects.get().text == "hi"


def test_c15_after_fifteen_minutes_words_stay(asha: User, say: Say) -> None:
    say(asha)
    Message.objects.update(created_at=F("created_at") - EDITABLE_FOR)
    with pytest.raises(Conflict, match="too_late_to_edit"):
        edit(asha, "ho")
    assert edit(asha, "hi").edited_at is None


def test_c15_the_words_of_an_edit_are_checked_and_a_deleted_message_has_none(asha: User, say: Say) -> None:
    say(asha)
    with pytest.raises(Invalid):
        edit(asha, "")
    delete(asha)
    with pytest.raises(Conflict, match="message_deleted"):
        edit(asha, "ho")


def test_c16_a_deleted_message_is_a_tombstone_everywhere(asha: User, ravi: User, say: Say, heard: list[Event]) -> None:
    say(asha, "secret")
    say(ravi, "what?", reply_to=1)
    edit(asha, "secret!")
    gone = delete(asha)
    assert (gone.seq, gone.text, gone.deleted, gone.author.username) == (1, "", True, "asha")
    assert heard[-1] == MessageDeleted(
        topic="chat.global", seq=4, data=shapes.Entry(type="deleted", message=gone), redacts=True
    )
    entries = selectors.after("global", 0, 500).entries
    shown = [entries, selectors.latest("global"), selectors.history("global", before=None, limit=50)]
    assert "secret" not in repr(shown)
    assert not Message.objects.filter(text__contains="secret").exists()
    assert [entry.type for _, entry in entries] == ["posted", "posted", "edited", "deleted"]


def test_c16_deleting_twice_changes_nothing(asha: User, mod: User, say: Say, heard: list[Event]) -> None:
    say(asha)
    assert delete(asha) == delete(asha) == delete(mod)
    assert (len(heard), Room.objects.get().head) == (2, 2)


def test_c16_an_author_may_any_time_and_a_moderator_with_a_reason(asha: User, mod: User, say: Say) -> None:
    say(asha)
    say(asha)
    Message.objects.update(created_at=F("created_at") - timedelta(days=400))
    delete(asha, seq=1)
    with pytest.raises(Invalid) as refusal:
        delete(mod, " ", seq=2)
    assert list(refusal.value.fields) == ["reason"]
    delete(mod, " spam ", seq=2)
    assert list(Revision.objects.order_by("seq").values_list("by", "reason")) == [(asha.pk, ""), (mod.pk, "spam")]


def test_c16_nobody_else_deletes(asha: User, ravi: User, say: Say) -> None:
    say(asha)
    with pytest.raises(NotAllowed, match="not_author"):
        delete(ravi, "because")
    assert not Revision.objects.exists()


def test_what_is_not_there_is_not_found(asha: User, say: Say) -> None:
    say(asha)
    edit(asha, "ho")
    for seq in (2, 3):
        with pytest.raises(NotFound, match="no_message"):
            edit(asha, "x", seq)
        with pytest.raises(NotFound, match="no_message"):
            delete(asha, seq=seq)


def test_c16_replaced_words_are_kept_thirty_days_then_purged(asha: User, mod: User, say: Say) -> None:
    say(asha, "old")
    edit(asha, "older")
    say(asha, "new")
    delete(mod, "spam", seq=1)
    assert services.purge_old_words() == 0
    Revision.objects.filter(kind="edited").update(at=F("at") - WORDS_KEPT_FOR)
    assert services.purge_old_words() == 1
    assert list(Revision.objects.order_by("seq").values_list("text_before", "reason")) == [("", ""), ("older", "spam")]
    assert services.purge_old_words() == 0


def test_c9_posts_edits_and_deletions_at_once_share_one_contiguous_log(asha: User, say: Say) -> None:
    def live() -> None:
        seq = say(asha).seq
        edit(asha, "ho", seq)
        delete(asha, seq=seq)

    at_once(16, live)
    seqs = [*Message.objects.values_list("seq", flat=True), *Revision.objects.values_list("seq", flat=True)]
    assert sorted(seqs) == list(range(1, 49))
    assert [seq for seq, _ in selectors.after("global", 0, 500).entries] == list(range(1, 49))


def test_c15_moderators_see_the_versions_and_delete_with_a_reason_in_the_admin(
    asha: User, mod: User, say: Say, client: Client
) -> None:
    say(asha, "hi")
    edit(asha, "ho")
    message = Message.objects.get()
    client.force_login(mod)
    page = client.get(reverse("admin:chat_message_change", args=[message.pk]))
    assert "hi" in page.content.decode()
    chosen = {"action": "delete_with_reason", "_selected_action": [message.pk]}
    refused = client.post(reverse("admin:chat_message_changelist"), chosen, follow=True)
    assert "something that can be seen" in refused.content.decode()
    client.post(reverse("admin:chat_message_changelist"), {**chosen, "reason": "spam"})
    message.refresh_from_db()
    assert (message.text, Revision.objects.get(kind="deleted").reason) == ("", "spam")


def test_a_player_sees_nothing_in_the_admin(asha: User, client: Client) -> None:
    client.force_login(asha)
    assert client.get(reverse("admin:chat_message_changelist")).status_code == 302
