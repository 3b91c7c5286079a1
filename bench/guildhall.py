"""This app with one log topic more, kept in memory: bells ring as after a commit, without the commit's cost."""

import django

django.setup()

from core.asgi import application  # noqa: E402 settings come first
from core.events import LogEvent, LogPage  # noqa: E402
from core.events.listening import tell  # noqa: E402
from realtime.topics import LogTopic, declare  # noqa: E402

__all__ = ["application", "publish"]

_entries: list[dict[str, str]] = []


def _page(after: int, limit: int) -> LogPage:
    stretch = _entries[after : after + limit]
    return LogPage("bench", len(_entries), list(enumerate(stretch, after + 1)), after + limit < len(_entries))


declare(
    LogTopic(
        prefix="bench.",
        may_hear=lambda _user, _name: True,
        latest=lambda _name: _page(max(0, len(_entries) - 50), 50),
        after=lambda _name, seq, limit: _page(seq, limit),
        heads=lambda names: dict.fromkeys(names, len(_entries)),
    )
)


async def publish(number: int, text: str) -> None:
    _entries.append({"author": "asha", "text": text})
    tell(LogEvent(topic="bench.room", seq=number, data=_entries[-1]))
