"""Limits by address, asked before a view runs; limits by person or account are asked by the services."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.requests import address_of
from core.work.rates import Rate, hit


class AddressThrottle(BaseThrottle):
    rate: ClassVar[Rate]

    def allow_request(self, request: Request, view: APIView) -> bool:
        """True, or RateLimited is raised: the limiter knows when to come back."""
        hit(self.rate, address_of(request))
        return True


class SignUps(AddressThrottle):
    rate = Rate("sign_up", 10, 3600, fail="closed")


class SignInWork(AddressThrottle):
    """Everything under auth/ that has no limit of its own."""

    rate = Rate("auth", 60, 60, fail="closed")


class Unsubscribing(AddressThrottle):
    """Generous: the mail programs of many people may share an address."""

    rate = Rate("unsubscribe", 120, 60)


class Descriptions(AddressThrottle):
    """Writing the description takes a second of work, and anybody may ask."""

    rate = Rate("schema", 30, 60)
