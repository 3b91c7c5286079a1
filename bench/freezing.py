"""How exactly lists freeze for who watches them: `python -m bench.freezing`, five minutes, loopback only.

Once fifty lists whose deadlines come one after the other, with no clock and no worker running; once five hundred that
share one deadline, with both, until every round is sealed.
"""

import argparse
import contextlib
import json
import sys
import time
import urllib.request
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.children import Child, raise_file_limit, start_module
from bench.peers import MANAGE
from bench.report import markdown, middle
from bench.settling import DATABASES, Home, listening, settle, start_guildhall

ITEMS = 5
SEAL_WITHIN_S = 120
SEALED = """
import json
from core.bucketlists.models import Round
rounds = Round.objects.select_related("list")
late = [(it.sealed_at - it.list.decision_deadline).total_seconds() for it in rounds if it.sealed_at]
exact = all(it.list.frozen_at == it.list.decision_deadline for it in rounds if it.sealed_at)
print(json.dumps([len(late), max(late, default=0), exact]))
"""


@dataclass(frozen=True, kw_only=True)
class Froze:
    """From the deadline to the screen, over everybody who watched; `sealed_s` from the deadline to the last seal."""

    lists: int
    watchers: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    sealed_s: float | None


def measure(
    database: str, *, lists: int, watchers: int, apart_s: float, lead_s: float, people: int, jobs: bool
) -> Froze:
    """So many lists with as many watchers each, whose deadlines come `apart_s` apart, the first `lead_s` after they
    were set."""
    with contextlib.ExitStack() as stack:
        home = settle(stack, database, sockets=lists * watchers, people=people)
        ids = [row["id"] for row in home.run("bench.listing", str(lists), str(ITEMS))]
        start_all(stack, home, database) if jobs else start_guildhall(stack, home)
        load = stack.enter_context(start_module("bench.watching"))
        topics = [f"list.{list_id}" for list_id in ids for _ in range(watchers)]
        load.ask({"do": "connect", "port": home.port, "greetings": _greetings(home, topics)})
        load.ask({"do": "freezes", "within_s": 60 + lead_s + lists * apart_s})
        closes = _set_deadlines(home, ids, lead_s, apart_s)
        late_ms = sorted((at - closes[topic]) / 1e6 for topic, at in load.hear()["seen"])
        sealed_s = _last_seal(home, lists) if jobs else None
    if len(late_ms) != len(topics) or late_ms[0] < 0:
        raise RuntimeError(f"{len(late_ms)} of {len(topics)} saw the freeze, the first {late_ms[:1]} ms after it")
    return Froze(
        lists=lists,
        watchers=len(topics),
        p50_ms=late_ms[len(late_ms) // 2],
        p99_ms=late_ms[len(late_ms) * 99 // 100],
        worst_ms=late_ms[-1],
        sealed_s=sealed_s,
    )


def start_all(stack: contextlib.ExitStack, home: Home, database: str) -> None:
    """The web, a worker and the clock: in one process embedded, in three in production."""
    manage = (sys.executable, str(MANAGE))
    if database == "SQLite":
        listening(stack, home, Child(*manage, "serve", "--port", str(home.port), env=home.env))
        return
    start_guildhall(stack, home)
    for process in ("work", "clock"):
        stack.enter_context(Child(*manage, process, env=home.env))


def _greetings(home: Home, topics: list[str]) -> list[list[str]]:
    return [
        [
            json.dumps({"id": 1, "op": "hello", "token": home.tokens[number % len(home.tokens)]}),
            json.dumps({"id": 2, "op": "subscribe", "topic": topic}),
        ]
        for number, topic in enumerate(topics)
    ]


def _set_deadlines(home: Home, ids: list[int], lead_s: float, apart_s: float) -> dict[str, int]:
    """By the owner, over REST, as a page does it; answers the instants by topic, in nanoseconds since 1970."""
    first = datetime.now(UTC) + timedelta(seconds=lead_s)
    closes = {}
    for number, list_id in enumerate(ids):
        at = first + timedelta(seconds=apart_s) * number
        body = json.dumps({"decision_deadline": at.isoformat()}).encode()
        headers = {"Authorization": f"Bearer {home.tokens[0]}", "Content-Type": "application/json"}
        address = f"http://127.0.0.1:{home.port}/api/bucketlists/{list_id}/"
        urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PATCH")).read()
        closes[f"list.{list_id}"] = round(at.timestamp() * 1e6) * 1000
    if datetime.now(UTC) > first:
        raise RuntimeError(f"setting {len(ids)} deadlines took longer than {lead_s} s")
    return closes


def _last_seal(home: Home, lists: int) -> float:
    ends = time.monotonic() + SEAL_WITHIN_S
    while True:
        sealed, last_s, exact = home.ask(SEALED)
        if sealed == lists and exact:
            return float(last_s)
        if time.monotonic() > ends or not exact:
            raise RuntimeError(f"{sealed} of {lists} are sealed, exactly at their deadline: {exact}")
        time.sleep(0.5)


def table(runs: dict[str, list[Froze]]) -> str:
    head = ["", "watchers", "seen p50, ms", "seen p99, ms", "seen at the latest, ms", "last seal, s"]
    rows = []
    for name, froze in runs.items():
        figures = [[one.p50_ms for one in froze], [one.p99_ms for one in froze], [one.worst_ms for one in froze]]
        seals = [one.sealed_s for one in froze if one.sealed_s is not None]
        shown = [*(middle(values, ",.1f") for values in figures), middle(seals, ".2f") if seals else ""]
        rows.append([name, str(froze[0].watchers), *shown])
    return markdown(head, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=int, default=50, help="with deadlines one after the other")
    parser.add_argument("--watchers", type=int, default=20, help="of each of those")
    parser.add_argument("--sharing", type=int, default=500, help="lists that share one deadline, with a watcher each")
    parser.add_argument("--people", type=int, default=10, help="who are on each list, and told that it closed")
    parser.add_argument("--lead-s", type=float, default=45, help="from setting deadlines to the first one")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--databases", nargs="*", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    arguments = parser.parse_args()
    raise_file_limit(max(arguments.lists * arguments.watchers, arguments.sharing) + 200)
    alone = {"lists": arguments.lists, "watchers": arguments.watchers, "apart_s": 0.2, "jobs": False}
    shared = {"lists": arguments.sharing, "watchers": 1, "apart_s": 0.0, "jobs": True}
    kinds = {f"{arguments.lists} one after the other": alone, f"{arguments.sharing} at once": shared}
    runs: dict[str, list[Froze]] = {f"{it}: {kind}": [] for it in arguments.databases for kind in kinds}
    for number in range(1, arguments.repeat + 1):
        for name, froze in runs.items():
            database, _, kind = name.partition(": ")
            print(f"round {number}: {name}", flush=True)
            kept = {"lead_s": arguments.lead_s, "people": arguments.people}
            froze.append(measure(database, **kept, **kinds[kind]))
            print(froze[-1], flush=True)
    print(f"\n{table(runs)}\n")
    if arguments.out:
        raw = {name: [asdict(one) for one in froze] for name, froze in runs.items()}
        arguments.out.write_text(json.dumps(raw, indent=1))


if __name__ == "__main__":
    main()
