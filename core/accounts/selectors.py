"""Who is asking, and who is there."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from core.accounts.models import Block, Sanction, TokenFamily, User
from core.accounts.rules import refusal_of
from core.accounts.shapes import PublicProfile, Record, UserCard, card, public_profile, sanction
from core.accounts.tokens import AccessClaims, read_access
from core.errors import NotFound, NotSignedIn
from core.work.clock import database_now
from core.work.selectors import promised

MISSING_PROFILE = timedelta(hours=2)  # the hourly sweep makes those that are missing
MOST_SANCTIONS = 100

__all__ = [
    "Identity",
    "UserCard",
    "account_named",
    "blocked_by",
    "blocked_ids",
    "blocked_people",
    "blocks_among",
    "card",
    "check_may_write",
    "find_differences",
    "find_person",
    "identify",
    "identify_all",
    "is_banned",
    "live_families",
    "live_sessions",
    "people_like",
    "people_present",
    "person_named",
    "profile_named",
    "record_of",
    "sanction_of",
    "sanctions_of",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Whom an access token stands for, in which sign-in, and until when."""

    user: User
    session_id: str
    expires_at: datetime


def _in_force() -> QuerySet[Sanction]:
    return Sanction.objects.filter(Q(until=None) | Q(until__gt=Now()), lifted_at=None)


def _bans() -> QuerySet[Sanction]:
    return _in_force().filter(kind=Sanction.Kind.BAN)


def _banned(user: str) -> Exists:
    return Exists(_bans().filter(user=OuterRef(user)))


def is_banned(user_id: int) -> bool:
    return _bans().filter(user=user_id).exists()


def sanction_of(user_id: int) -> Sanction | None:
    """The sanction in force, a ban before the longest timeout; while there is one this person only reads."""
    return sanctions_of([user_id]).get(user_id)


def sanctions_of(user_ids: Iterable[int]) -> dict[int, Sanction]:
    """The same for several people at once, by id; one query."""
    found = _in_force().filter(user__in=list(user_ids)).order_by("-kind", "until")
    return {sanction.user_id: sanction for sanction in found}


def check_may_write(user: User) -> None:
    """Raises NotAllowed: banned, timed_out. One query."""
    if found := sanction_of(user.pk):
        raise refusal_of(found)


def identify(access_token: str) -> Identity:
    """Who signed in with this token, profile included; one query.

    Raises NotSignedIn: token_expired, token_invalid, signed_out, banned.
    """
    [found] = identify_all([access_token])
    if isinstance(found, NotSignedIn):
        raise found
    return found


def identify_all(access_tokens: Iterable[str]) -> list[Identity | NotSignedIn]:
    """The same for many at once, such as everybody who comes back after a restart; one query."""
    claimed = [_claims(token) for token in access_tokens]
    ids = {claims.session_id for claims in claimed if isinstance(claims, AccessClaims)}
    families = TokenFamily.objects.select_related("user__profile").annotate(banned=_banned("user"))
    known = {family.pk: family for family in families.filter(pk__in=ids)} if ids else {}
    return [it if isinstance(it, NotSignedIn) else _recognise(it, known.get(it.session_id)) for it in claimed]


def _claims(access_token: str) -> AccessClaims | NotSignedIn:
    try:
        return read_access(access_token)
    except NotSignedIn as refusal:
        return refusal


def _recognise(claims: AccessClaims, family: TokenFamily | None) -> Identity | NotSignedIn:
    if family is None or family.user_id != claims.user_id:
        return NotSignedIn("signed_out", "This sign-in has ended.")
    if family.banned:  # type: ignore[attr-defined]  # annotated
        return NotSignedIn("banned", "This account is banned.")
    if family.revoked_at or not family.user.is_active or family.user.token_version != claims.token_version:
        return NotSignedIn("signed_out", "This sign-in has ended.")
    return Identity(user=family.user, session_id=family.pk, expires_at=claims.expires_at)


def live_sessions(session_ids: Iterable[str]) -> dict[str, User]:
    """Those of `session_ids` that have not ended, whose people are not banned, with the people; one query."""
    families = TokenFamily.objects.filter(~_banned("user"), pk__in=session_ids, revoked_at=None, user__is_active=True)
    return {family.pk: family.user for family in families.select_related("user__profile")}


def live_families(user: User) -> QuerySet[TokenFamily]:
    """The sign-ins of `user` that have not ended, last seen first."""
    return user.token_families.filter(revoked_at=None, expires_at__gt=Now()).order_by("-last_seen_at", "pk")


