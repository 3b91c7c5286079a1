"""Every game that is known here. Pure: a game more is an entry more, and a banner beside the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["duel", "lobby", "any"]


@dataclass(frozen=True, slots=True)
class Mode:
    """`lineup` people of a side play at a time; `substitutes` more may be registered with them."""

    lineup: int
    substitutes: int = 0

    @property
    def roster_most(self) -> int:
        return self.lineup + self.substitutes


@dataclass(frozen=True, slots=True)
class InGameId:
    """What an id of that game is from end to end, and the same in words."""

    pattern: str
    hint: str

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True, slots=True)
class Game:
    """`modes` are by their id: solo, duo, squad."""

    name: str
    kind: Kind
    modes: Mapping[str, Mode]
    in_game_id: InGameId

    @property
    def roster_most(self) -> int:
        """How many a team of this game may have."""
        return max(mode.roster_most for mode in self.modes.values())


DIGITS = InGameId("[0-9]{6,12}", "The 6 to 12 digits of your player id.")
EA_ID = InGameId("[A-Za-z0-9](?:[A-Za-z0-9 _-]{1,18}[A-Za-z0-9_-])?", "Your EA ID, PSN name or gamertag.")
KONAMI_ID = InGameId("[A-Za-z0-9](?:[A-Za-z0-9_-]{2,22}[A-Za-z0-9])?", "Your user id or your platform's name for you.")
ANY_ID = InGameId(r"\S(?:.{0,58}\S)?", "Whatever names you in the game.")

# a side of football is one person, two who play together, or a club
EA_FOOTBALL = {"solo": Mode(1), "duo": Mode(2, 1), "squad": Mode(11, 7)}
KONAMI_FOOTBALL = {"solo": Mode(1), "duo": Mode(2, 1), "squad": Mode(3, 3)}
BATTLE_ROYALE = {"solo": Mode(1), "duo": Mode(2, 1), "squad": Mode(4, 2)}

GAMES: Mapping[str, Game] = {
    "efootball": Game("eFootball", "duel", KONAMI_FOOTBALL, KONAMI_ID),
    "ea_fc": Game("EA FC", "duel", EA_FOOTBALL, EA_ID),
    "fifa": Game("FIFA", "duel", EA_FOOTBALL, EA_ID),
    "pes": Game("PES", "duel", KONAMI_FOOTBALL, KONAMI_ID),
    "pubg_mobile": Game("PUBG Mobile", "lobby", BATTLE_ROYALE, DIGITS),
    "bgmi": Game("BGMI", "lobby", BATTLE_ROYALE, DIGITS),
    "free_fire": Game("Free Fire", "lobby", BATTLE_ROYALE, DIGITS),
    "apex_legends": Game("Apex Legends", "lobby", {"duo": Mode(2, 1), "squad": Mode(3, 2)}, EA_ID),
    "other": Game("Another game", "any", {"solo": Mode(1), "duo": Mode(2, 2), "squad": Mode(6, 6)}, ANY_ID),
}
