"""The words of battle-royale results, by language: data alone, so a new title or language is a new file."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ocr_pipeline.vocabulary.folding import folded, likeness

FOLDER = Path(__file__).parent.parent / "vocabulary" / "royale"
GAMES = "games"  # the file that tells titles apart; the others are languages
MAPS, FRACTIONS = "maps", "fractions"  # in that file: words of every title's modes, columns of times and ratios
LEAST = 0.74  # as alike as that a heading must be
LEAST_WORD = 0.8  # and a word of a mode
LEAST_SHORT, SHORT_MARGIN = 0.6, 0.15  # of a mode's word of three letters, and so much more than any other
SHORT = 3
LONG, LEAST_ALONE = 10, 0.9  # letters of a word of victory that stands for itself, and a shorter one's likeness


@dataclass(frozen=True, slots=True)
class Match:
    """A heading that a language knows: the key of its column, and how alike the words are (0 to 1)."""

    key: str
    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader of lobbies knows, folded: headings by language, words of victory and of modes, titles."""

    columns: dict[str, dict[str, str]]  # language -> folded heading -> key
    winner: tuple[str, ...]
    modes: dict[str, str]  # folded -> as printed
    games: dict[str, frozenset[str]]
    fractions: frozenset[str]  # keys whose numbers have a point or a colon

    def heading(self, text: str, language: str) -> Match | None:
        """The column that `text` names in `language`."""
        read = _bare(text)
        if not read:
            return None
        found = [(_alike(read, word), key) for word, key in self.columns.get(language, {}).items()]
        best, key = max(found, default=(0.0, ""))
        return Match(key, language, best) if best >= LEAST else None

    def is_heading(self, text: str) -> bool:
        return any(self.heading(text, language) for language in self.columns)

    def key(self, text: str) -> str | None:
        """The key that any language knows `text` as, English before the others."""
        found = [it for language in self.columns if (it := self.heading(text, language))]
        return max(found, key=lambda it: (it.confidence, it.language == "en")).key if found else None

    def is_winner(self, text: str) -> bool:
        """Whether `text` says who won; a word alone has to be nearly that."""
        read = folded(text)
        return any(_alike(read, word) >= (LEAST if len(word) > LONG else LEAST_ALONE) for word in self.winner)

    def mode(self, text: str) -> tuple[str, int, bool]:
        """`text` with its words of modes, maps and views put right, how many those are, and whether all are known."""
        parts = re.split(r"(\w+)", text)
        put = [self._mode_word(part) if part.isalnum() else part for part in parts]
        known = [word for word, part in zip(put, parts, strict=True) if part.isalnum() and word]
        shown = "".join(word or part for word, part in zip(put, parts, strict=True))
        return shown, len(known), len(known) == sum(part.isalnum() for part in parts)

    def _mode_word(self, part: str) -> str | None:
        """The one known word that `part` is likest to; None where there is none, or two."""
        read = folded(part)
        short = len(read) <= SHORT
        known = [word for word in self.modes if not short or len(word) == len(read)]
        alike = likeness if short else _alike
        ranked = sorted(((alike(read, word), word) for word in known), reverse=True)[:2]
        least, margin = (LEAST_SHORT, SHORT_MARGIN) if short else (LEAST_WORD, 1e-6)
        if not ranked or ranked[0][0] < least or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < margin):
            return None
        return part if ranked[0][0] == 1 else self.modes[ranked[0][1]]

    def game(self, texts: Iterable[str]) -> str | None:
        """The title whose own words occur most often; of equals the first one listed."""
        read = [folded(word) for text in texts for word in (text, *text.split())]
        scores = {game: len({word for word in read if word in words}) for game, words in self.games.items()}
        return max(scores, key=lambda game: scores[game]) if any(scores.values()) else None


def _bare(text: str) -> str:
    """Letters and digits folded; what has none (`#`) as it is."""
    return folded(text) or text.strip()


@lru_cache(maxsize=32_768)
def _alike(one: str, other: str) -> float:
    """1 for equal words; words of three letters and less have to be equal."""
    return likeness(one, other) if min(len(one), len(other)) > 2 else float(one == other)


@cache
def royale_words() -> Words:
    """The words of every language and title that has a file."""
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    games = files.pop(GAMES)
    fractions = frozenset(games.pop(FRACTIONS))
    return Words(
        columns={language: _headings(it["columns"]) for language, it in files.items()},
        winner=tuple(folded(word) for it in files.values() for word in it["winner"]),
        modes={folded(word): word for it in (*files.values(), {"modes": games.pop(MAPS)}) for word in it["modes"]},
        fractions=fractions,
        games={game: frozenset(map(folded, words)) for game, words in games.items()},
    )


def _headings(columns: dict[str, Any]) -> dict[str, str]:
    return {_bare(word): key for key, words in columns.items() for word in words}
