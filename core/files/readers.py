"""Whatever reads screenshots, told to this room when the house starts; those rooms that keep screenshots ask here."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.errors import Unavailable
from core.files.selectors import read_original
from core.files.stores import StoreError
from core.work.transactions import let_connection_go

LOST = {"status": "failed", "reason": "picture_lost"}

log = logging.getLogger(__name__)


class Reader(Protocol):
    """Reads screenshots; readings are plain JSON. `version` names all that the answers depend on but the bytes."""

    @property
    def version(self) -> str: ...

    def read(self, raw: bytes) -> dict[str, Any]:
        """The reading of one picture, its `status` one of ok, partial, refused, failed: the same for the same bytes.
        Raises Unavailable when nothing can be read now."""
        ...

    def warm(self) -> None:
        """From now on the next picture waits for nothing that could have been done before it came."""
        ...

    def merge(self, readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the readings of one match's pictures say together, as `extracted_data` (S2)."""
        ...


_readers: list[Reader] = []


def reads_pictures(reader: Reader) -> None:
    """Let `reader` read from now on."""
    _readers[:] = [reader]


def await_pictures() -> None:
    """Where pictures are read, whatever reads them is ready for the first."""
    for reader in _readers:
        reader.warm()


def the_reader() -> Reader:
    """Raises Unavailable: reader_unavailable."""
    if not _readers:
        raise Unavailable("reader_unavailable", "Nothing reads pictures here.")
    return _readers[0]


def read_stored(file_id: int, reader: Reader) -> dict[str, Any]:
    """The reading of a stored original. In no transaction. Raises StoreError, Unavailable: reader_unavailable."""
    try:
        raw = read_original(file_id=file_id)
    except StoreError as error:
        if not error.permanent:
            raise
        raw = None
    if raw is None:  # deleted meanwhile, or lost with its disk
        log.warning("file %s has no bytes to read", file_id)
        return LOST
    let_connection_go()
    return reader.read(raw)
