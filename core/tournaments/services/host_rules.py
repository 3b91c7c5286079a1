"""Rules that hosts make: scoring profiles and tie-break chains, fixed once they are published (T16, T17)."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import Max

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.hosts.selectors import is_host
from core.tournaments.criteria import Chain
from core.tournaments.exact import read
from core.tournaments.models import Profile, TiebreakChain
from core.tournaments.models.results import RULE_NAME_MOST
from core.tournaments.published import CHAIN_BODIES, PROFILE_BODIES
from core.tournaments.scoring import read_profile
from core.work.clock import database_now
from core.work.transactions import atomically

Kind = Literal["profile", "chain"]
_NAME = re.compile("[A-Za-z0-9_-]+")
HostRule = Profile | TiebreakChain
MODELS: Mapping[Kind, type[Profile] | type[TiebreakChain]] = {"profile": Profile, "chain": TiebreakChain}
SHIPPED: Mapping[Kind, frozenset[str]] = {"profile": frozenset(PROFILE_BODIES), "chain": frozenset(CHAIN_BODIES)}


@atomically
def create_rule(*, by: User, kind: Kind, name: str, body: dict[str, Any]) -> HostRule:
    """The next version of the rule of that name is there as a draft, which only its owner sees.

    For hosts. Locks their account. Raises NotAllowed: hosts_only, banned, timed_out. Invalid: bad_name, bad_shape.
    """
    check_may_write(by)
    if not is_host(by.pk):
        raise NotAllowed("hosts_only", "Only hosts make rules.")
    if not _NAME.fullmatch(name) or len(name) > RULE_NAME_MOST or name in SHIPPED[kind]:
        words = f"1 to {RULE_NAME_MOST} letters, digits, hyphens; not a name that comes with the product."
        raise Invalid("bad_name", words, fields={"name": [words]})
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    model = MODELS[kind]
    last = model.objects.filter(owner=by, name=name).aggregate(last=Max("version"))["last"] or 0
    checked = _checked(kind, name, last + 1, body)
    return model.objects.create(owner=by, name=name, version=last + 1, body=checked, created_at=database_now())


@atomically
def edit_rule(*, by: User, kind: Kind, rule_id: int, body: dict[str, Any]) -> HostRule:
    """The draft says this. Locks it. Raises NotFound: no_rule. Conflict: published. Invalid: bad_shape."""
    rule = _open(by, kind, rule_id)
    if rule.published_at:
        raise Conflict("published", "What is published changes no more: make a new version.")
    rule.body = _checked(kind, rule.name, rule.version, body)
    rule.save(update_fields=["body"])
    return rule


@atomically
def publish_rule(*, by: User, kind: Kind, rule_id: int) -> HostRule:
    """Stages may use it, and it changes no more; again changes nothing. Locks it. Raises NotFound: no_rule."""
    rule = _open(by, kind, rule_id)
    if not rule.published_at:
        rule.published_at = database_now()
        rule.save(update_fields=["published_at"])
    return rule


def _open(by: User, kind: Kind, rule_id: int) -> HostRule:
    check_may_write(by)
    rule = MODELS[kind].objects.select_for_update(no_key=True).filter(pk=rule_id, owner=by).first()
    if rule is None:
        raise NotFound("no_rule", "There is no such rule of yours.")
    return rule


def _checked(kind: Kind, name: str, version: int, body: dict[str, Any]) -> dict[str, Any]:
    """The body with its name and version. Raises Invalid: bad_shape."""
    whole = {**body, "name": name, "version": version}
    if kind == "profile":
        read_profile(whole)
    else:
        read(whole, Chain)
    return whole
