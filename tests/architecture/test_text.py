"""What must not stand in any tracked file: paths of one machine, hosts of one network, secrets."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, tracked

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.~}>-])/(?:work|home|root|Users|mnt)/\w"),
    "a package host": re.compile(r"(?i)\b(?:registry\.npmjs|files\.pythonhosted|pypi\.org/simple|artifactory|jfrog)"),
    "an index of one network": re.compile(r"(?i)(?:--|extra-)index-url|trusted-host"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}


PICTURES = {".png", ".jpg", ".webp", ".woff2", ".ico", ".npz"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    texts = [path for path in tracked() if path.suffix not in PICTURES and path != Path(__file__)]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in texts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []
