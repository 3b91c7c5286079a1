"""Lists for the tests of pages: made over REST, and found on a page as people find them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, sign_in
from tests.deployments import Deployment, SignedUp


def ask(house: Deployment, person: SignedUp, method: str, route: str, **body: Any) -> Any:
    """What REST answers to that person, who is granted it."""
    answer = httpx.request(
        method,
        f"{house.web[0].url}/api/{route}",
        json=body or None,
        headers={"Authorization": f"Bearer {person.access}"},
        timeout=30,
    )
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def make_list(house: Deployment, owner: SignedUp, *titles: str, closes_in_s: float | None = None, **about: Any) -> Any:
    """A list of `owner` with items of these titles, as REST shows it."""
    if closes_in_s is not None:
        about["decision_deadline"] = (datetime.now(UTC) + timedelta(seconds=closes_in_s)).isoformat()
    made = ask(house, owner, "POST", "bucketlists/", **{"title": "Bootcamp weekend"} | about)
    for title in titles:
        ask(house, owner, "POST", f"bucketlists/{made['id']}/items/", title=title)
    return ask(house, owner, "GET", f"bucketlists/{made['id']}/")


def join(house: Deployment, owner: SignedUp, person: SignedUp, list_id: int, role: str = "editor") -> None:
    """`person` is on the list, by its link."""
    invite = ask(house, owner, "PUT", f"bucketlists/{list_id}/invites/{role}/")
    ask(house, person, "POST", f"invites/{invite['token']}/accept/", accept=True)


def at_list(open_page: Open, house: Deployment, person: SignedUp, path: str, **options: Any) -> Page:
    """That person's page of a list, or of a part of it."""
    page = open_page(f"{house.web[0].url}/chat", **options)
    sign_in(page, person.username)
    page.goto(f"{house.web[0].url}/lists/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def items(page: Page) -> Locator:
    return page.get_by_role("list", name="Items").get_by_role("listitem")


def item(page: Page, title: str) -> Locator:
    return items(page).filter(has_text=title)


def vote(page: Page, title: str, way: str = "up") -> None:
    page.get_by_role("button", name=f"Vote {way}: {title}").click()


def expect_score(page: Page, title: str, up: int, down: int) -> None:
    expect(item(page, title).get_by_text(f"Score {up - down}: {up} up, {down} down")).to_be_attached()


def expect_still(page: Page) -> None:
    """No row has moved for a while, so that a press meets what it was aimed at."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-moved-at]')].every((row) => Date.now() - row.dataset.movedAt > 500)"
    )


def expect_closed(page: Page) -> None:
    expect(page.get_by_role("region", name="Deadline")).to_contain_text("Closed today")
