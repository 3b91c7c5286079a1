"""Log lines: the same shape whoever writes them, and the id of the request that they belong to."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from logging.config import dictConfig

import pytest
import structlog
from django.conf import settings

from core.logs import structured_logs
from core.tracing import tracing


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """What is logged from now on, in the format that the test names."""
    out = StringIO()
    config = structured_logs("INFO", as_json=request.param == "json")
    config["handlers"]["stderr"]["stream"] = out
    before = logging.getLogger().handlers[:]
    dictConfig(config)
    yield out
    dictConfig(settings.LOGGING)
    logging.getLogger().handlers[:] = before


@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_a_line_is_one_json_object_with_the_request_whichever_library_wrote_it(lines: StringIO) -> None:
    with tracing("r-1", "rest"):
        logging.getLogger("core.jobs").warning("job %s waits", 7)
        structlog.get_logger("realtime.hub").info("command", do="chat.post", ms=1.5)
    structlog.get_logger("realtime.hub").info("delivered", request_id="r-2")

    first, second, third = map(json.loads, lines.getvalue().splitlines())

    assert first.pop("at") < second.pop("at") < third.pop("at")
    assert first == {"event": "job 7 waits", "level": "warning", "logger": "core.jobs", "request_id": "r-1"}
    common = {"level": "info", "logger": "realtime.hub"}
    assert second == {"event": "command", "do": "chat.post", "ms": 1.5, "request_id": "r-1", **common}
    assert third == {"event": "delivered", "request_id": "r-2", **common}


@pytest.mark.parametrize("lines", ["json", "text"], indirect=True)
def test_a_failure_keeps_its_trace(lines: StringIO) -> None:
    try:
        raise ValueError("of the test")
    except ValueError:
        logging.getLogger("core").exception("could not")

    assert "could not" in lines.getvalue().splitlines()[0]
    assert "ValueError: of the test" in lines.getvalue()


@pytest.mark.parametrize("lines", ["text"], indirect=True)
def test_a_text_line_is_for_people(lines: StringIO) -> None:
    with tracing("r-1", "rest"):
        structlog.get_logger("realtime.hub").info("command", do="chat.post", path="/a\nb c=1")

    assert lines.getvalue().endswith(" INFO realtime.hub command do=chat.post path='/a\\nb c=1' request_id=r-1\n")


@pytest.mark.parametrize("lines", ["json", "text"], indirect=True)
def test_no_line_shows_the_token_of_a_link(lines: StringIO) -> None:
    """V78"""
    token = "aB3-" * 10
    structlog.get_logger("api.requests").info("request", path=f"/api/invites/{token}/accept/")
    logging.getLogger("django.request").warning("Not Found: %s", f"/api/invites/{token}/")
    structlog.get_logger("api.requests").info("request", path=f"/api/matches/links/{token}/take/")
    try:
        raise ValueError(f"https://example.org/join#token={token}")
    except ValueError:
        logging.getLogger("core").exception("could not follow")

    said = lines.getvalue()
    assert token not in said
    masked = ("/invites/***/accept/", "/invites/***/", "/links/***/take/", "/join#token=***")
    assert all(part in said for part in masked)
