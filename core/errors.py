"""The few ways in which the domain says no; every one carries a code word that clients may rely on."""

from collections.abc import Mapping, Sequence
from typing import Any


class DomainError(Exception):
    """A refusal. `code` is a stable word, `detail` a sentence for people, `fields` names what was wrong where.

    `retry_after_s`, when known, is how long to wait before the same request can succeed; `facts` are told with it.
    """

    code = "refused"
    detail = "This cannot be done."

    def __init__(
        self,
        code: str | None = None,
        detail: str | None = None,
        *,
        fields: Mapping[str, Sequence[str]] | None = None,
        retry_after_s: float | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        self.code = code or self.code
        self.detail = detail or self.detail
        self.fields = {name: list(reasons) for name, reasons in (fields or {}).items()}
        self.retry_after_s = retry_after_s
        self.facts = dict(facts or {})
        super().__init__(f"{self.code}: {self.detail}")


class Invalid(DomainError):
    """The input itself is wrong, whatever the state."""

    code, detail = "invalid", "This input is not valid."


class NotSignedIn(DomainError):
    """Nobody, or an access token that no longer counts."""

    code, detail = "not_signed_in", "Sign in first."


class NotAllowed(DomainError):
    """The caller may see the thing, but not do this to it."""

    code, detail = "not_allowed", "You may not do this."


class NotFound(DomainError):
    """No such thing, or none that the caller may know of."""

    code, detail = "not_found", "There is no such thing here."


class Conflict(DomainError):
    """The input is fine, the state of the thing forbids it."""

    code, detail = "conflict", "This is not possible any more."


class Gone(DomainError):
    """A link that was good once."""

    code, detail = "gone", "This link has expired or was used."


class RateLimited(DomainError):
    """Too many in too short a time; `retry_after_s` is always set."""

    code, detail = "rate_limited", "That was too fast. Wait a moment."


class Unavailable(DomainError):
    """Something that this needs is down; nothing was done."""

    code, detail = "unavailable", "This is not available right now. Try again soon."
