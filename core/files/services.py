"""The verbs of files: what is stored, shown to everybody or not, dropped and swept. Bytes move in no transaction."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Protocol

from core.errors import Invalid, Unavailable
from core.failpoints import reach
from core.files.admission import Rendition, admit
from core.files.models import StoredFile
from core.files.selectors import SIZES, name_of, original_of, read_original, unused
from core.files.stores import StoreError, store
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.services import enqueue
from core.work.transactions import atomically, let_connection_go

UPLOADS = Rate("files.upload", count=30, per_s=600)
UNUSED_FOR = timedelta(hours=1)
SWEPT_AT_ONCE = 1_000
ERASE_JOB = "files.erase"
SIZES_JOB = "files.make_sizes"


class Uploader(Protocol):
    """Whoever has an id."""

    @property
    def pk(self) -> int: ...


def store_picture(*, by: Uploader, raw: bytes) -> StoredFile:
    """The picture that `raw` holds is stored, made anew and in every size; the original is forgotten. Nobody but
    holders of a signed link sees it, and it goes within two hours unless a row refers to it by then.

    Takes a second or so: call it in no transaction, once it is clear that `by` may use the picture.
    Raises Invalid: not_a_picture, too_many_pixels, animated_picture. RateLimited. Unavailable: busy, files_unavailable.
    """
    hit(UPLOADS, by.pk)
    let_connection_go()
    made = dict(zip(SIZES, admit(raw, sides_px=[*SIZES.values()]), strict=True))
    # the row before the bytes, so that the sweep knows of them whatever dies when
    file = StoredFile.objects.create(key=secrets.token_hex(16), owner_id=by.pk, **_measures(made))
    _save({name_of(file, size): rendition.content for size, rendition in made.items()})
    return file


def store_original(*, by: Uploader, raw: bytes) -> StoredFile:
    """The bytes are kept as they came, whatever they are, until `make_sizes` has made a picture of them. Nobody is
    shown them, and they go within two hours unless a row refers to the file by then.

    In no transaction. Whoever calls bounds how often, and how long they are. Raises Unavailable: files_unavailable.
    """
    file = StoredFile.objects.create(
        key=secrets.token_hex(16), owner_id=by.pk, width=0, height=0, size_bytes=len(raw), has_original=True
    )
    _save({original_of(file): raw})
    return file


def make_sizes_later(*, file: StoredFile) -> None:
    """Within a transaction, once nobody needs the original any more: a job makes the sizes, then the original goes."""
    if file.has_original:
        named = {"file_id": file.pk, "key": file.key}
        enqueue(kind=SIZES_JOB, payload=named, dedupe_key=f"{SIZES_JOB}:{file.pk}")


def make_sizes(*, file_id: int, key: str) -> None:
    """The sizes of a file that has only its original are there, and the original is gone; of what is no picture, the
    original alone is gone, and of a file that was dropped meanwhile everything.

    In no transaction, and safe to repeat. Raises StoreError, Unavailable: busy; and is asked again then.
    """
    file = StoredFile.objects.filter(pk=file_id).first() or StoredFile(key=key)
    made = {} if file.sha256 else _made_of(file)
    reach("files.sizes")
    for size, rendition in made.items():
        store().save(name_of(file, size), rendition.content)
    there = StoredFile.objects.filter(pk=file_id, dropped_at=None)
    if not (there.update(**_measures(made)) if made else there.exists()):
        _delete(file)
    store().delete(original_of(file))


def forget_original(*, file_id: int, key: str) -> None:
    """It is known that the original of that file is gone."""
    StoredFile.objects.filter(pk=file_id, key=key).update(has_original=False)


def set_public(*, file_ids: Collection[int], is_public: bool) -> None:
    """Within a transaction: everybody may look at these files, or only who has a signed link."""
    StoredFile.objects.filter(pk__in=file_ids).exclude(is_public=is_public).update(is_public=is_public)


def drop_file(*, file_id: int) -> None:
    """Within a transaction, once nothing refers to it: nobody sees the file any more, and its bytes go soon after."""
    if StoredFile.objects.filter(pk=file_id, dropped_at=None).update(dropped_at=database_now()):
        enqueue(kind=ERASE_JOB, payload={"file_id": file_id}, dedupe_key=f"{ERASE_JOB}:{file_id}")


def erase_bytes(*, file_id: int) -> None:
    """The bytes of a dropped file are gone. In no transaction; raises StoreError, and is asked again then."""
    file = StoredFile.objects.filter(pk=file_id, dropped_at__isnull=False).first()
    if file is not None:
        _delete(file)


def forget_file(*, file_id: int) -> None:
    """The row of a dropped file is gone, after its bytes."""
    StoredFile.objects.filter(pk=file_id, dropped_at__isnull=False).delete()


@atomically
def sweep_unused() -> None:
    """Files that nobody has referred to for an hour are dropped: of uploads that broke off, of lists that are gone."""
    before = database_now() - UNUSED_FOR
    for file_id in unused(before=before).values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        drop_file(file_id=file_id)


def _made_of(file: StoredFile) -> dict[str, Rendition]:
    """What its original looks like; nothing where that is no picture, or is gone."""
    try:
        raw = read_original(file_id=file.pk)
    except StoreError as error:
        if not error.permanent:
            raise
        raw = None
    if raw is None:
        return {}
    let_connection_go()
    try:
        return dict(zip(SIZES, admit(raw, sides_px=[*SIZES.values()]), strict=True))
    except Invalid:
        return {}


def _measures(made: Mapping[str, Rendition]) -> dict[str, Any]:
    """What the row says of these sizes."""
    largest = made["large"]
    return {
        "width": largest.width,
        "height": largest.height,
        "size_bytes": sum(len(it.content) for it in made.values()),
        "sha256": hashlib.sha256(largest.content).hexdigest(),
    }


def _save(contents: Mapping[str, bytes]) -> None:
    try:
        for name, content in contents.items():
            store().save(name, content)
    except StoreError as error:
        raise Unavailable("files_unavailable", "Files cannot be stored right now. Try again soon.") from error


def _delete(file: StoredFile) -> None:
    for name in (*(name_of(file, size) for size in SIZES), original_of(file)):
        store().delete(name)
