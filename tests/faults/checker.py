"""The judge: names every difference between what was promised to clients, what is kept, and what they heard."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from tests.faults.journal import Kept, Listening, Said, Speaking

MOST_NAMED = 20


def differences(kept: Sequence[Kept], speaking: Iterable[Speaking], listening: Iterable[Listening]) -> list[str]:
    """Nothing if all that was acknowledged is kept once and in place, and everybody heard exactly what is kept.

    `kept` is one room's log, ascending by seq. Nobody in these scenarios says what deserves a refusal, so a refusal
    is a difference too.
    """
    speaking = list(speaking)
    found = [*_of_log(kept), *_of_authors(kept, speaking)]
    for journal in speaking:
        found += _of_speaker(kept, journal)
    for listener in listening:
        found += _of_listener(kept, listener)
    return found[:MOST_NAMED]


def _of_log(kept: Sequence[Kept]) -> Iterator[str]:
    for place, message in enumerate(kept, 1):
        if message.seq != place:
            yield f"hole or doubled seq: {message.text!r} has seq {message.seq} and is number {place}"
            break
    for what, counts in (
        ("client_id", Counter(str(message.client_id) for message in kept)),
        ("text", Counter(message.text for message in kept)),
    ):
        yield from (f"doubled: {count} messages with {what} {it}" for it, count in counts.items() if count > 1)


def _of_authors(kept: Sequence[Kept], speaking: Sequence[Speaking]) -> Iterator[str]:
    said: dict[UUID, Said] = {}
    for journal in speaking:
        said |= journal.said
    for message in kept:
        meant = said.get(message.client_id)
        if meant is None or meant.text != message.text:
            yield f"invented: nobody said {message.text!r} as {message.client_id}"


def _of_speaker(kept: Sequence[Kept], journal: Speaking) -> Iterator[str]:
    by_seq = {message.seq: message for message in kept}
    by_id = {message.client_id for message in kept}
    for client_id, seq in journal.acknowledged.items():
        message = by_seq.get(seq)
        if message is None or message.client_id != client_id:
            place = "kept elsewhere" if client_id in by_id else "not kept"
            yield f"lost: {journal.name} was promised {journal.said[client_id].text!r} as {seq}; it is {place}"
    for client_id, code in journal.refused.items():
        what = "kept though refused" if client_id in by_id else "refused"
        yield f"{what}: {journal.name} was told {code} for {journal.said[client_id].text!r}"
    yield from (f"contradicted: {journal.name}: {what}" for what in journal.contradicted)


def _of_listener(kept: Sequence[Kept], listener: Listening) -> Iterator[str]:
    if listener.heard == list(kept):
        return
    seqs = [message.seq for message in listener.heard]
    known = set(seqs)
    missing = [message.seq for message in kept if message.seq not in known]
    if missing:
        yield f"unheard: {listener.name} heard {len(known)} of {len(kept)} and misses {missing[:5]} {listener.stopped}"
    if len(known) < len(seqs):
        yield f"doubled: {listener.name} heard {[seq for seq, n in Counter(seqs).items() if n > 1][:5]} more than once"
    if seqs != sorted(seqs):
        yield f"reordered: {listener.name} heard {next(b for a, b in pairwise(seqs) if b < a)} late"
    truth = set(kept)
    yield from (f"invented: {listener.name} heard {it}" for it in listener.heard if it not in truth)
