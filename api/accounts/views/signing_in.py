"""Everything under auth/."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.accounts import serializers as read
from api.accounts.cookies import CLIENT_HEADER, NAME, drop_refresh, put_refresh, take_refresh
from api.accounts.shapes import SignedIn, SignedUp, TokenFacts
from api.authentication import SignedInRequest
from api.errors import Refusal
from api.requests import address_of
from api.throttles import SignInWork, SignUps
from core.accounts import services
from core.accounts.selectors import Identity, card, identify
from core.accounts.shapes import Tokens, own_user
from core.errors import NotSignedIn

CLIENT = OpenApiParameter(CLIENT_HEADER, str, OpenApiParameter.HEADER, description="Any value; needed with the cookie.")


def device_of(request: Request) -> str:
    """What the client says it is, without what cannot be shown."""
    return "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())


def signed_in(tokens: Tokens, *, cookie: bool) -> Response:
    response = Response(SignedIn(access=tokens.access, refresh=None if cookie else tokens.refresh))
    if cookie:
        put_refresh(response, tokens.refresh)
    return response


@extend_schema(tags=["Signing in"])
class SignUpViews(ViewSet):
    permission_classes = [AllowAny]
    throttle_classes = [SignUps]

    @extend_schema(summary="Make an account", request=read.RegisterSerializer, responses={201: SignedUp})
    def register(self, request: Request) -> Response:
        given = read.RegisterSerializer.read(request.data)
        cookie = given.pop("cookie")
        user = services.create_account(by=services.SYSTEM, **given)
        tokens = services.open_session(user=user, device=device_of(request))
        refresh = None if cookie else tokens.refresh
        response = Response(SignedUp(user=own_user(user), access=tokens.access, refresh=refresh), status=201)
        if cookie:
            put_refresh(response, tokens.refresh)
        return response


@extend_schema(tags=["Signing in"])
class SignInViews(ViewSet):
    """Open to everyone: who has no access token yet, or none any more."""

    permission_classes = [AllowAny]
    throttle_classes = [SignInWork]

    @extend_schema(summary="Renew the tokens", request=read.RefreshSerializer, responses=SignedIn, parameters=[CLIENT])
    def refresh(self, request: Request) -> Response:
        presented = read.RefreshSerializer.read(request.data).get("refresh")
        tokens = services.refresh_session(refresh_token=presented or take_refresh(request))
        return signed_in(tokens, cookie=presented is None)

    @extend_schema(summary="Sign out", request=read.RefreshSerializer, responses={204: None}, parameters=[CLIENT])
    def logout(self, request: Request) -> Response:
        """Ends the sign-in of the refresh token, or that of the access token if there is no other."""
        presented = read.RefreshSerializer.read(request.data).get("refresh")
        if presented or NAME in request.COOKIES:
            services.end_presented_session(refresh_token=presented or take_refresh(request))
        elif isinstance(request.auth, Identity):
            services.end_session(by=request.auth.user, session_id=request.auth.session_id)
        else:
            raise NotSignedIn
        response = Response(status=204)
        drop_refresh(response)
        return response

    @extend_schema(summary="Ask whether an access token is good", request=read.TokenSerializer, responses=TokenFacts)
    def verify(self, request: Request) -> Response:
        identity = identify(read.TokenSerializer.read(request.data)["token"])
        facts = TokenFacts(user=card(identity.user), session=identity.session_id, expires_at=identity.expires_at)
        return Response(facts)

    @extend_schema(summary="Ask for a link", request=read.PasswordResetSerializer, responses={202: None})
    def password_reset(self, request: Request) -> Response:
        """A link goes to the address if an account has it; the answer is always the same."""
        services.ask_password_reset(**read.PasswordResetSerializer.read(request.data))
        return Response(status=202)

    @extend_schema(
        summary="Set a forgotten password",
        request=read.PasswordResetConfirmSerializer,
        responses={204: None, 410: Refusal},
    )
    def password_reset_confirm(self, request: Request) -> Response:
        """Every sign-in ends."""
        services.reset_password(**read.PasswordResetConfirmSerializer.read(request.data))
        return Response(status=204)

    @extend_schema(summary="Confirm an address", request=read.TokenSerializer, responses={204: None, 410: Refusal})
    def verify_email(self, request: Request) -> Response:
        services.confirm_address(**read.TokenSerializer.read(request.data))
        return Response(status=204)


@extend_schema(tags=["Signing in"])
class LoginViews(ViewSet):
    """Limited by account and address in the service, so that the admin's sign-in counts too."""

    permission_classes = [AllowAny]

    @extend_schema(summary="Sign in", request=read.LoginSerializer, responses=SignedIn)
    def login(self, request: Request) -> Response:
        given = read.LoginSerializer.read(request.data)
        tokens = services.sign_in(
            login=given.get("email") or given["username"],
            password=given["password"],
            device=device_of(request),
            address=address_of(request),
        )
        return signed_in(tokens, cookie=given["cookie"])


@extend_schema(tags=["Signing in"])
class OwnSignInViews(ViewSet):
    throttle_classes = [SignInWork]

    @extend_schema(summary="Change the password", request=read.PasswordChangeSerializer, responses={204: None})
    def password_change(self, request: SignedInRequest) -> Response:
        """All other sign-ins end; this one goes on with the tokens that it has."""
        given = read.PasswordChangeSerializer.read(request.data)
        services.change_password(by=request.user, session_id=request.auth.session_id, **given)
        return Response(status=204)

    @extend_schema(summary="Send the link again", request=None, responses={202: None})
    def resend_verification(self, request: SignedInRequest) -> Response:
        services.ask_verification(by=request.user)
        return Response(status=202)
