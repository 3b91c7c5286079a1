"""What each client keeps for itself: what it said, what became of it as far as it knows, and what it heard."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Said:
    """A message as its sender means it."""

    client_id: UUID
    text: str


@dataclass(frozen=True)
class Kept:
    """A message as a log has it: in the database, or in a listener's memory."""

    seq: int
    client_id: UUID
    text: str


@dataclass
class Speaking:
    """One speaker's journal. What was said and is neither acknowledged nor refused is unknown: it may be kept."""

    name: str
    said: dict[UUID, Said] = field(default_factory=dict)
    acknowledged: dict[UUID, int] = field(default_factory=dict)
    refused: dict[UUID, str] = field(default_factory=dict)
    contradicted: list[str] = field(default_factory=list)

    def say(self, said: Said) -> None:
        self.said[said.client_id] = said

    def acknowledge(self, said: Said, seq: int, text: str) -> None:
        """An answer came; a second one must be the same."""
        if self.acknowledged.setdefault(said.client_id, seq) != seq or text != said.text:
            self.contradicted.append(f"{said.text!r} was answered with {seq} {text!r}")

    def refuse(self, said: Said, code: str) -> None:
        self.refused[said.client_id] = code


@dataclass
class Listening:
    """One listener's journal: every entry in the order in which it was told; `stopped` is why it heard no more."""

    name: str
    heard: list[Kept] = field(default_factory=list)
    stopped: str = ""

    @property
    def last(self) -> int:
        return self.heard[-1].seq if self.heard else 0
