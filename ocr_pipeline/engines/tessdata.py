"""Tesseract's data: what it is called for each language, and which of it a reading can use."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

FALLBACK = "eng"
FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")
LATIN = {  # whose letters any data of these reads, but for their accents
    "en": "eng",
    "es": "spa",
    "pt": "por",
    "de": "deu",
    "it": "ita",
    "pl": "pol",
    "fr": "fra",
    "nl": "nld",
    "tr": "tur",
    "id": "ind",
    "vi": "vie",
}
OTHERS = {
    "ru": "rus",
    "uk": "ukr",
    "ar": "ara",
    "hi": "hin",
    "th": "tha",
    "ja": "jpn",
    "ko": "kor",
    "zh": "chi_sim",
}
LANGUAGES = {**LATIN, **OTHERS}


def data_of(languages: Sequence[str], known: frozenset[str]) -> str:
    """What Tesseract is told to read with: the data of these languages that is here, else English, else any."""
    wanted = dict.fromkeys(LANGUAGES.get(it, it) for it in languages)
    return "+".join([it for it in wanted if it in known] or [FALLBACK if FALLBACK in known else min(known)])


def lacking(engine: str, languages: Sequence[str], known: frozenset[str]) -> list[str]:
    """The languages whose letters nothing here can read, as `engine:language`."""
    latin = any(it in known for it in LATIN.values())
    return [f"{engine}:{it}" for it in languages if LANGUAGES.get(it, it) not in known and not (latin and it in LATIN)]


def known_in(place: Path | None) -> frozenset[str]:
    """The data that lies there."""
    return frozenset(path.stem for path in place.glob("*.traineddata")) - {"osd"} if place else frozenset()


def folder() -> Path | None:
    """Where the data lies on this machine."""
    places: Iterable[str] = filter(None, (os.environ.get("TESSDATA_PREFIX"), *FOLDERS))
    return next((Path(it) for it in places if any(Path(it).glob("*.traineddata"))), None)
