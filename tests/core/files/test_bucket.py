"""Files in a bucket: the same store, over the protocol of S3, against a service of our own."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from core.files.stores import StoreError
from core.files.stores.bucket import Bucket


class Service(BaseHTTPRequestHandler):
    """Keeps objects by their path, and answers as S3 does."""

    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]
    broken = False

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.broken:
            self.objects[self.path.partition("?")[0]] = body
        self._answer(500 if self.broken else 200, b"")

    def do_HEAD(self) -> None:
        self._answer(200 if self.path in self.objects else 404, b"")

    def do_GET(self) -> None:
        found = self.objects.get(self.path)
        missing = b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>"
        self._answer(404 if found is None else 200, missing if found is None else found)

    def do_DELETE(self) -> None:
        self.objects.pop(self.path, None)
        self._answer(204, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "test")
    kind = type("Kept", (Service,), {"objects": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    kind.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def test_bytes_are_kept_given_and_deleted(service: Any) -> None:
    bucket = Bucket("covers", service.url)
    name, content = "ab/abc/large.webp", b"RIFF" + bytes(range(256)) * 40
    bucket.save(name, b"before")
    bucket.save(name, content)
    assert service.objects == {f"/covers/{name}": content}
    assert bucket.read(name) == content
    bucket.delete(name)
    bucket.delete(name)
    assert service.objects == {}
    with pytest.raises(StoreError) as missing:
        bucket.read(name)
    assert missing.value.permanent


def test_a_service_that_fails_is_worth_another_try(service: Any) -> None:
    service.broken = True
    with pytest.raises(StoreError) as failed:
        Bucket("covers", service.url).save("ab/abc/large.webp", b"RIFF")
    assert not failed.value.permanent


def test_a_service_that_is_not_there_is_worth_another_try(service: Any) -> None:
    with pytest.raises(StoreError) as failed:
        Bucket("covers", "http://127.0.0.1:1").read("ab/abc/large.webp")
    assert not failed.value.permanent
