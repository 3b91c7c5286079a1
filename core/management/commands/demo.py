"""The demo: four players, a moderator, what they said and decided, in a house where nobody lives yet."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from core.accounts.selectors import account_named
from core.accounts.services import SYSTEM, create_account, grant_staff, update_profile
from core.chat.services import Draft, add_message, delete_message, edit_message, mark_read, open_log
from core.management.demo_boards import make_boards
from core.management.demo_competitions import make_competitions
from core.management.demo_lists import make_lists
from core.management.demo_matches import make_matches
from core.management.demo_teams import make_teams

if TYPE_CHECKING:
    from core.accounts.models import User

ROOM = "global"
KNOWN_PASSWORD = "guildhall-demo"  # noqa: S105 (known on purpose, and only where nobody else can reach it)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CLIENT_IDS = UUID("0a6f7c62-5d0e-4f7a-9a55-2f3f6f1a8d10")

PEOPLE = {
    "asha": ("Asha", "Rifler, IGL on bad days. Scrims Tuesday and Friday."),
    "ravi": ("Ravi", "Support main. I bring the smokes."),
    "mei": ("Mei", "Analyst. Sends screenshots at 2 am."),
    "tom": ("Tom", "New here, learning the ropes."),
    "mod": ("Moderator", "Keeps the hall tidy."),
}


@dataclass(frozen=True)
class Line:
    """What somebody said `minutes_ago`; `answers` counts lines from 1."""

    minutes_ago: int
    author: str
    text: str
    answers: int | None = None


CONVERSATION = (
    Line(94, "mod", "Welcome to the hall. Be kind, and keep spoilers out of the final's thread until tomorrow."),
    Line(88, "asha", "Evening everyone! Scrim tonight at 20:30, two maps, custom lobby. Who is in?"),
    Line(86, "ravi", "In. I can also bring a fifth if Mei is still stuck at work."),
    Line(83, "mei", "Not stuck, just slow. I'm in, and I have notes from last week's losses."),
    Line(80, "asha", "Please share them before we start, the second half of map two hurt.", answers=4),
    Line(71, "mei", "Short version:\n1. We rotate late.\n2. Nobody holds the ridge.\n3. Ravi's smokes land, unused."),
    Line(69, "ravi", "I would like point 3 framed, please.", answers=6),
    Line(52, "tom", "Hi all, I just joined. Is it fine to watch a scrim before I ask for a spot?"),
    Line(50, "asha", "More than fine. I'll put you in as a spectator, be there by 20:20.", answers=8),
    Line(48, "tom", "Perfect, thank you!"),
    Line(31, "tom", "wrong window, sorry"),
    Line(12, "ravi", "Warm-up lobby is open. Password is in the team thread."),
    Line(9, "mei", "Give me five minutes, patching."),
    Line(4, "asha", "Everyone else is in. Tom, you have the best seat in the house."),
)
DELETED, EDITED = 11, 13
EDITED_TEXT = "Give me five minutes, patching. It says 2 GB, so maybe six."


class Command(BaseCommand):
    help = "Puts demo people, their talk, lists and matches into an empty house; in one of theirs, says how to sign in."

    def handle(self, *_: Any, **__: Any) -> None:
        password = KNOWN_PASSWORD if _only_reachable_here() else secrets.token_urlsafe(12)
        with transaction.atomic():
            if not get_user_model().objects.exists():
                move_in(password)
        asha = account_named("asha")
        if asha and asha.check_password(password):
            self.stdout.write(f"Demo sign-ins: asha or ravi, password {password} (mod, the moderator, has the same)")


def _only_reachable_here() -> bool:
    return {settings.ENV.host, urlsplit(settings.PUBLIC_URL).hostname} <= LOOPBACK


def move_in(password: str) -> None:
    """The demo people exist and have talked. Their words go into the log as if they had come over the last hours."""
    people = {name: _person(name, password) for name in PEOPLE}
    grant_staff(by=SYSTEM, user_id=people["mod"].pk)
    with open_log(ROOM) as log:
        end = log.now
        for number, line in enumerate(CONVERSATION, 1):
            log.now = end - timedelta(minutes=line.minutes_ago)
            draft = Draft(
                author=people[line.author],
                text=line.text,
                client_id=uuid5(CLIENT_IDS, str(number)),
                reply_to=line.answers,
            )
            add_message(log, draft)
    delete_message(by=people["tom"], room=ROOM, seq=DELETED)
    edit_message(by=people["mei"], room=ROOM, seq=EDITED, text=EDITED_TEXT)
    for reader in ("asha", "ravi"):
        mark_read(by=people[reader], room=ROOM, seq=DELETED)
    make_lists(people)
    make_matches(people)
    make_teams(people)
    make_competitions(people, password)
    make_boards(people)


def _person(username: str, password: str) -> "User":
    name, bio = PEOPLE[username]
    address = f"{username}@example.com"
    person = create_account(by=SYSTEM, email=address, password=password, username=username, vouched=True)
    return update_profile(by=person, name=name, bio=bio)
