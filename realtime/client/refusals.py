"""What the client raises when the server says no."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any


class LiveError(Exception):
    """The server said no; `code` is the same word as in REST. `refusal` is the whole answer, with its facts."""

    def __init__(self, code: str, detail: str = "", refusal: Mapping[str, Any] = MappingProxyType({})) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.refusal = code, detail, refusal
        self.retry_after: float | None = refusal.get("retry_after")


class LiveStoppedError(Exception):
    """The server closed for good (43xx), or the token cannot be renewed; `code` is the close code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code
