"""What rooms with screenshots ask for: readings as plain JSON, made by processes of their own."""

import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.errors import Unavailable
from ocr_pipeline.children import Children, DiedError, StillbornError, reading_command
from ocr_pipeline.reading import READER, Reading, as_json

log = logging.getLogger(__name__)


class ScreenshotReader:
    """Reads with `engines`, in as many processes at once as `places` says, 0: one a core."""

    def __init__(self, engines: Sequence[str], *, places: int = 0, command: Sequence[str] | None = None) -> None:
        self.version = f"{READER} with {'+'.join(engines)}"
        self.children = Children(command or reading_command(engines), places or len(os.sched_getaffinity(0)))

    def read(self, raw: bytes) -> dict[str, Any]:
        """What is read in these bytes; `failed` where nothing ever will be. Raises Unavailable: reader_unavailable."""
        try:
            answer = self.children.read(raw)
        except StillbornError as error:
            log.exception("no process that reads can be started: `python -m ocr_pipeline` says why")
            raise Unavailable("reader_unavailable", "Pictures cannot be read right now.") from error
        except DiedError as error:
            log.warning("a picture of %d bytes was given up: %s", len(raw), error)
            return {"status": "failed", "reason": "took_too_long" if error.late else "reader_failed"}
        if answer.reading is None:
            log.error("reading a picture of %d bytes failed: %s", len(raw), answer.failed)
            return {"status": "failed", "reason": "reader_failed"}
        plain: dict[str, Any] = without_nul(msgspec.to_builtins(answer.reading))
        return plain

    def warm(self) -> None:
        """The first picture finds a process that waits for it, where one can be started."""
        try:
            self.children.warm()
        except StillbornError:
            log.exception("no process that reads can be started: `python -m ocr_pipeline` says why")

    def merge(self, readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """One reading of all the pictures of a match; with each number the `pictures` that its boxes lie in."""
        from ocr_pipeline.merging import merged  # by whoever works, not by every process at its start

        whole = merged([msgspec.convert(reading, Reading) for reading in readings])
        data: dict[str, Any] = msgspec.to_builtins(as_json(whole.reading))
        for key, row in data["stats"].items():
            row["pictures"] = list(whole.pictures.get(key, (0, 0)))
        data["score_pictures"] = list(whole.pictures.get("score", (0, 0)))
        data["name_pictures"] = list(whole.pictures.get("names", (0, 0)))
        for row, pictures in zip(data["players"], whole.rows, strict=False):
            row["pictures"] = pictures
        return data


def without_nul(value: Any) -> Any:
    """The same JSON without a character that no database keeps."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    if isinstance(value, dict):
        return {without_nul(key): without_nul(item) for key, item in value.items()}
    return value
