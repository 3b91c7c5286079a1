"""Signing up: an account and its profile, under names that nobody else has."""

import re
import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from core.accounts.models import Profile, User
from core.accounts.rules import is_username
from core.accounts.services.addresses import send_verification
from core.accounts.services.auditing import record
from core.accounts.services.hashing import hash_new_password
from core.accounts.system import Actor
from core.errors import Conflict, Invalid
from core.work.transactions import atomically

ATTEMPTS_AT_A_NAME = 10


def create_account(*, by: Actor, email: str, password: str, username: str | None = None, vouched: bool = False) -> User:
    """An account with its profile exists and a mail asks to confirm the address, unless an operator `vouched` for it.

    Without `username` one is made from the address. Names and addresses are kept NFKC-normalised and are unique
    whatever their case. Raises Invalid: bad_username, bad_email, username_taken, email_taken, weak_password.
    """
    email = normal_email(email)
    wished = normal_username(username) if username else None
    refuse_taken(email=email, username=wished)
    person = User(username=wished or email.partition("@")[0], email=email, email_verified=vouched)
    person.password = hash_new_password(password, person)
    for attempt in range(ATTEMPTS_AT_A_NAME):
        person.username = wished or _name_from(email, attempt)
        try:
            return _insert(person, by=by)
        except IntegrityError:
            refuse_taken(email=email, username=wished)
    raise Conflict("no_free_username", "No free username was found. Choose one.")


@atomically
def _insert(person: User, *, by: Actor) -> User:
    person.pk = None
    person.username_key, person.email_key = User.key_of(person.username), User.key_of(person.email or "")
    person.save(force_insert=True)
    Profile.objects.create(user=person)
    record(by=by, action="account.created", on=person)
    if not person.email_verified:
        send_verification(person)
    return person


def normal_username(username: str) -> str:
    """The form in which a username is kept. Raises Invalid: bad_username."""
    name = unicodedata.normalize("NFKC", username.strip())
    if not is_username(name):
        reason = "Use 3 to 30 letters, digits, underscores, dots or hyphens, and no word that the house uses."
        raise Invalid("bad_username", reason, fields={"username": [reason]})
    return name


def normal_email(email: str) -> str:
    """The form in which an address is kept. Raises Invalid: bad_email."""
    address = unicodedata.normalize("NFKC", email.strip())
    try:
        validate_email(address)
        User._meta.get_field("email_key").run_validators(User.key_of(address))
    except ValidationError:
        reason = "This is no e-mail address."
        raise Invalid("bad_email", reason, fields={"email": [reason]}) from None
    return address


def refuse_taken(*, email: str | None = None, username: str | None = None, but: User | None = None) -> None:
    """Raise Invalid (email_taken, username_taken) if somebody other than `but` has one of these."""
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    fields = {}
    if email and others.filter(email_key=User.key_of(email)).exists():
        fields["email"] = ["An account with this address exists."]
    if username and others.filter(username_key=User.key_of(username)).exists():
        fields["username"] = ["This username is taken."]
    if fields:
        code = "email_taken" if "email" in fields else "username_taken"
        raise Invalid(code, next(iter(fields.values()))[0], fields=fields)


def _name_from(email: str, attempt: int) -> str:
    """A username made of the local part of `email`: as it is at first, then with digits that make it free."""
    local = re.sub(r"[^\w.-]", "", email.partition("@")[0]).lstrip(".-")[:24]
    name = local if attempt == 0 else f"{local}{secrets.randbelow(10 ** min(attempt + 2, 6))}"
    return name if is_username(name) else f"player{secrets.randbelow(10**8)}"
