"""Pictures with what they say: a folder of real screens, drawn look-alikes, and real ones with other digits in them."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.degrading import png
from tests.screens import battery

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "screens"


@dataclass(frozen=True)
class Shot:
    """The bytes of a picture, and what stands in it in the format of the truth files."""

    name: str
    raw: bytes
    truth: dict[str, Any]


def screens_folder() -> Path | None:
    """Where real screens lie: `$GUILDHALL_SCREENS`, or the folder beside the project; None when there is none."""
    folder = Path(os.environ.get("GUILDHALL_SCREENS") or BESIDE)
    return folder if any(folder.glob("*.json")) else None


def from_folder(folder: Path) -> Iterator[Shot]:
    """Every picture of a folder that has a truth file beside it."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text())
        picture = folder / truth.get("file", "")
        if picture.is_file():
            yield Shot(path.stem, picture.read_bytes(), truth)


def drawn(seeds: Iterable[int]) -> Iterator[Shot]:
    """Every kind of look-alike with every seed."""
    for screen in battery(seeds):
        yield Shot(screen.name, png(screen.image), screen.truth)
