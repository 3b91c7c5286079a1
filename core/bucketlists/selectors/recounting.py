"""Counting everything again: what votes, tallies, chains and results claim, against the ballots and reactions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db.models import Count, Q

from core.bucketlists import tally
from core.bucketlists.models import Ballot, Item, List, Membership, Round, Vote
from core.bucketlists.selectors.conversations import find_miscounts
from core.bucketlists.selectors.items import REACTIONS
from core.bucketlists.selectors.sight import count_ghosts
from core.bucketlists.selectors.voting import result

Standings = dict[tuple[int, str], tally.Standing]


def find_differences() -> Iterator[str]:
    """Lists whose rows contradict their log, or of which somebody is told what they may not see; deleted ones too.

    Eight queries for each list, more for each sealed round, and two for the comments of all.
    """
    for row in List.objects.order_by("pk").iterator():
        for difference in (*_owners(row), *_votes(row), *_reactions(row), *_ghosts(row)):
            yield f"list {row.pk}: {difference}"
    yield from find_miscounts()


def _owners(row: List) -> Iterator[str]:
    owners = Membership.objects.filter(list=row, role=Membership.Role.OWNER).count()
    if owners != 1:
        yield f"{owners} owners"


def _votes(row: List) -> Iterator[str]:
    ballots = list(Ballot.objects.filter(list=row).order_by("seq"))
    if [it.seq for it in ballots] != list(range(1, row.votes_head + 1)):
        yield f"the seqs of its ballots are not 1 to {row.votes_head}"
    rounds = {number: list(some) for number, some in groupby(ballots, key=lambda it: it.round)}
    running = rounds.get(row.round, [])
    if running and row.votes_hash != tally.head_hash(row.pk, row.round, running):
        yield "the running round's ballots do not lead to its head"
    yield from _standing(row, tally.replay(running))
    for sealed in Round.objects.filter(list=row, sealed_at__isnull=False):
        yield from _sealed(sealed, rounds.get(sealed.number, []))


def _standing(row: List, replayed: Standings) -> Iterator[str]:
    """What the running round's ballots lead to, against the current votes, and these against the counters."""
    votes = list(Vote.objects.filter(item__list=row).select_related("voter"))
    standing = {(it.item_id, it.voter.ref): tally.Standing(it.choice, it.counts) for it in votes}
    for item_id, voter_ref in sorted(key for key in replayed | standing if replayed.get(key) != standing.get(key)):
        yield f"item {item_id}: the vote of {voter_ref} is not what its ballots say"
    counted = Counter((it.item_id, it.is_guest, it.choice) for it in votes if it.counts)
    for item in Item.objects.filter(list=row):
        for kind, is_guest in (("member", False), ("guest", True)):
            for choice in Vote.Choice.values:
                claimed, count = getattr(item, f"{kind}_{choice}votes"), counted[item.pk, is_guest, choice]
                if claimed != count:
                    yield f"item {item.pk}: {claimed} {kind}_{choice}votes, counted {count}"


def _sealed(sealed: Round, ballots: Sequence[Ballot]) -> Iterator[str]:
    claimed = result(sealed)
    ends = (ballots[0].seq, ballots[-1].seq) if ballots else (0, 0)
    if (claimed.first_seq, claimed.last_seq) != ends:
        yield f"round {sealed.number}: its result names other ballots"
    if claimed.head_hash != tally.head_hash(claimed.list, sealed.number, ballots):
        yield f"round {sealed.number}: its ballots do not lead to the head of its result"
    counts = tally.count(tally.replay(ballots))
    for item in claimed.items:
        if counts.get(item.id, tally.Count()) != tally.Count(item.upvotes_count, item.downvotes_count):
            yield f"round {sealed.number}: its ballots say something else of item {item.id}"


def _ghosts(row: List) -> Iterator[str]:
    if ghosts := count_ghosts(row):
        yield f"{ghosts} notifications are shown to who may not see them, or kept from who may"


def _reactions(row: List) -> Iterator[str]:
    kinds = {kind: Count("reactions", filter=Q(reactions__kind=kind)) for kind in REACTIONS}
    counted = {f"counted_{kind}": count for kind, count in kinds.items()}
    for item in Item.objects.filter(list=row).annotate(**counted):
        for kind in REACTIONS:
            if getattr(item, kind) != getattr(item, f"counted_{kind}"):
                yield f"item {item.pk}: {getattr(item, kind)} {kind}, counted {getattr(item, f'counted_{kind}')}"
