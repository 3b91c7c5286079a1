"""The browser's refresh token: in a cookie that no script can read and no other site can send."""

from django.conf import settings
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from core.errors import NotAllowed, NotSignedIn

NAME, PATH = "guildhall_refresh", "/api/auth/"
CLIENT_HEADER = "X-Guildhall-Client"


def put_refresh(response: HttpResponseBase, refresh: str) -> None:
    response.set_cookie(
        NAME,
        refresh,
        max_age=settings.ENV.refresh_token_s,
        path=PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )


def drop_refresh(response: HttpResponseBase) -> None:
    response.delete_cookie(NAME, path=PATH, samesite="Strict")


def take_refresh(request: Request) -> str:
    """The refresh token of the cookie.

    A form of another site cannot set a header: without `X-Guildhall-Client` the cookie does not count.
    Raises NotSignedIn: no_refresh_token; NotAllowed: client_header_missing.
    """
    refresh: str | None = request.COOKIES.get(NAME)
    if not refresh:
        raise NotSignedIn("no_refresh_token", "There is no refresh token in the body or in a cookie.")
    if not request.headers.get(CLIENT_HEADER):
        raise NotAllowed("client_header_missing", f"The cookie counts only with the header {CLIENT_HEADER}.")
    return refresh
