"""Numbers of published rules: integers and fractions, tables by range, rounding half up; no float anywhere. Pure."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

import msgspec

from core.errors import Invalid

Number: TypeAlias = int | Fraction
Ranges: TypeAlias = dict[str, Fraction]
"""A value by whole number or range of them: `{"1": 10, "2": 6, "3-8": 1}`; `"9-"` has no end."""

T = TypeVar("T")
_WRITTEN = re.compile(r"-?\d{1,9}(?:\.\d{1,9}|/[1-9]\d{0,8})?")
_RANGE = re.compile(r"([1-9]\d{0,5})(-([1-9]\d{0,5})?)?")


def read(raw: Any, kind: type[T]) -> T:
    """`raw`, as JSON has it, as a `kind`. Raises Invalid `bad_shape`, which says where and why not."""
    try:
        return convert(raw, kind)
    except msgspec.ValidationError as error:
        raise Invalid("bad_shape", f"{error}.".replace("..", ".")) from None


def convert(raw: Any, kind: type[T]) -> T:
    return msgspec.convert(raw, kind, dec_hook=_exact)


def decoded(raw: str, kind: type[T]) -> T:
    """`raw`, the text of what `written` made of a `kind`."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=_exact)
    found: T = decoder.decode(raw)
    return found


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def plain(number: Number) -> Number:
    """The same number, as an int where it is whole: ints add and compare ten times as fast."""
    return number.numerator if number.denominator == 1 else number


def rounded(number: Number, step: Fraction) -> Number:
    """To the nearest multiple of `step`, half a step up (towards plus infinity)."""
    return plain((Fraction(number) / step + Fraction(1, 2)).__floor__() * step)


def by_number(ranges: Mapping[str, Fraction], outside: Number = 0) -> Callable[[int], Number]:
    """What `ranges` has for a number."""
    if not ranges:
        return lambda number: outside
    spans = [(*span(key), plain(value)) for key, value in ranges.items()]
    known: dict[int, Number] = {}

    def look_up(number: int) -> Number:
        if number not in known:
            found = (value for first, last, value in spans if first <= number and (last is None or number <= last))
            known[number] = next(found, outside)
        return known[number]

    return look_up


def span(key: str) -> tuple[int, int | None]:
    """First and last number of "4", "4-9" or "4-". Raises ValueError."""
    found = _RANGE.fullmatch(key)
    if not found:
        raise ValueError(f'"{key}" is no place or range: write "4", "4-9" or "4-"')
    first, dash, last = int(found[1]), found[2], found[3]
    if last and int(last) < first:
        raise ValueError(f'"{key}" ends before it begins')
    return first, int(last) if last else None if dash else first


def check_ranges(ranges: Mapping[str, Fraction]) -> None:
    """Raises ValueError where a range is none, or two have a number in common."""
    spans = sorted((span(key) for key in ranges), key=lambda found: found[0])
    for (_, last), (first, _) in pairwise(spans):
        if last is None or first <= last:
            raise ValueError(f"two ranges have {first} in common")


def written(value: Any) -> Any:
    """What `read` takes back: everything as JSON has it, a fraction as "1/2"."""
    return msgspec.to_builtins(value, enc_hook=_written, str_keys=True)


def _exact(kind: type, raw: Any) -> Any:
    if kind is not Fraction:
        raise NotImplementedError(kind)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Fraction(raw)
    if isinstance(raw, str) and _WRITTEN.fullmatch(raw):
        return Fraction(raw)
    raise ValueError('Expected a whole number, or a fraction written as "1/2" or "0.5"')


def _written(number: Any) -> Any:
    if not isinstance(number, Fraction):
        raise NotImplementedError(type(number))
    return number.numerator if number.denominator == 1 else str(number)