def account_named(login: str) -> User | None:
    """The account with that e-mail address or username, whatever its case."""
    key = User.key_of(login.strip())
    return User.objects.filter(Q(email_key=key) if "@" in key else Q(username_key=key), is_active=True).first()


def people_present() -> QuerySet[User]:
    """People who are here: not erased, not about to be; profiles loaded."""
    return User.objects.filter(is_active=True, delete_due_at=None).select_related("profile")


def people_like(text: str) -> QuerySet[User]:
    """People whose username or shown name contains `text`, profiles loaded."""
    found = Q(username_key__contains=User.key_of(text)) | Q(profile__name__icontains=text)
    return people_present().filter(found)


def find_person(user_id: int) -> User:
    """That person, profile loaded. Raises NotFound: no_person."""
    user = people_present().filter(pk=user_id).first()
    if user is None:
        raise NotFound("no_person", "There is no such person.")
    return user


def profile_named(username: str) -> PublicProfile:
    """What the person of that name shows; two queries. Raises NotFound: no_person."""
    user = people_present().prefetch_related("game_accounts").filter(username_key=User.key_of(username)).first()
    if user is None:
        raise NotFound("no_person", "There is nobody of that name.")
    return public_profile(user)


def person_named(username: str) -> User:
    """Whoever has that name and is not erased, profile loaded. Raises NotFound: no_person."""
    key = User.key_of(username)
    user = User.objects.filter(username_key=key, erased_at=None).select_related("profile").first()
    if user is None:
        raise NotFound("no_person", "There is nobody of that name.")
    return user


def record_of(user: User) -> Record:
    """The 100 newest sanctions of `user`. For moderators, which is for the caller to ask. One query."""
    given = user.sanctions.select_related("by__profile").order_by("-pk")[:MOST_SANCTIONS]
    now = database_now()
    return Record(user=card(user), sanctions=[sanction(one, now=now) for one in given])


def blocked_ids(user_id: int) -> frozenset[int]:
    """Whom this person does not want to hear."""
    return blocked_by([user_id]).get(user_id, frozenset())


def blocked_by(user_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Whom each of these people does not want to hear; only those who block somebody are named. One query."""
    found: dict[int, set[int]] = {}
    for blocker, blocked in Block.objects.filter(blocker__in=user_ids).values_list("blocker", "blocked"):
        found.setdefault(blocker, set()).add(blocked)
    return {blocker: frozenset(blocked) for blocker, blocked in found.items()}


def blocks_among(blockers: Iterable[int], blocked: Iterable[int]) -> set[tuple[int, int]]:
    """Who of `blockers` blocks whom of `blocked`, as pairs of ids; one query."""
    found = Block.objects.filter(blocker__in=list(blockers), blocked__in=list(blocked))
    return set(found.values_list("blocker", "blocked"))


def blocked_people(user: User) -> QuerySet[User]:
    """Whom `user` blocks, profiles loaded."""
    blocked = Block.objects.filter(blocker=user).values("blocked")
    return User.objects.filter(pk__in=blocked).select_related("profile")


def find_differences() -> Iterator[str]:
    """Accounts whose keys, profile or sign-ins contradict them, and deletions that no job will do. Six queries."""
    now = database_now()
    for user in User.objects.exclude(username_key__startswith="deleted:").iterator():
        keys = (User.key_of(user.username), User.key_of(user.email) if user.email else None)
        if keys != (user.username_key, user.email_key):
            yield f"account {user.pk}: its keys are not those of its name and address"
    for user in User.objects.filter(profile=None, created_at__lt=now - MISSING_PROFILE):
        yield f"account {user.pk}: it has no profile"
    yield from _wrong_sessions(now)
    erased_by = [payload["user_id"] for payload in promised("accounts.erase")]
    for user in User.objects.exclude(delete_due_at=None).exclude(pk__in=erased_by):
        yield f"account {user.pk}: it is to be erased, and no job will do it"


def _wrong_sessions(now: datetime) -> Iterator[str]:
    alive = TokenFamily.objects.filter(revoked_at=None, expires_at__gt=now)
    closed = Q(user__is_active=False) | Q(user__in=_bans().values("user"))
    for family in alive.filter(closed):
        yield f"account {family.user_id}: it is banned or erased, and its sign-in {family.pk} has not ended"
    for family in TokenFamily.objects.filter(Q(revoked_at=None) ^ Q(revoked_for="")):
        yield f"account {family.user_id}: sign-in {family.pk} has a reason to have ended, or an end, and not both"
