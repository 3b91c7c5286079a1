"""How a board on air is shown, and what its host steers."""

from dataclasses import dataclass
from typing import Literal

from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlaySettings:
    """What the host steers live. `theme`: table, ticker, top_three. `stage` and `group` say which board it is (null:
    the last stage that is drawn, all groups). A page has `rows` rows, and turns every `page_s` seconds (0: never);
    `highlight` is an entrant. `hidden` leaves the screen empty. Colours are `#rrggbb`, empty for the theme's own."""

    theme: Literal["table", "ticker", "top_three"] = "table"
    stage: int | None = None
    group: int | None = None
    rows: int = 10
    page_s: int = 0
    highlight: int | None = None
    hidden: bool = False
    title: str = ""
    words: str = ""
    accent: str = ""
    text: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A key that shows a board, for the eyes of staff; the key itself is shown once, when it is made."""

    id: int
    name: str
    settings: OverlaySettings
    created_at: Moment
    revoked_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOverlay(Overlay):
    """With the key, and the page that shows the board (the key is in its fragment)."""

    key: str
    overlay_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlays:
    results: list[Overlay]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayMeta:
    """What stands over the board on air."""

    competition: str
    stage: str
    group: str
    settings: OverlaySettings
    matches_settled: int
    matches_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRow:
    """A row of the board on air."""

    position: int
    rank: int | None
    name: str
    tag: str
    logo: str
    points: int | str
    kills: int | str | None
    wins: int | str | None
    played: int
    out: str
