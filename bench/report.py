"""What was measured, told: medians with their spread as a Markdown table, ratios within the run, a plot."""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import matplotlib.pyplot as plt

from bench.measuring import Measured

COLUMNS: Sequence[tuple[str, Callable[[Measured], float], str]] = (
    ("CPU a delivery, µs", lambda m: m.cpu_us, ".1f"),
    ("Redis beside it, µs", lambda m: m.redis_us, ".1f"),
    ("p50, ms", lambda m: m.p50_ms, ".1f"),
    ("p99, ms", lambda m: m.p99_ms, ".1f"),
    ("burst: deliveries/s", lambda m: m.burst_per_s, ",.0f"),
    ("burst: CPU, µs", lambda m: m.burst_cpu_us, ".1f"),
    ("idle socket, KiB", lambda m: m.socket_kib, ".1f"),
    ("connects/s", lambda m: m.connects_per_s, ",.0f"),
    ("lost", lambda m: m.lost, ".0f"),
)

Runs = dict[str, list[Measured]]
"""Peer -> one measurement per repetition."""


def table(runs: Runs) -> str:
    """One row per peer: the median, and in brackets the least and the most of the repetitions."""
    head = ["", *(title for title, _, _ in COLUMNS)]
    rows = [[peer, *(_spread(measured, value, form) for _, value, form in COLUMNS)] for peer, measured in runs.items()]
    return markdown(head, rows)


def ratios(runs: Runs, stock: str, bare: str) -> str:
    """Every peer against stock Channels and against the bare broadcast, repetition by repetition."""
    head = ["", f"CPU: less than {stock}, times", f"CPU: of {bare}", f"burst: of {bare}"]
    rows = []
    for peer, measured in runs.items():
        beside_stock = [s.cpu_us / m.cpu_us for m, s in zip(measured, runs[stock], strict=True)]
        beside_bare = [m.cpu_us / b.cpu_us for m, b in zip(measured, runs[bare], strict=True)]
        bursts = [m.burst_per_s / b.burst_per_s for m, b in zip(measured, runs[bare], strict=True)]
        rows.append([peer, *(_range(values, ".2f") for values in (beside_stock, beside_bare, bursts))])
    return markdown(head, rows)


def plot(runs: Runs, path: Path) -> None:
    """CPU per delivery and burst throughput, logarithmic, bars at the median and whiskers over all repetitions."""
    figure, axes = plt.subplots(1, 2, figsize=(11, 0.5 * len(runs) + 1.4), sharey=True, layout="constrained")
    sides = ((lambda m: m.cpu_us, "server CPU per delivery, µs (less is better)", ".1f"),
             (lambda m: m.burst_per_s, "deliveries per second in a burst (more is better)", ",.0f"))  # fmt: skip
    colours = ["#2f6fde" if "guildhall" in peer else "#9aa3b2" for peer in runs]
    for axis, (value, title, form) in zip(axes, sides, strict=True):
        middles = [median(map(value, measured)) for measured in runs.values()]
        below = [middle - min(map(value, m)) for middle, m in zip(middles, runs.values(), strict=True)]
        above = [max(map(value, m)) - middle for middle, m in zip(middles, runs.values(), strict=True)]
        bars = axis.barh(list(runs), middles, xerr=[below, above], color=colours, capsize=3)
        axis.bar_label(bars, [format(middle, form) for middle in middles], padding=8, fontsize=9)
        axis.set_xscale("log")
        axis.margins(x=0.3)
        axis.set_title(title, fontsize=10)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].invert_yaxis()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def _spread(measured: Sequence[Measured], value: Callable[[Measured], float], form: str) -> str:
    return _range([value(one) for one in measured], form)


def _range(values: Sequence[float], form: str) -> str:
    low, middle, high = (format(value, form) for value in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def middle(values: Sequence[float], form: str) -> str:
    """The median, and in brackets the least and the most."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---", *("--:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
