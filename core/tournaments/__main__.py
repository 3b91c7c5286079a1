"""The table of a results document: `python -m core.tournaments FILE.json`."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.errors import DomainError, Invalid
from core.tournaments.document import Document, Played, read_document, standings_of
from core.tournaments.exact import Number
from core.tournaments.log import Id
from core.tournaments.ranking import Compared
from core.tournaments.standings import Row, Standings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m core.tournaments", description=__doc__)
    parser.add_argument("file", help="a results document (docs/results-format.md), - for standard input")
    parser.add_argument("--as-of", type=_moment, metavar="TIME", help="what counted then: 2024-01-31 or with a time")
    parser.add_argument("--explain", nargs=2, metavar=("A", "B"), help="why A is above B, or not")
    given = parser.parse_args(arguments)
    try:
        document = read_document(sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes())
        stages = [*standings_of(document, as_of=given.as_of)]
        lines = [*_explained(document, stages, *given.explain)] if given.explain else [*_tables(document, stages)]
    except OSError as error:
        sys.stderr.write(f"{given.file}: {error.strerror}\n")
        return 1
    except DomainError as refused:
        sys.stderr.write(f"{given.file}: {refused.detail} [{refused.code}]\n")
        return 1
    sys.stdout.write("\n".join(lines).rstrip() + "\n")
    return 0


def _moment(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _tables(document: Document, stages: Sequence[Played]) -> Iterator[str]:
    titles = [document.name] if document.name else []
    for played in stages:
        for group, standings in played.groups.items():
            title = " · ".join(filter(None, [*titles, played.stage.name, group and f"Group {group}"]))
            yield from [title, ""] if title else []
            yield from _aligned([["", "", *standings.columns], *(_cells(document, row) for row in standings.rows)])
            yield ""


def _cells(document: Document, row: Row) -> list[str]:
    marks = "=" * row.tied + "!" * row.placed + "x" * bool(row.out)
    return [f"{row.rank or '-'}{marks}", _name(document, row.entrant), *map(_number, row.figures.values())]


def _aligned(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        texts = [
            cell.ljust(width) if place == 1 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(texts).rstrip()


def _explained(document: Document, stages: Sequence[Played], a: str, b: str) -> Iterator[str]:
    """Of the last stage where both are in one group."""
    for played in reversed(stages):
        for standings in played.groups.values():
            known: Mapping[str, Id] = {str(row.entrant): row.entrant for row in standings.rows}
            if a in known and b in known and a != b:
                yield from _why(document, standings, known[a], known[b])
                return
    raise Invalid("unknown_entrant", f"There is no group with both {a} and {b}.")


def _why(document: Document, standings: Standings, a: Id, b: Id) -> Iterator[str]:
    explained = standings.explain(a, b)
    one, other = (_name(document, who) for who in (a, b))
    yield from (_asked(document, compared) for compared in explained.asked)
    above = standings.rows.index(explained.rows[0]) < standings.rows.index(explained.rows[1])
    first, second = (one, other) if above else (other, one)
    yield {
        "criterion": f"{first} is above {second}.",
        "tied": f"{one} and {other} are tied: only a lot, a play-off or a decision can separate them.",
        "placed": f"{first} is above {second}: a place was given by hand.",
        "out": f"{first} is above {second}: disqualified.",
    }[explained.reason]


def _asked(document: Document, compared: Compared) -> str:
    among = ", ".join(_name(document, who) for who in compared.among)
    question = f"{compared.criterion.by} among {among}" if among else str(compared.criterion.by)
    if compared.values is None:
        return f"{question}: passed over, not everybody has a value"
    one, other = compared.values
    entries = " | ".join(", ".join(map(str, behind)) or "none" for behind in compared.entries)
    return f"{question}: {_number(one)} {'=' if one == other else '≠'} {_number(other)}  (entries {entries})"


def _name(document: Document, entrant: Id) -> str:
    return document.names.get(str(entrant), str(entrant))


def _number(number: Number | None) -> str:
    return "?" if number is None else str(number)


if __name__ == "__main__":
    sys.exit(main())
