"""S1, S5, S6, S9, S12, S14: pictures come in, are read once, and what a person says stands."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from core.accounts.models import User
from core.errors import Conflict, Invalid, NotFound, RateLimited
from core.files.models import StoredFile
from core.files.stores import store
from core.jobs.kinds import SWEEPS
from core.notifications.events import InboxTold
from core.notifications.models import InboxEntry
from core.notifications.selectors import latest
from core.tracker import selectors, services
from core.tracker.models import Match, Picture
from core.work.clock import database_now
from core.work.models import Job
from tests.core.accounts.hearing import heard
from tests.core.files.pictures import picture
from tests.core.tracker.reading import ScriptedReader, add, read_all, reading, run_all, screen
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def seen(match: Match) -> Any:
    return selectors.see_match(match.owner, match.pk)


def news(user: User) -> list[tuple[str, Any]]:
    return [(entry.kind, entry.data) for entry in InboxEntry.objects.filter(inbox=user.pk).order_by("seq")]


def bytes_left() -> list[str]:
    folder = settings.HOME / "files"
    known = StoredFile.objects.values_list("key", flat=True)
    return [path.name for key in known for path in (folder / key[:2] / key).glob("*")]


def test_a_picture_is_kept_at_once_and_read_by_a_job(asha: User, reader: ScriptedReader) -> None:
    """S1, S2, S4: what was read is a proposal, seen from the side of the person whose name stands there."""
    match = add(asha, screen(), opponent_name="  Ravi  ")
    before = seen(match)
    assert (before.state, before.extracted_data, before.pictures_read, before.opponent_name) == (
        "reading",
        None,
        0,
        "Ravi",
    )
    assert before.screenshot == before.pictures[0].url
    assert "signature=" in before.screenshot
    assert [*selectors.find_differences()] == []
    read_all()
    after = seen(match)
    assert (after.state, after.side, after.game, after.version) == ("proposed", "home", "efootball_mobile", 2)
    assert after.extracted_data == reading()
    assert (after.user.name, after.user.score, after.opponent.name, after.opponent.score) == ("ASHA", 3, "Ravi", 1)
    assert after.stats == {"possession": {"user": 58, "opponent": 42}, "shots": {"user": 9, "opponent": 4}}
    assert (after.pictures[0].width, after.pictures[0].height, after.pictures[0].status) == (1280, 720, "ok")
    assert (after.result, after.confirmed_at) == ("", None)


def test_every_device_hears_how_far_it_is_and_what_came_of_it(asha: User, reader: ScriptedReader) -> None:
    """S1: several pictures, so one step for each; what is kept of the news names the match alone."""
    match = add(asha, screen(salt="1"), screen(salt="2"), screen(salt="3"))
    read_all()
    said = [(kind, data["state"], data["match"]) for kind, data in news(asha)]
    assert said == [("match.changed", state, None) for state in ["reading", "reading", "reading", "proposed"]]
    services.delete_match(by=asha, match_id=match.pk)
    assert latest(str(asha.pk)).entries[-1][1].data == {"id": str(match.pk)}


@pytest.mark.django_db(transaction=True)
def test_the_news_carry_the_match_as_it_is(reader: ScriptedReader) -> None:
    asha = make_person("asha")
    with heard() as events:
        match = add(asha)
        read_all()
    told = [event.data.data.match for event in events if isinstance(event, InboxTold)]
    assert [it.state for it in told] == ["reading", "proposed"]
    assert told[-1] == seen(match)


def test_the_original_goes_once_it_was_read_and_its_sizes_stay(asha: User, reader: ScriptedReader) -> None:
    """S14"""
    raw = picture("JPEG", 90, 60)
    match = add(asha, raw)
    assert bytes_left() == ["original"]
    read_all()
    assert bytes_left() == ["original"]  # until somebody has made the sizes
    run_all("files.make_sizes")
    assert sorted(bytes_left()) == ["large.webp", "small.webp"]
    assert seen(match).screenshot is not None
    assert [*selectors.find_differences()] == []


def test_what_is_refused_is_a_result_that_nobody_tries_again(asha: User, reader: ScriptedReader) -> None:
    """S12, S13: and the person may type the numbers."""
    raw = b"/etc/passwd"
    match = add(asha, raw)
    read_all()
    run_all("files.make_sizes")
    refused = seen(match)
    assert (refused.state, refused.extracted_data["reason"]) == ("refused", "unsupported_format")
    assert (refused.screenshot, refused.pictures[0].reason) == (None, "unsupported_format")
    assert reader.asked == {raw: 1}
    assert bytes_left() == []
    services.confirm_match(by=asha, match_id=match.pk, score_user=2, score_opponent=2)
    assert (seen(match).state, seen(match).result) == ("confirmed", "draw")


def test_the_same_bytes_of_the_same_person_are_the_same_match(asha: User, reader: ScriptedReader) -> None:
    """S9"""
    first = add(asha)
    with pytest.raises(Conflict) as refused:
        add(asha)
    assert (refused.value.code, refused.value.facts) == ("duplicate_picture", {"id": str(first.pk)})
    with pytest.raises(Conflict):
        services.check_new(by=asha, raws=[b"other", screen()])
    second = add(asha, again=True)
    assert Match.objects.filter(owner=asha).count() == 2
    add(make_person("ravi"))
    read_all()
    assert reader.asked == {screen(): 1}  # S12: read once, by bytes and reader, for whomever
    assert seen(first).extracted_data == seen(second).extracted_data
    services.delete_match(by=asha, match_id=first.pk)
    services.delete_match(by=asha, match_id=second.pk)
    add(asha)


def test_one_file_given_twice_is_one_picture(asha: User, reader: ScriptedReader) -> None:
    assert len(seen(add(asha, screen(), screen())).pictures) == 1


def test_one_to_four_pictures(asha: User) -> None:
    for count in (0, 5):
        with pytest.raises(Invalid):
            services.take_pictures(by=asha, raws=[screen(salt=str(number)) for number in range(count)])
    assert not StoredFile.objects.exists()


def test_a_hundred_and_twenty_pictures_in_ten_minutes_are_enough(asha: User) -> None:
    for _ in range(30):
        services.take_pictures(by=asha, raws=[b"a"] * 4)
    with pytest.raises(RateLimited):
        services.take_pictures(by=asha, raws=[b"a"])


def test_a_confirmed_match_is_never_overwritten_by_a_late_reading(asha: User, reader: ScriptedReader) -> None:
    """S5"""
    match = add(asha)
    services.confirm_match(
        by=asha, match_id=match.pk, score_user=0, score_opponent=5, stats={"shots": {"user": 1, "opponent": 8}}
    )
    confirmed = seen(match)
    read_all()
    assert seen(match).version == confirmed.version
    assert (seen(match).state, seen(match).score_opponent, seen(match).stats) == ("confirmed", 5, confirmed.stats)
    run_all("files.make_sizes")
    assert bytes_left() == []


def test_a_match_deleted_while_it_is_read_stays_deleted(asha: User, reader: ScriptedReader) -> None:
    """S6, S14"""
    match = add(asha)
    services.read_pictures(match_id=str(match.pk))
    services.delete_match(by=asha, match_id=match.pk)
    read_all()
    run_all("files.erase", "files.make_sizes")
    assert not Match.objects.exists()
    assert not Picture.objects.exists()
    assert not StoredFile.objects.exists()
    with pytest.raises(NotFound):
        selectors.see_match(asha, match.pk)


def test_what_nothing_reads_is_given_up_after_a_day(asha: User, reader: ScriptedReader) -> None:
    match = add(asha)
    SWEEPS["tracker.give_up_reading"]()
    assert seen(match).state == "reading"
    Match.objects.update(created_at=database_now() - timedelta(days=1, minutes=1))
    SWEEPS["tracker.give_up_reading"]()
    assert (seen(match).state, seen(match).extracted_data["reason"]) == ("failed", "reader_failed")
    run_all("tracker.read")
    assert seen(match).state == "failed"


def test_a_picture_whose_bytes_are_lost_fails_and_says_so(asha: User, reader: ScriptedReader) -> None:
    match = add(asha)
    key = StoredFile.objects.get().key
    store().delete(f"{key[:2]}/{key}/original")
    read_all()
    assert (seen(match).state, seen(match).extracted_data["reason"]) == ("failed", "picture_lost")


def test_an_erased_person_leaves_no_match(asha: User, reader: ScriptedReader) -> None:
    add(asha)
    services.erase_matches(asha)
    assert not Match.objects.exists()
    run_all("files.erase")
    assert not StoredFile.objects.exists()


def test_verify_names_what_does_not_fit(asha: User, reader: ScriptedReader) -> None:
    """PR13"""
    match = add(asha)
    Job.objects.all().delete()
    Picture.objects.update(owner=make_person("ravi"), sha256=hashlib.sha256(b"").hexdigest())
    assert len([*selectors.find_differences()]) == 3
    assert all(str(match.pk) in words or "picture" in words for words in selectors.find_differences())
