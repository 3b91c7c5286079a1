"""Competitions for the tests of pages: made over REST, as hosts and captains make them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.listing import ask
from tests.deployments import Deployment, SignedUp

APPROVED = """
from django.utils import timezone
from core.hosts.models import Application
now = timezone.now()
at = dict(submitted_at=now, decided_at=now)
Application.objects.create(user_id={id}, display_name="Host", about="Cups.", state="approved", **at)
"""


def make_host(house: Deployment, person: SignedUp) -> None:
    house.manage("shell", "-c", APPROVED.format(id=person.id))


def make_team(house: Deployment, captain: SignedUp, others: list[SignedUp], name: str) -> int:
    """A team of BGMI with these people; answers its id."""
    team = ask(house, captain, "POST", "teams/", game="bgmi", name=name, tag=name[-5:])
    invite = ask(house, captain, "PUT", f"teams/{team['id']}/invite/")
    for person in others:
        ask(house, person, "POST", f"teams/invites/{invite['token']}/accept/", accept=True)
    return int(team["id"])


def announce(house: Deployment, host: SignedUp, kind: str, *, stage: Any = None, **about: Any) -> str:
    """One that is published and open for registration, with that stage; answers where REST has it."""
    now = datetime.now(UTC)
    times = {"reg_opens": now, "reg_closes": now + timedelta(hours=1), "starts_at": now + timedelta(hours=2)}
    given = {name: at.isoformat() for name, at in times.items()} | {"waitlist_capacity": 4} | about
    made = ask(house, host, "POST", f"{kind}/", **given)
    route = f"{kind}/{made['id']}/"
    if stage:
        ask(house, host, "POST", f"{route}stages/", **stage)
    ask(house, host, "POST", f"{route}publish/")
    if ask(house, host, "GET", route)["state"] == "published":
        ask(house, host, "POST", f"{route}open-registration/")
    return route


def start(house: Deployment, host: SignedUp, route: str) -> list[Any]:
    """It is live and drawn; answers its matches."""
    ask(house, host, "POST", f"{route}close-registration/")
    ask(house, host, "POST", f"{route}start/")
    return list(ask(house, host, "GET", f"{route}matches/")["results"])
