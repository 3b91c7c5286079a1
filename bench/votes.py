"""Acknowledged, durable votes per second through sockets: `python -m bench.votes`, four minutes, loopback only.

A thousand people vote on one list, each as soon as the vote before is answered, which follows its commit; beside it
stands the same app with one transaction a vote. Then a thousand people watch while others vote at an even pace.
"""

import argparse
import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.children import Child, cpu_us, raise_file_limit, start_module
from bench.report import markdown, middle
from bench.settling import DATABASES, Home, settle, start_guildhall

ITEMS = 10
GROUP, ALONE = "guildhall", "guildhall, one transaction a vote"
PEERS = {GROUP: dict[str, str](), ALONE: {"TEST_SWITCHED_OFF": "live.group_commit"}}
QUIET_S = 3.0  # no delta for so long: nothing is under way any more
KEPT = """
import json
from core.bucketlists import tally
from core.bucketlists.models import Ballot, Item, List
row = List.objects.get()
ballots = list(Ballot.objects.filter(list=row).order_by("seq"))
counts = tally.count(tally.replay(ballots))
told = {i.pk: (i.member_upvotes, i.member_downvotes) for i in Item.objects.all()}
same = told == {pk: (counts[pk].upvotes, counts[pk].downvotes) if pk in counts else (0, 0) for pk in told}
print(json.dumps([len(ballots), same and tally.head_hash(row.pk, row.round, ballots) == row.votes_hash]))
"""


