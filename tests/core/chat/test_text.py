"""C11: what counts as words."""

import pytest

from core.chat.text import first_line
from core.errors import Invalid
from core.text import clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hi", "hi"),
        ("  hi \n", "hi"),
        ("two\n\tlines", "two\n\tlines"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("<b>bold</b> & 'so'", "<b>bold</b> & 'so'"),
        ("\u05e9\u05dc\u05d5\u05dd \u202bok\u202c", "\u05e9\u05dc\u05d5\u05dd \u202bok\u202c"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\U0001fae9", "\U0001fae9"),
        ("x" * 2_000, "x" * 2_000),
        (" " * 50 + "x" * 2_000, "x" * 2_000),
        ("e\u0301" * 2_000, "\u00e9" * 2_000),
    ],
    ids=[
        "plain",
        "trimmed",
        "lines",
        "nfc",
        "html",
        "hebrew",
        "family",
        "new emoji",
        "2000",
        "2000 trimmed",
        "2000 nfc",
    ],
)
def test_c11_words_are_kept_in_nfc_and_trimmed(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \n\t ",
        "x" * 2_001,
        "\u00e9" * 2_001,
        "bell\x07",
        "nul\x00",
        "carriage\rreturn",
        "\x85next line",
        "half \ud83d pair",
        "\u200b\u200d\ufeff",
        "\u2800",
        "\u3164 \u115f",
        "\u00a0\u2003\u2028",
        "\ufe0f\U000e0101",
        "\u202e\u202c",
        "\U000e0061",
    ],
)
def test_c11_what_cannot_be_seen_or_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_text(typed)
    assert refusal.value.code == "invalid"
    assert list(refusal.value.fields) == ["text"]


def test_c15a_a_reply_shows_the_first_line_and_at_most_140_characters() -> None:
    assert first_line("one\ntwo") == "one"
    assert first_line("x" * 200) == "x" * 140
    assert first_line("") == ""
