"""The locks hold what pyproject.toml asks for, by hash, and say nothing of where it comes from."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from core.environment import BASE_DIR

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]


def pins(lock: str) -> dict[str, Version]:
    found = re.findall(r"^([\w.-]+)==(\S+)", (BASE_DIR / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


@pytest.mark.parametrize(
    ("lock", "asked"), [("requirements.txt", RUNTIME), ("requirements-dev.txt", RUNTIME + DEVELOPMENT)]
)
def test_every_dependency_is_pinned_within_its_range(lock: str, asked: list[Requirement]) -> None:
    pinned = pins(lock)

    for requirement in asked:
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement


def test_both_locks_pin_the_same_versions() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (BASE_DIR / lock).read_text()

    assert len(re.findall(r"^[\w.-]+==.+\\\n    --hash=sha256:", text, re.MULTILINE)) == len(
        re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    )
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize(("name", "floor"), [("daphne", "4.2.3"), ("django", "5.2.19")])
def test_floors_of_packages_with_known_holes_below(name: str, floor: str) -> None:
    assert pins("requirements.txt")[canonicalize_name(name)] >= Version(floor)
