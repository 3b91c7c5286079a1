"""What sign-ins carry: signed access tokens and derived refresh tokens. Pure but for the server's key."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from django.conf import settings

from core.errors import NotSignedIn

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "guildhall"
_REFRESH = re.compile(r"([A-Za-z0-9_-]{22})\.([1-9][0-9]{0,8})\.[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessClaims:
    user_id: int
    session_id: str
    token_version: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RefreshClaims:
    session_id: str
    generation: int


def _key(purpose: str) -> bytes:
    """One key per purpose, so that a token of one kind can never pass for another."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"guildhall.{purpose}".encode(), "sha256")


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_secret(size_bytes: int) -> str:
    return secrets.token_urlsafe(size_bytes)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def derive(purpose: str, name: str) -> str:
    """The secret of `name`, 43 characters: always the same, so it can be shown again and none is stored."""
    return _base64url(hmac.digest(_key(purpose), name.encode(), "sha256"))


def sign_access(*, user_id: int, session_id: str, token_version: int, now: datetime) -> str:
    """An access token that is good for `ACCESS_TOKEN_S` from `now`."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "sid": session_id,
        "ver": token_version,
        "jti": new_secret(9),
        "iat": now,
        "exp": now + timedelta(seconds=settings.ENV.access_token_s),
    }
    return jwt.encode(claims, _key("access"), algorithm=ALGORITHM)


def read_access(token: str) -> AccessClaims:
    """What a good access token says. Raises NotSignedIn: token_expired, token_invalid."""
    try:
        claims = jwt.decode(
            token,
            _key("access"),
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["iss", "aud", "sub", "sid", "ver", "jti", "exp"], "verify_iat": False},
        )
    except jwt.ExpiredSignatureError:
        raise NotSignedIn("token_expired", "This access token has expired.") from None
    except jwt.PyJWTError:
        raise NotSignedIn("token_invalid", "This is not an access token of this server.") from None
    return AccessClaims(
        user_id=int(claims["sub"]),
        session_id=claims["sid"],
        token_version=claims["ver"],
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )


def derive_refresh(session_id: str, generation: int) -> str:
    """The refresh token of that generation: always the same, so a lost answer can be given again and none is stored."""
    name = f"{session_id}.{generation}"
    return f"{name}.{derive('refresh', name)}"


def read_refresh(token: str) -> RefreshClaims:
    """Which sign-in and generation a refresh token of ours names. Raises NotSignedIn: token_invalid."""
    found = _REFRESH.fullmatch(token)
    if found:
        claims = RefreshClaims(session_id=found[1], generation=int(found[2]))
        if hmac.compare_digest(derive_refresh(claims.session_id, claims.generation), token):
            return claims
    raise NotSignedIn("token_invalid", "This is not a refresh token of this server.")
