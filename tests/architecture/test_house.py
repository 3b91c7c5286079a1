"""The house holds: its floors, its sizes, its one way through services."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.sources import ROOT, functions, python_files

FUNCTION_LINES = 40
FILE_LINES = 300

WITHOUT_BY = {
    "accounts": {
        *("ask_password_reset", "check_credentials", "sign_in"),  # nobody is signed in yet
        *("confirm_address", "end_presented_session", "refresh_session", "reset_password"),  # a secret says who
        "open_session",  # for whoever was just recognised
    },
    "boards": {
        *("add_scores", "leave_boards"),  # for another service, which knows who acts
        "rebuild_ranks",  # a command of operators; writes no row
    },
    "bucketlists": {
        "cast_votes",  # each cast names its voter
        *("leave_lists", "why_not_delete"),  # for another service, which knows who acts
        *("remind_members", "seal_closed", "seal_due", "seal_list", "sealed_round", "tell_comment"),  # jobs, readers
    },
    "chat": {
        *("post_messages", "tell_everyone"),  # each draft names its author, and so does a message
        "forget_rooms",  # for another service
    },
    "files": {
        *("drop_file", "make_sizes_later", "set_public"),  # for another service, which knows who acts
        *("erase_bytes", "forget_file", "forget_original", "make_sizes"),  # jobs
    },
    "notifications": {
        *("admit", "change_told", "forget_told", "set_hidden", "tell_inbox"),  # for another service
        *("mail_unread", "unsubscribe"),  # a job; a token says who
    },
    "teams": {
        *("hold_team", "leave_teams", "release_team", "why_not_delete"),  # for another service, which knows who acts
        "expire_request",  # a job
    },
    "tournaments": {
        "leave_competitions",  # for another service, which knows who acts
        *("keep_time", "read_claim", "settle_claim", "tell_crowd"),  # jobs
    },
    "tracker": {"read_pictures", "settle_reading"},  # a job
}
# called at start, they write no row
SWITCHBOARD = {"erases_belongings", "guards_deletion", "reads_pictures", "tells_of_sanctions"}
PIECES = {  # of a service that writes several in one transaction
    "erase_applications",
    *("add_message", "add_notices", "erase_matches", "erase_notifications", "open_inboxes", "open_log"),
    *("forget_opponent", "held_message", "tell_crowd", "tell_mentions", "tell_of_sanction"),
}


ROOMS = [
    "files",
    "accounts",
    "notifications",
    "boards",
    "hosts",
    "teams",
    "chat",
    "bucketlists",
    "tournaments",
    "tracker",
]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_floors_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = {
        f"{named(path)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files()
        for function in functions(path)
    }
    assert {name: lines for name, lines in sizes.items() if lines > FUNCTION_LINES} == {}


def test_no_file_is_longer_than_three_screens() -> None:
    sizes = {named(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: lines for name, lines in sizes.items() if lines > FILE_LINES} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_service_takes_keywords_and_says_first_who_acts(room: str) -> None:
    services = importlib.import_module(f"core.{room}.services")
    free = WITHOUT_BY.get(room, set()) | SWITCHBOARD | PIECES
    for name, verb in inspect.getmembers(services, inspect.isfunction):
        if name.startswith("_") or not verb.__module__.startswith(services.__name__) or name in free:
            continue
        parameters = list(inspect.signature(verb).parameters.values())
        if parameters:  # a sweep takes none
            assert parameters[0].name == "by", f"{room}.{name}"
            assert all(it.kind in (it.KEYWORD_ONLY, it.VAR_KEYWORD) for it in parameters), f"{room}.{name}"


def test_nothing_reaches_a_channel_layer_through_a_loop_of_its_own() -> None:
    """`async_to_sync(layer.group_send)` from a worker's thread rings seconds late, or never."""
    callers = [
        named(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name) and node.id == "async_to_sync"
    ]
    assert callers == []
