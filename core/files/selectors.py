"""Questions about files: how they are shown, whether a link is good, what nobody refers to, what is missing."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core.errors import NotFound, Unavailable
from core.files.links import link, seconds_left
from core.files.models import StoredFile
from core.files.shapes import Picture
from core.files.stores import StoreError, store
from core.work.transactions import let_connection_go

SIZES = {"large": 1_600, "small": 480}
"""The longest side of each size of a picture, in pixels."""
PATIENCE_S = 5.0
LOOK_EVERY_S = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A file that somebody may look at: for so many seconds, None for as long as it is there."""

    file: StoredFile
    seconds: float | None


def picture(file: StoredFile | None) -> Picture | None:
    """How it is shown; its sizes may be still to come, nothing if they never will. No query."""
    if file is None or not (file.sha256 or file.has_original):
        return None
    return Picture(
        url=link(file.key, "large", is_public=file.is_public),
        thumbnail_url=link(file.key, "small", is_public=file.is_public),
        width=file.width,
        height=file.height,
    )


def name_of(file: StoredFile, size: str) -> str:
    """Under which name the store has it."""
    return f"{file.key[:2]}/{file.key}/{size}.webp"


def original_of(file: StoredFile) -> str:
    """Under which name the store has the bytes as they came, while it has them. No link leads there."""
    return f"{file.key[:2]}/{file.key}/original"


def read_original(*, file_id: int) -> bytes | None:
    """The bytes as they came, while they are kept. In no transaction. Raises StoreError."""
    file = StoredFile.objects.filter(pk=file_id, dropped_at=None, has_original=True).first()
    return store().read(original_of(file)) if file else None


def find_by_link(*, key: str, size: str, expires: str, signature: str) -> Seen:
    """The file that a link leads to. One query. Raises NotFound: no_file, whether it is not there or not for them."""
    file = StoredFile.objects.filter(key=key, dropped_at=None).first()
    if file is not None and size in SIZES:
        if file.is_public:
            return Seen(file=file, seconds=None)
        left_s = seconds_left(key, size, expires=expires, signature=signature)
        if left_s:
            return Seen(file=file, seconds=left_s)
    raise NotFound("no_file", "There is no such file, or this link has ended.")


def read_file(file: StoredFile, size: str) -> bytes:
    """Its bytes; waits for those that are being made. Raises NotFound: no_file. Unavailable: files_unavailable."""
    wait_until_made(file)
    try:
        return store().read(name_of(file, size))
    except StoreError as error:
        if error.permanent:
            raise NotFound("no_file", "There is no such file, or this link has ended.") from error
        raise Unavailable("files_unavailable", "Files cannot be read right now. Try again soon.") from error


def wait_until_made(file: StoredFile) -> None:
    """The sizes of the file are there, or will never be. Raises Unavailable: files_unavailable, after 5 s."""
    unmade = StoredFile.objects.filter(pk=file.pk, has_original=True, sha256="", dropped_at=None)
    give_up_at = time.monotonic() + PATIENCE_S
    while file.has_original and not file.sha256 and unmade.exists():
        if time.monotonic() > give_up_at:
            raise Unavailable("files_unavailable", "This picture is not ready yet. Try again soon.")
        let_connection_go()
        time.sleep(LOOK_EVERY_S)


def unused(*, before: datetime) -> QuerySet[StoredFile]:
    """Files from before then that no row of any room refers to."""
    files = StoredFile.objects.filter(dropped_at=None, created_at__lt=before)
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if field.auto_created and (field.one_to_many or field.one_to_one) and field.related_model:
            referring = field.related_model._default_manager.filter(**{field.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            files = files.filter(~Exists(referring))
    return files


def find_differences() -> Iterator[str]:
    """Files whose bytes are not there, or are others than those that were stored."""
    for file in StoredFile.objects.filter(dropped_at=None).iterator():
        try:
            if file.has_original:
                store().read(original_of(file))
            content = {size: store().read(name_of(file, size)) for size in SIZES} if file.sha256 else {}
        except StoreError as error:
            yield f"file {file.key}: {error}"
            continue
        if content and hashlib.sha256(content["large"]).hexdigest() != file.sha256:
            yield f"file {file.key} holds other bytes than were stored"
