"""PR1, PR4: a worker is killed in the middle of a job; another one ends it, once."""

import email
import socketserver
import threading
import time
from collections.abc import Iterator
from email.message import Message

import pytest

from tests.deployments import Deploy, Deployment, Process

GIVE_UP_AFTER_S = 60


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP. Until `answers` is set, whoever connects waits for a greeting."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers = threading.Event()
        self.called = threading.Event()
        self.mails: list[Message] = []


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.called.set()
        self.server.answers.wait()
        self.say("220 ready")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.say("354 go on")
                self.server.mails.append(email.message_from_bytes(self.read_mail()))
            self.say("221 bye" if line == b"QUIT" else "250 fine")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def read_mail(self) -> bytes:
        return b"".join(iter(self.rfile.readline, b".\r\n"))


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.answers.set()
        server.shutdown()


def worker_of(deployment: Deployment) -> Process:
    """The process whose threads run jobs: the web server itself when there is only one process."""
    return (deployment.jobs or deployment.web)[0]


def test_a_killed_workers_mail_is_sent_by_the_next_one_once(deploy: Deploy, mail_server: MailServer) -> None:
    guildhall = deploy(jobs=True, env={"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.server_address[1]}"})
    guildhall.sign_up("asha")
    assert mail_server.called.wait(GIVE_UP_AFTER_S), "no worker took the job"
    worker_of(guildhall).kill()
    mail_server.answers.set()
    worker_of(guildhall).start()
    give_up_at = time.monotonic() + GIVE_UP_AFTER_S
    while not mail_server.mails:
        assert time.monotonic() < give_up_at, worker_of(guildhall).log()[-4_000:]
        time.sleep(0.1)
    assert worker_of(guildhall).stop() == 0
    assert [mail["To"] for mail in mail_server.mails] == ["asha@example.org"]
