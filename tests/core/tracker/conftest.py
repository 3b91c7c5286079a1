"""Whoever asks for `reader` has pictures read as their bytes say."""

from collections.abc import Iterator

import pytest

from core.files import readers
from tests.core.tracker.reading import ScriptedReader


@pytest.fixture
def reader() -> Iterator[ScriptedReader]:
    before = list(readers._readers)
    scripted = ScriptedReader()
    readers.reads_pictures(scripted)
    yield scripted
    readers._readers[:] = before
