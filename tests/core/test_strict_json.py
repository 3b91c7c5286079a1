"""The strict reader: whatever comes, a value that is safe to store or Invalid with its code, never anything else."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import Invalid
from core.strict_json import MAX_DEPTH, MAX_KEYS, read_json

CODES = {"bad_encoding", "bad_json", "duplicate_key", "too_many_keys", "too_deep", "bad_number", "bad_text"}
safe_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
safe_numbers = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
safe_values = st.recursive(
    st.none() | st.booleans() | safe_numbers | safe_text,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(safe_text, inner, max_size=5),
    max_leaves=20,
)
jsonish = st.lists(
    st.sampled_from(
        [*'[]{},:"\\ 01e-.', '"a"', '"b"', "\\u0000", "\\ud800", "\\udc00", "true", "null", "NaN", "-Infinity", "1e999"]
    )
)


def read(raw: bytes | str) -> tuple[Any, str | None]:
    """The value, or why there is none."""
    try:
        return read_json(raw), None
    except Invalid as refusal:
        return None, refusal.code


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def keys(count: int) -> str:
    return json.dumps({f"key{number}": number for number in range(count)})


@given(safe_values, st.booleans())
def test_what_json_writes_is_read_back(value: Any, escaped: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped)
    assert read_json(text) == value
    assert read_json(text.encode()) == value


@given(st.binary() | st.text() | jsonish.map("".join))
@example("[" * 100_000)
@example('{"a":' * 100_000)
@example("9" * 5_000)
@example('"\\ud800"')
@example('"' + "\ud800" + '"')
@example('"\0"')
@example("\ufeff1")
@example("")
def test_anything_is_a_value_safe_to_store_or_a_known_refusal(raw: bytes | str) -> None:
    value, code = read(raw)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    assert "\\u0000" not in text
    assert text.encode("utf-8")
    assert code in CODES | {None}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff", "bad_encoding"),
        ('{"a": 1}'.encode("utf-16"), "bad_encoding"),
        ('"\ud800"', "bad_encoding"),
        (b"+ACIAIg-", "bad_json"),
        ("", "bad_json"),
        ("{'a': 1}", "bad_json"),
        ('{"a": 1} {}', "bad_json"),
        ('{"a": 1,}', "bad_json"),
        ('"a\nb"', "bad_json"),
        ('{"a": 1, "a": 1}', "duplicate_key"),
        ('{"a": {"b": 1, "\\u0062": 2}}', "duplicate_key"),
        (keys(MAX_KEYS + 1), "too_many_keys"),
        (f"[{keys(600)}, {keys(600)}]", "too_many_keys"),
        (nested(MAX_DEPTH + 1), "too_deep"),
        ("[" * 100_000, "too_deep"),
        ("NaN", "bad_number"),
        ("[Infinity]", "bad_number"),
        ("-Infinity", "bad_number"),
        ("1e999", "bad_number"),
        ("9" * 5_000, "bad_number"),
        ('"\\u0000"', "bad_text"),
        ('{"a\\u0000": 1}', "bad_text"),
        ('["\\ud800"]', "bad_text"),
        ('{"a": "\\udc00\\ud800"}', "bad_text"),
    ],
)
def test_each_refusal_has_its_code(raw: bytes | str, code: str) -> None:
    assert read(raw) == (None, code)


def test_the_limits_themselves_are_allowed() -> None:
    assert len(read_json(keys(MAX_KEYS))) == MAX_KEYS
    assert read_json(nested(MAX_DEPTH)) is not None


def test_brackets_inside_text_are_not_depth() -> None:
    text = "[{" * 100 + '\\"'
    assert read_json(json.dumps([text, text])) == [text, text]


def test_a_surrogate_pair_is_one_character() -> None:
    assert read_json('"\\ud83c\\udfae"') == "🎮"
