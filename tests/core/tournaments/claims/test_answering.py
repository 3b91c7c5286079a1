"""T13: what sides say of a match, who may answer to it, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from core.errors import Conflict, DomainError, Invalid
from core.notifications.models import Notification
from core.tournaments import services
from core.tournaments.claim_moves import CLAIMS
from core.tournaments.models import Claim, Match, ResultEntry
from core.tournaments.services import keep_time
from core.work.clock import database_now
from tests.core.tournaments.claims.night import Night, make_night

pytestmark = pytest.mark.django_db

AGREE: Callable[..., Any] = services.agree_to_claim
CONFIRM: Callable[..., Any] = services.confirm_claim


def contest(**more: Any) -> Claim:
    return services.contest_claim(reason="It was 1:1.", **more)


def reject(**more: Any) -> Claim:
    return services.reject_claim(reason="No.", **more)


ACTS = {"agree": AGREE, "contest": contest, "confirm": CONFIRM, "reject": reject}


def code(act: Callable[[], Any]) -> str:
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


@pytest.fixture
def duel() -> Night:
    return make_night("Asha", "Ravi")


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def test_of_a_duel_the_other_captain_s_agreement_confirms_it_at_once(duel: Night) -> None:
    claim = duel.propose(duel.captains[0], duel.duel(3, 1))
    assert (claim.state, told("claim_to_answer")) == ("proposed", {"captain1"})
    assert not ResultEntry.objects.exists()

    AGREE(by=duel.captains[1], **duel.on(claim))

    claim.refresh_from_db()
    entry = ResultEntry.objects.get()
    assert (claim.state, claim.decided_by) == ("confirmed", duel.captains[1])
    assert (entry.claim, entry.author, entry.payload["games"][0]["score"]) == (claim, duel.captains[1], [3, 1])
    assert Match.objects.get().state == "confirmed"
    with pytest.raises(Conflict, match="illegal_move") as refused:
        AGREE(by=duel.captains[1], **duel.on(claim))
    assert refused.value.facts == {"state": "confirmed", "legal": []}
    assert ResultEntry.objects.count() == 1


BYSTANDER = dict.fromkeys(("agree", "contest"), "not_other_captain")
PLAYER = dict.fromkeys(("confirm", "reject"), "not_staff")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("captain", {"agree": "own_claim", "contest": "own_claim"} | PLAYER),
        ("other", PLAYER),
        ("referee", BYSTANDER),
        ("cohost", BYSTANDER),
        ("host", BYSTANDER),
        ("caster", BYSTANDER | PLAYER),
        ("outsider", dict.fromkeys(ACTS, "no_claim")),
    ],
)
def test_who_may_answer(duel: Night, who: str, may: dict[str, str]) -> None:
    claim = duel.propose(duel.captains[0], duel.duel(1, 1))
    for act, run in ACTS.items():
        outcome = code(partial(without_trace, run, by=duel.people[who], **duel.on(claim)))
        assert outcome == may.get(act, "done"), act


def without_trace(run: Callable[..., Any], **given: Any) -> None:
    """What is allowed is undone, so that one claim serves every cell of the table."""
    with transaction.atomic():
        run(**given)
        transaction.set_rollback(True)


def test_staff_who_play_settle_nothing(duel: Night) -> None:
    """T4: a host who plays in a match may not confirm it."""
    claim = duel.propose(duel.captains[0], duel.duel(3, 1))
    duel.row.staff.filter(role="referee").update(user=duel.captains[1])

    assert code(lambda: CONFIRM(by=duel.captains[1], **duel.on(claim))) == "own_match"


@pytest.mark.parametrize("state", [*CLAIMS])
def test_every_illegal_move_says_what_is_legal(duel: Night, state: str) -> None:
    claim = duel.propose(duel.captains[0], duel.duel(3, 1))
    ends = {"agree": ("agreed", "other"), "contest": ("contested", "other")}
    ends |= {"confirm": ("confirmed", "referee"), "reject": ("rejected", "referee")}
    for act, (to, who) in ends.items():
        Claim.objects.update(state=state)
        if to not in CLAIMS[state]:
            with pytest.raises(Conflict) as refused:
                ACTS[act](by=duel.people[who], **duel.on(claim))
            assert refused.value.facts == {"state": state, "legal": list(CLAIMS[state])}


def test_contested_is_decided_by_the_referee_and_what_waits_besides_is_closed(duel: Night) -> None:
    claim = duel.propose(duel.captains[0], duel.duel(3, 1))
    services.contest_claim(by=duel.captains[1], **duel.on(claim), reason="It was 1:1.")
    other = duel.propose(duel.captains[1], duel.duel(1, 1))
    assert code(lambda: AGREE(by=duel.captains[1], **duel.on(claim))) == "illegal_move"

    CONFIRM(by=duel.people["referee"], **duel.on(other))

    states = dict(Claim.objects.values_list("pk", "state"))
    assert states == {claim.pk: "rejected", other.pk: "confirmed"}
    assert ResultEntry.objects.get().claim == other


def test_both_sides_saying_the_same_is_an_agreement(duel: Night) -> None:
    first = duel.propose(duel.captains[0], duel.duel(3, 1))
    turned = {"sides": duel.sides[::-1], "games": [{"score": [1, 3]}]}

    second = duel.propose(duel.captains[1], turned)

    first.refresh_from_db()
    assert (first.state, second.state) == ("confirmed", "superseded")
    assert ResultEntry.objects.get().claim == first


def test_sides_that_differ_wait_and_a_newer_claim_supersedes_one_s_own(duel: Night) -> None:
    one = duel.propose(duel.captains[0], duel.duel(3, 1))
    other = duel.propose(duel.captains[1], duel.duel(1, 1))
    again = duel.propose(duel.captains[0], duel.duel(1, 1))

    states = dict(Claim.objects.values_list("pk", "state"))
    assert states == {one.pk: "superseded", other.pk: "confirmed", again.pk: "superseded"}


def test_of_a_lobby_staff_confirms_what_sides_agree_to() -> None:
    night = make_night("Soul", "Godlike", "Blind", lobby=True)
    claim = night.propose(night.captains[0], night.lobby(9, 4, 0))
    assert told("claim_to_answer") == {"host", "cohost", "referee"}

    AGREE(by=night.captains[2], **night.on(claim))
    claim.refresh_from_db()
    assert (claim.state, ResultEntry.objects.count()) == ("agreed", 0)
    assert code(lambda: AGREE(by=night.captains[1], **night.on(claim))) == "illegal_move"

    CONFIRM(by=night.people["host"], **night.on(claim))
    assert [row["kills"] for row in ResultEntry.objects.get().payload["rows"]] == [9, 4, 0]


def test_staff_s_own_claim_is_confirmed_by_staff_though_a_captain_agrees(duel: Night) -> None:
    claim = duel.propose(duel.people["host"], duel.duel(2, 0))
    AGREE(by=duel.captains[0], **duel.on(claim))
    claim.refresh_from_db()
    assert (claim.state, claim.side) == ("agreed", None)

    CONFIRM(by=duel.people["host"], **duel.on(claim))

    assert ResultEntry.objects.get().author == duel.people["host"]


def past_window(night: Night) -> None:
    Claim.objects.update(window_ends_at=database_now() - timedelta(seconds=1))
    keep_time(competition_id=night.row.pk)


def test_a_window_that_passed_lapses_it_and_leaves_it_to_the_referee() -> None:
    night = make_night("Asha", "Ravi", auto_confirm=True)
    claim = night.propose(night.captains[0], night.duel(3, 1))
    keep_time(competition_id=night.row.pk)
    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert claim.window_ends_at is not None

    past_window(night)

    claim.refresh_from_db()
    assert (claim.state, ResultEntry.objects.count()) == ("lapsed", 0)  # without evidence
    assert code(lambda: AGREE(by=night.captains[1], **night.on(claim))) == "illegal_move"
    CONFIRM(by=night.people["referee"], **night.on(claim))
    assert ResultEntry.objects.count() == 1


def test_what_no_match_can_have_is_refused(duel: Night) -> None:
    propose = partial(duel.propose, duel.captains[0])
    for payload, refused in [
        ({"sides": duel.sides, "games": []}, "no_games"),
        ({"sides": [1, 999_999], "games": [{"score": [1, 0]}]}, "wrong_sides"),
        ({"sides": duel.sides, "games": [{"score": [1, None]}]}, "incomplete"),
        ({"sides": duel.sides, "games": [{"score": [-1, 0]}]}, "bad_shape"),
        ({"rows": []}, "bad_shape"),
    ]:
        assert code(partial(propose, payload)) == refused
    assert code(lambda: duel.propose(duel.people["outsider"], duel.duel(1, 0))) == "not_in_match"
    assert not Claim.objects.exists()
    Match.objects.update(state="confirmed")
    assert code(lambda: duel.propose(duel.captains[0], duel.duel(1, 0))) == "match_settled"


def test_a_correction_says_which_version_it_saw(duel: Night) -> None:
    claim = duel.propose(duel.captains[0], duel.duel(3, 1))
    more: dict[str, Any] = duel.on(claim) | {"payload": duel.duel(3, 2)}

    services.correct_claim(by=duel.captains[0], version=claim.version, **more)

    assert code(lambda: services.correct_claim(by=duel.captains[0], version=claim.version, **more)) == "changed"
    assert code(lambda: services.correct_claim(by=duel.captains[1], version=2, **more)) == "not_author"
    assert code(lambda: AGREE(by=duel.captains[1], version=claim.version, **duel.on(claim))) == "changed"
    with pytest.raises(Invalid):
        services.correct_claim(by=duel.captains[0], version=2, **duel.on(claim), payload={"rows": []})
