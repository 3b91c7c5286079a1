"""Makes a start possible: a migrated database, collected static files, and demo people in an empty house."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Migrates and collects static files where that is needed, and loads the demo into an empty house."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo people outside the embedded shape too")

    def handle(self, *_: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
            self.stdout.write("The database is migrated.")
        if not settings.SERVESTATIC_USE_FINDERS:
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.EMBEDDED or options["demo"]:
            call_command("demo", stdout=self.stdout)
