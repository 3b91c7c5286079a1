"""T16, T17: hosts make rules in versions, which change no more once they are published."""

import pytest

from core.tournaments.published import CHAINS, PROFILES
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tournaments.rows import make_host
from tests.people import make_person

pytestmark = pytest.mark.django_db

BODIES = {
    "scoring-profiles": {"format": "lobby", "placement": {"1": 10}, "kill": {"1-": 1}},
    "tiebreak-chains": {"criteria": [{"by": "points"}, {"by": "kills"}]},
}


@pytest.mark.parametrize("prefix", BODIES)
def test_a_host_makes_publishes_and_makes_anew(prefix: str) -> None:
    host, other = Phone(make_host()), Phone(make_person("other"))
    shipped = len(PROFILES if prefix == "scoring-profiles" else CHAINS)
    new = {"name": "house", "body": BODIES[prefix]}
    assert refusal_of(other.post(f"{prefix}/", new)) == (403, "hosts_only")
    assert refusal_of(host.post(f"{prefix}/", {**new, "name": "bad name"})) == (400, "bad_name")
    assert refusal_of(host.post(f"{prefix}/", {**new, "body": {"criteria": 1}})) == (400, "bad_shape")
    first = json_of(host.post(f"{prefix}/", new))
    own = f"{prefix}/{first['id']}/"
    assert (first["version"], first["published_at"]) == (1, None)
    assert json_of(host.call("PUT", own, {"body": BODIES[prefix]}))["body"]["name"] == "house"
    assert refusal_of(other.post(f"{own}publish/")) == (404, "no_rule")
    assert json_of(host.post(f"{own}publish/"))["published_at"]
    assert refusal_of(host.call("PUT", own, {"body": BODIES[prefix]})) == (409, "published")
    assert json_of(host.post(f"{prefix}/", new))["version"] == 2
    assert [it["version"] for it in json_of(host.get(f"{prefix}/"))["results"][shipped:]] == [2, 1]
    assert len(json_of(Phone().get(f"{prefix}/"))["results"]) == shipped
