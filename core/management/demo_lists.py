"""The demo's lists: one that closes this evening, one that anybody may vote on, one that is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID, uuid5

from core.bucketlists.services import (
    add_item,
    answer_invite,
    cast_vote,
    create_list,
    edit_item,
    freeze_list,
    open_invite,
    react,
)
from core.bucketlists.services.changing import ItemChanges
from core.bucketlists.when import Deadline
from core.chat.services import post_message
from core.notifications.services import read_notifications
from core.work.clock import database_now

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.bucketlists.models import List

People = Mapping[str, "User"]
CLIENT_IDS = UUID("6d1c3f0e-4a53-4c1e-9d6b-0f3f2b8b7a55")
VOTES: Mapping[str, Literal["upvote", "downvote"]] = {"+": "upvote", "-": "downvote"}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`votes` and `feels` say for each person what they voted and how they feel, `said` what they commented."""

    by: str
    title: str
    description: str = ""
    category: str = ""
    in_days: int | None = None
    starts: str = ""
    ends: str = ""
    votes: str = ""
    feels: str = ""
    said: tuple[tuple[str, str], ...] = ()
    status: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A list of `owner`, whose deadline comes in so many minutes; or one that is `closed`."""

    owner: str
    title: str
    description: str
    members: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    closes_in_min: int | None = None
    is_public: bool = False
    allow_viewer_voting: bool = False
    closed: bool = False
    talk: tuple[tuple[str, str], ...] = ()


WEEKEND = Plan(
    owner="asha",
    title="Bootcamp weekend",
    description="Two days, one house, no ranked. What do we do between the scrims?",
    members={"ravi": "editor", "mei": "editor", "tom": "viewer"},
    allow_viewer_voting=True,
    closes_in_min=134,
    talk=(
        ("asha", "Vote before the warm-up, please. I book whatever is on top."),
        ("tom", "The swim has my vote. Who brings a boat?"),
        ("mei", "Nobody brings a boat."),
    ),
    proposals=(
        Proposal(
            by="asha",
            title="Sunrise swim at the lake",
            description="Towels are in the house. Coffee after, I promise.",
            category="outdoors",
            in_days=12,
            starts="05:30",
            ends="07:00",
            votes="ravi+ mei+ tom+",
            feels="ravi:fire mei:fire tom:fire asha:love",
            said=(("ravi", "05:30 is a time of day?"), ("mei", "It is the best one. I will drive.")),
        ),
        Proposal(
            by="ravi",
            title="Night market, all of us hungry",
            category="food",
            in_days=12,
            starts="19:00",
            votes="asha+ mei+ ravi+ tom-",
            feels="mei:love tom:sketchy",
        ),
        Proposal(
            by="mei",
            title="Karting tournament",
            category="sport",
            votes="asha+ ravi+ mei+ tom+",
            feels="tom:fire",
            status="locked_in",
        ),
        Proposal(
            by="ravi",
            title="Watch last year's final together",
            category="games",
            in_days=13,
            starts="21:00",
            votes="ravi+ asha+",
        ),
        Proposal(
            by="mei",
            title="Escape room (the scary one)",
            category="games",
            votes="mei+ asha- ravi-",
            feels="asha:dead ravi:hardpass",
        ),
    ),
)
CUP = Plan(
    owner="mei",
    title="Community cup: which maps?",
    description="Everybody votes. The three on top make the pool of next month's cup.",
    members={"asha": "editor"},
    is_public=True,
    allow_viewer_voting=True,
    closes_in_min=3 * 24 * 60,
    proposals=(
        Proposal(by="mei", title="Harbour", category="games", votes="mei+ asha+ ravi+ tom+", feels="ravi:fire"),
        Proposal(by="mei", title="Old quarry", category="games", votes="mei+ asha+ tom-"),
        Proposal(by="asha", title="Ridge line", category="games", votes="asha+ ravi+ tom+", feels="tom:love"),
        Proposal(by="asha", title="Snow station", category="games", votes="mei- ravi-", feels="ravi:nope"),
    ),
)
NAME = Plan(
    owner="ravi",
    title="Our team's name",
    description="Final answer this time.",
    members={"asha": "editor", "mei": "editor"},
    closed=True,
    proposals=(
        Proposal(by="ravi", title="Ridge Runners", votes="ravi+ asha+ mei+", feels="asha:fire"),
        Proposal(by="mei", title="Late Rotation", votes="mei+ asha+ ravi-", feels="ravi:dead"),
        Proposal(by="asha", title="The Smokes", votes="asha+ mei-"),
    ),
)
PLANS = (NAME, CUP, WEEKEND)


def make_lists(people: People) -> None:
    """The demo people have lists, have proposed, voted and talked, and know of it."""
    for plan in PLANS:
        row = _made(plan, people)
        for proposal in plan.proposals:
            _propose(row, proposal, people[plan.owner], people)
        _say(f"list-{row.pk}", plan.talk, people)
        if plan.closed:
            freeze_list(by=people[plan.owner], list_id=row.pk, is_frozen=True)
    for person in people.values():
        read_notifications(by=person)


def _made(plan: Plan, people: People) -> "List":
    owner = people[plan.owner]
    deadline = Deadline(database_now() + timedelta(minutes=plan.closes_in_min)) if plan.closes_in_min else None
    row = create_list(
        by=owner,
        title=plan.title,
        description=plan.description,
        is_public=plan.is_public,
        allow_viewer_voting=plan.allow_viewer_voting,
        deadline=deadline,
    )
    for name, role in plan.members.items():
        invite, _ = open_invite(by=owner, list_id=row.pk, role=role)
        answer_invite(by=people[name], token=invite.token, accept=True)
    return row


def _propose(row: "List", proposal: Proposal, owner: "User", people: People) -> None:
    words: ItemChanges = {"title": proposal.title, "description": proposal.description, "category": proposal.category}
    words.update(_when(proposal))
    item = add_item(by=people[proposal.by], list_id=row.pk, **words)
    for vote in proposal.votes.split():
        cast_vote(by=people[vote[:-1]], item_id=item.pk, vote_type=VOTES[vote[-1]])
    for feeling in proposal.feels.split():
        name, _, kind = feeling.partition(":")
        react(by=people[name], item_id=item.pk, kind=kind)
    _say(f"comments-{item.pk}", proposal.said, people)
    if proposal.status:
        edit_item(by=owner, item_id=item.pk, status=proposal.status)


def _say(room: str, lines: tuple[tuple[str, str], ...], people: People) -> None:
    for number, (name, text) in enumerate(lines):
        post_message(by=people[name], room=room, text=text, client_id=uuid5(CLIENT_IDS, f"{room}/{number}"))


def _when(proposal: Proposal) -> ItemChanges:
    if proposal.in_days is None:
        return {}
    return {
        "start_date": database_now().date() + timedelta(days=proposal.in_days),
        "start_time": time.fromisoformat(proposal.starts) if proposal.starts else None,
        "end_time": time.fromisoformat(proposal.ends) if proposal.ends else None,
    }
