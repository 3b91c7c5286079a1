"""PR14: the description is true. No input gives a 5xx or an answer that it does not name."""

import copy
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
import yaml
from django.conf import settings as house
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from hypothesis import HealthCheck, Phase, settings
from pytest_django import Settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from core.accounts.models import User
from core.accounts.services import open_session
from core.bucketlists.models import Item, List, Membership, Round
from core.chat.services import post_message
from core.teams.models import Team
from core.work.clock import database_now
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = Path(house.BASE_DIR) / "docs" / "rest-api.yaml"
GENERATED: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
THERE = {"room": "global", "seq": 1, "username": "asha", "list_id": 1, "item_id": 1, "role": "viewer", "team_id": 1}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


def for_asha(description: dict[str, Any]) -> dict[str, Any]:
    """With names of what is there, and without the sign-in, which the test itself brings."""
    known = copy.deepcopy(description)
    for operation in (operation for path in known["paths"].values() for operation in path.values()):
        operation.pop("security", None)
        for parameter in operation.get("parameters", []):
            if parameter["name"] in THERE:
                parameter["example"] = THERE[parameter["name"]]
    return known


schema = schemathesis.openapi.from_dict(for_asha(GENERATED))
schema.app = get_wsgi_application()


@pytest.fixture
def asha(settings: Settings) -> User:
    settings.LIMITS_RELAXED = True
    user = make_person("asha")
    post_message(by=user, room="global", text="Anyone for scrims?", client_id=uuid4())
    row = List.objects.create(pk=1, title="Weekend", time_zone="UTC", created_at=database_now())
    Membership.objects.create(list=row, user=user, role="owner", joined_at=row.created_at)
    Round.objects.create(list=row, number=1, opened_at=row.created_at)
    team = Team.objects.create(
        pk=1, game="bgmi", name="Night Radiants", tag="RAD", tag_key="rad", created_at=row.created_at
    )
    team.memberships.create(user=user, game="bgmi", role="captain", joined_at=row.created_at)
    Item.objects.create(pk=1, list=row, creator=user, title="Kayaking", created_at=row.created_at)
    return user


@schema.parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: schemathesis.Case[Any], asha: User) -> None:
    access = open_session(user=asha, device="schema").access
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {access}"})


def test_the_kept_description_is_what_the_code_says() -> None:
    """`manage.py spectacular --file docs/rest-api.yaml` writes it anew."""
    assert yaml.safe_load(KEPT.read_bytes()) == yaml.safe_load(OpenApiYamlRenderer().render(GENERATED))
