"""The verbs of files: what is stored, shown to everybody or not, dropped and swept. Bytes move in no transaction."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Protocol

from django.db import connection

from core.errors import Unavailable
from core.files.admission import admit
from core.files.models import StoredFile
from core.files.selectors import SIZES, name_of, unused
from core.files.stores import StoreError, store
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.services import enqueue
from core.work.transactions import atomically

UPLOADS = Rate("files.upload", count=30, per_s=600)
UNUSED_FOR = timedelta(hours=1)
SWEPT_AT_ONCE = 1_000
ERASE_JOB = "files.erase"


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
    if not connection.in_atomic_block:
        connection.close()  # back to the pool: others need it while this waits for a picture
    made = dict(zip(SIZES, admit(raw, sides_px=[*SIZES.values()]), strict=True))
    largest = made["large"]
    file = StoredFile.objects.create(  # before the bytes, so that the sweep knows of them whatever dies when
        key=secrets.token_hex(16),
        owner_id=by.pk,
        width=largest.width,
        height=largest.height,
        size_bytes=sum(len(it.content) for it in made.values()),
        sha256=hashlib.sha256(largest.content).hexdigest(),
    )
    try:
        for size, rendition in made.items():
            store().save(name_of(file, size), rendition.content)
    except StoreError as error:
        raise Unavailable("files_unavailable", "Files cannot be stored right now. Try again soon.") from error
    return file


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
        for size in SIZES:
            store().delete(name_of(file, size))


def forget_file(*, file_id: int) -> None:
    """The row of a dropped file is gone, after its bytes."""
    StoredFile.objects.filter(pk=file_id, dropped_at__isnull=False).delete()


@atomically
def sweep_unused() -> None:
    """Files that nobody has referred to for an hour are dropped: of uploads that broke off, of lists that are gone."""
    before = database_now() - UNUSED_FOR
    for file_id in unused(before=before).values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        drop_file(file_id=file_id)
