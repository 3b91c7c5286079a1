"""Fan-out beside its peers: `python -m bench.fanout`, a few minutes on an otherwise idle machine, loopback only.

Every peer gets fresh processes and the same load: sockets that listen to one topic, lines of about 200 bytes.
"""

import argparse
import contextlib
import json
import platform
from dataclasses import asdict
from pathlib import Path

from bench.children import raise_file_limit
from bench.measuring import measure, measure_posts
from bench.peers import PEERS, start_posting
from bench.report import Runs, plot, ratios, table

BARE, STOCK = "bare broadcast", "stock, daphne"


def measure_all(names: list[str], sockets: int, repeat: int) -> Runs:
    """Each peer `repeat` times, round by round, so that a busy minute of the machine hits all of them."""
    runs: Runs = {name: [] for name in names}
    for number in range(1, repeat + 1):
        for name in names:
            print(f"round {number}: {name}", flush=True)
            with contextlib.ExitStack() as stack:
                runs[name].append(measure(name, PEERS[name](stack, sockets), sockets))
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=list(PEERS), default=list(PEERS), metavar="PEER")
    parser.add_argument("--out", type=Path, help="where the raw measurements go, as JSON")
    parser.add_argument("--plot", type=Path, help="where the picture goes (.svg or .png)")
    arguments = parser.parse_args()
    raise_file_limit(arguments.sockets + 200)
    runs = measure_all(arguments.only, arguments.sockets, arguments.repeat)
    print(f"\n{table(runs)}\n")
    if {BARE, STOCK} <= runs.keys():
        print(ratios(runs, STOCK, BARE))
    with contextlib.ExitStack() as stack:
        posts = measure_posts(start_posting(stack, arguments.sockets), arguments.sockets)
    print(f"\n{posts}")
    if arguments.out:
        arguments.out.write_text(json.dumps(_raw(runs), indent=1))
    if arguments.plot:
        plot(runs, arguments.plot)


def _raw(runs: Runs) -> dict[str, object]:
    machine = {"python": platform.python_version(), "system": platform.platform()}
    return {"machine": machine, "runs": {name: [asdict(one) for one in measured] for name, measured in runs.items()}}


if __name__ == "__main__":
    main()
