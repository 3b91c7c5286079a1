"""How applications to host are shown."""

from dataclasses import dataclass

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class HostDocument:
    """A picture that belongs to an application; its links end."""

    id: int
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostApplication:
    """An application as its applicant sees it. `state`: submitted, needs_info, approved, rejected, suspended; `reason`
    is that of the last decision."""

    id: int
    display_name: str
    about: str
    links: list[str]
    documents: list[HostDocument]
    state: str
    reason: str
    submitted_at: Moment
    decided_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostApplicationView(HostApplication):
    """The same for administrators: whose it is, who decided (null: nobody, or an account that is gone), and what they
    may decide now."""

    user: UserCard
    decided_by: UserCard | None
    legal: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostApplications:
    """A page of applications, the newest first; `next` is the `after` of the following page, null on the last."""

    results: list[HostApplicationView]
    next: int | None
