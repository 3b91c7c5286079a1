"""Whoever asks for `reader` has pictures read as their bytes say."""

from collections.abc import Iterator

import pytest

from core.tracker.services import reading as reading_now
from core.tracker.services import reads_pictures
from tests.core.tracker.reading import ScriptedReader


@pytest.fixture
def reader() -> Iterator[ScriptedReader]:
    before = list(reading_now._readers)
    scripted = ScriptedReader()
    reads_pictures(scripted)
    yield scripted
    reading_now._readers[:] = before
