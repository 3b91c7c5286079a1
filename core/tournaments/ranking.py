"""Order: a chain of criteria put to all entrants (T17), true ties (T18), and why one is above another (T19). Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, groupby

from core.tournaments.criteria import LOWER_IS_BETTER, Chain, Criterion, value
from core.tournaments.exact import Number, rounded
from core.tournaments.log import Id
from core.tournaments.scoring import Line, Lines

LOT = Criterion(by="lot")


@dataclass(frozen=True, slots=True)
class Tie:
    """Entrants that nothing has separated yet. `step` is the criterion that comes next; `among` are those whose matches
    against each other count where only these do: who was tied when the run of such criteria began."""

    members: tuple[Id, ...]
    step: int
    among: frozenset[Id]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked of a tie, among whom if only their own matches count, and everybody's value; no values if it was
    passed over."""

    asked: Criterion
    among: frozenset[Id]
    values: Mapping[Id, Number]


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion put to two entrants: both values (None if it was passed over), and the entries behind them."""

    criterion: Criterion
    among: tuple[Id, ...]
    values: tuple[Number, Number] | None
    entries: tuple[tuple[int, ...], tuple[int, ...]]


class Ranking:
    """The order of entrants by their lines.

    `lots` are recorded draws, the latest first; `fixtures` the sides of all matches that are to be played, so that a
    criterion may wait for those among the tied.
    """

    def __init__(
        self, lines: Lines, chain: Chain, *, lots: Sequence[Sequence[Id]] = (), fixtures: Iterable[Sequence[Id]] = ()
    ) -> None:
        self.lines = lines
        self.lots = lots
        self.fixtures = fixtures
        criteria = chain.criteria
        self.criteria = criteria if any(it.by == "lot" for it in criteria) else (*criteria, LOT)

    def classes(self, entrants: Iterable[Id]) -> list[tuple[Id, ...]]:
        """`entrants` from the first to the last; those whom nothing separates stand together, as they were given."""
        members = tuple(entrants)
        found: list[tuple[Id, ...]] = []
        open_ties = [Tie(members, 0, frozenset())] if members else []
        while open_ties:
            tie = open_ties.pop()
            if len(tie.members) == 1 or tie.step == len(self.criteria):
                found.append(tie.members)
            else:
                open_ties.extend(reversed(self._split(tie)[1]))
        return found

    def compare(self, one: Id, other: Id, entrants: Iterable[Id]) -> Iterator[Compared]:
        """What was asked of `one` and `other` while they were tied, up to what separates them, if anything does."""
        everybody = tuple(entrants)
        tie: Tie | None = Tie(everybody, 0, frozenset())
        while tie and tie.step < len(self.criteria):
            answer, ties = self._split(tie)
            asked, among = answer.asked, answer.among
            values = (answer.values[one], answer.values[other]) if answer.values else None
            behind = (self._entries(asked, one, among), self._entries(asked, other, among))
            yield Compared(asked, tuple(who for who in everybody if who in among), values, behind)
            tie = next((it for it in ties if one in it.members and other in it.members), None)

    def _split(self, tie: Tie) -> tuple[Answer, list[Tie]]:
        """Puts the next criterion to a tie: the answer, and the smaller ties that come of it, the best first.

        UEFA's rule that criteria are applied anew to the teams still equal, and only then go on to the next, is a run
        of head-to-head criteria of which the last restarts; a rule that starts anew at once has all of them do so.
        """
        criterion = self.criteria[tie.step]
        answer, among = self._answer(criterion, tie), _among(criterion, tie)
        ties = []
        for members in self._groups(answer, tie.members):
            restarts = criterion.on_split == "restart" and len(members) < len(among or tie.members)
            ties.append(Tie(members, 0, frozenset()) if restarts else Tie(members, tie.step + 1, among))
        return answer, ties

    def _answer(self, criterion: Criterion, tie: Tie) -> Answer:
        among = _among(criterion, tie)
        if criterion.gate == "always" or self._all_played(among or tie.members):
            found = self._values(criterion, tie.members, among)
            values = {who: it for who, it in found.items() if it is not None}
            if len(values) == len(found):
                return Answer(criterion, among, values)
        return self._answer(criterion.otherwise, tie) if criterion.otherwise else Answer(criterion, among, {})

    def _values(self, criterion: Criterion, members: Sequence[Id], among: frozenset[Id]) -> Mapping[Id, Number | None]:
        if criterion.by == "lot":
            order = next((lot for lot in self.lots if set(members) <= set(lot)), ())
            return {who: order.index(who) if order else None for who in members}
        found = {who: value(criterion, self._lines(who, among), self._points) for who in members}
        if criterion.round_to is not None:
            return {who: None if it is None else rounded(it, criterion.round_to) for who, it in found.items()}
        return found

    @staticmethod
    def _groups(answer: Answer, members: tuple[Id, ...]) -> list[tuple[Id, ...]]:
        if not answer.values:
            return [members]
        better_first = answer.asked.by not in LOWER_IS_BETTER
        ordered = sorted(members, key=answer.values.__getitem__, reverse=better_first)
        return [tuple(group) for _, group in groupby(ordered, key=answer.values.__getitem__)]

    def _lines(self, entrant: Id, among: frozenset[Id]) -> Sequence[Line]:
        own = self.lines[entrant]
        return [line for line in own if line.opponent in among] if among else own

    def _entries(self, criterion: Criterion, entrant: Id, among: frozenset[Id]) -> tuple[int, ...]:
        lines = self._lines(entrant, among)
        return tuple(sorted({line.seq for line in lines if line.counts or criterion.by == "last_placement"}))

    def _all_played(self, members: Iterable[Id]) -> bool:
        """Everybody has met everybody, as often as is planned."""
        for one, other in combinations(members, 2):
            met = sum(line.played for line in self.lines[one] if line.opponent == other)
            if met < max(1, self._planned[frozenset((one, other))]):
                return False
        return True

    @cached_property
    def _planned(self) -> Counter[frozenset[Id]]:
        return Counter(frozenset(sides) for sides in self.fixtures if len(sides) == 2)

    @cached_property
    def _points(self) -> Mapping[Id, Number]:
        return {who: sum(line.points for line in own if line.counts) for who, own in self.lines.items()}


def _among(criterion: Criterion, tie: Tie) -> frozenset[Id]:
    """Whose matches count for `criterion`; empty where all do."""
    return (tie.among or frozenset(tie.members)) if criterion.scope == "tied" else frozenset()
