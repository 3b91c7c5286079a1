"""`python -m tests.screens FOLDER [SEEDS]`: writes a picture and a truth file of every kind for so many seeds."""

import json
import sys
from pathlib import Path

import cv2

from tests.screens.catalogue import battery


def main(folder: Path, seeds: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for screen in battery(range(seeds)):
        cv2.imwrite(str(folder / f"{screen.name}.png"), screen.image)
        (folder / f"{screen.name}.json").write_text(json.dumps(screen.truth, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
