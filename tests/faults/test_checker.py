"""The judge itself: whoever loses, doubles, reorders or invents a message is named, and nobody else."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.faults.checker import differences
from tests.faults.journal import Kept, Listening, Said, Speaking

Case = tuple[list[Kept], Speaking, Listening]


def make_case() -> Case:
    """Five messages that were said, acknowledged, kept and heard; a sixth that is unknown to its sender and kept."""
    speaking, kept = Speaking("asha"), []
    for seq in range(1, 7):
        said = Said(uuid4(), f"message {seq}")
        speaking.say(said)
        kept.append(Kept(seq, said.client_id, said.text))
        if seq < 6:
            speaking.acknowledge(said, seq, said.text)
    return kept, speaking, Listening("ravi", list(kept))


def lost(case: Case) -> None:
    del case[0][4:], case[2].heard[4:]


def doubled(case: Case) -> None:
    again = Kept(7, case[0][2].client_id, case[0][2].text)
    case[0].append(again)
    case[2].heard.append(again)


def with_a_hole(case: Case) -> None:
    case[0][5] = replace(case[0][5], seq=7)
    case[2].heard[5] = case[0][5]


def invented(case: Case) -> None:
    case[0].append(Kept(7, uuid4(), "nobody said this"))
    case[2].heard.append(case[0][-1])


def changed(case: Case) -> None:
    case[0][1] = replace(case[0][1], text="other words")
    case[2].heard[1] = case[0][1]


def refused(case: Case) -> None:
    stray = Said(uuid4(), "not welcome")
    case[1].say(stray)
    case[1].refuse(stray, "internal")


def kept_though_refused(case: Case) -> None:
    case[1].refuse(case[1].said[case[0][5].client_id], "internal")


def answered_twice(case: Case) -> None:
    case[1].acknowledge(case[1].said[case[0][0].client_id], 4, "message 1")


def moved(case: Case) -> None:
    case[1].acknowledged[case[0][0].client_id] = 2


def unheard(case: Case) -> None:
    del case[2].heard[2]


def heard_twice(case: Case) -> None:
    case[2].heard.insert(3, case[2].heard[2])


def heard_late(case: Case) -> None:
    case[2].heard[1:3] = case[2].heard[2:0:-1]


def heard_from_nobody(case: Case) -> None:
    case[2].heard.append(Kept(7, uuid4(), "a voice"))


def test_what_is_whole_has_no_difference() -> None:
    kept, speaking, listening = make_case()
    assert differences(kept, [speaking], [listening]) == []


def test_what_its_sender_does_not_know_may_be_kept_or_not() -> None:
    kept, speaking, listening = make_case()
    del kept[5], listening.heard[5]
    assert differences(kept, [speaking], [listening]) == []


@pytest.mark.parametrize(
    ("break_it", "name"),
    [
        (lost, "lost"),
        (doubled, "doubled"),
        (with_a_hole, "hole"),
        (invented, "invented"),
        (changed, "invented"),
        (refused, "refused"),
        (kept_though_refused, "kept though refused"),
        (answered_twice, "contradicted"),
        (moved, "lost"),
        (unheard, "unheard"),
        (heard_twice, "doubled"),
        (heard_late, "reordered"),
        (heard_from_nobody, "invented"),
    ],
)
def test_every_kind_of_difference_is_named(break_it: Callable[[Case], None], name: str) -> None:
    case = make_case()
    break_it(case)
    kept, speaking, listening = case
    assert differences(kept, [speaking], [listening])[0].startswith(name)
