"""Where the bytes of files are: a folder of this machine, or a bucket that speaks S3."""

from functools import cache
from typing import Protocol

from django.conf import settings


class StoreError(Exception):
    """The store did not do it; `permanent` says that asking again would not help."""

    def __init__(self, words: str, *, permanent: bool = False) -> None:
        super().__init__(words)
        self.permanent = permanent


class Store(Protocol):
    """Keeps bytes under names such as `ab/abcd/large.webp`. All raise StoreError."""

    def save(self, name: str, content: bytes) -> None:
        """The bytes are safe under that name once this returns."""
        ...

    def read(self, name: str) -> bytes: ...

    def delete(self, name: str) -> None:
        """Nothing is there; nothing need have been."""
        ...


@cache
def store() -> Store:
    """The store that the settings name. Its libraries are imported at the first use, not at the start."""
    if settings.ENV.files_bucket:
        from core.files.stores.bucket import Bucket

        return Bucket(settings.ENV.files_bucket, settings.ENV.files_endpoint)
    from core.files.stores.folder import Folder

    return Folder(settings.HOME / "files")
