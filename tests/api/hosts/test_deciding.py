"""A18, A19 over REST: route by role, from the application to the host."""

from typing import Any

import pytest

from core.hosts.models import Application
from tests.api.phone import Phone, json_of, refusal_of
from tests.api.teams.test_rights import undone
from tests.core.files.pictures import picture
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROLES = ("applicant", "other", "moderator", "administrator", "nobody")
WORDS = {"display_name": "Asha Cups", "about": "Weekly cups since 2023.", "links": ["https://cups.example.org"]}
WHY = {"reason": "We know your cups."}
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    + picture("PNG", 8, 8)
    + b"\r\n--b--\r\n"
)
ADMIN = "admin/host-applications/"
TABLE: dict[str, tuple[str, str, str, Any, tuple[int, int, int, int, int]]] = {
    "show": ("submitted", "GET", "hosts/application/", None, (200, 404, 404, 404, 401)),
    "apply": ("submitted", "POST", "hosts/application/", WORDS, (409, 201, 201, 201, 401)),
    "change": ("submitted", "PATCH", "hosts/application/", {"about": "More."}, (200, 404, 404, 404, 401)),
    "document": ("submitted", "POST", "hosts/application/documents/", FORM, (201, 404, 404, 404, 401)),
    "list": ("submitted", "GET", f"{ADMIN}?state=submitted", None, (403, 403, 403, 200, 401)),
    "see": ("submitted", "GET", f"{ADMIN}{{id}}/", None, (403, 403, 403, 200, 401)),
    "approve": ("submitted", "POST", f"{ADMIN}{{id}}/approve/", WHY, (403, 403, 403, 200, 401)),
    "reject": ("submitted", "POST", f"{ADMIN}{{id}}/reject/", WHY, (403, 403, 403, 200, 401)),
    "ask": ("submitted", "POST", f"{ADMIN}{{id}}/needs-info/", WHY, (403, 403, 403, 200, 401)),
    "suspend": ("approved", "POST", f"{ADMIN}{{id}}/suspend/", WHY, (403, 403, 403, 200, 401)),
    "reinstate": ("suspended", "POST", f"{ADMIN}{{id}}/reinstate/", WHY, (403, 403, 403, 200, 401)),
    "twice": ("approved", "POST", f"{ADMIN}{{id}}/approve/", WHY, (403, 403, 403, 409, 401)),
    "no reason": ("submitted", "POST", f"{ADMIN}{{id}}/approve/", {}, (403, 403, 403, 400, 401)),
}


@pytest.fixture
def phones(settings: Any) -> dict[str, Phone]:
    settings.LIMITS_RELAXED = True
    rights = {"moderator": {"staff": True}, "administrator": {"superuser": True}}
    people = {role: make_person(f"the.{role}", **rights.get(role, {})) for role in ROLES[:-1]}
    return {role: Phone(people.get(role)) for role in ROLES}


def test_every_route_by_every_role(phones: dict[str, Phone]) -> None:
    found, row = {}, json_of(phones["applicant"].post("hosts/application/", WORDS))
    for act, (state, method, path, body, _) in TABLE.items():
        answers = []
        Application.objects.update(state=state)
        for role in ROLES:
            headers = {"content_type": "multipart/form-data; boundary=b"} if body is FORM else {}
            with undone():
                answer = phones[role].call(method, path.format(id=row["id"]), body, **headers)
            answers.append(answer.status_code)
        found[act] = tuple(answers)
    assert found == {act: row[4] for act, row in TABLE.items()}


def test_from_the_application_to_the_host(phones: dict[str, Phone]) -> None:
    applicant, administrator = phones["applicant"], phones["administrator"]
    assert refusal_of(applicant.get("hosts/application/")) == (404, "no_application")
    row = json_of(applicant.post("hosts/application/", WORDS))
    [listed] = json_of(administrator.get(f"{ADMIN}?state=submitted"))["results"]
    assert (listed["user"]["username"], listed["legal"]) == ("the.applicant", ["approve", "reject", "needs_info"])
    at = f"{ADMIN}{row['id']}/"
    assert json_of(administrator.post(f"{at}needs-info/", {"reason": "Which games?"}))["state"] == "needs_info"
    asked = json_of(applicant.get("hosts/application/"))
    assert (asked["state"], asked["reason"]) == ("needs_info", "Which games?")
    illegal = administrator.post(f"{at}approve/", WHY)
    assert (illegal.status_code, json_of(illegal)["code"], json_of(illegal)["legal"]) == (409, "illegal_move", [])
    assert json_of(applicant.patch("hosts/application/", {"about": "BGMI and PES."}))["state"] == "submitted"
    assert json_of(administrator.post(f"{at}approve/", WHY))["decided_by"]["username"] == "the.administrator"
    assert json_of(applicant.get("profiles/user/"))["host"] == "approved"
    assert json_of(phones["other"].get("profiles/the.applicant/"))["is_host"] is True
    told = json_of(applicant.get("notifications/"))["results"]
    assert [one["text"] for one in told] == [
        "You are a host now: you can hold tournaments and scrims. Reason: We know your cups.",
        "More is asked of your application to host. Reason: Which games?",
    ]


def test_pages_of_applications(phones: dict[str, Phone]) -> None:
    for role in ("applicant", "other"):
        phones[role].post("hosts/application/", WORDS)
    first = json_of(phones["administrator"].get(f"{ADMIN}?limit=1"))
    second = json_of(phones["administrator"].get(f"{ADMIN}?limit=1&after={first['next']}"))
    names = [page["results"][0]["user"]["username"] for page in (first, second)]
    assert (names, second["next"]) == (["the.other", "the.applicant"], None)
