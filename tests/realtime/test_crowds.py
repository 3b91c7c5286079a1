"""C20, the law between processes: what was heard of a crowd, in whatever pieces and order, ends as the crowd itself."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from core.accounts.models import Profile, User
from realtime.bells import Bell
from realtime.live.presence import Roster
from realtime.presence import BELL_PEOPLE, GRACE_S, REMOVED, Crowd

BLOCK = BELL_PEOPLE // 2 + 7  # so that a roster needs several bells


def people(block: int, count: int = BLOCK) -> dict[int, User]:
    users = [User(id=block * BLOCK + number, username=f"p{block}.{number}") for number in range(count)]
    return {Profile(user=user).user.id: user for user in users}


BLOCKS = [people(block) for block in range(6)]
STEADY = BLOCKS[0]


def crowd_of(users: dict[int, User]) -> Crowd:
    crowd = Crowd(itertools.count(1).__next__)
    crowd.look(users, 0.0)
    return crowd


def heard(crowd: Crowd) -> Roster:
    roster = Roster()
    for bell in crowd.bells(0):
        assert roster.take(bell)
    return roster


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["come", "go", "pass", "tell", "tell", "ask", "hear", "hear", "late", "lose"]),
            st.integers(1, 5),
        ),
        max_size=60,
    )
)
def test_a_crowd_heard_in_pieces_is_the_crowd_itself(actions: list[tuple[str, int]]) -> None:
    """Bells are lost, late, doubled; whoever stays is never shown as gone, and one more roll-call mends everything."""
    users, now = dict(STEADY), 0.0
    crowd, roster = crowd_of(users), Roster()
    bells: list[Bell] = []
    steady_shown: set[int] = set()
    for action, number in actions:
        match action:
            case "come":
                users |= BLOCKS[number]
            case "go":
                users = {user_id: user for user_id, user in users.items() if user_id not in BLOCKS[number]}
            case "pass":
                now += 4 * number
            case "tell":
                bells += crowd.bells(crowd.told)
                crowd.told = crowd.version
            case "ask":
                bells += crowd.bells(roster.version)
            case "hear" if bells:
                roster.take(bells.pop(0))
            case "late" if bells:
                bell = bells.pop(number % len(bells))
                roster.take(bell)
                roster.take(bell)
            case "lose" if bells:
                bells.pop(number % len(bells))
        crowd.look(users, now)
        shown = STEADY.keys() & (roster.former | roster.cards).keys()
        assert steady_shown <= shown
        steady_shown = set(shown)
    for bell in crowd.bells(roster.version):
        assert roster.take(bell)
    assert (roster.cards, roster.former) == (crowd.cards, {})


def test_a_bell_holds_so_many_people_at_most() -> None:
    everybody = {user_id: user for block in BLOCKS for user_id, user in block.items()}
    bells = list(crowd_of(everybody).bells(0))
    assert len(bells) == -(-len(everybody) // BELL_PEOPLE)
    assert max(len(bell["here"]) for bell in bells) == BELL_PEOPLE


def test_a_bell_with_a_hole_before_it_changes_nothing() -> None:
    crowd = crowd_of(BLOCKS[1])
    roster = heard(crowd)
    crowd.look(BLOCKS[1] | BLOCKS[2], 1.0)
    lost = crowd.version
    crowd.look(BLOCKS[1] | BLOCKS[2] | BLOCKS[3], 2.0)
    [bell, *_] = crowd.bells(lost)
    assert not roster.take(bell)
    assert roster.cards.keys() == BLOCKS[1].keys()


def test_who_passes_through_leaves_nothing_behind_for_long() -> None:
    """However many come and go, what is remembered is bounded by who is there; and old versions still lead on."""
    steady = BLOCKS[0] | BLOCKS[1] | BLOCKS[2]
    crowd = crowd_of(steady)
    roster = heard(crowd)
    for number in range(1, 40):
        passing = people(100 + number, 50)
        crowd.look(steady | passing, number * 100.0)
        crowd.look(steady, number * 100.0 + 1)
        crowd.look(steady, number * 100.0 + 2 + GRACE_S)
    assert crowd.cards.keys() == steady.keys()
    assert len(crowd._changed) <= 2 * len(steady) + REMOVED
    assert not crowd._left
    bells = list(crowd.bells(roster.version))
    assert len(bells) > 1
    for bell in bells:
        assert roster.take(bell)
        assert (roster.former | roster.cards).keys() >= steady.keys()
    assert roster.cards == crowd.cards
