"""How long it takes to find a rank among many: `python -m bench.boards`, two minutes, loopback only.

A board of a thousand, a hundred thousand and a million people: in each index, and in each database, which counts who
has more, with the columns and the partial index of the app's own table. All are filled first; then rounds go over
all, so that what else the machine does falls on all alike. A round's figure is the median of its calls, by the clock.
"""

import argparse
import contextlib
import gc
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

import psycopg
from redis import ConnectionPool

from bench.report import markdown, middle
from core.boards.ranks import LocalRanks, Place, Ranks
from core.boards.shared_ranks import SharedRanks
from core.management.local_services import create_database, start_postgres, start_redis

SIZES = (1_000, 100_000, 1_000_000)
SCORES = 1_000_000  # below that: of a million people every other one shares theirs
BEGAN_US = 1_763_776_000_000_000
CALLS = 500  # of an index in a round
COUNTS = 9  # of a database in a round

TABLE = """CREATE TABLE scores (id bigint PRIMARY KEY, board varchar(40) NOT NULL, user_id bigint NOT NULL,
score bigint, reached_at bigint NOT NULL)"""
INDEX = "CREATE INDEX by_order ON scores (board, score DESC, reached_at, id) WHERE score IS NOT NULL"
COUNT = """SELECT 1 + COUNT(*) FROM scores WHERE board = 'bgmi' AND score IS NOT NULL
AND score > (SELECT score FROM scores WHERE id = {})"""


class Peer(NamedTuple):
    """One way to hold a board: what is done once a call, and how often in a round; `built_s` is how long it took."""

    calls: dict[str, Callable[[int], object]]
    times: int
    built_s: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=11)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="people on the largest board")
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.most]
    with contextlib.ExitStack() as stack:
        makers = _makers(stack)
        peers = {(name, size): make(size) for size in sizes for name, make in makers.items()}
        gc.collect()
        gc.freeze()
        rounds = [_round(peers) for _ in range(options.repeat)]
    head = ["µs a call", *(f"{size:,} people" for size in sizes), f"{sizes[-1]:,} : {sizes[0]:,}"]
    print(markdown(head, [*_table(rounds, sizes)]), "\n")
    built = [[name, *(f"{peers[name, size].built_s:.2f}" for size in sizes)] for name in makers]
    print(markdown(["filled in, s", *head[1:-1]], built))


def _makers(stack: contextlib.ExitStack) -> dict[str, Callable[[int], Peer]]:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    folder.chmod(0o711)  # PostgreSQL's user passes through
    redis, postgres = start_redis(folder / "redis"), start_postgres(folder / "postgres")
    stack.callback(redis.stop)
    stack.callback(postgres.stop)
    pool = ConnectionPool.from_url(redis.url)

    def local(size: int) -> Peer:
        return _index(LocalRanks(), size)

    def shared(size: int) -> Peer:
        return _index(SharedRanks(pool, str(size)), size)

    def on_sqlite(size: int) -> Peer:
        database = stack.enter_context(contextlib.closing(sqlite3.connect(folder / f"{size}.sqlite3")))
        return _database(database, size)

    def on_postgres(size: int) -> Peer:
        url = create_database(postgres.url, f"board{size}")
        database = stack.enter_context(contextlib.closing(psycopg.connect(url, autocommit=True)))
        return _database(database, size)

    return {"in memory": local, "Redis": shared, "SQLite": on_sqlite, "PostgreSQL": on_postgres}


def _people(size: int) -> Iterator[Place]:
    chance = random.Random(20)
    return (Place(id, chance.randrange(SCORES), BEGAN_US + id) for id in range(1, size + 1))


def _index(ranks: Ranks, size: int) -> Peer:
    began = time.perf_counter()
    ranks.rebuild(_people(size), BEGAN_US)
    chance, later_us = random.Random(6), iter(range(BEGAN_US + 10**9, BEGAN_US + 10**10))
    calls: dict[str, Callable[[int], object]] = {
        "update": lambda id: ranks.set([Place(id, chance.randrange(SCORES), next(later_us))]),
        "rank of one": ranks.rank_of,
    }
    return Peer(calls, CALLS, time.perf_counter() - began)


class Database(Protocol):
    """What both drivers have."""

    def cursor(self) -> Any: ...

    def commit(self) -> None: ...


def _database(database: Database, size: int) -> Peer:
    began, is_postgres = time.perf_counter(), isinstance(database, psycopg.Connection)
    cursor, people = database.cursor(), _people(size)
    cursor.execute(TABLE)
    if is_postgres:
        with cursor.copy("COPY scores FROM STDIN") as copy:
            for id, score, reached_us in people:
                copy.write_row((id, "bgmi", id, score, reached_us))
    else:
        cursor.executemany("INSERT INTO scores VALUES (?1, 'bgmi', ?1, ?2, ?3)", people)
        database.commit()
    cursor.execute(INDEX)
    cursor.execute("VACUUM ANALYZE scores" if is_postgres else "ANALYZE")  # so that counting reads the index alone

    def count(id: int) -> object:
        return cursor.execute(COUNT.format(id)).fetchone()

    return Peer({"COUNT(*) of who has more": count}, COUNTS, time.perf_counter() - began)


Round = dict[tuple[str, str, int], float]


def _round(peers: dict[tuple[str, int], Peer]) -> Round:
    chance, found = random.Random(), Round()
    for (name, size), peer in peers.items():
        for call, work in peer.calls.items():
            ids = [chance.randrange(1, size + 1) for _ in range(peer.times)]
            found[name, call, size] = median(_times_us(work, ids))
    return found


def _times_us(work: Callable[[int], object], ids: Sequence[int]) -> Iterator[float]:
    for id in ids:
        began = time.perf_counter_ns()
        work(id)
        yield (time.perf_counter_ns() - began) / 1000


def _table(rounds: Sequence[Round], sizes: Sequence[int]) -> Iterator[list[str]]:
    for name, call in dict.fromkeys((name, call) for name, call, _ in rounds[0]):
        figures = {size: [one[name, call, size] for one in rounds] for size in sizes}
        ratio = median(figures[sizes[-1]]) / median(figures[sizes[0]])
        yield [f"{name}: {call}", *(middle(figures[size], ",.1f") for size in sizes), f"{ratio:,.1f}"]


if __name__ == "__main__":
    main()
