"""What may be told about matches: that a shared one is different."""

from dataclasses import dataclass

from core.events import AccessChanged, Event


@dataclass(frozen=True, kw_only=True)
class ShareChanged(Event):
    """What the two see of a shared match is different: its cells, corrections, people, pictures, or where it stands."""

    share_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"share.{self.share_id}",)


def share_access_changed(share_id: int) -> AccessChanged:
    """To emit when somebody may see a shared match no more."""
    return AccessChanged(user_id=None, prefix=f"share.{share_id}")
