"""What titles print beside their numbers: canonical keys for labels, by game and language. Data: a title or a language
more is a file more in a game's folder, `{"labels": {key: [spellings]}}`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr_pipeline.vocabulary import guessing
from ocr_pipeline.vocabulary.folding import CONFUSED, folded, foldings, likeness

FOLDER = Path(__file__).parent
GAMES = ("efootball", "ea_fc", "fifa", "pes")  # of equal ones the first
LEAST = 0.74  # as alike as that a label must be
SHORT = 4
PLACES = 64  # into which letters are counted
MARGIN = 0.08  # and so much more alike than to any other key
HARDLY_WRONG = 0.88  # as alike as that is a word taken for the printed one
ENOUGH = 0.5  # of the labels, read without an error, tell the file
HARDLY_READ, WELL_READ = 0.7, 0.9  # how sure their reader was of labels that are guessed, and that are what they say
CLEARLY_OTHER = 0.78  # less alike than that is a label read well another one
RIVALS = 1.5  # labels fewer than the best file's: so near, what a file makes of the other labels counts too
LEAST_KNOWN, LEAST_SHARE = 2, 0.25  # rows, and their share, that must be known before others are guessed
OTHER_FILE = 0.9  # as sure as that is a label found in another title or language than the table's


@dataclass(frozen=True, eq=False)
class Words:
    """One file: the spellings of a game in a language, folded."""

    folder: Path
    game: str
    language: str
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """What a label means. `confidence` (0 to 1) is how alike it is to what the title prints."""

    key: str
    game: str
    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Table:
    """The labels of one screen together: the title and language that know most of them, and each one's meaning."""

    game: str | None
    language: str | None
    matches: tuple[Match | None, ...]


@cache
def files(folder: Path = FOLDER) -> tuple[Words, ...]:
    """Every file of every game, the games in their order, then those that nobody named."""
    found = sorted(path for path in folder.glob("*/*.json") if path.parent.name != "royale")
    rank = {game: place for place, game in enumerate(GAMES)}
    found.sort(key=lambda path: rank.get(path.parent.name, len(GAMES)))
    return tuple(Words(folder, path.parent.name, path.stem, _keys(path)) for path in found)


def _keys(path: Path) -> dict[str, str]:
    labels = json.loads(path.read_text(encoding="utf-8"))["labels"]
    return {word: key for key, spellings in labels.items() for spelling in spellings for word in foldings(spelling)}


