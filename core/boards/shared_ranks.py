"""The index of a board's ranks in Redis, for all processes together: a sorted set, whose order is the board's.

A member is since when, and the row's id, padded, so that Redis sorts equal scores as the board does; scores lie below
zero, the best first. A hash says since when by id, so that the member of an id is known. `heard` is there for as long
as the index is: without it, or with a set and a hash of different sizes, Redis has forgotten.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

from redis import ConnectionPool, Redis, ResponseError

from core.boards.ranks import LostError, Place, Ranked, ranked

AT_ONCE = 2_000  # places in one command: Redis serves nobody else meanwhile
GIVE_UP_S = 60  # after the last step of a rebuilding it is taken to have died

_ALL = """
local heard, order, since, gone = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if redis.call('EXISTS', heard) == 0 or redis.call('ZCARD', order) ~= redis.call('HLEN', since) then
  return redis.error_reply('LOST')
end
local function stretch(first, count)
  local found = redis.call('ZRANGE', order, first, first + count - 1, 'WITHSCORES')
  local better = found[2] and redis.call('ZCOUNT', order, '-inf', '(' .. found[2]) or 0
  return {first, better, found}
end
"""
_SET = """
for i = 2, #ARGV, 3 do
  local id, score, reached = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local known = redis.call('HGET', since, id)
  local seen = known or redis.call('HGET', gone, id)
  if not seen or reached > seen then
    if known then redis.call('ZREM', order, known .. id) end
    if score == '' then
      redis.call('HDEL', since, id)
      redis.call('HSET', gone, id, reached)
    else
      redis.call('HSET', since, id, reached)
      redis.call('ZADD', order, score, reached .. id)
    end
  end
end
if tonumber(ARGV[1]) > tonumber(redis.call('GET', heard)) then redis.call('SET', heard, ARGV[1]) end
"""
_RANK_OF = """
local reached = redis.call('HGET', since, ARGV[1])
return reached and 1 + redis.call('ZCOUNT', order, '-inf', '(' .. redis.call('ZSCORE', order, reached .. ARGV[1]))
"""
_TOP = """
if ARGV[2] == '' then return stretch(0, tonumber(ARGV[1])) end
local new = redis.call('ZADD', order, 'NX', ARGV[2], ARGV[3])
local first = redis.call('ZRANK', order, ARGV[3]) + 1 - new
if new == 1 then redis.call('ZREM', order, ARGV[3]) end
return stretch(first, tonumber(ARGV[1]))
"""
_AROUND = """
local reached = redis.call('HGET', since, ARGV[1])
if not reached then return {0, 0, {}} end
local at = redis.call('ZRANK', order, reached .. ARGV[1])
local first = math.max(0, at - ARGV[2])
return stretch(first, at - first + 1 + ARGV[2])
"""
_COUNT = "return redis.call('ZCARD', order)"
_HEARD = "return redis.call('GET', heard)"


class SharedRanks:
    """In Redis. All methods raise RedisError where it is down, and LostError where it has forgotten."""

    def __init__(self, pool: ConnectionPool, board: str) -> None:
        self._redis = Redis(connection_pool=pool)
        self._keys = [f"BOARDS:{board}:{name}" for name in ("heard", "order", "since", "gone")]
        self._building = f"BOARDS:{board}:building"
        texts = {"set": _SET, "rank_of": _RANK_OF, "top": _TOP, "around": _AROUND, "count": _COUNT, "heard": _HEARD}
        self._scripts = {name: self._redis.register_script(_ALL + text) for name, text in texts.items()}

    def _run(self, script: str, *arguments: str | int) -> Any:
        try:
            return self._scripts[script](self._keys, list(arguments))
        except ResponseError as error:
            if "LOST" in str(error):
                raise LostError from None
            raise

    def forget(self) -> None:
        self._redis.unlink(*self._keys, self._building)

    def heard_until_us(self) -> int:
        return int(self._run("heard"))

    def rebuild(self, places: Iterable[Place], heard_until_us: int) -> bool:
        heard, order, since, gone = self._keys
        if not self._redis.set(self._building, "", nx=True, ex=GIVE_UP_S):
            return False
        new_order, new_since, count = f"{order}:{uuid4().hex}", f"{since}:{uuid4().hex}", 0
        for some in _batches(place for place in places if place.score is not None):
            with self._redis.pipeline() as pipe:
                pipe.zadd(new_order, {_member(place): -(place.score or 0) for place in some})
                pipe.hset(new_since, mapping={_padded(place.id): f"{place.reached_us:016d}" for place in some})
                for key in (new_order, new_since, self._building):
                    pipe.expire(key, GIVE_UP_S)
                pipe.execute()
            count += len(some)
        with self._redis.pipeline() as pipe:
            pipe.unlink(heard, order, since, gone)
            for new, old in ((new_order, order), (new_since, since)) if count else ():
                pipe.rename(new, old)
                pipe.persist(old)
            pipe.set(heard, heard_until_us)
            pipe.unlink(self._building)
            pipe.execute()
        return True

    def set(self, places: Iterable[Place], heard_until_us: int | None = None) -> None:
        batches = [*_batches(places)] or [[]]
        for number, some in enumerate(batches, 1):
            heard = (heard_until_us or 0) if number == len(batches) else 0
            columns = ((_padded(id), "" if score is None else -score, f"{us:016d}") for id, score, us in some)
            try:
                self._run("set", heard, *(value for row in columns for value in row))
            except LostError:  # whoever asks it something builds it anew
                return

    def rank_of(self, id: int) -> int | None:
        rank: int | None = self._run("rank_of", _padded(id))
        return rank

    def top(self, count: int, after: Place | None = None) -> list[Ranked]:
        if after is None or after.score is None:
            return _read(self._run("top", count, ""))
        return _read(self._run("top", count, -after.score, _member(after)))

    def around(self, id: int, each_side: int) -> list[Ranked]:
        return _read(self._run("around", _padded(id), each_side))

    def count(self) -> int:
        return int(self._run("count"))


def _batches(places: Iterable[Place]) -> Iterator[list[Place]]:
    rest = iter(places)
    while some := [*islice(rest, AT_ONCE)]:
        yield some


def _padded(id: int) -> str:
    return f"{id:019d}"


def _member(place: Place) -> str:
    return f"{place.reached_us:016d}{_padded(place.id)}"


def _read(answer: tuple[int, int, list[bytes]]) -> list[Ranked]:
    start, better, found = answer
    pairs = zip(found[::2], found[1::2], strict=True)
    return ranked([(int(member[16:]), -int(score), int(member[:16])) for member, score in pairs], start, better)
