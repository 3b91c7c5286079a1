"""S7: a match offered to the opponent, agreed, corrected, declined and left; and what each of the two has then."""

from typing import Any

import pytest

from core.accounts.models import User
from core.accounts.services import block_user
from core.errors import DomainError
from core.notifications.models import Notification
from core.tracker.models import Match, Share
from core.tracker.selectors import find_differences
from core.tracker.selectors import sharing as seen
from core.tracker.selectors.summary import summary_of
from core.tracker.services import agreeing, correcting, leaving, sharing
from tests.core.tracker.played import MIRRORED, PLAYED, STATS, played, version
from tests.core.tracker.shares.people import agreed, refusal, row, said
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_what_both_agree_on_counts_for_both_each_from_their_side(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    assert said(ravi) == ["asha asks whether you agree with the match that you played: 1:2."]
    assert summary_of(ravi).total == 0
    theirs = agreed(ravi, share)
    match.refresh_from_db()
    assert (match.state, theirs.state) == ("shared", "shared")
    assert (theirs.score_user, theirs.score_opponent, theirs.result, theirs.stats) == (1, 2, "loss", MIRRORED)
    assert (theirs.opponent, theirs.opponent_name, match.opponent, match.opponent_name) == (asha, "asha", ravi, "ravi")
    assert (theirs.played_at, theirs.game, theirs.pictures.count()) == (PLAYED, "efootball", 0)
    assert (summary_of(asha).wins, summary_of(ravi).losses) == (1, 1)
    assert summary_of(ravi).averages["shots"].user == 6
    assert said(asha) == ["ravi agrees: 2:1. The match counts for both of you."]
    agreeing.agree(by=ravi, share_id=share, version=0)  # once more changes nothing
    assert (Match.objects.count(), Notification.objects.count()) == (2, 2)


def test_only_who_is_asked_answers(asha: User, ravi: User, share: int) -> None:
    now = version(share)
    assert refusal(agreeing.agree, by=asha, share_id=share, version=now) == "opponent_only"
    assert refusal(agreeing.decline, by=asha, share_id=share) == "opponent_only"
    assert refusal(sharing.withdraw_share, by=ravi, share_id=share) == "no_share"
    mira = make_person("mira")
    for call in (seen.see_share, seen.candidates):
        with pytest.raises(DomainError) as refused:
            call(mira, share)
        assert refused.value.code == "no_share"
    assert refusal(agreeing.agree, by=mira, share_id=share, version=now) == "no_share"
    assert (
        refusal(correcting.correct_share, by=mira, share_id=share, version=now, cells={"score.owner": 3}) == "no_share"
    )


def test_nobody_agrees_to_what_they_have_not_seen(asha: User, ravi: User, match: Match, share: int) -> None:
    before = version(share)
    Match.objects.filter(pk=match.pk).update(score_user=5, version=match.version + 1)
    assert refusal(agreeing.agree, by=ravi, share_id=share, version=before) == "share_changed"
    assert not Match.objects.filter(owner=ravi).exists()


def test_who_may_be_asked_and_about_what(asha: User, ravi: User, match: Match) -> None:
    offer = sharing.offer_match
    assert refusal(offer, by=asha, match_id=match.pk, username="asha") == "share_with_self"
    assert refusal(offer, by=asha, match_id=match.pk, username="nobody") == "no_person"
    assert refusal(offer, by=ravi, match_id=match.pk, username="asha") == "no_match"
    unread = played(asha, None, state="proposed", confirmed_at=None)
    assert refusal(offer, by=asha, match_id=unread.pk, username="ravi") == "not_confirmed"
    block_user(by=asha, user_id=ravi.pk)
    assert refusal(offer, by=asha, match_id=match.pk, username="ravi") == "person_blocked"


def test_whoever_blocks_somebody_is_not_asked_by_them_and_they_do_not_learn_it(
    asha: User, ravi: User, match: Match
) -> None:
    block_user(by=ravi, user_id=asha.pk)
    share = sharing.offer_match(by=asha, match_id=match.pk, username="ravi")
    assert (said(ravi), seen.my_shares(ravi).results) == ([], [])
    assert [it.id for it in seen.my_shares(asha).results] == [share]


def test_asking_again_changes_nothing_and_asking_another_takes_it_back(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    assert sharing.offer_match(by=asha, match_id=match.pk, username="ravi") == share
    make_person("mira")
    other = sharing.offer_match(by=asha, match_id=match.pk, username="mira")
    assert refusal(agreeing.agree, by=ravi, share_id=share, version=version(share)) == "no_share"
    assert (said(ravi), seen.my_shares(ravi).results) == ([], [])
    assert [it.id for it in seen.my_shares(asha).results] == [other]


def test_a_match_that_is_declined_stays_its_owners_alone(asha: User, ravi: User, match: Match, share: int) -> None:
    agreeing.decline(by=ravi, share_id=share)
    agreeing.decline(by=ravi, share_id=share)
    match.refresh_from_db()
    assert (match.state, summary_of(asha).total, summary_of(ravi).total) == ("confirmed", 1, 0)
    assert said(asha) == ["ravi says that the match of 2:1 is not theirs."]
    assert refusal(agreeing.agree, by=ravi, share_id=share, version=version(share)) == "share_declined"
    assert refusal(sharing.offer_match, by=asha, match_id=match.pk, username="ravi") == "share_declined"


def test_cells_are_corrected_and_answered_one_by_one(asha: User, ravi: User, match: Match, share: int) -> None:
    cells = {"stats.shots.opponent": 7, "score.opponent": 2, "stats.passes.owner": 132}
    correcting.correct_share(by=ravi, share_id=share, version=version(share), cells=cells)
    assert row(share).state == "corrected"
    assert set(row(share).correction or {}) == {"stats.shots.opponent", "score.opponent"}
    assert said(asha) == ["ravi proposes other values for the match of 2:1: 2."]
    answer = correcting.answer_corrections
    assert refusal(answer, by=ravi, share_id=share, version=version(share), accept=["score.opponent"]) == "unknown_cell"
    answer(by=asha, share_id=share, version=version(share), accept=["stats.shots.opponent"])
    assert row(share).state == "corrected"
    answer(by=asha, share_id=share, version=version(share), decline=["score.opponent"])
    match.refresh_from_db()
    assert (row(share).state, match.stats["shots"]) == ("disputed", {"user": 9, "opponent": 7})
    [score] = [it for it in seen.see_share(ravi, share).rows if it.key == "score"]
    assert [(it.value, it.by, it.declined) for it in score.corrections] == [(2, "opponent", True)]
    theirs = agreed(ravi, share)
    assert (theirs.score_user, theirs.stats["shots"]) == (1, {"user": 7, "opponent": 9})
    assert row(share).correction is None


def test_who_accepts_every_cell_has_agreed(asha: User, ravi: User, match: Match, share: int) -> None:
    correcting.correct_share(by=ravi, share_id=share, version=version(share), cells={"score.opponent": 2})
    correcting.answer_corrections(by=asha, share_id=share, version=version(share), accept=["score.opponent"])
    match.refresh_from_db()
    theirs = Match.objects.get(owner=ravi)
    assert (match.state, match.result, theirs.score_user, theirs.result) == ("shared", "draw", 2, "draw")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "nothing_to_correct"),
        ({"score.owner": 2}, "nothing_to_correct"),
        ({"score.home": 2}, "unknown_cell"),
        ({"score.owner": 2.5}, "out_of_range"),
        ({"score.owner": 100}, "out_of_range"),
        ({"score.owner": True}, "out_of_range"),
        ({"stats.shots.owner": -1}, "out_of_range"),
    ],
)
def test_what_is_no_correction(ravi: User, share: int, cells: Any, code: str) -> None:
    assert refusal(correcting.correct_share, by=ravi, share_id=share, version=version(share), cells=cells) == code


