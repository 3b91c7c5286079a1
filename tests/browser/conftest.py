"""A real Chromium on a served house. Every page that a test opens must stay without a complaint."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.deployments import PASSWORD, Deployment, SignedUp, Template, deployed

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
expect.set_options(timeout=15_000)

Open = Callable[..., Page]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven from outside."""
    path = shutil.which("chromium")
    assert path, "Chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def house(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """One running Guildhall that the tests of this folder share; each brings people of its own."""
    with deployed(template, tmp_path_factory.mktemp("browser") / "house") as deployment:
        yield deployment


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address as a person of its own: `open_page(url, viewport=PHONE, mishaps=["ERR_CONNECTION_REFUSED"])`.

    At the end the console must be silent (so no breach of the content policy), but for the `mishaps` that were told.
    """
    complaints: list[str] = []
    contexts = []

    def open_(url: str, viewport: ViewportSize = DESK, mishaps: tuple[str, ...] = (), **options: Any) -> Page:
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()

        def complain(text: str) -> None:
            if not any(mishap in text for mishap in mishaps):
                complaints.append(text)

        page.on("console", lambda message: complain(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("request", lambda request: None if "//127.0.0.1:" in request.url else complain(request.url))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def names() -> tuple[str, str]:
    """Two people whom no other test knows."""
    suffix = secrets.token_hex(3)
    return f"asha{suffix}", f"ravi{suffix}"


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Through the dialog, from wherever the page is."""
    page.get_by_role("button", name="Sign in").last.click()  # of a sheet, if one is open
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Username or e-mail").fill(username)
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog).to_have_count(0)


def post(house: Deployment, person: SignedUp, text: str) -> int:
    """Says something over REST; answers its seq."""
    answer = httpx.post(
        f"{house.web[0].url}/api/chat/rooms/global/messages/",
        json={"text": text},
        headers={"Authorization": f"Bearer {person.access}"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json()["seq"])


def message(page: Page, text: str) -> Any:
    """The row of the message that says `text`."""
    return page.get_by_role("list", name="Messages").get_by_role("listitem").filter(has_text=text)


def say(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Message the global room")
    field.fill(text)
    field.press("Enter")


def chatting(open_page: Open, house: Deployment, username: str, **options: object) -> Page:
    page = open_page(f"{house.web[0].url}/chat", **options)
    sign_in(page, username)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


def appoint(house: Deployment, person: SignedUp) -> None:
    """From now on that person moderates."""
    grant = f"from core.accounts.services import *; grant_staff(by=SYSTEM, user_id={person.id})"
    house.manage("shell", "-c", grant)


def choose(page: Page, seq: int, choice: str) -> None:
    """From the menu of a message."""
    page.locator(f"#m{seq}").hover()
    page.locator(f"#m{seq}").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=choice).click()


def bell(page: Page, unread: int) -> None:
    """The bell says exactly this."""
    name = f"Notifications, {unread} unread" if unread else "Notifications"
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
