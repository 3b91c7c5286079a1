"""PR1, PR4, S12: a worker is killed in the middle of a reading; another one ends it, once."""

import time
from typing import Any

import httpx

from tests.deployments import Deploy, Deployment, Process

GIVE_UP_AFTER_S = 90


def worker_of(deployment: Deployment) -> Process:
    """The process whose threads run jobs: the web server itself when there is only one process."""
    return (deployment.jobs or deployment.web)[0]


def test_a_killed_workers_picture_is_read_by_the_next_one_once(deploy: Deploy) -> None:
    plan = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_FAILPOINTS": "tracker.read:kill@1"}
    guildhall = deploy(jobs=True, env=plan)
    person, web, worker = guildhall.sign_up("asha"), guildhall.web[0], worker_of(guildhall)
    bearer = {"Authorization": f"Bearer {person.access}"}
    made = httpx.post(
        f"{web.url}/api/matches/", files={"screenshot": ("a.png", b"no picture")}, headers=bearer, timeout=60
    )
    assert made.status_code == 201, made.text
    give_up_at = time.monotonic() + GIVE_UP_AFTER_S
    while worker.running:
        assert time.monotonic() < give_up_at, worker.log()[-4_000:]
        time.sleep(0.05)
    worker.environment = {**worker.environment, "TEST_FAILPOINTS": ""}
    worker.start()
    seen: Any = None
    while seen is None or seen["state"] == "reading":
        assert time.monotonic() < give_up_at, worker.log()[-4_000:]
        time.sleep(0.1)
        seen = httpx.get(f"{web.url}/api/matches/{made.json()['id']}/", headers=bearer, timeout=60).json()
    assert (seen["state"], seen["version"]) == ("refused", 2)
    assert seen["extracted_data"]["reason"] == "unsupported_format"
    assert len(httpx.get(f"{web.url}/api/matches/", headers=bearer, timeout=60).json()["results"]) == 1
