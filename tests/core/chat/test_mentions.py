"""C17: whom a text names."""

import pytest

from core.chat.mentions import MOST, Mentions, find_mentions


def names(text: str) -> list[str]:
    """The longest reading of each."""
    return [readings[0] for readings in find_mentions(text).names]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@asha", ["asha"]),
        ("hi @Asha, and @ravi!", ["Asha", "ravi"]),
        ("(@asha) «@ravi» “@mei_li”", ["asha", "ravi", "mei_li"]),
        ("@a.b-c_9", ["a.b-c_9"]),
        ("@आशाजी", []),  # a vowel sign is no letter, so no username holds one
        ("@жанна и @李小龙", ["жанна", "李小龙"]),
        ("line\n@asha", ["asha"]),
        ("@asha's", ["asha"]),
        ("@asha@asha", []),
        ("@@asha", []),
        ("@ab", []),
        ("@" + "x" * 31, []),
        ("@ asha", []),
        ("@-asha @.asha", []),
        ("no names", []),
    ],
)
def test_c17_a_name_stands_behind_an_at(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "mail asha@example.org or a.b+c@asha.example",
        "https://example.org/@asha",
        "see https://example.org/?to=@asha",
        "`@asha`",
        "``a ` @asha``",
        "`two\nlines @asha`",
        "```\n@asha\n```",
        "look:\n```py\n@asha.setter\n```\nso",
        "~~~\n@asha\n~~~",
        "```\nnever closed @asha",
    ],
)
def test_c17_code_and_addresses_mention_nobody(text: str) -> None:
    assert find_mentions(text) == Mentions()


@pytest.mark.parametrize(
    "text",
    [
        "`code` @asha `code`",
        "a ` tick and @asha",
        "```\ncode\n```\n@asha",
        "``@asha`",
        "`` a ` b `` @asha",
        "`a`@asha",
        "```a``` @asha",
    ],
)
def test_c17_beside_code_a_name_is_a_name(text: str) -> None:
    assert names(text) == ["asha"]


def test_c17_a_name_may_end_with_a_dot_and_so_may_a_sentence() -> None:
    assert find_mentions("Ask @asha.-").names == (("asha.-", "asha.", "asha"),)
    assert find_mentions("@" + "x" * 30 + ".").names == (("x" * 30,),)


def test_c17_a_name_counts_once_whatever_its_case() -> None:
    assert names("@asha @ASHA @asha") == ["asha"]


def test_c17_of_more_than_ten_only_the_first_ten_are_mentions() -> None:
    many = [f"player{number}" for number in range(MOST + 1)]
    assert names(" ".join(f"@{name}" for name in many)) == many[:10]


def test_c17_everyone_is_nobodys_name() -> None:
    for text in ("@everyone", "listen, @Everyone.", "@everyone!"):
        assert find_mentions(text) == Mentions(everyone=True)
    for text in ("`@everyone`", "@everyones", "everyone"):
        assert not find_mentions(text).everyone
    assert find_mentions("@asha @everyone") == Mentions(names=(("asha",),), everyone=True)


def test_c17_text_made_to_be_slow_is_read_at_once() -> None:
    for text in ("`" * 2_000, "`a" * 1_000, "@a." * 666, ("`" * 40 + "a") * 48, "~~~\n" * 500, "@" + "." * 1_999):
        find_mentions(text)
    assert len(find_mentions("@abc" + "." * 1_990).names[0]) == 28
