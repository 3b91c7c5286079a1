"""Log lines: one event with its fields each, and the id of the request that it belongs to."""

import logging
import re
import sys
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.tracing import request_id


def structured_logs(level: str, *, as_json: bool) -> dict[str, Any]:
    """Set structlog up, and answer what Django's LOGGING needs: whoever logs, and through whichever of the two
    libraries, gets the same kind of line on standard error."""
    fields: list[Processor] = [
        _add_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper("iso", key="at"),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*fields, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, json_line if as_json else text_line],
        "foreign_pre_chain": fields,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
        "root": {"handlers": ["stderr"], "level": level},
    }


def _add_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The request's own id, unless the line names another, as a delivery does."""
    if "request_id" not in event and (of := request_id()):
        event["request_id"] = of
    return event


def json_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """For machines: one JSON object."""
    return _hide_tokens(_json.encode(event).decode())


def text_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """For people: time, level, logger, event, then the fields as name=value."""
    head = [event.pop("at"), event.pop("level").upper(), event.pop("logger"), str(event.pop("event"))]
    trace = event.pop("exception", None)
    fields = [f"{name}={_word(value)}" for name, value in event.items()]
    return _hide_tokens(" ".join([*head, *fields]) + (f"\n{trace}" if trace else ""))


def _hide_tokens(line: str) -> str:
    """Whoever holds a link may join a list, so no line shows one whole, whichever library wrote it (V78)."""
    return _LINK.sub(r"\1***", line)


def _word(value: object) -> str:
    """One word: what a client wrote, such as a path, cannot look like another field or line."""
    text = str(value)
    return text if text.isprintable() and " " not in text else repr(text)


_LINK = re.compile(r"(/invites/|/links/|token=)[A-Za-z0-9_-]{20,}")
_json = msgspec.json.Encoder(enc_hook=repr)
