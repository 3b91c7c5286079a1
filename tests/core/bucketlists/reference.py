"""A list as its rules tell it, without a database: what the real one is compared with."""

from dataclasses import dataclass, field
from typing import NamedTuple

from core.bucketlists.tally import Count

Key = tuple[str, int]


class Counted(NamedTuple):
    """The counted votes of one item."""

    member_upvotes: int = 0
    member_downvotes: int = 0
    guest_upvotes: int = 0
    guest_downvotes: int = 0

    @property
    def together(self) -> Count:
        return Count(self.member_upvotes + self.guest_upvotes, self.member_downvotes + self.guest_downvotes)


@dataclass
class ReferenceList:
    """Who is on it, what is proposed (by number), and who voted what. `closed` is the tally of a frozen list.

    `results` has that of each round which closed; `leaving` are votes whose voter left after the close.
    """

    roles: dict[str, str]
    statuses: dict[int, str] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    is_public: bool = False
    allow_viewer_voting: bool = False
    votes: dict[Key, str] = field(default_factory=dict)
    leaving: set[Key] = field(default_factory=set)
    closed: dict[int, Counted] | None = None
    is_past: bool = False
    results: list[dict[int, Counted]] = field(default_factory=list)

    def may_see(self, who: str) -> bool:
        return self.is_public or who in self.roles

    def may_vote(self, who: str) -> bool:
        """V23, V24"""
        role = self.roles.get(who)
        return role in ("owner", "editor") or (self.allow_viewer_voting and (role == "viewer" or self.is_public))

    def refusal(self, who: str, item: int) -> str | None:
        """Why that vote is refused now (V6, V23, V26, V46)."""
        if not self.may_see(who) or item in self.deleted:
            return "no_item"
        if self.closed is not None:
            return "list_frozen"
        if not self.may_vote(who):
            return "may_not_vote"
        return None if self.statuses[item] == "proposed" else "item_not_votable"

    def tally(self) -> dict[int, Counted]:
        """What every item shows: votes of those who may vote now (V28), or what stood at the close."""
        if self.closed is not None:
            return self.closed | {item: Counted() for item in self.statuses if item not in self.closed}
        counts = {item: Counted() for item in self.statuses}
        for (who, item), choice in self.votes.items():
            if self.may_vote(who):
                name = f"{'member' if who in self.roles else 'guest'}_{choice}votes"
                counts[item] = counts[item]._replace(**{name: getattr(counts[item], name) + 1})
        return counts

    def vote(self, who: str, item: int, choice: str | None) -> None:
        self.votes.pop((who, item), None)
        if choice:
            self.votes[who, item] = choice

    def close(self) -> None:
        """V53, V54: the running round has its result, once."""
        if self.closed is not None:
            return
        self.closed = self.tally()
        self.results.append({item: count for item, count in self.closed.items() if item not in self.deleted})

    def reopen(self) -> None:
        """V29, V53: votes carry over, but for those of who left."""
        if self.closed is None:
            return
        self.votes = {key: choice for key, choice in self.votes.items() if key not in self.leaving}
        self.leaving, self.closed, self.is_past = set(), None, False

    def leave(self, who: str, *, removed: bool) -> None:
        """V29, V74"""
        del self.roles[who]
        self.removed |= {who} if removed else set()
        own = {key for key in self.votes if key[0] == who}
        if self.closed is not None:
            self.leaving |= own
        else:
            self.votes = {key: choice for key, choice in self.votes.items() if key not in own}

    def join(self, who: str, role: str) -> None:
        """V73: a link raises a viewer to editor and lowers nobody."""
        if who not in self.roles or (self.roles[who], role) == ("viewer", "editor"):
            self.roles[who] = role
