"""Files in a folder of this machine, whole or not at all, and on the disk before anybody is told."""

import os
import secrets
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
        except OSError as error:
            raise StoreError(f"{name} was not deleted: {error}") from error
        self._tidy(path.parent)

    def _tidy(self, folder: Path) -> None:
        """Folders that became empty go as well; one that somebody else fills at this moment stays."""
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent
