"""Files in a bucket, through django-storages; keys and region come from the environment, as boto3 reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from core.files.stores import StoreError

CALLS = {"connect_timeout": 2, "read_timeout": 10, "retries": {"max_attempts": 2}}  # seconds
# services that are not Amazon's know neither checksums after the body nor the bucket in the host's name
PLAIN: dict[str, Any] = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class Bucket:
    def __init__(self, name: str, endpoint: str) -> None:
        style = {"addressing_style": "path" if endpoint else "auto"}
        self._storage: Any = S3Storage(
            bucket_name=name,
            endpoint_url=endpoint or None,
            file_overwrite=True,
            default_acl=None,
            client_config=Config(**CALLS, **PLAIN, s3=style),
        )

    def save(self, name: str, content: bytes) -> None:
        with _asked(f"{name} was not written"):
            self._storage.save(name, ContentFile(content))

    def read(self, name: str) -> bytes:
        with _asked(f"{name} was not read"), self._storage.open(name) as file:
            content: bytes = file.read()
            return content

    def delete(self, name: str) -> None:
        with _asked(f"{name} was not deleted"):
            self._storage.delete(name)


@contextmanager
def _asked(words: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"{words}: {error}", permanent=True) from error
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise StoreError(f"{words}: {error}") from error
