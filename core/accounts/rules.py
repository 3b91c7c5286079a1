"""Who may do what to whom, and what a name, a link or a tag must look like."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf import settings

from core.accounts.models import Sanction, User
from core.accounts.system import Actor
from core.errors import NotAllowed

TIMEOUT_LEAST, TIMEOUT_MOST = timedelta(seconds=60), timedelta(days=28)
RESERVED_NAMES = frozenset({"admin", "deleted", "everyone", "guildhall", "here", "me", "moderator", "system", "user"})
HOSTS_OF_LINKS: dict[str, tuple[str, ...]] = {
    "discord": ("discord.com", "discord.gg"),
    "github": ("github.com",),
    "instagram": ("instagram.com",),
    "linkedin": ("linkedin.com",),
    "steam": ("steamcommunity.com",),
    "twitch": ("twitch.tv",),
    "x": ("x.com", "twitter.com"),
    "youtube": ("youtube.com", "youtu.be"),
    "website": (),
}
"""By site, the hosts (and their subdomains) that its link may point at; none listed means any."""

_USERNAME = re.compile(r"\w[\w.-]{2,29}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_ZONES = available_timezones()


def check_may_moderate(user: User) -> None:
    """Raises NotAllowed: not_moderator."""
    if not user.is_staff:
        raise NotAllowed("not_moderator", "Only moderators do this.")


def may_sanction(by: Actor, user: User) -> bool:
    return by.is_superuser or (by.is_staff and not user.is_staff)


def may_take_part(user: User) -> bool:
    """Whether this person's e-mail address is as verified as the house demands."""
    return user.email_verified or not settings.ENV.require_verified_email


def refusal_of(sanction: Sanction) -> NotAllowed:
    """Why somebody under `sanction` may only read: banned, timed_out."""
    if sanction.kind == sanction.Kind.BAN:
        return NotAllowed("banned", "This account is banned.")
    return NotAllowed("timed_out", f"You may only read until {sanction.until:%d %B %H:%M} UTC.")


def is_username(username: str) -> bool:
    """3 to 30 letters, digits, `_`, `.`, `-`, and no word that the house keeps for itself."""
    return bool(_USERNAME.fullmatch(username)) and User.key_of(username) not in RESERVED_NAMES


def is_https(url: str) -> bool:
    """An https address with a host and no credentials in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port is not False
    except ValueError:
        return False


def is_link_of(site: str, url: str) -> bool:
    """Whether `url` is https and leads to `site`."""
    if site not in HOSTS_OF_LINKS or not is_https(url):
        return False
    host, allowed = urlsplit(url).hostname or "", HOSTS_OF_LINKS[site]
    return not allowed or any(host == name or host.endswith(f".{name}") for name in allowed)


def is_time_zone(name: str) -> bool:
    return name in _ZONES


def is_language(tag: str) -> bool:
    """A BCP 47 tag of language, script and region in its usual case: `pt`, `pt-BR`, `zh-Hant-TW`."""
    return bool(_LANGUAGE.fullmatch(tag))
