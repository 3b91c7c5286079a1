"""V4, V12, V13, V46, A25: a list and an item show a picture; whoever may see them may look at it, and nobody else."""

from collections.abc import Callable

import pytest

from core.accounts.models import User
from core.bucketlists import selectors, services
from core.bucketlists.events import ListChanged
from core.bucketlists.models import AuditEntry, Item, List
from core.errors import Conflict, DomainError, NotAllowed
from core.files.models import StoredFile
from tests.core.accounts.hearing import heard
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.core.files.pictures import picture
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db

RAW = picture()
NONE = b"no picture"


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def row(asha: User) -> List:
    return make_list(asha)


def covered(row: List, owner: User) -> Item:
    """The list and an item of it have covers."""
    item = make_item(row, owner)
    services.set_list_cover(by=owner, list_id=row.pk, raw=RAW)
    services.set_item_cover(by=owner, item_id=item.pk, raw=RAW)
    return item


def file_of(on: List | Item) -> StoredFile:
    on.refresh_from_db()
    assert on.cover
    return on.cover


def are_public(*covered: List | Item) -> list[bool]:
    return [file_of(on).is_public for on in covered]


def test_a_cover_is_shown_with_its_list_and_its_item(asha: User, row: List) -> None:
    item = covered(row, asha)
    shown = selectors.see_list(row.pk, asha)
    assert shown.cover
    assert shown.items[0].cover
    assert (shown.cover.width, shown.cover.height) == (64, 48)
    assert shown.cover.url.startswith(f"/files/{file_of(row).key}/large.webp?expires=")
    assert shown.items[0].cover.thumbnail_url.startswith(f"/files/{file_of(item).key}/small.webp?expires=")
    state = selectors.snapshot(str(row.pk))
    assert state["meta"].cover == shown.cover
    assert state[f"item.{item.pk}"].cover == shown.items[0].cover


def test_a_new_cover_takes_the_place_of_the_old_one_which_goes(
    asha: User, row: List, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    services.set_list_cover(by=asha, list_id=row.pk, raw=RAW)
    first = file_of(row)
    with heard() as events, django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        services.set_list_cover(by=asha, list_id=row.pk, raw=RAW)
    assert [event for event in events if isinstance(event, ListChanged)] == [ListChanged(list_id=row.pk)]
    second = file_of(row)
    first.refresh_from_db()
    assert first.dropped_at
    assert second.dropped_at is None
    services.remove_list_cover(by=asha, list_id=row.pk)
    services.remove_list_cover(by=asha, list_id=row.pk)
    assert selectors.see_list(row.pk, asha).cover is None
    assert not StoredFile.objects.filter(dropped_at=None).exists()
    told = AuditEntry.objects.filter(action="list.cover_changed").order_by("pk").values_list("before", "after")
    changes = [(None, first.pk), (first.pk, second.pk), (second.pk, None)]
    assert [*told] == [({"cover": before}, {"cover": after}) for before, after in changes]


def test_covers_are_public_as_long_as_everybody_may_see_what_they_belong_to(asha: User, row: List) -> None:
    item = covered(row, asha)
    assert are_public(row, item) == [False, False]
    services.update_list(by=asha, list_id=row.pk, is_public=True)
    assert are_public(row, item) == [True, True]
    services.delete_item(by=asha, item_id=item.pk)
    assert are_public(row, item) == [True, False]
    services.restore_item(by=asha, item_id=item.pk)
    services.delete_list(by=asha, list_id=row.pk)
    assert are_public(row, item) == [False, False]
    services.restore_list(by=asha, list_id=row.pk)
    assert are_public(row, item) == [True, True]
    services.update_list(by=asha, list_id=row.pk, is_public=False)
    assert are_public(row, item) == [False, False]


def test_a_cover_that_is_set_on_a_public_list_is_public_at_once(asha: User) -> None:
    row = make_list(asha, is_public=True)
    item = covered(row, asha)
    assert are_public(row, item) == [True, True]
    cover = selectors.see_list(row.pk, None).cover
    assert cover
    assert "?" not in cover.url


def test_whoever_may_not_is_refused_before_the_picture_is_read(asha: User, row: List) -> None:
    """The picture is none: whoever is told so was let in too far."""
    ravi, viewer, stranger = make_person("ravi"), make_person("viewer"), make_person("stranger")
    seat(row, ravi, "editor")
    seat(row, viewer, "viewer")
    item, own = make_item(row, asha), make_item(row, ravi)

    def refused(by: User, on: List | Item) -> str:
        try:
            if isinstance(on, List):
                services.set_list_cover(by=by, list_id=on.pk, raw=NONE)
            else:
                services.set_item_cover(by=by, item_id=on.pk, raw=NONE)
        except DomainError as refusal:
            return refusal.code
        raise AssertionError("it was taken")

    assert [refused(by, row) for by in (asha, ravi, viewer, stranger)] == [
        *("not_a_picture", "owner_only", "owner_only", "no_list")
    ]
    assert [refused(by, item) for by in (asha, ravi, viewer, stranger)] == [
        *("not_a_picture", "may_not_change", "may_not_change", "no_item")
    ]
    assert [refused(by, own) for by in (asha, ravi, viewer)] == ["not_a_picture", "not_a_picture", "may_not_change"]
    for by in (ravi, viewer):
        with pytest.raises(NotAllowed):
            services.remove_list_cover(by=by, list_id=row.pk)
        with pytest.raises(NotAllowed):
            services.remove_item_cover(by=by, item_id=item.pk)


def test_on_a_frozen_list_the_owner_alone_sets_covers_and_the_item_says_so(asha: User) -> None:
    """V46, V47"""
    ravi = make_person("ravi")
    row = make_list(asha, closes_in_s=60)
    seat(row, ravi, "editor")
    item = make_item(row, ravi)
    services.set_item_cover(by=ravi, item_id=item.pk, raw=RAW)
    item.refresh_from_db()
    assert not item.edited_after_freeze
    let_pass(row)
    with pytest.raises(Conflict) as refusal:
        services.set_item_cover(by=ravi, item_id=item.pk, raw=RAW)
    assert refusal.value.code == "list_frozen"
    services.set_list_cover(by=asha, list_id=row.pk, raw=RAW)
    services.remove_item_cover(by=asha, item_id=item.pk)
    item.refresh_from_db()
    assert item.edited_after_freeze


@pytest.mark.django_db(transaction=True)
def test_of_covers_that_are_set_at_once_one_stays() -> None:
    asha = make_person("asha")
    row = make_list(asha)
    at_once(4, lambda: services.set_list_cover(by=asha, list_id=row.pk, raw=RAW))
    assert [*StoredFile.objects.filter(dropped_at=None)] == [file_of(row)]
    assert StoredFile.objects.count() == 4
