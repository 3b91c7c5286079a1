"""How sure a number must be to stand unasked: `python -m bench.calibrating [--generated FIRST:LAST] [--repainted N]`.

Drawn screens of seeds that nothing was tried on, and real ones with other digits in them, stand on rungs of the ladder
of bad pictures. Their numbers are read without labels, paired with the truth row by row, and put under the rules of
redundancy as they would be with their labels. For each confidence of the reader (before it is calibrated, see
`ocr_pipeline.layouts.match.STANDS`) the table says how many right and how many wrong numbers are at least as sure.
"""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from random import Random

from bench.degrading import RUNGS, degrade, png
from bench.judging import Truth, plain
from bench.repainting import repainted
from bench.report import markdown
from bench.shots import Shot, from_folder, screens_folder
from ocr_pipeline import checks
from ocr_pipeline.engines import Engines
from ocr_pipeline.engines.digits import DigitsEngine
from ocr_pipeline.layouts.match import STANDS
from ocr_pipeline.pipeline import Hints, read
from ocr_pipeline.reading import ACCEPT, Stat, Unknown, Value
from tests.screens import draw
from tests.screens.catalogue import FOOTBALL

LEVELS = (0.3, 0.4, 0.5, 0.6, STANDS, 0.7, 0.8, 0.9)
HEIGHTS = (540, 720, 720, 1080, 1080)
SIDES = ("home", "away")
DIGITS = Engines(DigitsEngine(), None, None)


@dataclass
class Counts:
    """Of one rung: cells of the truth, those in rows that were found, and how sure right and wrong numbers were."""

    cells: int = 0
    paired: int = 0
    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def measure(shots: Iterable[Shot], rungs: Sequence[str], most: int) -> dict[str, Counts]:
    """Each shot on so many rungs, chosen by its name."""
    counts = {rung: Counts() for rung in rungs}
    for shot in shots:
        for rung in Random(shot.name).sample(rungs, min(most, len(rungs))):
            raw = degrade(shot.raw, rung, f"calibrating {shot.name}")
            if raw is not None:
                _count(counts[rung], f"{rung}, {shot.name}", shot.truth, read(raw, Hints(), DIGITS).unknown_labels)
    return counts


def _count(counts: Counts, name: str, truth: Truth, rows: Sequence[Unknown]) -> None:
    counts.cells += 2 * len(truth["rows"])
    stats = {row["key"]: (row, found) for row, found in pairs(truth, rows)}
    counts.paired += 2 * len(stats)
    factors = checks.confidences({key: Stat(it.home, it.away) for key, (_, it) in stats.items()}, truth["game"])
    for key, (row, found) in stats.items():
        for side in checks.SIDES:
            value: Value = getattr(found, side)
            if value.value is None:
                continue
            sure = _sure(value.confidence * factors[key, side])
            is_right = plain(value.value) == plain(row[side])
            (counts.right if is_right else counts.wrong).append(sure)
            if not is_right:
                counts.told.append(f"{sure:.2f} {name}: {key} {side} {value.text} for {row[side]}")


def pairs(truth: Truth, rows: Sequence[Unknown]) -> Iterator[tuple[dict[str, str], Unknown]]:
    """Rows of the truth with those that were found: equal ones, and as many between two equal ones on both sides."""
    said = [tuple(plain(row[side]) for side in SIDES) for row in truth["rows"]]
    seen = [tuple(plain(getattr(row, side).value) for side in SIDES) for row in rows]
    for what, first, last, start, end in SequenceMatcher(None, said, seen, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and last - first == end - start):
            yield from zip(truth["rows"][first:last], rows[start:end], strict=True)


def _sure(confidence: float) -> float:
    """How sure the reader was, before it was calibrated."""
    if confidence < ACCEPT:
        return confidence * STANDS / ACCEPT
    return 1 - (1 - confidence) * (1 - STANDS) / (1 - ACCEPT)


def table(counts: dict[str, Counts]) -> str:
    head = ("rung", "cells", "in rows found", "right", "wrong", *(f"from {level}: right / wrong" for level in LEVELS))
    every = Counts()
    for it in counts.values():
        every.cells, every.paired = every.cells + it.cells, every.paired + it.paired
        every.right += it.right
        every.wrong += it.wrong
    return markdown(head, [[rung, *_columns(it)] for rung, it in {**counts, "all": every}.items()])


def _columns(it: Counts) -> Iterator[str]:
    yield from map(str, (it.cells, it.paired, len(it.right), len(it.wrong)))
    for level in LEVELS:
        right, wrong = (sum(sure >= level for sure in found) for found in (it.right, it.wrong))
        yield f"{right / max(1, it.cells):.2%} / {wrong}"


def _shots(seeds: range, copies: int) -> Iterator[Shot]:
    for seed in seeds:
        for kind in FOOTBALL:
            screen = draw(kind, seed, Random(f"{kind} {seed} height").choice(HEIGHTS))
            yield Shot(screen.name, png(screen.image), screen.truth)
    folder = screens_folder() if copies else None
    for shot in from_folder(folder) if folder else ():
        for number in range(copies):
            yield from repainted(shot, number)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.calibrating", description=__doc__.splitlines()[0])
    parser.add_argument("--generated", default="50000:50020", metavar="FIRST:LAST")
    parser.add_argument("--repainted", type=int, default=0, metavar="COPIES")
    parser.add_argument("--rungs", nargs="+", default=list(RUNGS), choices=list(RUNGS), metavar="RUNG")
    parser.add_argument("--each", type=int, default=3, metavar="RUNGS", help="on which each picture stands")
    asked = parser.parse_args()
    os.environ |= {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    first, last = map(int, asked.generated.split(":"))
    counts = measure(_shots(range(first, last), asked.repainted), asked.rungs, asked.each)
    print(table(counts))
    print(*sorted((told for it in counts.values() for told in it.told), reverse=True)[:40], sep="\n")


if __name__ == "__main__":
    main()
