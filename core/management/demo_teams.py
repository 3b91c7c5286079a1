"""The demo's teams: Asha leads one, Mei is in it, Ravi has one of his own, Tom asks to be let in; Asha may host."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.accounts.services import SYSTEM
from core.hosts.services import apply_to_host, decide_application
from core.teams.services import accept_request, ask_to_join, create_team

if TYPE_CHECKING:
    from core.accounts.models import User

People = Mapping[str, "User"]


def make_teams(people: People) -> None:
    asha, ravi, mei, tom = (people[name] for name in ("asha", "ravi", "mei", "tom"))
    about = "Scrims Tuesday and Friday, 20:30. We rotate early now."
    radiants = create_team(by=asha, game="bgmi", name="Night Radiants", tag="RAD", about=about)
    create_team(by=ravi, game="efootball", name="Ridge Runners", tag="RIDGE")
    request = ask_to_join(by=mei, team_id=radiants.pk, words="I bring notes from every match.")
    accept_request(by=asha, team_id=radiants.pk, request_id=request.id)
    ask_to_join(by=tom, team_id=radiants.pk, words="Learning fast, free most evenings.")
    application = apply_to_host(
        by=asha, display_name="Night Cups", about="Weekly scrims since spring, 16 teams at most."
    )
    decide_application(by=SYSTEM, application_id=application.pk, decision="approve", reason="We know your scrims.")
