"""A25, PR1: a file is there whole before anybody is told, only who may look at it does, and what nobody needs goes."""

import hashlib
import io
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from PIL import Image

from core.errors import Invalid, NotFound, RateLimited, Unavailable
from core.files import links, selectors, services
from core.files.models import StoredFile
from core.files.shapes import Picture
from core.files.stores import Store, StoreError, store
from core.jobs.kinds import SWEEPS, perform
from core.work.clock import database_now
from core.work.models import Job
from core.work.services import claim
from tests.core.bucketlists.lists import make_list
from tests.core.files.pictures import picture
from tests.people import make_person

pytestmark = pytest.mark.django_db


def stored(*, is_public: bool = False) -> StoredFile:
    file = services.store_picture(by=make_person(), raw=picture("JPEG", 900, 600))
    services.set_public(file_ids=[file.pk], is_public=is_public)
    file.refresh_from_db()
    return file


def at(url: str) -> selectors.Seen:
    """What a link leads to."""
    parts = urlsplit(url)
    _, _, key, name = parts.path.split("/")
    query = {word: values[0] for word, values in parse_qs(parts.query).items()}
    words = {"expires": query.get("expires", ""), "signature": query.get("signature", "")}
    return selectors.find_by_link(key=key, size=name.removesuffix(".webp"), **words)


def shown(file: StoredFile) -> Picture:
    found = selectors.picture(file)
    assert found
    return found


def folder_of(file: StoredFile) -> Path:
    return (settings.HOME / "files" / selectors.name_of(file, "large")).parent


def run(kind: str) -> None:
    """The waiting job of that kind, as a worker does it."""
    lease = claim(job_id=Job.objects.get(kind=kind).pk)
    assert lease
    perform(lease)


def age(file: StoredFile) -> None:
    StoredFile.objects.filter(pk=file.pk).update(created_at=database_now() - services.UNUSED_FOR - timedelta(seconds=1))


def test_a_picture_is_stored_in_both_sizes_and_nothing_beside_it() -> None:
    file = stored()
    large, small = (selectors.read_file(file, size) for size in selectors.SIZES)
    assert (file.width, file.height, file.sha256) == (900, 600, hashlib.sha256(large).hexdigest())
    assert Image.open(io.BytesIO(small)).size == (480, 320)
    assert file.size_bytes == len(large) + len(small)
    assert sorted(path.name for path in folder_of(file).iterdir()) == ["large.webp", "small.webp"]
    assert [*selectors.find_differences()] == []


def test_what_is_refused_leaves_nothing() -> None:
    with pytest.raises(Invalid):
        services.store_picture(by=make_person(), raw=b"no picture")
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_connection_waits_for_a_picture() -> None:
    """The pool has ten, and reading a picture takes a second: everybody else would wait."""
    asha = make_person()
    with pytest.raises(Invalid):
        services.store_picture(by=asha, raw=b"no picture")
    assert connection.connection is None


def test_thirty_pictures_in_ten_minutes_are_enough() -> None:
    asha = make_person()
    for _ in range(30):
        with pytest.raises(Invalid):
            services.store_picture(by=asha, raw=b"no picture")
    with pytest.raises(RateLimited):
        services.store_picture(by=asha, raw=b"no picture")


def test_a_public_file_has_a_plain_link() -> None:
    file = stored(is_public=True)
    assert shown(file).url == f"/files/{file.key}/large.webp"
    assert at(shown(file).url) == selectors.Seen(file=file, seconds=None)


def test_another_file_is_seen_by_a_signed_link_alone() -> None:
    file = stored()
    for url in (shown(file).url, shown(file).thumbnail_url):
        seconds = at(url).seconds
        assert seconds is not None
        assert links.WINDOW_S <= seconds <= 2 * links.WINDOW_S
        plain, _, query = url.partition("?")
        other_size = url.replace("large", "small") if "large" in url else url.replace("small", "large")
        words = parse_qs(query)
        later = url.replace(words["expires"][0], str(int(words["expires"][0]) + links.WINDOW_S))
        for wrong in (plain, other_size, later, url[:-1] + ("A" if url[-1] != "A" else "B"), f"{plain}?expires=é"):
            with pytest.raises(NotFound):
                at(wrong)


def test_a_signed_link_ends() -> None:
    file = stored()
    ended = str(int(time.time()) - 1)
    with pytest.raises(NotFound):
        at(f"/files/{file.key}/large.webp?expires={ended}&signature={links.sign(file.key, 'large', ended)}")


def test_a_link_stays_the_same_for_a_while() -> None:
    file = stored()
    before = shown(file)
    if shown(file) != before:  # an hour ended in between
        before = shown(file)
    assert shown(file) == before


def test_a_dropped_file_is_seen_no_more_and_its_bytes_go() -> None:
    file = stored(is_public=True)
    (folder_of(file) / ".large.webp.0a1b").touch()  # of a process that was killed while it wrote
    services.drop_file(file_id=file.pk)
    services.drop_file(file_id=file.pk)
    with pytest.raises(NotFound):
        at(shown(file).url)
    run("files.erase")
    assert not folder_of(file).exists()
    assert not StoredFile.objects.exists()
    services.erase_bytes(file_id=file.pk)  # twice is once
    services.forget_file(file_id=file.pk)


