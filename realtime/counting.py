"""What the hub counts while it works: plain numbers, so that counting costs the hot path next to nothing."""

from bisect import bisect_left
from collections import Counter, defaultdict

LAG_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0)
COMMAND_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Distribution:
    """How often a value fell at or below each of `bounds`, and the sum of all."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Counts:
    """Of this process since it began; written on the hub's loop, read by whoever asks."""

    def __init__(self) -> None:
        self.opened = 0  # sockets
        self.closes: Counter[str] = Counter()  # sockets by close code; `client` where the client went by itself
        self.starts: Counter[str] = Counter()  # subscriptions by what they began with
        self.deliveries = 0  # messages, once for each socket that listened when they were flushed
        self.bytes_out = 0  # of frames to sockets, up to each socket's last pong
        self.flushes = 0
        self.mended = 0  # log entries that no bell brought
        self.refills = 0  # pages read for sockets that fell out of the ring
        self.bells_lost = 0
        self.deaf_s = 0.0  # without hearing the own beat
        self.lag = {kind: Distribution(LAG_S) for kind in ("log", "state", "volatile")}
        self.commands: dict[tuple[str, str], Distribution] = {}
        self.batches: defaultdict[str, Distribution] = defaultdict(lambda: Distribution(BATCH))  # by command

    def command(self, name: str, outcome: str, took_s: float) -> None:
        """A call was answered: `outcome` is `done` or the code of the refusal."""
        found = self.commands.get((name, outcome))
        if found is None:
            found = self.commands[name, outcome] = Distribution(COMMAND_S)
        found.observe(took_s)


counts = Counts()
