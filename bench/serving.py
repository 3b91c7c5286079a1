"""One peer in a process of its own: `python -m bench.serving <peer> <server> <port>`, told what to publish on stdin."""

import argparse
import asyncio
import importlib

from bench.bare import serve_bare
from bench.publishing import obey
from realtime.leaving import Departure
from realtime.servers import serve


def _serve(peer: str, server: str, port: int) -> None:
    """The peer's application behind the server, with the options that Guildhall gives it; returns never."""
    tasks = []
    module = importlib.import_module(f"bench.{peer}")

    def publish_too() -> None:
        if hasattr(module, "publish"):
            tasks.append(asyncio.get_event_loop().create_task(obey(module.publish)))

    serve(server, module.application, host="127.0.0.1", port=port, departure=Departure(0, list), ready=publish_too)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["guildhall", "stock", "stock_chat", "bare"])
    parser.add_argument("server", choices=["uvicorn", "daphne", "none"])
    parser.add_argument("port", type=int)
    arguments = parser.parse_args()
    if arguments.server == "none":
        serve_bare(arguments.port)
    else:
        _serve(arguments.peer, arguments.server, arguments.port)


if __name__ == "__main__":
    main()