def test_erasing_spares_what_was_not_dropped() -> None:
    file = stored()
    services.erase_bytes(file_id=file.pk)
    services.forget_file(file_id=file.pk)
    assert selectors.read_file(StoredFile.objects.get(), "large")


def test_what_nobody_refers_to_is_swept_after_an_hour() -> None:
    """An upload that broke off, or a list that was purged."""
    asha = make_person("owner")
    used, unused, fresh = (services.store_picture(by=asha, raw=picture()) for _ in range(3))
    row = make_list(asha)
    row.cover = used
    row.save()
    for file in (used, unused):
        age(file)
    SWEEPS["files.sweep_unused"]()
    SWEEPS["files.sweep_unused"]()
    assert set(StoredFile.objects.filter(dropped_at=None)) == {used, fresh}
    run("files.erase")
    assert not folder_of(unused).exists()
    row.delete()
    services.sweep_unused()
    assert set(StoredFile.objects.filter(dropped_at=None)) == {fresh}


def test_bytes_that_are_gone_or_others_are_named() -> None:
    file = stored()
    name = selectors.name_of(file, "large")
    store().save(name, b"RIFF others")
    assert [*selectors.find_differences()] == [f"file {file.key} holds other bytes than were stored"]
    store().delete(name)
    [difference] = selectors.find_differences()
    assert file.key in difference
    assert "was not read" in difference
    with pytest.raises(NotFound):
        selectors.read_file(file, "large")


class Down:
    """A store that is away."""

    def save(self, name: str, content: bytes) -> None:
        raise StoreError("away")

    def read(self, name: str) -> bytes:
        raise StoreError("away")

    def delete(self, name: str) -> None:
        raise StoreError("away")


def test_a_store_that_is_away_is_unavailable_and_what_broke_off_is_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> Store:
        return Down()

    monkeypatch.setattr(services, "store", down)
    monkeypatch.setattr(selectors, "store", down)
    with pytest.raises(Unavailable):
        stored()
    file = StoredFile.objects.get()
    with pytest.raises(Unavailable):
        selectors.read_file(file, "large")
    age(file)
    services.sweep_unused()
    with pytest.raises(StoreError):  # and the job is tried again
        services.erase_bytes(file_id=file.pk)


def kept(raw: bytes) -> StoredFile:
    """A file of which there is the original alone, whose sizes a job will make."""
    file = services.store_original(by=make_person(), raw=raw)
    services.make_sizes_later(file=file)
    return file


def original(file: StoredFile) -> Path:
    return folder_of(file) / "original"


def test_an_original_is_kept_until_its_sizes_are_made_and_nobody_is_shown_it() -> None:
    """S14: pixels stay, the bytes as they came go."""
    raw = picture("JPEG", 900, 600)
    file = kept(raw)
    assert selectors.read_original(file_id=file.pk) == original(file).read_bytes() == raw
    assert [*selectors.find_differences()] == []
    with pytest.raises(NotFound):
        at(shown(file).url.replace("large.webp", "original.webp"))
    run("files.make_sizes")
    file.refresh_from_db()
    assert (file.width, file.height, file.has_original) == (900, 600, False)
    assert sorted(path.name for path in folder_of(file).iterdir()) == ["large.webp", "small.webp"]
    assert selectors.read_original(file_id=file.pk) is None
    assert [*selectors.find_differences()] == []


@pytest.mark.parametrize("again", ["files.make_sizes", "nothing"])
def test_making_sizes_again_changes_nothing(again: str) -> None:
    """PR4: a worker that died after any step leaves the rest to the next one."""
    file = kept(picture("JPEG", 90, 60))
    if again != "nothing":
        services.make_sizes(file_id=file.pk, key=file.key)
    run("files.make_sizes")
    file.refresh_from_db()
    assert (file.width, file.has_original) == (90, False)


def test_of_what_is_no_picture_nothing_is_kept_or_shown() -> None:
    file = kept(b"/etc/passwd")
    run("files.make_sizes")
    file.refresh_from_db()
    assert selectors.picture(file) is None
    assert not folder_of(file).exists()
    with pytest.raises(NotFound):
        selectors.read_file(file, "large")
    assert [*selectors.find_differences()] == []


def test_a_file_dropped_while_its_sizes_are_made_leaves_no_bytes() -> None:
    """S14: deleted is deleted, whoever is quicker."""
    file = kept(picture("JPEG", 90, 60))
    raw = original(file).read_bytes()
    services.drop_file(file_id=file.pk)
    run("files.erase")
    original(file).parent.mkdir(parents=True)
    original(file).write_bytes(raw)
    (folder_of(file) / "large.webp").write_bytes(b"half made")
    run("files.make_sizes")
    assert not folder_of(file).exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_looks_too_early_waits_for_the_sizes() -> None:
    """S1: the link is good from the first answer on."""
    file = kept(picture("JPEG", 90, 60))
    with ThreadPoolExecutor(1) as others:
        made = others.submit(make_soon, file)
        assert selectors.read_file(file, "large")[:4] == b"RIFF"
        made.result()


def make_soon(file: StoredFile) -> None:
    time.sleep(0.2)
    services.make_sizes(file_id=file.pk, key=file.key)
    connection.close()
