"""Which scoring profiles and tie-break chains somebody may choose from: those that ship, and their own."""

from core.accounts.models import User
from core.accounts.shapes import card
from core.tournaments import shapes
from core.tournaments.models import Profile, TiebreakChain
from core.tournaments.published import CHAIN_BODIES, PROFILE_BODIES


def profiles_of(user: User | None) -> shapes.HostRules:
    """One query, none for who is not signed in."""
    shipped = [_shipped(name, {"name": name, **body}) for name, body in PROFILE_BODIES.items()]
    return shapes.HostRules(results=[*shipped, *_own(Profile, user)])


def chains_of(user: User | None) -> shapes.HostRules:
    """The same of tie-break chains."""
    shipped = [_shipped(name, {"name": name, "criteria": criteria}) for name, criteria in CHAIN_BODIES.items()]
    return shapes.HostRules(results=[*shipped, *_own(TiebreakChain, user)])


def show_rule(row: Profile | TiebreakChain) -> shapes.HostRule:
    return shapes.HostRule(
        id=row.pk,
        name=row.name,
        version=row.version,
        body=row.body,
        published_at=row.published_at,
        owner=card(row.owner),
    )


def _own(model: type[Profile] | type[TiebreakChain], user: User | None) -> list[shapes.HostRule]:
    if user is None:
        return []
    rows = model.objects.filter(owner=user).select_related("owner__profile").order_by("name", "-version")
    return [show_rule(row) for row in rows]


def _shipped(name: str, body: dict[str, object]) -> shapes.HostRule:
    return shapes.HostRule(id=None, name=name, version=1, body=body, published_at=None, owner=None)
