"""What may be told about people, beside `SessionsEnded`. Whatever they listen to is asked for again."""

from dataclasses import dataclass

from core.events import AccessChanged, Event


@dataclass(frozen=True, kw_only=True)
class BlocksChanged(Event):
    """A person blocked or unblocked somebody; `blocked` is whom from now on, None when a block ended."""

    user_id: int
    blocked: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(AccessChanged):
    """A person shows another name or face, or whether they are present."""

    prefix: str = "presence."


@dataclass(frozen=True, kw_only=True)
class RightsChanged(AccessChanged):
    """A person was timed out, banned, forgiven or made staff."""

    prefix: str = ""
