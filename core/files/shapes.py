"""How a picture is shown: as links to its sizes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Links to a picture, from the root of the server: `url` is `width` by `height` pixels, `thumbnail_url` at most 480
    a side. Links to what not everybody may see end after one to two hours, and are new in whatever is shown then."""

    url: str
    thumbnail_url: str
    width: int
    height: int
