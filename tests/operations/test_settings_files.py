"""The files that an operator reads and writes name the settings that there are."""

import re

import yaml
from dotenv import dotenv_values

from core.environment import BASE_DIR, Environment

NAMES = [name.upper() for name in Environment.model_fields]


def test_the_example_names_every_setting_with_its_meaning_and_default() -> None:
    example = BASE_DIR / ".env.example"
    entries = re.findall(r"^# (.+)\n([A-Z_]+)=", example.read_text(), re.MULTILINE)
    shown = {name.lower(): value for name, value in dotenv_values(example).items()}
    default_home = Environment.model_fields["guildhall_home"].default.relative_to(BASE_DIR)

    assert entries == [(field.description, name.upper()) for name, field in Environment.model_fields.items()]
    assert (
        Environment.model_validate(shown).model_dump()
        == Environment.model_construct(guildhall_home=default_home).model_dump()
    )


def test_compose_sets_only_settings_that_there_are() -> None:
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    ours = [service for service in services.values() if service["image"] == "guildhall"]

    assert len(ours) == 4
    assert all(set(service["environment"]) <= set(NAMES) for service in ours)


def test_the_operations_page_lists_every_setting() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", (BASE_DIR / "docs/operations.md").read_text(), re.MULTILINE)

    assert rows == [(name.upper(), field.description) for name, field in Environment.model_fields.items()]
