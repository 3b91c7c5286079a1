"""How long standings take to fold: `python -m bench.standings`, ten seconds, no database.

CPU time of whole folds, of logs as the database has them (payloads still JSON) and of logs already read; the least, the
median and the most of the repetitions.
"""

import argparse
import gc
import random
import time
from collections.abc import Callable, Sequence
from itertools import count
from statistics import median
from typing import Any

from bench.report import markdown
from core.tournaments.criteria import Chain
from core.tournaments.exact import read
from core.tournaments.log import Entry
from core.tournaments.published import CHAINS, PROFILES
from core.tournaments.scoring import AnyProfile
from core.tournaments.standings import fold

MATCHES = 30  # of every entrant
LOBBY = 100  # sides
WITHIN_MS = {100: 20, 1000: 200}  # T20

Raw = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=11)
    repeat = parser.parse_args().repeat
    head = ["", "entries", "read and fold, ms", "fold alone, ms", "within, ms"]
    rows = [
        _measured(f"{many:,} entrants x {MATCHES} {kind}", made(many), profile, chain, many, repeat)
        for many in WITHIN_MS
        for kind, made, profile, chain in KINDS
    ]
    print(markdown(head, rows))


def lobbies(entrants: int) -> Raw:
    """Everybody in lobbies of a hundred, drawn anew for each match."""
    chance, seqs = random.Random(20), count(1)
    everybody, log = [*range(1, entrants + 1)], []
    for _ in range(MATCHES):
        chance.shuffle(everybody)
        for first in range(0, entrants, LOBBY):
            rows = [
                {"entrant": who, "placement": place, "kills": chance.randrange(9), "survival_s": 1800 - place}
                for place, who in enumerate(everybody[first : first + LOBBY], 1)
            ]
            log.append(_result(next(seqs), {"rows": rows}))
    return log


def duels(entrants: int) -> Raw:
    """Everybody in as many duels, many of which end level, so that few are separated by points alone."""
    chance, seqs = random.Random(20), count(1)
    everybody, log = [*range(1, entrants + 1)], []
    for _ in range(MATCHES):
        chance.shuffle(everybody)
        for sides in zip(everybody[::2], everybody[1::2], strict=True):
            score = [chance.randrange(4), chance.randrange(4)]
            log.append(_result(next(seqs), {"sides": sides, "games": [{"score": score}]}))
    return log


KINDS: Sequence[tuple[str, Callable[[int], Raw], AnyProfile, Chain]] = (
    ("matches in lobbies of 100", lobbies, PROFILES["pubgm-2023"], CHAINS["battle-royale"]),
    ("duels, head-to-head first", duels, PROFILES["league-3-1-0"], CHAINS["uefa-2024"]),
)


def _measured(name: str, raw: Raw, profile: AnyProfile, chain: Chain, many: int, repeat: int) -> list[str]:
    entrants, log = range(1, many + 1), _read(raw)
    whole = _times(lambda: fold(_read(raw), profile, chain, entrants), repeat)
    alone = _times(lambda: fold(log, profile, chain, entrants), repeat)
    return [name, f"{len(raw):,}", _spread(whole), _spread(alone), str(WITHIN_MS[many])]


def _times(work: Callable[[], object], repeat: int) -> list[float]:
    """CPU time, in milliseconds, which what else the machine does hardly changes."""
    times = []
    for _ in range(repeat):
        gc.collect()
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return times


def _spread(times: Sequence[float]) -> str:
    return f"{median(times):.1f} ({min(times):.1f}-{max(times):.1f})"


def _read(raw: Raw) -> list[Entry]:
    return [read(it, Entry) for it in raw]


def _result(seq: int, payload: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "kind": "result", "match": seq, "payload": payload}


if __name__ == "__main__":
    main()
