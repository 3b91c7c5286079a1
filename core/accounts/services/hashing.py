"""Passwords are hashed before any transaction: an Argon2 hash takes long and about 100 MiB."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from core.accounts.models import User
from core.errors import Invalid

HASHES_AT_ONCE = 4
_turns = BoundedSemaphore(HASHES_AT_ONCE)


def password_is(user: User | None, password: str) -> bool:
    """Whether this is the password of `user`; takes as long when there is no such user."""
    with _turns:
        return user.check_password(password) if user else check_password(password, UNUSABLE_PASSWORD_PREFIX)


def hash_new_password(password: str, user: User, *, field: str = "password") -> str:
    """The hash of a password that Django's validators accept for `user`. Raises Invalid: weak_password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("weak_password", "Choose another password.", fields={field: error.messages}) from None
    with _turns:
        return make_password(password)
