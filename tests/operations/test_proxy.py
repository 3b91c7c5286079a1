"""The sample reverse proxy passes requests and sockets on, as a real nginx reads it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from core.environment import BASE_DIR
from core.management.local_services import free_port
from realtime.client import Entry, LiveClient
from tests.deployments import Deploy, Deployment, Process

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
FRAME = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{}}
http {{ access_log {folder}/access; include {folder}/site; }}
"""


@pytest.fixture
def behind_nginx(deploy: Deploy, tmp_path: Path) -> Iterator[tuple[Deployment, Process]]:
    if not NGINX:
        pytest.fail("nginx is not installed: apt-get install nginx")
    port = free_port()
    deployment = deploy(
        env={"PUBLIC_URL": f"http://127.0.0.1:{port}", "TRUSTED_PROXIES": "1", "METRICS_TOKEN": "of-the-test"}
    )
    sample = (BASE_DIR / "docs/nginx.conf").read_text()
    site = sample.replace("server web:8000", f"server 127.0.0.1:{deployment.web[0].port}")
    (tmp_path / "site").write_text(site.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    (tmp_path / "frame").write_text(FRAME.format(folder=tmp_path))
    command = [NGINX, "-e", "stderr", "-p", str(tmp_path), "-c", str(tmp_path / "frame")]
    proxy = Process(command, {}, tmp_path / "nginx.log", port, is_forked=False)
    proxy.start()
    yield deployment, proxy
    proxy.stop()


async def test_a_post_through_the_proxy_reaches_a_socket_through_the_proxy(
    behind_nginx: tuple[Deployment, Process], tmp_path: Path
) -> None:
    """Its log names what was asked for, but no link that would let a reader join a list (V78)."""
    deployment, proxy = behind_nginx
    asha = deployment.sign_up("asha")
    async with LiveClient(proxy.ws_url, asha.access) as live:
        chat = await live.subscribe("chat.global")

        answer = httpx.post(
            f"{proxy.url}/api/chat/rooms/global/messages/",
            json={"text": "through the gate", "client_id": str(uuid4())},
            headers={"Authorization": f"Bearer {asha.access}"},
        )
        change = await chat.next()

    assert answer.status_code == 201, answer.text
    assert isinstance(change, Entry)
    assert change.data["message"]["text"] == "through the gate"
    assert httpx.get(f"{proxy.url}/api/invites/{'x' * 43}/").json()["code"] == "no_invite"
    assert httpx.get(f"{proxy.url}/api/matches/links/{'x' * 43}/").json()["code"] == "no_invite"
    log = (tmp_path / "access").read_text()
    assert "/api/chat/rooms/global/messages/" in log
    assert "/api/invites/" not in log
    assert "/api/matches/links/" not in log


def test_metrics_are_not_for_whoever_comes_through_the_proxy(behind_nginx: tuple[Deployment, Process]) -> None:
    deployment, proxy = behind_nginx

    assert httpx.get(f"{proxy.url}/metrics").status_code == 404
    assert httpx.get(f"{proxy.url}/metrics", headers={"Authorization": "Bearer of-the-test"}).status_code == 404
    by_itself = httpx.get(f"{deployment.web[0].url}/metrics", headers={"Authorization": "Bearer of-the-test"})
    assert "guildhall_live_sockets 0.0" in by_itself.text
