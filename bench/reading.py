"""How often the reader of screenshots is right, wrong or silent: `python -m bench.reading [FOLDER] [--seed N]`.

Every picture of a folder with a truth file stands on every rung of the ladder of bad pictures; each reader, in a
process of its own, reads the same bytes. A folder that is not named is `$GUILDHALL_SCREENS`, or the one beside the
project. `--generated 0:20` adds look-alikes drawn from these seeds; `--repainted 3` adds three copies of each real
picture with other digits in its cells, so that nothing can have been learnt by heart.
"""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.children import Child, start_module
from bench.degrading import RUNGS, degrade
from bench.judging import Tally, judge
from bench.readers import READERS, installed
from bench.repainting import repainted
from bench.report import markdown
from bench.shots import Shot, drawn, from_folder, screens_folder

ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
Tallies = dict[tuple[str, str], Tally]
"""Rung and reader -> how it did."""


def measure(shots: Sequence[Shot], rungs: Sequence[str], readers: Sequence[str], seed: int) -> Tallies:
    """Every reader on every picture on every rung."""
    tallies: Tallies = {}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        children = {name: stack.enter_context(start_module("bench.readers", name, env=ONE_THREAD)) for name in readers}
        for rung in rungs:
            for shot in shots:
                raw = degrade(shot.raw, rung, f"{seed} {shot.name}")
                if raw is not None:
                    _ask(children, tallies, rung, shot, _written(folder, raw))
            print(f"{rung}: done", file=sys.stderr)
    return tallies


def _written(folder: Path, raw: bytes) -> Path:
    path = folder / "picture"
    path.write_bytes(raw)
    return path


def _ask(children: dict[str, Child], tallies: Tallies, rung: str, shot: Shot, path: Path) -> None:
    cold = not tallies
    for name, child in children.items():
        answer = child.ask({"path": str(path), "truth": shot.truth})
        tally = tallies.setdefault((rung, name), Tally())
        judge(tally, shot.name, shot.truth, answer["read"])
        if cold:
            tally.cold_ms = answer["ms"]
        else:
            tally.ms.append(answer["ms"])
            tally.cpu_ms.append(answer["cpu_ms"])
        tally.memory_mb = max(tally.memory_mb, answer["memory_mb"])


HEAD = (
    *("rung", "reader", "values", "right", "wrong", "missing", "wrong accepted", "accepted untouched", "invented"),
    *("score right", "score wrong", "names", "place", "foreign refused"),
    *("p50, ms", "p99, ms", "CPU p50, ms", "CPU p99, ms", "cold, ms", "MB"),
)


def table(tallies: Tallies) -> str:
    """A row a rung and reader."""
    return markdown(HEAD, [[rung, name, *_columns(tally)] for (rung, name), tally in tallies.items()])


def _columns(tally: Tally) -> Iterator[str]:
    yield str(tally.cells)
    for count in (tally.right, tally.wrong, tally.missing, tally.wrong_accepted, tally.untouched):
        yield f"{count} ({count / tally.cells:.2%})" if tally.cells else "-"
    yield str(tally.invented)
    for part, whole in (
        *((tally.scores_right, tally.scores), (tally.scores_wrong, tally.scores), (tally.names_right, tally.names)),
        *((tally.places_right, tally.places), (tally.refused, tally.foreign)),
    ):
        yield f"{part} of {whole}" if whole else "-"
    for times in (tally.ms, tally.cpu_ms):
        yield from (f"{_share(times, share):.0f}" if times else "-" for share in (0.5, 0.99))
    yield "-" if tally.cold_ms is None else f"{tally.cold_ms:.0f}"
    yield f"{tally.memory_mb:.0f}"


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _shots(asked: argparse.Namespace) -> list[Shot]:
    folder = asked.folder or screens_folder()
    real = list(from_folder(folder)) if folder else []
    if not real:
        print("No real screens here: name a folder, or set GUILDHALL_SCREENS.", file=sys.stderr)
    chosen = [shot for shot in real if not asked.pictures or any(part in shot.name for part in asked.pictures)]
    copies = [copy for shot in chosen for number in range(asked.repainted) for copy in repainted(shot, number)]
    return ([] if asked.repainted else chosen) + copies + list(drawn(asked.generated))


def _seeds(text: str) -> range:
    first, _, last = text.partition(":")
    return range(int(first), int(last or int(first) + 1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="pictures with truth files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rungs", nargs="+", default=list(RUNGS), choices=list(RUNGS), metavar="RUNG")
    parser.add_argument("--only", nargs="+", default=list(READERS), choices=list(READERS), metavar="READER")
    parser.add_argument("--pictures", nargs="+", default=[], metavar="PART", help="those with this in their names")
    parser.add_argument("--generated", type=_seeds, default=range(0), metavar="FIRST:LAST")
    parser.add_argument("--repainted", type=int, default=0, metavar="COPIES", help="in place of the pictures")
    parser.add_argument("--mistakes", action="store_true", help="tell each one")
    parser.add_argument("--out", type=Path)
    return parser


def main() -> None:
    asked = _parser().parse_args()
    os.environ |= ONE_THREAD
    readers = [name for name in asked.only if installed(name)]
    for name in set(asked.only) - set(readers):
        print(f"{name} is not installed", file=sys.stderr)
    tallies = measure(_shots(asked), asked.rungs, readers, asked.seed)
    print(table(tallies))
    if asked.mistakes:
        print(*(f"{rung}, {name}: {one}" for (rung, name), it in tallies.items() for one in it.mistakes), sep="\n")
    if asked.out:
        asked.out.write_text(json.dumps({f"{r} / {n}": asdict(tally) for (r, n), tally in tallies.items()}, indent=1))


if __name__ == "__main__":
    main()
