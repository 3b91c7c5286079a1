"""`python -m ocr_pipeline FILE… --json`: a line of JSON for each picture; `--show FOLDER` draws what was found."""

import argparse
import sys
from pathlib import Path

import msgspec

from ocr_pipeline.drawing import drawn
from ocr_pipeline.engines import DEFAULT, engines_from
from ocr_pipeline.pipeline import Hints, read
from ocr_pipeline.reading import as_json


def main(arguments: list[str]) -> int:
    """The exit status: 1 where a file could not be opened, which is said on standard error; the others are read."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        engines = engines_from(asked.engines.split(","))
    except ValueError as unknown:
        parser.error(str(unknown))
    failed = 0
    hints = Hints(languages=[it for it in asked.languages.split(",") if it], names=asked.name)
    for file in asked.files:
        try:
            raw = file.read_bytes()
        except OSError as error:
            sys.stderr.write(f"{file}: {error.strerror}\n")
            failed = 1
            continue
        reading = read(raw, hints, engines)
        sys.stdout.write(msgspec.json.encode({"file": str(file), **as_json(reading)}).decode() + "\n")
        sys.stdout.flush()
        if asked.show and reading.width:
            asked.show.mkdir(parents=True, exist_ok=True)
            (asked.show / f"{file.stem}.png").write_bytes(drawn(raw, reading))
    return failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ocr_pipeline", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each file (this is the default)")
    parser.add_argument("--show", type=Path, metavar="FOLDER", help="write there each picture with what was found")
    parser.add_argument("--engines", default=",".join(DEFAULT), help="who reads, the first that can: %(default)s")
    parser.add_argument("--languages", default="", help="languages expected on the screens, such as en,pl")
    parser.add_argument("--name", action="append", default=[], help="a name that may stand there; several are fine")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