@dataclass(frozen=True, kw_only=True)
class Voted:
    """`ballots` stand in the database, as many as were acknowledged, and a recount of them gives the tallies."""

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float  # of the server, a vote
    ballots: int
    load_busy: float  # share of a core that the load took


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What watching costs and how soon it is whole: `last_ms` from the last answer to a voter to the last delta."""

    votes_per_s: float
    frames_per_s: float  # a viewer's
    last_ms: float
    vote_p99_ms: float
    cpu_share: float  # of a core, the server's


def measure_votes(database: str, peer: str, voters: int, for_s: float) -> Voted:
    """As many votes as get through, on a fresh database with a fresh load."""
    with contextlib.ExitStack() as stack:
        home = settle(stack, database, sockets=10, people=voters)
        [row] = home.run("bench.listing", "1", str(ITEMS))
        server = start_guildhall(stack, home, **PEERS[peer])
        load = _voters(stack, home, row)
        warm = load.ask({"do": "talk", "for_s": 1, "in_flight": voters})
        began_us = cpu_us(server.pid)
        voted = load.ask({"do": "talk", "for_s": for_s, "in_flight": voters})
        spent_us = cpu_us(server.pid) - began_us
        ballots = _recount(home, acknowledged=warm["acks"] + voted["acks"], refused=warm["refused"] + voted["refused"])
    return Voted(
        per_s=voted["acks"] / voted["took_s"],
        p50_ms=voted["p50_ms"],
        p99_ms=voted["p99_ms"],
        cpu_us=spent_us / voted["acks"],
        ballots=ballots,
        load_busy=voted["cpu_s"] / voted["took_s"],
    )


def measure_watching(database: str, viewers: int, per_s: float, for_s: float) -> Watched:
    """So many people vote `per_s` times a second altogether and watch as well, each with a socket for either."""
    with contextlib.ExitStack() as stack:
        home = settle(stack, database, sockets=10, people=viewers)
        [row] = home.run("bench.listing", "1", str(ITEMS))
        server = start_guildhall(stack, home)
        load, watchers, late = _voters(stack, home, row), _watchers(stack), _watchers(stack)
        watchers.ask({"do": "connect", "port": home.port, "greetings": _greetings(home, row["id"])})
        watchers.ask({"do": "watch", "for_s": for_s, "quiet_s": QUIET_S})
        began_us = cpu_us(server.pid)
        voted = load.ask({"do": "pace", "for_s": for_s, "per_s": per_s})
        cpu_share = (cpu_us(server.pid) - began_us) / voted["took_s"] / 1e6
        watched = watchers.hear()
        newest = late.ask({"do": "connect", "port": home.port, "greetings": _greetings(home, row["id"])[:1]})
        _recount(home, acknowledged=voted["acks"], refused=voted["refused"])
    if watched["seqs"] != newest["seqs"]:
        raise RuntimeError(f"viewers stand at {watched['seqs']}, who comes now at {newest['seqs']}")
    return Watched(
        votes_per_s=voted["acks"] / voted["took_s"],
        frames_per_s=watched["frames"] / viewers / voted["took_s"],
        last_ms=(watched["last_ns"] - voted["ended_ns"]) / 1e6,
        vote_p99_ms=voted["p99_ms"],
        cpu_share=cpu_share,
    )


def _voters(stack: contextlib.ExitStack, home: Home, row: dict[str, Any]) -> Child:
    load = stack.enter_context(start_module("bench.talking"))
    load.ask({"do": "connect", "port": home.port, "greetings": _greetings(home), "items": row["items"]})
    return load


def _watchers(stack: contextlib.ExitStack) -> Child:
    return stack.enter_context(start_module("bench.watching"))


def _greetings(home: Home, list_id: int | None = None) -> list[list[str]]:
    subscribe = [json.dumps({"id": 2, "op": "subscribe", "topic": f"list.{list_id}"})] if list_id else []
    return [[json.dumps({"id": 1, "op": "hello", "token": token}), *subscribe] for token in home.tokens]


def _recount(home: Home, *, acknowledged: int, refused: int) -> int:
    ballots, agrees = home.ask(KEPT)
    if ballots != acknowledged or refused or not agrees:
        raise RuntimeError(f"{acknowledged} acknowledged, {ballots} kept, {refused} refused, recount {agrees}")
    return int(ballots)


Runs = dict[tuple[str, str], list[Voted]]


def votes_table(runs: Runs) -> str:
    """A row per database and peer: medians, and how many times as many votes as with a transaction each."""
    head = ["", "votes/s", "p50, ms", "p99, ms", "CPU a vote, µs", "times one transaction a vote"]
    rows = []
    for (database, peer), voted in runs.items():
        figures = [[one.p50_ms for one in voted], [one.p99_ms for one in voted], [one.cpu_us for one in voted]]
        others = runs.get((database, ALONE), [])
        times = [a.per_s / b.per_s for a, b in zip(voted, others, strict=bool(others))]
        per_s = middle([one.per_s for one in voted], ",.0f")
        shown = [*(middle(values, ",.1f") for values in figures), middle(times, ".1f") if times else ""]
        rows.append([f"{database}: {peer}", per_s, *shown])
    return markdown(head, rows)


def watching_table(runs: dict[str, list[Watched]]) -> str:
    head = ["", "votes/s", "frames/s a viewer", "last tally after the last vote, ms", "vote p99, ms", "CPU, of a core"]
    rows = []
    for database, watched in runs.items():
        figures = [
            ([one.votes_per_s for one in watched], ",.0f"),
            ([one.frames_per_s for one in watched], ".2f"),
            ([one.last_ms for one in watched], ",.0f"),
            ([one.vote_p99_ms for one in watched], ",.1f"),
            ([one.cpu_share for one in watched], ".2f"),
        ]
        rows.append([database, *(middle(values, form) for values, form in figures)])
    return markdown(head, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--per-s", type=float, default=2000, help="votes a second while people watch")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--databases", nargs="*", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--only", nargs="*", choices=["votes", "watching"], default=["votes", "watching"])
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    arguments = parser.parse_args()
    raise_file_limit(2 * arguments.people + 200)
    wanted: Runs = {(database, peer): [] for database in arguments.databases for peer in PEERS}
    runs = wanted if "votes" in arguments.only else {}
    watching: dict[str, list[Watched]] = {database: [] for database in arguments.databases}
    for number in range(1, arguments.repeat + 1):
        for (database, peer), voted in runs.items():
            print(f"round {number}: {database}, {peer}", flush=True)
            voted.append(measure_votes(database, peer, arguments.people, arguments.seconds))
            print(voted[-1], flush=True)
        for database, watched in watching.items() if "watching" in arguments.only else ():
            print(f"round {number}: {database}, watched", flush=True)
            watched.append(measure_watching(database, arguments.people, arguments.per_s, arguments.seconds))
            print(watched[-1], flush=True)
    print(f"\n{votes_table(runs)}\n")
    if "watching" in arguments.only:
        print(f"{watching_table(watching)}\n")
    if arguments.out:
        raw: dict[str, Any] = {f"{it[0]}: {it[1]}": [asdict(one) for one in voted] for it, voted in runs.items()}
        raw |= {f"{database}: watched": [asdict(one) for one in watched] for database, watched in watching.items()}
        arguments.out.write_text(json.dumps(raw, indent=1))


if __name__ == "__main__":
    main()
