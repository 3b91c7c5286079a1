"""S7: two people who both have the match: equal pictures, an edited one, a wrong game; detected, joined or said."""

import pytest

from core.accounts.models import User
from core.tracker.models import Match
from core.tracker.selectors import sharing as seen
from core.tracker.selectors.summary import summary_of
from core.tracker.services import agreeing, confirm_match, correcting, sharing
from tests.core.tracker.played import MIRRORED, pictured, played, version
from tests.core.tracker.shares.people import agreed, refusal, row

pytestmark = pytest.mark.django_db


def test_an_equal_match_of_the_opponent_is_joined_and_counts_once(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    """Both uploaded pictures of the match before."""
    own = played(ravi, (1, 2), stats=MIRRORED | {"fouls": {"user": 1, "opponent": 2}})
    pictured(own)
    pictured(match, b"the other phone's screenshot")
    [found] = seen.candidates(ravi, share).results
    assert (found.match, found.verdict, found.differences, found.same_picture) == (own.pk, "equal", [], False)
    assert agreed(ravi, share) == own
    own.refresh_from_db()
    assert (own.state, own.opponent, own.stats["fouls"], summary_of(ravi).total) == (
        "shared", asha, {"user": 1, "opponent": 2}, 1,
    )  # fmt: skip
    shown = seen.see_share(asha, share).share
    assert (len(shown.owner_pictures), len(shown.opponent_pictures)) == (1, 1)


def test_an_edited_picture_becomes_a_disagreement_with_both_pictures(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    own = played(ravi, (3, 2), stats=MIRRORED)
    pictured(own, b"edited")
    pictured(match)
    agreeing.bring_match(by=ravi, share_id=share, version=version(share), match_id=own.pk)
    shown = seen.see_share(asha, share)
    [score] = [it for it in shown.rows if it.corrections]
    assert (score.key, score.opponent, score.corrections[0].value) == ("score", 1, 3)
    assert (shown.share.state, len(shown.share.owner_pictures), len(shown.share.opponent_pictures)) == (
        "corrected",
        1,
        1,
    )
    correcting.answer_corrections(by=asha, share_id=share, version=version(share), decline=["score.opponent"])
    assert row(share).state == "disputed"
    agreeing.agree(by=ravi, share_id=share, version=version(share))
    own.refresh_from_db()
    assert (own.state, own.score_user, Match.objects.count()) == ("shared", 1, 2)


def test_a_match_of_another_game_or_another_match_is_said(asha: User, ravi: User, match: Match, share: int) -> None:
    pictured(match)
    wrong = played(ravi, (1, 2), stats=MIRRORED, game="ea_fc_24")
    pictured(wrong)
    another = played(ravi, (0, 4), stats={"shots": {"user": 1, "opponent": 2}})
    for own, code in ((wrong, "other_game"), (another, "other_match")):
        bring = {"by": ravi, "share_id": share, "version": version(share), "match_id": own.pk}
        assert refusal(agreeing.bring_match, **bring) == code
    [found] = seen.candidates(ravi, share).results
    assert (found.match, found.verdict, found.same_picture) == (wrong.pk, "other_game", True)
    assert (
        refusal(agreeing.bring_match, by=ravi, share_id=share, version=version(share), match_id=match.pk) == "no_match"
    )


def test_a_picture_that_comes_later_takes_the_place_of_the_copy(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    copy = agreed(ravi, share)
    own = played(ravi, (1, 2), stats=MIRRORED | {"passes": {"user": 121, "opponent": 132}})
    pictured(own)
    agreeing.bring_match(by=ravi, share_id=share, version=version(share), match_id=own.pk)
    own.refresh_from_db()
    assert not Match.objects.filter(pk=copy.pk).exists()
    assert (own.state, own.stats["passes"], row(share).state, row(share).mirror) == (
        "shared", MIRRORED["passes"], "agreed", own,
    )  # fmt: skip
    assert list(row(share).correction or {}) == ["stats.passes.opponent"]
    assert summary_of(ravi).total == 1


def test_who_confirms_their_own_picture_after_they_agreed_counts_it_once(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    agreed(ravi, share)
    own = played(ravi, (1, 2), stats=MIRRORED)
    pictured(own)
    confirm_match(by=ravi, match_id=own.pk)
    own.refresh_from_db()
    assert (own.state, row(share).mirror, summary_of(ravi).total) == ("shared", own, 1)
    other = played(ravi, (1, 2), stats=MIRRORED)
    confirm_match(by=ravi, match_id=other.pk)
    assert summary_of(ravi).total == 2  # with its picture there, nobody knows that this is no other match


def test_few_equal_numbers_join_nothing_by_themselves(asha: User, ravi: User) -> None:
    bare = played(asha, (1, 0), stats={})
    other = played(ravi, (0, 1), stats={})
    share = sharing.offer_match(by=asha, match_id=bare.pk, username="ravi")
    agreeing.agree(by=ravi, share_id=share, version=version(share))
    other.refresh_from_db()
    assert (other.state, Match.objects.filter(owner=ravi).count()) == ("confirmed", 2)


def test_two_who_ask_each_other_about_the_same_match_end_with_one(
    asha: User, ravi: User, match: Match, share: int
) -> None:
    own = played(ravi, (1, 2), stats=MIRRORED)
    back = sharing.offer_match(by=ravi, match_id=own.pk, username="asha")
    agreeing.agree(by=ravi, share_id=share, version=version(share))
    assert (Match.objects.filter(state="shared").count(), Match.objects.count(), row(back).state) == (2, 2, "withdrawn")
