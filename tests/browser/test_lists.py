"""Lists, as a group uses them: two people at once, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open, sign_in
from tests.browser.listing import (
    ask,
    at_list,
    expect_closed,
    expect_score,
    expect_still,
    item,
    items,
    join,
    make_list,
    vote,
)
from tests.browser.test_page import findings
from tests.deployments import PASSWORD, Deployment


def make_by_hand(page: Page, title: str) -> None:
    """From the room of lists, through the dialog."""
    page.get_by_role("button", name="New list").click()
    dialog = page.get_by_role("dialog", name="New list")
    dialog.get_by_label("What is it about?").fill(title)
    dialog.get_by_role("button", name="Make the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def propose(page: Page, title: str) -> None:
    page.get_by_role("textbox", name="Propose something").fill(title)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(item(page, title).get_by_role("button", name=f"Vote up: {title}")).to_be_visible()


def link_to_join(page: Page) -> str:
    """From the page of a list's people."""
    page.get_by_role("navigation", name="Parts of the list").get_by_role("link", name="People").click()
    page.get_by_role("button", name="Show the link for editors").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    link = page.get_by_role("textbox", name="Link to join").input_value()
    page.keyboard.press("Escape")
    page.get_by_role("navigation", name="Parts of the list").get_by_role("link", name="Items").click()
    return link


def sign_up_and_join(phone: Page, name: str) -> None:
    """A stranger who came by the link."""
    phone.get_by_role("button", name="Join the list").tap()
    phone.get_by_label("E-mail").fill(f"{name}@example.org")
    phone.get_by_label("Username").fill(name)
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Create account").tap()


def vote_from_both(desk: Page, phone: Page) -> None:
    """V20: each sees what the other does."""
    phone.get_by_role("button", name="Vote up: Night market").tap()
    expect(items(desk).first).to_contain_text("Night market")
    expect_still(desk)
    vote(desk, "Night market")
    vote(desk, "Sunrise swim", "down")
    for page in (desk, phone):
        expect_score(page, "Night market", 2, 0)
        expect_score(page, "Sunrise swim", 0, 1)
        expect(items(page).first).to_contain_text("Night market")
    vote(desk, "Sunrise swim", "down")  # again: taken back
    expect_score(phone, "Sunrise swim", 0, 0)


def react_and_talk(desk: Page, phone: Page) -> None:
    """V60, V95"""
    phone.get_by_role("button", name="React to Sunrise swim").tap()
    phone.get_by_role("group", name="Reactions", exact=True).get_by_role("button", name="Sketchy").tap()
    expect(desk.get_by_role("button", name="Sketchy, 1")).to_be_visible()
    phone.get_by_role("link", name="Sunrise swim", exact=True).tap()
    phone.get_by_role("textbox", name="Comment").fill("05:30 is a time of day?")
    phone.get_by_role("textbox", name="Comment").press("Enter")
    expect(desk.get_by_role("link", name="1 comment on Sunrise swim")).to_be_visible()
    phone.get_by_role("dialog", name="Sunrise swim").get_by_role("button", name="Close", exact=True).tap()


def close_and_recount(desk: Page, phone: Page) -> None:
    """V51, V92: closed in front of both, and the browser finds the result to be true."""
    desk.get_by_role("button", name="What to do with this list").click()
    desk.get_by_role("menuitem", name="Close now…").click()
    desk.get_by_role("button", name="Close now", exact=True).click()
    for page in (desk, phone):
        expect_closed(page)
        expect(item(page, "Night market")).to_contain_text("top choice")
    expect(phone.get_by_role("textbox", name="Propose something")).to_have_count(0)
    phone.get_by_role("region", name="Deadline").get_by_role("link", name="Result").tap()
    phone.get_by_role("button", name="Verify this result").tap()
    expect(phone.get_by_text("It holds.")).to_be_visible()
    expect(phone.get_by_text("4 ballots lead to exactly these tallies")).to_be_visible()


def open_again(desk: Page, phone: Page) -> None:
    """V53: the next round begins, and what was sealed stays."""
    desk.get_by_role("button", name="What to do with this list").click()
    desk.get_by_role("menuitem", name="Open again…").click()
    desk.get_by_role("button", name="Open round 2").click()
    expect(phone.get_by_role("region", name="Deadline")).to_contain_text("Open, without a deadline")
    vote(desk, "Sunrise swim")
    expect_score(desk, "Sunrise swim", 1, 0)
    expect(phone.get_by_text("It holds.")).to_be_visible()


