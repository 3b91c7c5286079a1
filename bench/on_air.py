"""From a confirmed result to a thousand screens and to the stream: `python -m bench.on_air`, two minutes, loopback.

A referee puts a result over REST every second. A thousand sockets listen to the standings, and a board is on air in
Chromium. What counts is the time from sending the request to the frame on each socket, and to the frame that Chromium
painted.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.children import Child, cpu_us, raise_file_limit, start_module
from bench.report import markdown
from bench.settling import Home, settle, start_guildhall
from tests.core.tournaments.live_board import LiveBoard, code_for, heard, lobby

FLAGS = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
WARMING = 3  # results before those that count
PAINTED = """() => {
    const painted = window.painted = {};
    const words = document.querySelector(".facts").firstChild;
    const note = () => {
        const count = parseInt(/(\\d+) of/.exec(words.data)?.[1] ?? "0");
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { painted[count] ??= performance.timeOrigin + performance.now(); };
        requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    new MutationObserver(note).observe(words, { characterData: true });
}"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Milliseconds since a result was sent: until its answer, on every socket, on the last socket of each result, and
    painted on air; each sorted."""

    answered_ms: list[float]
    sockets_ms: list[float]
    last_socket_ms: list[float]
    on_air_ms: list[float]
    server_share: float  # of a core
    load_1min: float


def measure(database: str, *, sockets: int, results: int, entrants: int) -> Shown:
    with contextlib.ExitStack() as stack:
        home = settle(stack, database, sockets=sockets + 10, people=10)
        board = heard(json.dumps(home.ask(code_for(host=1, entrants=entrants, matches=WARMING + results))))
        server = start_guildhall(stack, home)
        load = stack.enter_context(start_module("bench.airing"))
        load.ask({"do": "connect", "port": home.port, "greetings": _greetings(home, board, sockets)})
        page = _put_on_air(stack, home, board)
        load.ask({"do": "hear", "entries": WARMING + results, "within_s": results + 60})
        _put_results(home, board, board.matches[:WARMING])
        page.evaluate(PAINTED)
        return _count(home, board, server, load, page)


def _count(home: Home, board: LiveBoard, server: Child, load: Child, page: Page) -> Shown:
    matches = board.matches[WARMING:]
    began, began_us = time.monotonic(), cpu_us(server.pid)
    sent = _put_results(home, board, matches)
    share = (cpu_us(server.pid) - began_us) / 1e6 / (time.monotonic() - began)
    seen: list[dict[str, int]] = load.hear()["seen"]
    page.wait_for_timeout(1_000)
    painted: dict[str, float] = page.evaluate("() => window.painted")
    sockets: list[list[float]] = []
    on_air = []
    for number, (seq, sent_ns, _) in enumerate(sent, WARMING + 1):
        sockets.append(sorted((one[str(seq)] - sent_ns) / 1e6 for one in seen))
        on_air.append(painted[str(number)] - sent_ns / 1e6)
    return Shown(
        answered_ms=sorted(answered_ms for _, _, answered_ms in sent),
        sockets_ms=sorted(ms for each in sockets for ms in each),
        last_socket_ms=sorted(each[-1] for each in sockets),
        on_air_ms=sorted(on_air),
        server_share=share,
        load_1min=os.getloadavg()[0],
    )


def _greetings(home: Home, board: LiveBoard, sockets: int) -> list[list[str]]:
    subscribe = json.dumps({"id": 2, "op": "subscribe", "topic": f"standings.{board.stage}"})
    tokens = [home.tokens[number % len(home.tokens)] for number in range(sockets)]
    return [[json.dumps({"id": 1, "op": "hello", "token": token}), subscribe] for token in tokens]


def _put_on_air(stack: contextlib.ExitStack, home: Home, board: LiveBoard) -> Page:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=list(FLAGS))
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"http://127.0.0.1:{home.port}/overlay/#k={board.key}")
    page.get_by_role("listitem").first.wait_for()
    return page


def _put_results(home: Home, board: LiveBoard, matches: list[int]) -> list[tuple[int, int, float]]:
    """One a second; answers of each the seq of its entry, when it was sent (ns) and how long the answer took (ms)."""
    chance, sent = random.Random(6), []
    for match in matches:
        begun = time.monotonic()
        order = chance.sample(board.entrants, len(board.entrants))
        body = json.dumps({"payload": lobby(order)}).encode()
        path = f"tournaments/{board.competition}/matches/{match}/result/"
        headers = {"Authorization": f"Bearer {home.tokens[0]}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{home.port}/api/{path}", body, headers, method="PUT")
        sent_ns = time.time_ns()
        answer: dict[str, Any] = json.load(urllib.request.urlopen(request))
        sent.append((answer["seq"], sent_ns, (time.time_ns() - sent_ns) / 1e6))
        time.sleep(max(0.0, 1 - (time.monotonic() - begun)))
    return sent


def table(shown: Shown) -> str:
    kinds = {
        "the referee has the answer": shown.answered_ms,
        "on a socket": shown.sockets_ms,
        "on the last socket": shown.last_socket_ms,
        "painted on air": shown.on_air_ms,
    }
    head = ["", "p50, ms", "p99, ms", "at the latest, ms"]
    rows = [[name, *(f"{it:.0f}" for it in (_at(ms, 50), _at(ms, 99), ms[-1]))] for name, ms in kinds.items()]
    return f"{markdown(head, rows)}\n\nserver: {shown.server_share:.0%} of a core; load {shown.load_1min:.1f}"


def _at(times: list[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--results", type=int, default=60)
    parser.add_argument("--entrants", type=int, default=25)
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    arguments = parser.parse_args()
    raise_file_limit(arguments.sockets + 200)
    shown = measure("SQLite", sockets=arguments.sockets, results=arguments.results, entrants=arguments.entrants)
    print(table(shown))
    if arguments.out:
        arguments.out.write_text(json.dumps(asdict(shown), indent=1))


if __name__ == "__main__":
    main()
