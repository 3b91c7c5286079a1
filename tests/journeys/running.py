"""Every route below a competition, in a state in which it does something, and what each role is answered (T4)."""

from typing import Any, NamedTuple

from tests.api.teams.test_rights import LOGO

ROLES = ("host", "co_host", "referee", "caster", "captain", "administrator", "stranger", "nobody")


class Row(NamedTuple):
    """`body` names ids in braces; `answers` are statuses in the order of ROLES."""

    method: str
    path: str
    state: str
    body: Any
    answers: str


ANYBODY = "200 200 200 200 200 200 200 200"
STAFF = "200 200 200 200 403 403 403 401"
STAFF_201 = "201 201 201 201 403 403 403 401"
STAFF_204 = "204 204 204 204 403 403 403 401"
REFEREES = "200 200 200 403 403 403 403 401"
CO_HOSTS = "200 200 403 403 403 403 403 401"
CO_HOSTS_201 = "201 201 403 403 403 403 403 401"
CO_HOSTS_204 = "204 204 403 403 403 403 403 401"
HOSTS = "200 403 403 403 403 403 403 401"
OPEN, CHECK_IN, LIVE = "registration_open", "check_in", "live"
REASON = {"reason": "As agreed."}

COMPETITIONS = [
    Row("GET", "", OPEN, None, ANYBODY),
    Row("PATCH", "", OPEN, {"title": "Saturday"}, CO_HOSTS),
    Row("PUT", "", OPEN, {"title": "Saturday"}, CO_HOSTS),
    Row("PUT", "banner/", OPEN, LOGO, CO_HOSTS),
    Row("DELETE", "banner/", OPEN, None, CO_HOSTS_204),
    Row("GET", "calendar.ics", OPEN, None, ANYBODY),
    Row("POST", "publish/", "draft", None, "200 403 403 403 404 403 404 401"),
    Row("POST", "open-registration/", "published", None, CO_HOSTS),
    Row("POST", "close-registration/", OPEN, None, CO_HOSTS),
    Row("POST", "open-check-in/", "registration_closed", None, CO_HOSTS),
    Row("POST", "start/", CHECK_IN, None, CO_HOSTS),
    Row("POST", "pause/", LIVE, None, CO_HOSTS),
    Row("POST", "resume/", "paused", None, CO_HOSTS),
    Row("POST", "archive/", "completed", None, CO_HOSTS),
    Row("POST", "cancel/", OPEN, REASON, "200 403 403 403 403 200 403 401"),
    Row("GET", "staff/", OPEN, None, ANYBODY),
    Row("POST", "staff/", OPEN, {"username": "bystander", "role": "caster"}, HOSTS),
    Row("DELETE", "staff/{referee}/", OPEN, None, "204 403 204 403 403 403 403 401"),
    Row("GET", "announcements/", OPEN, None, ANYBODY),
    Row("POST", "announcements/", OPEN, {"words": "Back at nine."}, CO_HOSTS_201),
]
ENTRY = [
    Row("GET", "entrants/", OPEN, None, ANYBODY),
    Row("POST", "register/", OPEN, {"in_game_id": "12345678"}, "201 201 201 201 409 201 201 401"),
    Row("POST", "withdraw/", OPEN, None, "404 404 404 404 200 404 404 401"),
    Row("POST", "offer/", OPEN, {"accept": True}, "404 404 404 404 409 404 404 401"),
    Row("POST", "check-in/", CHECK_IN, None, "404 404 404 404 200 404 404 401"),
    Row("DELETE", "check-in/", CHECK_IN, None, "404 404 404 404 200 404 404 401"),
    Row("GET", "roster/", OPEN, None, "404 404 404 404 200 404 404 401"),
    Row("PUT", "roster/", OPEN, {"roster": [{"user_id": "{captain}"}]}, "404 404 404 404 400 404 404 401"),
    Row("GET", "registrations/", OPEN, None, "200 200 200 200 403 200 403 401"),
    Row("POST", "registrations/{entrant}/withdraw/", OPEN, REASON, CO_HOSTS),
    Row("POST", "registrations/{entrant}/check-in/", CHECK_IN, None, CO_HOSTS),
    Row("DELETE", "registrations/{entrant}/check-in/", CHECK_IN, None, CO_HOSTS),
]
OVERLAYS = [
    Row("GET", "overlays/", LIVE, None, STAFF),
    Row("POST", "overlays/", LIVE, {"name": "Side scene"}, STAFF_201),
    Row("PATCH", "overlays/{overlay}/", LIVE, {"words": "Hi"}, STAFF),
    Row("PUT", "overlays/{overlay}/", LIVE, {"words": "Hi"}, STAFF),
    Row("DELETE", "overlays/{overlay}/", LIVE, None, STAFF_204),
    Row("POST", "overlays/{overlay}/rotate/", LIVE, None, STAFF),
]
TABLE = [*COMPETITIONS, *ENTRY, *OVERLAYS]
