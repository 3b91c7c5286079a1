"""What the README tells a newcomer to type works."""

import re
import subprocess

from core.environment import BASE_DIR
from tests.deployments import Deploy

README = (BASE_DIR / "README.md").read_text()


def test_signing_in_posting_deciding_and_holding_a_socket_work_as_written(deploy: Deploy) -> None:
    deployment = deploy()
    deployment.manage("demo")
    blocks = re.findall(r"^```sh\n(.+?)^```", README, re.MULTILINE | re.DOTALL)
    told = "\n".join(block for block in blocks if "127.0.0.1:8000/" in block)
    script = told.replace("127.0.0.1:8000", f"127.0.0.1:{deployment.web[0].port}")

    done = subprocess.run(["bash", "-euc", script], cwd=BASE_DIR, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Hello from a phone") == 2
    assert "'text': 'Hello, live'" in done.stdout
    assert '"last_seq":1,' in done.stdout


def test_every_page_that_it_points_to_is_here() -> None:
    pointed = re.findall(r"\]\((?!https?:)([^)]+)\)", README)

    assert [path for path in pointed if not (BASE_DIR / path).exists()] == []
