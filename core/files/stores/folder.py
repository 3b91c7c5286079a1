"""Files in a folder of this machine, whole or not at all, and on the disk before anybody is told."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from core.files.stores import StoreError


class Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, name: str, content: bytes) -> None:
        path = self._root / name
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            for folder in (path.parent, path.parent.parent, self._root):
                _sync(folder)
        except OSError as error:
            raise StoreError(f"{name} was not written: {error}") from error

    def read(self, name: str) -> bytes:
        try:
            return (self._root / name).read_bytes()
        except OSError as error:
            raise StoreError(f"{name} was not read: {error}", permanent=isinstance(error, FileNotFoundError)) from error

    def delete(self, name: str) -> None:
        path = self._root / name
        try:
            path.unlink(missing_ok=True)
            for broken_off in path.parent.glob(f".{path.name}.*"):
                broken_off.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{name} was not deleted: {error}") from error
        with suppress(OSError):  # as long as another size is there
            path.parent.rmdir()


def _sync(folder: Path) -> None:
    """What was added to the folder stays in it, even if the power goes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
