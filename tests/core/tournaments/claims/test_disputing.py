"""T15: a side protests within its time, the match is disputed meanwhile, the referee decides."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core.errors import Conflict, DomainError
from core.notifications.models import Notification
from core.tournaments import services
from core.tournaments.claim_moves import DISPUTES
from core.tournaments.models import Dispute, Match, ResultEntry
from core.tournaments.selectors.disputes import disputes_of
from core.tournaments.services.recording import correct_result, record_result
from core.work.clock import database_now
from tests.core.tournaments.claims.night import Night, make_night

pytestmark = pytest.mark.django_db


def code(act: Callable[[], Any]) -> str:
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


@pytest.fixture
def night() -> Night:
    night = make_night("Asha", "Ravi")
    record_result(by=night.people["host"], match_id=night.match.pk, payload=night.duel(3, 1))
    return night


def state() -> str:
    return Match.objects.get().state


def protest(night: Night, who: str = "other", words: str = "He left at 1:1.") -> Dispute:
    return services.open_dispute(by=night.people[who], **night.of(), words=words)


def of(night: Night, dispute: Dispute, who: str) -> dict[str, Any]:
    return {"by": night.people[who], "competition_id": night.row.pk, "dispute_id": dispute.pk}


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_a_dispute_is_reviewed_and_dismissed_and_the_match_is_confirmed_again(night: Night) -> None:
    dispute = protest(night)
    assert (state(), told("dispute_opened")) == ("disputed", {"host", "cohost", "referee", "captain0"})

    services.say_in_dispute(**of(night, dispute, "captain"), words="It was 3:1.")
    services.review_dispute(**of(night, dispute, "referee"))
    services.say_in_dispute(**of(night, dispute, "referee"), words="I look at the video.")
    services.decide_dispute(**of(night, dispute, "referee"), upheld=False, reason="The video shows 3:1.")

    dispute.refresh_from_db()
    assert (dispute.state, dispute.decided_by, state()) == ("dismissed", night.people["referee"], "confirmed")
    assert [it.words for it in dispute.messages.order_by("pk")] == [
        "He left at 1:1.",
        "It was 3:1.",
        "I look at the video.",
    ]
    assert told("dispute_settled") == {"captain0", "captain1"}
    assert ResultEntry.objects.count() == 1


def test_upholding_changes_no_result_and_a_correction_made_meanwhile_stands(night: Night) -> None:
    dispute, counter = protest(night), protest(night, "captain", "He did not.")
    correct_result(by=night.people["referee"], match_id=night.match.pk, payload=night.duel(1, 1), reason="Video.")
    for one, upheld in ((dispute, True), (counter, False)):
        services.review_dispute(**of(night, one, "referee"))
        services.decide_dispute(**of(night, one, "referee"), upheld=upheld, reason="Video.")

    assert state() == "confirmed"
    assert [it.payload["games"][0]["score"] for it in ResultEntry.objects.order_by("seq")] == [[3, 1], [1, 1]]


def test_the_match_stays_disputed_until_the_last_is_decided(night: Night) -> None:
    first, _ = protest(night), protest(night, "captain", "He did not.")
    services.review_dispute(**of(night, first, "referee"))
    services.decide_dispute(**of(night, first, "referee"), upheld=True, reason="Video.")

    assert state() == "disputed"


def test_who_may_protest_and_when(night: Night) -> None:
    for who in ("referee", "host", "caster", "outsider"):
        assert code(partial(protest, night, who)) == "not_in_match"
    Match.objects.update(settled_at=database_now() - timedelta(seconds=night.row.protest_window_s + 1))
    assert code(partial(protest, night)) == "protest_over"
    Match.objects.update(settled_at=None, state="live")
    assert code(partial(protest, night)) == "illegal_move"
    Match.objects.update(settled_at=database_now(), state="confirmed")
    protest(night)
    assert code(partial(protest, night)) == "already_disputed"


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("referee", "done"),
        ("captain", "not_staff"),
        ("other", "not_staff"),
        ("caster", "not_staff"),
        ("outsider", "no_dispute"),
    ],
)
def test_who_may_decide_and_speak(night: Night, who: str, outcome: str) -> None:
    dispute = protest(night)
    speaks = {"caster": "not_in_match", "outsider": "no_dispute"}.get(who, "done")

    assert code(partial(services.say_in_dispute, **of(night, dispute, who), words="So it was.")) == speaks
    assert code(partial(services.review_dispute, **of(night, dispute, who))) == outcome
    seen = [it.id for it in disputes_of(night.row.pk, night.people[who]).results]
    assert seen == ([] if who == "outsider" else [dispute.pk])


@pytest.mark.parametrize("at", [*DISPUTES])
def test_every_illegal_move_says_what_is_legal(night: Night, at: str) -> None:
    dispute = protest(night)
    Dispute.objects.update(state=at)
    decide = partial(services.decide_dispute, **of(night, dispute, "referee"), reason="No.")
    acts = {
        "under_review": partial(services.review_dispute, **of(night, dispute, "referee")),
        "upheld": partial(decide, upheld=True),
        "dismissed": partial(decide, upheld=False),
    }
    for to, act in acts.items():
        if to not in DISPUTES[at]:
            with pytest.raises(Conflict, match="illegal_move") as refused:
                act()
            assert refused.value.facts["legal"] == list(DISPUTES[at])
