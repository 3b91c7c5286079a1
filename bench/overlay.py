"""How smoothly a board of a hundred rows moves in Chromium: `python -m bench.overlay`, two minutes, loopback only.

Every second all rows change their rank and count up; beside it, in the same browser, the same page with nothing on it,
and one with a single element that moves. What counts is the time from one frame to the next.
"""

import argparse
import contextlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.report import markdown
from bench.settling import settle, start_guildhall

ROWS = 100
FLAGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
NOTHING, ONE, ALL = "nothing moves", "one element moves", f"{ROWS} rows move"
FRAMES = """async (for_ms) => {
    const times = [];
    const begun = performance.now();
    for (let now = begun; now - begun < for_ms; ) times.push(now = await new Promise(requestAnimationFrame));
    return times.slice(1).map((at, index) => at - times[index]);
}"""
ONE_MOVES = """() => {
    const one = document.body.appendChild(document.createElement("div"));
    one.style.cssText = "position:absolute;width:700px;height:52px;background:#222;will-change:transform";
    one.animate([{ transform: "none" }, { transform: "translateY(800px)" }],
        { duration: 1000, iterations: Infinity, direction: "alternate" });
}"""
ALL_MOVE = """async (count) => {
    const { Board } = await import("/static/overlay/board.js");
    const board = new Board(document.body);
    const settings = { theme: "table", stage: null, group: null, rows: count, page_s: 0, highlight: 7, hidden: false,
        title: "", words: "Every row moves", accent: "", text: "", plate: "" };
    const meta = { competition: "Friday Night", stage: "Final", group: "", settings,
        matches_settled: 1, matches_count: 6 };
    let order = [...Array(count).keys()];
    let points = 100;
    const show = () => {
        order = order.map((who) => [Math.random(), who]).sort(([one], [other]) => one - other).map(([, who]) => who);
        points += 10;
        const rows = order.map((who, at) => [`row.${who}`, { position: at + 1, rank: at + 1, name: `Squad ${who}`,
            tag: `S${who}`, logo: "", points: points + count - at, kills: points - at, wins: 1, played: 1, out: "" }]);
        board.show({ meta, ...Object.fromEntries(rows) });
    };
    show();
    setInterval(show, 1000);
}"""


@dataclass(frozen=True, kw_only=True)
class Smooth:
    """Frames a second, and the times between them; `late` is the share that took more than one and a half frames."""

    fps: float
    p50_ms: float
    p99_ms: float
    worst_ms: float
    late: float
    layouts_per_frame: float
    script_share: float  # of the time, the page's own
    layout_share: float


def measure(page: Page, what: str, for_s: float) -> Smooth:
    page.reload()
    page.wait_for_load_state("networkidle")
    if what == ONE:
        page.evaluate(ONE_MOVES)
    elif what == ALL:
        page.evaluate(ALL_MOVE, ROWS)
    page.wait_for_timeout(2_000)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    before = _metrics(devtools)
    times_ms: list[float] = sorted(page.evaluate(FRAMES, for_s * 1000))
    spent = {name: value - before[name] for name, value in _metrics(devtools).items()}
    devtools.detach()
    return Smooth(
        fps=1000 * len(times_ms) / sum(times_ms),
        p50_ms=times_ms[len(times_ms) // 2],
        p99_ms=times_ms[len(times_ms) * 99 // 100],
        worst_ms=times_ms[-1],
        late=sum(time > 25 for time in times_ms) / len(times_ms),
        layouts_per_frame=spent["LayoutCount"] / len(times_ms),
        script_share=spent["ScriptDuration"] / spent["Timestamp"],
        layout_share=(spent["LayoutDuration"] + spent["RecalcStyleDuration"]) / spent["Timestamp"],
    )


def _metrics(devtools: Any) -> dict[str, float]:
    return {it["name"]: it["value"] for it in devtools.send("Performance.getMetrics")["metrics"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for-s", type=float, default=20)
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    arguments = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with contextlib.ExitStack() as stack:
        home = settle(stack, "SQLite", sockets=10, people=1)
        start_guildhall(stack, home)
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"http://127.0.0.1:{home.port}/overlay/")
        found = {what: measure(page, what, arguments.for_s) for what in (NOTHING, ONE, ALL)}
        browser.close()
    head = ["", "frames/s", "p50, ms", "p99, ms", "worst, ms", "late, %", "layouts a frame", "script, %", "layout, %"]
    print(markdown(head, [[what, *_shown(smooth)] for what, smooth in found.items()]))
    if arguments.out:
        arguments.out.write_text(json.dumps({what: asdict(smooth) for what, smooth in found.items()}, indent=1))


def _shown(one: Smooth) -> list[str]:
    times = [f"{time:.1f}" for time in (one.fps, one.p50_ms, one.p99_ms, one.worst_ms)]
    shares = [f"{100 * share:.1f}" for share in (one.script_share, one.layout_share)]
    return [*times, f"{100 * one.late:.1f}", f"{one.layouts_per_frame:.2f}", *shares]


if __name__ == "__main__":
    main()