@cache
def _spellings(folder: Path) -> dict[str, str]:
    """Every word that any title prints beside or over numbers, by how it folds."""
    words: dict[str, str] = {}
    for path in sorted(folder.glob("*/*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        for spellings in (held.get("labels") or held.get("columns") or {}).values():
            for spelling in spellings:
                for word in foldings(spelling):
                    words[word] = min(words.get(word, spelling), spelling, key=len)  # `Possession`, not `Possession %`
    return words


def spellings(folder: Path = FOLDER) -> list[str]:
    """Every word that any title prints beside or over numbers."""
    return list(dict.fromkeys(_spellings(folder).values()))


def printed(text: str, folder: Path = FOLDER) -> str | None:
    """As a title prints what was read with hardly an error; None for a word that no title prints."""
    word = folded(text)
    if not word or word in (known := _spellings(folder)):
        return known[word] if word else None
    near = sorted(_alike(word, folder, HARDLY_WRONG - MARGIN), key=lambda it: -it[1])[:2]
    sure = near and near[0][1] >= HARDLY_WRONG and (len(near) == 1 or near[0][1] - near[1][1] >= MARGIN)
    return known[near[0][0]] if sure else None


def match(text: str, games: Sequence[str] = (), languages: Sequence[str] = (), folder: Path = FOLDER) -> Match | None:
    """What one label means, in these games and languages or in any. None where no key is the likeliest by a margin."""
    known = [it for it in files(folder) if _wanted(it, games, languages)]
    found = [found for it in known if (found := _in_file(folded(text), it))]
    return max(found, key=_confidence, default=None)


def match_table(
    texts: Sequence[str], languages: Sequence[str] = (), folder: Path = FOLDER, sure: Sequence[float] = ()
) -> Table:
    """What the labels of one screen mean. The file that knows most of them decides; what it does not know is looked for
    in the same language, then anywhere, and is a little less sure. `sure` says how well each was read: one read well
    must be what a title prints, and one hardly read is guessed from what the others leave over."""
    words, known = [folded(text) for text in texts], files(folder)
    hardly = frozenset(at for at, read in enumerate(sure) if read < HARDLY_READ and words[at])
    best = _file(words, hardly, known, languages)
    if best is None:
        return Table(None, None, (None,) * len(texts))
    matches = [_anywhere(word, best, known) for word in words]
    for at, read in enumerate(sure):
        if (found := matches[at]) and read >= WELL_READ and found.confidence < CLEARLY_OTHER:
            matches[at] = None
    for at, (key, alike) in _guesses(words, hardly, best).items():
        matches[at] = Match(key, best.game, best.language, alike)
    return Table(best.game, best.language, tuple(matches))


def _file(
    words: Sequence[str], hardly: frozenset[int], known: Sequence[Words], languages: Sequence[str]
) -> Words | None:
    """The file that knows most of the words; of equal ones one in these languages, then the one with fewest others."""
    sums = [float(sum(word in file.keys for word in words)) for file in known]
    most = max(sums, default=0)
    if most < len(words):
        rivals = [most < ENOUGH * len(words) or total > most - RIVALS for total in sums]
        sums = [
            _sum(words, hardly, file) if rival else total
            for total, file, rival in zip(sums, known, rivals, strict=True)
        ]
    favoured = [
        total + 0.01 * (file.language in languages) + 0.005 * total / len(file.keys)
        for total, file in zip(sums, known, strict=True)
    ]
    return known[favoured.index(max(favoured))] if any(sums) else None


def _sum(words: Sequence[str], hardly: frozenset[int], file: Words) -> float:
    """How much of the words a file may be."""
    guesses = _guesses(words, hardly, file)
    found = (_in_file(word, file) for at, word in enumerate(words) if at not in guesses)
    return sum(it.confidence for it in found if it) + sum(alike for _, alike in guesses.values())


def _guesses(words: Sequence[str], hardly: frozenset[int], file: Words) -> dict[int, tuple[str, float]]:
    """Key and likeness of the words hardly read, where enough others tell that it is this file."""
    unknown = [at for at in hardly if not _in_file(words[at], file)]
    known = {it.key for at, word in enumerate(words) if at not in unknown and (it := _in_file(word, file))}
    if len(known) < max(LEAST_KNOWN, LEAST_SHARE * len(words)):
        return {}
    likings: dict[int, dict[str, float]] = {}
    for at in unknown:
        liked = likings.setdefault(at, {})
        for spelling, alike in _alike(words[at], file.folder, guessing.LEAST):
            if (key := file.keys.get(spelling)) and key not in known and alike >= guessing.LEAST:
                liked[key] = max(liked.get(key, 0.0), alike)
    return guessing.guessed(likings)


def _anywhere(word: str, best: Words, known: tuple[Words, ...]) -> Match | None:
    found = _in_file(word, best)
    if found:
        return found
    for group in ([it for it in known if it.language == best.language], known):
        others = [it for file in group if (it := _in_file(word, file))]
        if others and len({it.key for it in others if it.confidence > max(map(_confidence, others)) - MARGIN}) == 1:
            other = max(others, key=_confidence)
            return Match(other.key, best.game, best.language, other.confidence * OTHER_FILE)
    return None


def _wanted(words: Words, games: Sequence[str], languages: Sequence[str]) -> bool:
    return (not games or words.game in games) and (not languages or words.language in languages)


@lru_cache(maxsize=8192)
def _in_file(word: str, words: Words) -> Match | None:
    """The key whose spelling is the likest, if it is alike enough and no other key is nearly as much so."""
    if key := words.keys.get(word):
        return Match(key, words.game, words.language, 1.0)
    best: dict[str, float] = {}
    for spelling, alike in _alike(word, words.folder):
        if key := words.keys.get(spelling):
            best[key] = max(best.get(key, 0.0), alike)
    first, second = (*sorted(best.values(), reverse=True), 0.0, 0.0)[:2]
    if first < _least(word) or first - second < MARGIN:
        return None
    return Match(max(best, key=lambda key: best[key]), words.game, words.language, first)


@lru_cache(maxsize=1024)
def _alike(word: str, folder: Path, least: float = LEAST - MARGIN) -> tuple[tuple[str, float], ...]:
    """The spellings of all files that are near enough to count, and how alike they are."""
    words, counts = _letters(folder)
    own = _counts(word)
    common = np.minimum(counts, own).sum(axis=1)
    lengths = counts.sum(axis=1)
    longer = np.maximum(lengths, max(1, len(word)))
    at_most = (common + (1 - CONFUSED) * (np.minimum(lengths, len(word)) - common)) / longer
    return tuple((words[it], likeness(word, words[it])) for it in np.flatnonzero(at_most >= least))


@cache
def _letters(folder: Path) -> tuple[list[str], NDArray[np.intp]]:
    """Every folded spelling, and how often it holds each letter: what is cheap to compare before what is dear."""
    words = sorted(_spellings(folder))
    return words, np.array([_counts(word) for word in words]).reshape(len(words), PLACES)


def _counts(word: str) -> NDArray[np.intp]:
    return np.bincount([ord(letter) % PLACES for letter in word], minlength=PLACES)


def _least(word: str) -> float:
    """Of a short word every letter counts: of four one may look alike, of six one may be another."""
    if len(word) <= SHORT:
        return 1 - 0.6 / max(len(word), 1)
    return max(LEAST, 1 - 1 / len(word)) if len(word) <= 6 else LEAST


def _confidence(found: Match) -> float:
    return found.confidence
