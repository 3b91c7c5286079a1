"""Who asks: an access token over REST, a password in the Django admin; both are judged in the accounts room."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from api.requests import address_of
from core.accounts.selectors import Identity, identify, is_banned
from core.accounts.services import check_credentials
from core.errors import DomainError, NotSignedIn

if TYPE_CHECKING:
    from core.accounts.models import User


class SignedInRequest(Request):
    """What a view gets that only lets people in who are signed in."""

    user: "User"
    auth: Identity


class AnyRequest(Request):
    """What a view gets that lets everybody in; `user` is None for whoever is not signed in."""

    user: "User | None"  # type: ignore[assignment]  # as the settings say, nobody is None


class AccessTokenAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access token>`; `request.auth` is the Identity."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        header = self.get_header(request)
        raw = self.get_raw_token(header) if header else None
        if raw is None:
            return None
        try:
            identity = identify(raw.decode())
        except UnicodeDecodeError:
            raise NotSignedIn("token_invalid", "This is not an access token of this server.") from None
        return identity.user, identity


class AdminSignIn(ModelBackend):
    """Staff signs in to the admin under the same limits, lock and bans as over REST."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> "User | None":
        if not username or not password:
            return None
        try:
            return check_credentials(
                login=username, password=password, address=address_of(request) if request else "unknown"
            )
        except DomainError:
            return None

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and not is_banned(user.pk)
