"""S7: whoever comes at the same time, both hold one match, the same from both sides, or the owner holds it alone."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.errors import DomainError
from core.notifications.models import Notification
from core.tracker.models import Match, Share
from core.tracker.selectors.sharing import cells_in
from core.tracker.services.agreeing import agree
from core.tracker.services.confirming import confirm_match
from core.tracker.services.correcting import answer_corrections, correct_share
from core.tracker.services.deleting import delete_match
from core.tracker.services.leaving import leave_share
from core.tracker.services.sharing import link_match, offer_match, take_link, withdraw_share
from tests.core.racing import at_once
from tests.core.tracker.played import played, version
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


class Pair:
    """Asha's match, offered to Ravi; `agree` and the others act as whoever does that."""

    def __init__(self) -> None:
        self.asha, self.ravi = make_person("asha"), make_person("ravi")
        self.match = played(self.asha)
        self.share = offer_match(by=self.asha, match_id=self.match.pk, username="ravi")
        self.version = version(self.share)

    def agree(self) -> None:
        agree(by=self.ravi, share_id=self.share, version=self.version)

    def correct(self) -> None:
        correct_share(by=self.ravi, share_id=self.share, version=self.version, cells={"stats.shots.owner": 10})

    def withdraw(self) -> None:
        withdraw_share(by=self.asha, share_id=self.share)

    def delete(self) -> None:
        delete_match(by=self.asha, match_id=self.match.pk)

    def confirm(self) -> None:
        confirm_match(by=self.asha, match_id=self.match.pk, score_user=4, score_opponent=0)

    def leave(self, who: User) -> None:
        leave_share(by=who, share_id=self.share)

    @property
    def held(self) -> dict[str, Any]:
        """Who has what, under the names that both use."""
        found = Match.objects.select_related("owner")
        return {row.owner.username: cells_in(row, of_owner=row.owner == self.asha) for row in found}


@pytest.fixture
def pair() -> Pair:
    return Pair()


def race(*contenders: Callable[[], Any]) -> list[str]:
    """What becomes of each of them, in no order: `done`, or why it was refused."""
    waiting = list(contenders)

    def go() -> str:
        try:
            waiting.pop()()
        except DomainError as refusal:
            return refusal.code
        return "done"

    return sorted(at_once(len(contenders), go))


def test_who_agrees_on_many_devices_agrees_once(pair: Pair) -> None:
    assert race(*[pair.agree] * 6) == ["done"] * 6
    assert pair.held["asha"] == pair.held["ravi"]
    assert Match.objects.count() == 2
    assert Notification.objects.filter(kind="match_answered").count() == 1


def test_of_agreeing_and_correcting_one_happens(pair: Pair) -> None:
    assert race(pair.agree, pair.correct) == ["done", "share_changed"]
    share = Share.objects.get()
    assert (share.state, share.correction is None, len(pair.held)) in [("agreed", True, 2), ("corrected", False, 1)]


def test_an_offer_is_taken_back_or_agreed_on(pair: Pair) -> None:
    outcome = race(pair.agree, pair.withdraw)
    assert (outcome, len(pair.held)) in [(["done", "no_share"], 1), (["already_agreed", "done"], 2)]


def test_a_match_that_is_deleted_meanwhile_is_the_opponents_alone_or_nobodys(pair: Pair) -> None:
    outcome = race(pair.agree, pair.delete)
    states = [*Match.objects.values_list("owner__username", "state")]
    assert (outcome, states) in [(["done", "done"], [("ravi", "confirmed")]), (["done", "no_share"], [])]
    assert not Share.objects.filter(state="agreed").exists()


def test_nobody_agrees_to_numbers_that_change_meanwhile(pair: Pair) -> None:
    outcome = race(pair.agree, pair.confirm)
    assert outcome in (["done", "match_shared"], ["done", "share_changed"])
    assert len(pair.held) == 1 or pair.held["asha"] == pair.held["ravi"]
    assert pair.held["asha"]["score.owner"] == (4 if "share_changed" in outcome else 2)


def test_two_who_leave_at_once_both_leave(pair: Pair) -> None:
    pair.agree()
    outcome = race(partial(pair.leave, pair.asha), partial(pair.leave, pair.ravi))
    assert (outcome in (["done", "done"], ["done", "no_share"]), Share.objects.filter(state="agreed").exists()) == (
        True,
        False,
    )
    assert Match.objects.filter(state="shared").count() == 0
    assert Match.objects.count() == 2 - outcome.count("done")


def test_a_correction_is_answered_once(pair: Pair) -> None:
    pair.agree()
    pair.version = version(pair.share)
    pair.correct()
    answer = partial(answer_corrections, by=pair.asha, share_id=pair.share, version=version(pair.share))
    cell = ["stats.shots.owner"]
    assert race(partial(answer, accept=cell), partial(answer, decline=cell)) == ["done", "share_changed"]
    assert pair.held["asha"] == pair.held["ravi"]


def test_an_offer_to_two_people_is_one(pair: Pair) -> None:
    make_person("mira")
    race(*[partial(offer_match, by=pair.asha, match_id=pair.match.pk, username=name) for name in ("mira", "ravi")])
    assert Share.objects.filter(state="offered").count() == 1


def test_a_link_is_followed_by_one(pair: Pair) -> None:
    pair.withdraw()
    link, _ = link_match(by=pair.asha, match_id=pair.match.pk)
    people = [make_person(f"guest{number}") for number in range(3)]
    outcome = race(*[partial(take_link, by=one, token=link.token) for one in people])
    assert outcome == ["done", "invite_used", "invite_used"]
