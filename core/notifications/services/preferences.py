"""Choosing by which ways one is told of what, with a sign-in or with the link in a mail (V89)."""

from django.core.signing import BadSignature, Signer

from core.accounts.models import User
from core.errors import Invalid, NotFound
from core.notifications import selectors, shapes
from core.notifications.kinds import KINDS
from core.notifications.models import Preference
from core.work.transactions import atomically

_signer = Signer(salt="guildhall.unsubscribe")  # its own key, so that no other token passes for one


@atomically
def set_preference(*, by: User, kind: str, in_app: bool | None = None, mail: bool | None = None) -> shapes.Preference:
    """From now on `by` is told of that kind in these ways; None leaves one as it is. What was told stays.

    Raises NotFound: no_kind. Invalid: preference_fixed.
    """
    if kind not in KINDS:
        raise NotFound("no_kind", "There is no such kind of notification.")
    if KINDS[kind].fixed:
        raise Invalid("preference_fixed", "Of this everybody is told in every way.")
    row = _own(by.pk, kind)
    row.in_app = row.in_app if in_app is None else in_app
    row.mail = row.mail if mail is None else mail
    row.save()
    return selectors.show_preference(kind, row)


def unsubscribe(*, token: str) -> shapes.Preference:
    """No mails of that kind any more for that person, both of whom the `token` of a mail names; nothing else changes.

    Raises NotFound: no_link.
    """
    try:
        user_id, _, kind = _signer.unsign(token).partition(".")
    except BadSignature:
        kind = ""
    user = User.objects.filter(pk=int(user_id), erased_at=None).first() if kind in KINDS else None
    if user is None:
        raise NotFound("no_link", "This link is not whole, or its account is gone.")
    return set_preference(by=user, kind=kind, mail=False)


def unsubscribe_token(user_id: int, kind: str) -> str:
    """What stands in a mail of that kind to that person; always the same, good for that kind alone."""
    return _signer.sign(f"{user_id}.{kind}")


def _own(user_id: int, kind: str) -> Preference:
    """The row of that choice, held; the first choice makes it."""
    known = selectors.show_preference(kind)
    first = Preference(user_id=user_id, kind=kind, in_app=known.in_app, mail=known.mail)
    Preference.objects.bulk_create([first], ignore_conflicts=True)
    return Preference.objects.select_for_update().get(user=user_id, kind=kind)
