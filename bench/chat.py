"""Acknowledged, durable posts per second through sockets: `python -m bench.chat`, two minutes, loopback only.

The same load for all: sockets that post, wait for the answer that follows the commit, and post again. Beside this app
stands the same app with one transaction a message, and a stock consumer that saves each message by itself.
"""

import argparse
import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.children import Child, cpu_us, raise_file_limit, start_module
from bench.report import markdown, middle
from bench.settling import DATABASES, Home, listening, settle, start_guildhall

PEOPLE = 50
GROUP, ALONE, STOCK = "guildhall", "guildhall, one transaction a message", "stock consumer, one transaction a message"


@dataclass(frozen=True, kw_only=True)
class Talked:
    """`kept` messages stand in the database, `acks` of them were acknowledged to this load; `per_s` are acks."""

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float  # of the server, an ack
    acks: int
    kept: int
    load_busy: float  # share of a core that the load took


def measure(database: str, peer: str, sockets: int, for_s: float) -> Talked:
    """One peer on a fresh database, with a fresh load."""
    with contextlib.ExitStack() as stack:
        home = settle(stack, database, sockets, people=PEOPLE)
        server = PEERS[peer](stack, home)
        load = stack.enter_context(start_module("bench.talking"))
        greetings = [[json.dumps({"id": 1, "op": "hello", "token": token})] for token in home.tokens]
        load.ask({"do": "connect", "port": home.port, "greetings": (greetings * sockets)[:sockets]})
        warm = load.ask({"do": "talk", "for_s": 1, "in_flight": sockets})
        began_us = cpu_us(server.pid)
        talked = load.ask({"do": "talk", "for_s": for_s, "in_flight": sockets})
        spent_us = cpu_us(server.pid) - began_us
        kept = _kept(home)
    acks = warm["acks"] + talked["acks"]
    if acks != kept or talked["refused"]:
        raise RuntimeError(f"{peer}: {acks} acknowledged, {kept} kept, {talked['refused']} refused")
    return Talked(
        per_s=talked["acks"] / talked["took_s"],
        p50_ms=talked["p50_ms"],
        p99_ms=talked["p99_ms"],
        cpu_us=spent_us / talked["acks"],
        acks=acks,
        kept=kept,
        load_busy=talked["cpu_s"] / talked["took_s"],
    )


def _start_stock(stack: contextlib.ExitStack, home: Home) -> Child:
    serve = start_module("bench.serving", "stock_chat", "uvicorn", str(home.port), env=home.env)
    return listening(stack, home, serve)


PEERS: dict[str, Callable[[contextlib.ExitStack, Home], Child]] = {
    GROUP: start_guildhall,
    ALONE: partial(start_guildhall, TEST_SWITCHED_OFF="live.group_commit"),
    STOCK: _start_stock,
}


def _kept(home: Home) -> int:
    count: int = home.ask("from core.chat.models import Message; print(Message.objects.count())")
    return count


Runs = dict[tuple[str, str], list[Talked]]


def table(runs: Runs) -> str:
    """A row per database and peer: medians, and how many times as many posts as the peers with a transaction each."""
    head = ["", "posts/s", "p50, ms", "p99, ms", "CPU a post, µs", "times one transaction a message", "times stock"]
    rows = []
    for (database, peer), talked in runs.items():
        per_s = middle([one.per_s for one in talked], ",.0f")
        times = [_times(talked, runs.get((database, other))) for other in (ALONE, STOCK)]
        figures = [[one.p50_ms for one in talked], [one.p99_ms for one in talked], [one.cpu_us for one in talked]]
        rows.append([f"{database}: {peer}", per_s, *(middle(values, ",.1f") for values in figures), *times])
    return markdown(head, rows)


def _times(talked: list[Talked], others: list[Talked] | None) -> str:
    return middle([a.per_s / b.per_s for a, b in zip(talked, others, strict=True)], ".1f") if others else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--databases", nargs="*", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--only", nargs="*", choices=list(PEERS), default=list(PEERS), metavar="PEER")
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    arguments = parser.parse_args()
    raise_file_limit(arguments.sockets + 200)
    runs: Runs = {(database, peer): [] for database in arguments.databases for peer in arguments.only}
    for number in range(1, arguments.repeat + 1):
        for (database, peer), talked in runs.items():
            print(f"round {number}: {database}, {peer}", flush=True)
            talked.append(measure(database, peer, arguments.sockets, arguments.seconds))
            print(talked[-1], flush=True)
    print(f"\n{table(runs)}\n")
    if arguments.out:
        raw = {f"{database}: {peer}": [asdict(one) for one in talked] for (database, peer), talked in runs.items()}
        arguments.out.write_text(json.dumps(raw, indent=1))


if __name__ == "__main__":
    main()
