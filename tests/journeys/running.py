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
CO_HOSTS_409 = "409 409 403 403 403 403 403 401"
REFEREES_201 = "201 201 201 403 403 403 403 401"
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
RESULT = {"payload": {"sides": ["{entrant}", "{other}"], "games": [{"score": [2, 1]}]}, "reason": "As seen."}
PENALTY = {"stage_id": "{stage}", "entrant_id": "{other}", **REASON}
RESULTS = [
    Row("POST", "matches/{match}/result/", LIVE, RESULT, REFEREES_201),
    Row("PUT", "matches/{match}/result/", LIVE, RESULT, REFEREES_201),
    Row("POST", "matches/{match}/walkover/", LIVE, {"winner": "{other}"}, REFEREES_201),
    Row("POST", "matches/{match}/double-forfeit/", LIVE, {}, REFEREES_201),
    Row("POST", "matches/{match}/void/", LIVE, REASON, REFEREES_201),
    Row("POST", "adjustments/", LIVE, {**PENALTY, "points": -3}, CO_HOSTS_201),
    Row("POST", "lots/", LIVE, {"stage_id": "{stage}", "order": ["{entrant}", "{other}"], **REASON}, CO_HOSTS_201),
    Row("POST", "overrides/", LIVE, {**PENALTY, "place": 1}, CO_HOSTS_201),
    Row("POST", "disqualifications/", LIVE, {"entrant_id": "{other}", "results": "keep", **REASON}, CO_HOSTS_201),
    Row("POST", "reinstatements/", LIVE, {"entrant_id": "{out}", **REASON}, CO_HOSTS_201),
    Row("POST", "entries/{adjusted}/take-back/", LIVE, REASON, CO_HOSTS_201),
    Row("GET", "entries/", LIVE, None, ANYBODY),
    Row("GET", "standings/?stage={stage}", LIVE, None, ANYBODY),
    Row("GET", "standings/explain/?a={entrant}&b={other}", LIVE, None, ANYBODY),
    Row("POST", "freeze/", LIVE, {}, CO_HOSTS),
    Row("DELETE", "freeze/", LIVE, None, CO_HOSTS),
    Row("POST", "select-winner/", LIVE, None, CO_HOSTS_409),
    Row("POST", "complete/", LIVE, None, CO_HOSTS_409),
    Row("GET", "placings/", LIVE, None, ANYBODY),
    Row("GET", "export/?what=results", LIVE, None, STAFF),
]
STRUCTURE = [
    Row("GET", "stages/", LIVE, None, ANYBODY),
    Row("POST", "stages/", LIVE, {"name": "Final"}, CO_HOSTS_201),
    Row("GET", "stages/{stage}/", LIVE, None, ANYBODY),
    Row("PATCH", "stages/{stage}/", LIVE, {"name": "Groups"}, CO_HOSTS),
    Row("PUT", "stages/{stage}/", LIVE, {"name": "Groups"}, CO_HOSTS),
    Row("DELETE", "stages/{last}/", LIVE, None, CO_HOSTS_204),
    Row("POST", "stages/{stage}/draw/", LIVE, {}, CO_HOSTS),
    Row("DELETE", "stages/{stage}/draw/", LIVE, None, CO_HOSTS),
    Row("POST", "stages/{stage}/advance/", LIVE, None, CO_HOSTS_409),
    Row("GET", "groups/", LIVE, None, ANYBODY),
    Row("PATCH", "groups/{group}/", LIVE, {"name": "East"}, CO_HOSTS),
    Row("GET", "matches/", LIVE, None, ANYBODY),
    Row("POST", "matches/", LIVE, {"group": "{group}", "entrants": ["{entrant}", "{other}"]}, CO_HOSTS_201),
    Row("GET", "matches/{match}/", LIVE, None, ANYBODY),
    Row("PATCH", "matches/{next}/", LIVE, {"map": "Ridge"}, CO_HOSTS),
    Row("PUT", "matches/{next}/", LIVE, {"map": "Ridge"}, CO_HOSTS),
    Row("DELETE", "matches/{next}/", LIVE, None, CO_HOSTS_204),
    Row("POST", "matches/{next}/start/", LIVE, None, REFEREES),
    Row("POST", "matches/{match}/finish/", LIVE, None, REFEREES),
    Row("GET", "matches/{next}/room/", LIVE, None, "200 200 200 200 200 404 404 401"),
    Row("PUT", "matches/{next}/room/", LIVE, {"room_id": "77"}, CO_HOSTS),
]
DUEL = {"sides": ["{entrant}", "{other}"], "games": [{"score": [1, 1]}]}
WHO_SEE = "200 200 200 200 200 200 404 401"
OTHER_CAPTAIN = "403 403 403 403 200 403 404 401"
SETTLE = "200 200 200 403 403 403 404 401"
CLAIMS = [
    Row("GET", "matches/{match}/claims/", LIVE, None, WHO_SEE),
    Row("POST", "matches/{match}/claims/", LIVE, {"payload": DUEL}, "201 201 201 403 201 403 403 401"),
    Row("GET", "claims/{claim}/", LIVE, None, WHO_SEE),
    Row("PATCH", "claims/{claim}/", LIVE, {"payload": DUEL, "version": 1}, SETTLE),
    Row("POST", "claims/{claim}/agree/", LIVE, None, OTHER_CAPTAIN),
    Row("POST", "claims/{claim}/contest/", LIVE, REASON, OTHER_CAPTAIN),
    Row("POST", "claims/{claim}/confirm/", LIVE, None, SETTLE),
    Row("POST", "claims/{claim}/reject/", LIVE, REASON, SETTLE),
    Row("GET", "disputes/", LIVE, None, "200 200 200 200 200 200 200 401"),
    Row("POST", "disputes/", LIVE, {"match_id": "{settled}", "words": "No."}, "403 403 403 403 201 403 403 401"),
    Row("GET", "disputes/{dispute}/", LIVE, None, WHO_SEE),
    Row("POST", "disputes/{dispute}/messages/", LIVE, {"words": "So?"}, "201 201 201 403 201 403 404 401"),
    Row("POST", "disputes/{dispute}/review/", LIVE, None, SETTLE),
    Row("POST", "disputes/{reviewed}/uphold/", LIVE, REASON, SETTLE),
    Row("POST", "disputes/{reviewed}/dismiss/", LIVE, REASON, SETTLE),
]
TABLE = [*COMPETITIONS, *ENTRY, *OVERLAYS, *RESULTS, *STRUCTURE, *CLAIMS]
