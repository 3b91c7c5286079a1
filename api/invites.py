"""Links to join over HTTP, whatever they lead to."""

from api.serializers import Flag, StrictSerializer
from api.throttles import AddressThrottle
from core.work.rates import Rate


class InvitePreviews(AddressThrottle):
    """A token cannot be guessed, and nobody shall try (V77)."""

    rate = Rate("invite.preview", 30, 60)


class InviteReply(StrictSerializer):
    accept = Flag()
