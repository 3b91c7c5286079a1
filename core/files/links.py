"""Links to stored files: plain where everybody may look, else signed and good for one to two hours."""

import base64
import hmac
import time
from functools import cache

from django.conf import settings

WINDOW_S = 3_600


def link(key: str, size: str, *, is_public: bool) -> str:
    """Where a browser finds that size of a file. Within an hour it is the same, so that screens stay as they are."""
    path = f"/files/{key}/{size}.webp"
    if is_public:
        return path
    expires = str((int(time.time()) // WINDOW_S + 2) * WINDOW_S)
    return f"{path}?expires={expires}&signature={sign(key, size, expires)}"


def seconds_left(key: str, size: str, *, expires: str, signature: str) -> float:
    """How long a link with these words is still good; 0 if it is over, or none of ours."""
    if not hmac.compare_digest(sign(key, size, expires).encode(), signature.encode()):
        return 0
    return max(int(expires) - time.time(), 0)


def sign(key: str, size: str, expires: str) -> str:
    """What only this server writes under these words; `expires` is in seconds since 1970."""
    signed = hmac.digest(_server_key(settings.SECRET_KEY), f"{key}/{size}/{expires}".encode(), "sha256")
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


@cache
def _server_key(secret: str) -> bytes:
    """For links alone, so that nothing signed elsewhere passes for one."""
    return hmac.digest(secret.encode(), b"guildhall.files", "sha256")
