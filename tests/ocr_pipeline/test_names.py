"""A name in doubt is settled by several looks at it, and never surer than they agree (S3)."""

from ocr_pipeline.engines.base import NOTHING, Line
from ocr_pipeline.layouts.names import agreed, is_doubtful


def said(*texts: str) -> list[Line]:
    return [Line(text, 0.7) for text in texts]


def test_letters_and_figures_that_look_alike_are_settled_by_most_looks() -> None:
    voted = agreed(said("KVDE3G6", "KVDESGG", "KVDE3GG", "KVDE3G6G", "KVDE3GG"))
    assert voted.text == "KVDE3GG"
    assert 0.5 < voted.confidence < 0.9


def test_looks_that_say_nothing_make_a_name_less_sure() -> None:
    assert agreed([*said("Rovers"), NOTHING, NOTHING]) == Line("Rovers", 1 / 3)
    assert agreed([NOTHING, NOTHING]) == NOTHING


def test_only_names_in_doubt_are_looked_at_again() -> None:
    assert is_doubtful(Line("xx99", 0.8))
    assert not is_doubtful(Line("Rovers", 0.8))
    assert is_doubtful(Line("Rovers", 0.4))
    assert not is_doubtful(NOTHING)
