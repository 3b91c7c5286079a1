"""A reader for tests, who reads what a test wrote, and the jobs that ask it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from core.accounts.models import User
from core.files.admission import Rendition
from core.jobs.actors import run_job
from core.tracker import services
from core.tracker.models import Match
from core.work.models import Job

WIDTH, HEIGHT = 1280, 720


def row(home: float | None, away: float | None, *, sure: tuple[bool, bool] = (True, True)) -> dict[str, Any]:
    return {
        "home": home,
        "away": away,
        "accepted": list(sure),
        "confidence": [0.99 if it else 0.4 for it in sure],
        "boxes": [[10, 20, 30, 12], [300, 20, 30, 12]],
        "text": [str(home), str(away)],
    }


def reading(**more: Any) -> dict[str, Any]:
    """Asha 3, Ravi 1, and two rows; what is given instead."""
    usual = {
        "status": "ok",
        "reason": None,
        "game": "efootball_mobile",
        "screen": "match_stats",
        "score": [3, 1],
        "score_accepted": [True, True],
        "names": ["ASHA", "Ravi"],
        "stats": {"possession": row(58, 42), "shots": row(9, 4)},
        "unknown_labels": [],
        "violated_rules": [],
        "width": WIDTH,
        "height": HEIGHT,
        "reader": "scripted 1",
        "ms": 12.5,
    }
    return usual | more


def screen(what: Mapping[str, Any] | None = None, *, salt: str = "") -> bytes:
    """The bytes of a picture in which `ScriptedReader` reads `what`."""
    return json.dumps({"reading": what or reading(), "salt": salt}).encode()


class ScriptedReader:
    """Reads what `screen` wrote, and counts how often it was asked."""

    version = "scripted 1"

    def __init__(self) -> None:
        self.asked: Counter[bytes] = Counter()

    def read(self, raw: bytes) -> dict[str, Any]:
        self.asked[raw] += 1
        try:
            read: dict[str, Any] = json.loads(raw)["reading"]
        except ValueError:
            return {"status": "refused", "reason": "unsupported_format"}
        return read

    def warm(self) -> None:
        pass

    def merge(self, readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        stats = {key: cell for one in readings for key, cell in one.get("stats", {}).items()}
        return {**readings[0], **({"stats": stats} if stats else {})}


def add(by: User, *raws: bytes, again: bool = False, **words: Any) -> Match:
    """A match of these pictures, which nobody has read yet."""
    taken = services.take_pictures(by=by, raws=raws or [screen()])
    return services.add_match(by=by, taken=taken, again=again, **words)


def run_all(*kinds: str) -> None:
    """Every job of these kinds that waits, as workers do it."""
    for job_id in Job.objects.filter(kind__in=kinds, state=Job.State.WAITING).values_list("pk", flat=True):
        run_job(job_id)


def read_all() -> None:
    run_all("tracker.read")
    assert not Job.objects.filter(kind="tracker.read").exclude(state=Job.State.DONE).exists()


def sizes(width: int = 64, height: int = 32) -> list[Rendition]:
    """What stands for the sizes of a picture where no picture is."""
    return [Rendition(width=width, height=height, content=b"RIFF    WEBP")] * 2
