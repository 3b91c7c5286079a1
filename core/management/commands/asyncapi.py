"""`manage.py asyncapi`: writes the description of the live protocol, made of what the code declares."""

import argparse
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand

from realtime.asyncapi import document


class _Plain(yaml.SafeDumper):
    """Without anchors, and with lines where there are lines."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _text)


class Command(BaseCommand):
    help = "Describe the live protocol as AsyncAPI 3.0."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        kept = settings.BASE_DIR / "docs" / "live-protocol.asyncapi.yaml"
        parser.add_argument("--file", type=Path, default=kept, help="where to write it")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.write_text(yaml.dump(document(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120))
