"""What people say of themselves."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from django.db import IntegrityError, transaction
from typing_extensions import Unpack

from core.accounts import mails
from core.accounts.events import ProfileChanged
from core.accounts.models import GameAccount, OneTimeToken, Profile, User
from core.accounts.rules import is_https, is_language, is_link_of, is_time_zone
from core.accounts.services.addresses import send_verification
from core.accounts.services.auditing import record
from core.accounts.services.links import void_links
from core.accounts.services.passwords import require_password
from core.accounts.services.signing_up import normal_email, normal_username, refuse_taken
from core.accounts.shapes import GameIdentity
from core.accounts.system import Actor
from core.errors import Invalid
from core.events import emit
from core.games.selectors import id_fault
from core.work.clock import database_now
from core.work.services import post_mail
from core.work.transactions import atomically


class ProfileChanges(TypedDict, total=False):
    name: str
    bio: str
    avatar_url: str
    links: Mapping[str, str]
    time_zone: str
    language: str
    shows_streak: bool
    is_invisible: bool
    shows_typing: bool


def update_account(
    *, by: User, username: str | None = None, email: str | None = None, name: str | None = None, password: str = ""
) -> User:
    """The account of `by` has these names and this address; None leaves one as it is. Answers the account as it is now.

    A new address needs the `password`, starts unverified, and the old one is told. Locks the user.
    Raises Invalid: bad_username, bad_email, username_taken, email_taken, wrong_password; RateLimited.
    Emits ProfileChanged.
    """
    username = normal_username(username) if username is not None else by.username
    email = normal_email(email) if email is not None else by.email
    if email != by.email:
        require_password(by, password, field="password")
    refuse_taken(username=username, email=email, but=by)
    try:
        return _rename(by, username=username, email=email, name=name)
    except IntegrityError:
        refuse_taken(username=username, email=email, but=by)
        raise


@atomically
def _rename(by: User, *, username: str, email: str | None, name: str | None) -> User:
    user = User.objects.select_for_update().get(pk=by.pk)
    before = {"username": user.username, "email": user.email}
    user.username, user.username_key = username, User.key_of(username)
    if email != user.email:
        _move_to(user, email or "")
    user.save(update_fields=["username", "username_key", "email", "email_key", "email_verified"])
    if name is not None:
        Profile.objects.filter(user=user).update(name=_one_line(name))
    if before != (after := {"username": user.username, "email": user.email}):
        record(by=by, action="account.renamed", on=user, before=before, after=after)
    emit(ProfileChanged(user_id=user.pk))
    return User.objects.select_related("profile").get(pk=user.pk)


def _move_to(user: User, email: str) -> None:
    if user.email:
        words = mails.email_changed(user.username)
        cause = f"accounts.email_changed:{user.pk}:{database_now().isoformat()}"
        post_mail(to=user.email, subject=words.subject, text=words.text, cause=cause)
    user.email, user.email_key, user.email_verified = email, User.key_of(email), False
    for purpose in OneTimeToken.Purpose:
        void_links(user, purpose)
    send_verification(user)


@atomically
def update_profile(
    *, by: User, game_accounts: Sequence[GameIdentity] | None = None, **changes: Unpack[ProfileChanges]
) -> User:
    """The profile of `by` says this; what is not given stays. `game_accounts`, when given, replace those that were.

    Answers the person with profile and game accounts as they are now. Locks the profile.
    Raises Invalid: bad_avatar, bad_link, bad_time_zone, bad_language, bad_in_game_id,
    game_account_taken. Emits ProfileChanged.
    """
    profile = Profile.objects.select_for_update().get(user=by)
    if "name" in changes:
        changes["name"] = _one_line(changes["name"])
    _check(changes)
    for field, value in changes.items():
        setattr(profile, field, value)
    profile.save()
    if game_accounts is not None:
        _replace_game_accounts(by, game_accounts)
    emit(ProfileChanged(user_id=by.pk))
    return User.objects.select_related("profile").prefetch_related("game_accounts").get(pk=by.pk)


def _check(changes: ProfileChanges) -> None:
    rules: dict[str, tuple[str, Callable[[str], bool], str]] = {
        "avatar_url": ("bad_avatar", lambda url: not url or is_https(url), "Give an https address."),
        "time_zone": ("bad_time_zone", is_time_zone, "Give an IANA time zone, such as Asia/Kolkata."),
        "language": ("bad_language", is_language, "Give a language tag, such as en or pt-BR."),
    }
    for field, (code, allows, reason) in rules.items():
        value = changes.get(field)
        if isinstance(value, str) and not allows(value):
            raise Invalid(code, reason, fields={field: [reason]})
    for site, url in changes.get("links", {}).items():
        if not is_link_of(site, url):
            reason = "This is no https link to that site."
            raise Invalid("bad_link", reason, fields={f"links.{site}": [reason]})


def _replace_game_accounts(by: User, identities: Sequence[GameIdentity]) -> None:
    faults = {at: id_fault(one.game, one.in_game_id) for at, one in enumerate(identities)}
    if fields := {f"game_accounts.{at}.in_game_id": [fault] for at, fault in faults.items() if fault}:
        raise Invalid("bad_in_game_id", "This is no id of that game.", fields=fields)
    by.game_accounts.all().delete()
    rows = [
        GameAccount(user=by, game=one.game, in_game_id=one.in_game_id, in_game_name=one.in_game_name)
        for one in identities
    ]
    try:
        with transaction.atomic():
            GameAccount.objects.bulk_create(rows)
    except IntegrityError:
        reason = "One account per game, and each belongs to one person."
        raise Invalid("game_account_taken", reason, fields={"game_accounts": [reason]}) from None


def _one_line(name: str) -> str:
    """A name as it is kept: normalised, without control characters, single spaces."""
    text = "".join(char for char in unicodedata.normalize("NFKC", name) if unicodedata.category(char)[0] != "C")
    return " ".join(text.split())[:50]


@atomically
def make_missing_profiles(*, by: Actor) -> int:
    """Every account has a profile, those made in bulk or long ago too; answers how many were missing."""
    lacking = User.objects.filter(profile=None)
    made = Profile.objects.bulk_create([Profile(user=user) for user in lacking], ignore_conflicts=True)
    for profile in made:
        record(by=by, action="profile.made", on=profile.user)
    return len(made)