def test_after_they_agreed_either_may_propose_and_the_other_decides(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    theirs = agreed(ravi, share)
    correcting.correct_share(by=asha, share_id=share, version=version(share), cells={"stats.shots.owner": 10})
    theirs.refresh_from_db()
    assert theirs.stats["shots"]["opponent"] == 9
    other = {"stats.shots.owner": 11}
    assert (
        refusal(correcting.correct_share, by=ravi, share_id=share, version=version(share), cells=other)
        == "answer_first"
    )
    correcting.correct_share(by=ravi, share_id=share, version=version(share), cells={"score.owner": 3})
    correcting.answer_corrections(by=ravi, share_id=share, version=version(share), accept=["stats.shots.owner"])
    correcting.answer_corrections(by=asha, share_id=share, version=version(share), decline=["score.owner"])
    theirs.refresh_from_db()
    match.refresh_from_db()
    assert (match.stats["shots"], theirs.stats["shots"]) == ({"user": 10, "opponent": 6}, {"user": 6, "opponent": 10})
    assert (match.score_user, theirs.score_opponent, row(share).state, row(share).correction) == (2, 2, "agreed", None)


@pytest.mark.parametrize("who", ["asha", "ravi"])
def test_who_leaves_takes_only_their_own(asha: User, ravi: User, match: Match, share: int, who: str) -> None:
    theirs = agreed(ravi, share)
    leaver, stays, kept = (asha, ravi, theirs) if who == "asha" else (ravi, asha, match)
    leaving.leave_share(by=leaver, share_id=share)
    kept.refresh_from_db()
    assert (kept.state, Match.objects.count()) == ("confirmed", 1)
    assert (summary_of(leaver).total, summary_of(stays).total) == (0, 1)
    assert (
        said(stays)[0]
        == f"{who} left the match that you shared ({kept.score_user}:{kept.score_opponent}). Yours stays."
    )
    assert refusal(leaving.leave_share, by=leaver, share_id=share) == "no_share"


def test_nobody_leaves_what_was_not_agreed_nor_takes_back_what_was(asha: User, ravi: User, share: int) -> None:
    assert refusal(leaving.leave_share, by=ravi, share_id=share) == "not_agreed"
    agreed(ravi, share)
    assert refusal(sharing.withdraw_share, by=asha, share_id=share) == "already_agreed"
    assert refusal(agreeing.decline, by=ravi, share_id=share) == "already_agreed"
    assert Match.objects.count() == 2


def test_a_link_is_good_for_one_person_and_kept_nowhere(asha: User, ravi: User, match: Match) -> None:
    link, is_new = sharing.link_match(by=asha, match_id=match.pk)
    assert (is_new, sharing.link_match(by=asha, match_id=match.pk)) == (True, (link, False))
    assert link.token not in str([*Share.objects.values()])
    assert refusal(sharing.take_link, by=asha, token=link.token) == "own_match"
    assert sharing.take_link(by=ravi, token=link.token) == link.share
    assert sharing.take_link(by=ravi, token=link.token) == link.share
    assert refusal(sharing.take_link, by=make_person("mira"), token=link.token) == "invite_used"
    assert agreed(ravi, link.share).state == "shared"


def test_a_link_ends_leads_nowhere_once_taken_back_and_for_those_who_block(
    asha: User, ravi: User, match: Match
) -> None:
    link, _ = sharing.link_match(by=asha, match_id=match.pk)
    block_user(by=asha, user_id=ravi.pk)
    assert refusal(sharing.take_link, by=ravi, token=link.token) == "no_invite"
    Share.objects.update(expires_at=PLAYED)
    again, is_new = sharing.link_match(by=asha, match_id=match.pk)
    assert (is_new, again.token != link.token) == (True, True)
    assert refusal(sharing.take_link, by=ravi, token=link.token) == "no_invite"
    sharing.withdraw_share(by=asha, share_id=again.share)
    assert refusal(sharing.take_link, by=make_person("mira"), token=again.token) == "no_invite"
    assert match.stats == STATS


def test_verify_names_copies_that_do_not_mirror_each_other(asha: User, ravi: User, match: Match, share: int) -> None:
    """PR13, S7: what both agreed on says the same in both lists; what one of them knows beside is theirs."""
    theirs = agreed(ravi, share)
    theirs.stats |= {"saves": {"user": 3, "opponent": None}}
    theirs.save()
    assert [*find_differences()] == []
    broken: list[dict[str, Any]] = [
        {"stats": MIRRORED | {"shots": {"user": 6, "opponent": 10}}},
        {"score_user": 2, "result": "draw"},
        {"state": "confirmed"},
        {"opponent": None},
        {"owner": make_person("mira")},
    ]
    for change in broken:
        fields = {name: getattr(theirs, name) for name in change}
        Match.objects.filter(pk=theirs.pk).update(**change)
        [words] = find_differences()
        assert str(match.pk) in words, change
        Match.objects.filter(pk=theirs.pk).update(**fields)
    Share.objects.update(mirror=None)
    assert len([*find_differences()]) == 2  # the share has no copy, and the copy no share