def test_a_group_decides_together_live(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    """V1, V11, V20, V51, V53, V60, V68a, V72, V92, V95: from the first idea to a result that anyone can recount."""
    asha = house.sign_up(names[0])
    desk = open_page(f"{house.web[0].url}/lists")
    sign_in(desk, asha.username)
    make_by_hand(desk, f"Trip of {names[0]}")
    propose(desk, "Sunrise swim")
    propose(desk, "Night market")

    phone = open_page(link_to_join(desk), viewport=PHONE, has_touch=True, is_mobile=True)
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Trip of {names[0]}")
    assert "token" not in phone.url
    sign_up_and_join(phone, names[1])
    expect(items(phone)).to_have_count(2)
    expect(desk.get_by_role("link", name="2 members")).to_be_visible()
    vote_from_both(desk, phone)
    react_and_talk(desk, phone)
    close_and_recount(desk, phone)
    open_again(desk, phone)


def test_v6_v24_v57_a_stranger_watches_and_votes_when_signed_in(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    shown = make_list(house, asha, "Harbour", "Ridge line", is_public=True, allow_viewer_voting=True)
    page = open_page(f"{house.web[0].url}/lists/{shown['id']}", viewport=PHONE)
    expect_score(page, "Harbour", 0, 0)
    ask(house, asha, "PUT", f"items/{shown['items'][0]['id']}/vote/", vote_type="upvote")
    expect_score(page, "Harbour", 1, 0)
    vote(page, "Ridge line")
    sign_in_dialog = page.get_by_role("dialog", name="Sign in")
    sign_in_dialog.get_by_label("Username or e-mail").fill(ravi.username)
    sign_in_dialog.get_by_label("Password").fill(PASSWORD)
    sign_in_dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect_score(page, "Ridge line", 1, 0)
    pressed = page.get_by_role("button", name="Vote up: Ridge line")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    ask(house, asha, "PATCH", f"bucketlists/{shown['id']}/", is_public=False)
    expect(page.get_by_role("heading", name="There is no such list")).to_be_visible()  # V94


def use_dialogs(page: Page, url: str) -> None:
    """Everyone can use what the menu of a list opens; it has a picture afterwards."""
    page.goto(url)
    for choice in ("Edit…", "Picture…", "Close now…"):
        page.get_by_role("button", name="What to do with this list").click()
        page.get_by_role("menuitem", name=choice).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert not findings(page), choice
        if choice == "Picture…":
            picture = {"name": "list.png", "mimeType": "image/png", "buffer": page.screenshot()}
            page.get_by_label("Choose a picture").set_input_files(picture)  # type: ignore[arg-type]
            expect(page.get_by_role("dialog")).to_have_count(0)
            continue
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("theme", "viewport"), [("dark", PHONE), ("light", DESK)], ids=["phone", "desk"])
def test_everyone_can_use_lists(
    house: Deployment, open_page: Open, names: tuple[str, str], theme: str, viewport: dict[str, int]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    shown = make_list(house, asha, "Sunrise swim", "Night market", closes_in_s=86_400, is_public=True)
    join(house, asha, ravi, shown["id"])
    swim, market = (one["id"] for one in shown["items"])
    ask(house, ravi, "PUT", f"items/{swim}/vote/", vote_type="upvote")
    ask(house, asha, "PUT", f"items/{market}/vote/", vote_type="downvote")
    ask(house, asha, "PUT", f"items/{swim}/react/", reaction="fire")
    ask(house, ravi, "POST", f"items/{swim}/comments/", text="in")
    ask(house, asha, "PATCH", f"items/{market}/", status="locked_in")
    page = at_list(
        open_page, house, asha, str(shown["id"]), viewport=viewport, color_scheme=theme, reduced_motion="reduce"
    )
    expect(items(page)).to_have_count(2)
    assert not findings(page)
    for part in ("people", "insights", "history", "result", f"items/{swim}", "chat"):
        page.goto(f"{house.web[0].url}/lists/{shown['id']}/{part}")
        page.wait_for_load_state("networkidle")
        assert not findings(page), part
    for address in ("/lists", "/lists/public", "/lists/trends", "/me/notifications", "/"):
        page.goto(house.web[0].url + address)
        page.wait_for_load_state("networkidle")
        assert not findings(page), address
    use_dialogs(page, f"{house.web[0].url}/lists/{shown['id']}")
    assert ask(house, asha, "GET", f"bucketlists/{shown['id']}/")["cover"]
    ask(house, asha, "PUT", f"bucketlists/{shown['id']}/freeze/", is_frozen=True)
    expect_closed(page)
    page.get_by_role("navigation", name="Parts of the list").get_by_role("link", name="Result").click()
    page.get_by_role("button", name="Verify this result").click()
    expect(page.get_by_text("It holds.")).to_be_visible()
    assert not findings(page)
    expect(page).to_have_title(re.compile("Bootcamp weekend · Guildhall"))
