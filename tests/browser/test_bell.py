"""What concerns a person: the bell's count, its centre, and the names in messages that ring it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, appoint, bell, chatting, message, post, sign_in
from tests.deployments import Deploy, Deployment


def open_centre(page: Page) -> None:
    page.get_by_role("button", name="Notifications").first.click()


def test_c17_v83_a_name_rings_in_every_tab_and_leads_to_its_message(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    first = open_page(f"{house.web[0].url}/me", viewport=PHONE)
    sign_in(first, ravi.username)
    second = first.context.new_page()
    second.goto(f"{house.web[0].url}/lists")
    bell(second, 0)
    seq = post(house, asha, f"@{ravi.username} the lobby is `up`")
    for number in range(60):
        post(house, asha, f"and line {number}")
    for page in (first, second):
        bell(page, 1)
        expect(page).to_have_title(re.compile(r"^\([1-9]"))
    open_centre(first)
    first.get_by_role("link", name=f"{asha.username} mentioned you").click()
    expect(first.locator(f"#m{seq}")).to_be_in_viewport()
    expect(first.locator(f"#m{seq}")).to_be_focused()
    expect(first.locator(f"#m{seq}").get_by_role("link", name=f"@{ravi.username}")).to_be_visible()
    for page in (first, second):
        bell(page, 0)


def test_v85_what_is_read_or_dismissed_here_is_so_in_the_other_tab(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    desk = open_page(f"{house.web[0].url}/lists")
    sign_in(desk, ravi.username)
    phone = open_page(f"{house.web[0].url}/lists", viewport=PHONE)
    sign_in(phone, ravi.username)
    for text in ("one", "two", "three"):
        post(house, asha, f"{text} for @{ravi.username}")
    bell(phone, 3)
    for page in (desk, phone):
        open_centre(page)
    rows = phone.get_by_role("list", name="Notifications").get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("three for")
    there = desk.get_by_role("list", name="Notifications").get_by_role("listitem")
    rows.first.get_by_role("button", name="Mark as read").click()
    expect(there.first.get_by_role("button", name="Mark as read")).to_have_count(0)
    there.filter(has_text="two for").get_by_role("button", name="Dismiss").click()
    expect(rows).to_have_count(2)
    bell(desk, 1)
    post(house, asha, f"four for @{ravi.username}")
    expect(rows).to_have_count(3)
    phone.get_by_role("button", name="Mark all read").click()
    for page in (desk, phone):
        bell(page, 0)
    for _ in range(3):
        rows.first.get_by_role("button", name="Dismiss").click()
    for page in (desk, phone):
        expect(page.get_by_role("heading", name="Nothing new")).to_be_visible()


def test_v84_a_deleted_message_takes_its_ring_back(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    page = open_page(f"{house.web[0].url}/lists")
    sign_in(page, ravi.username)
    desk = chatting(open_page, house, asha.username)
    seq = post(house, asha, f"not for @{ravi.username}")
    bell(page, 1)
    open_centre(page)
    expect(page.get_by_role("list", name="Notifications").get_by_text("not for")).to_be_visible()
    desk.locator(f"#m{seq}").hover()
    desk.get_by_role("button", name="Delete message").click()
    desk.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    bell(page, 0)
    expect(page.get_by_role("heading", name="Nothing new")).to_be_visible()


def test_c17_a_name_is_offered_while_it_is_written(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    desk = chatting(open_page, house, asha.username)
    field = desk.get_by_role("textbox", name="Message the global room")
    field.press_sequentially(f"over to @{ravi.username[:-2]}")
    offered = desk.get_by_role("listbox", name="People").get_by_role("option")
    expect(offered.filter(has_text=ravi.username)).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value(f"over to @{ravi.username} ")
    expect(offered).to_have_count(0)
    field.press("Enter")
    row = message(desk, f"over to @{ravi.username}")
    expect(row.get_by_role("link", name=f"@{ravi.username}")).to_have_attribute("href", f"/people/{ravi.username}")
    field.press_sequentially("`code for @ev")
    expect(offered).to_have_count(0)
    field.fill("@everyo")
    expect(offered).to_have_count(0)  # only moderators call everyone
    field.fill("@ash")
    field.press("Escape")
    expect(offered).to_have_count(0)
    expect(field).to_have_value("@ash")


def test_c17_a_moderator_calls_everyone(deploy: Deploy, open_page: Open) -> None:
    house = deploy(jobs=True)
    asha, ravi = house.sign_up("asha"), house.sign_up("ravi")
    appoint(house, asha)
    other = chatting(open_page, house, ravi.username)
    desk = chatting(open_page, house, asha.username)
    field = desk.get_by_role("textbox", name="Message the global room")
    field.press_sequentially("doors open, @every")
    desk.get_by_role("option", name="Everyone in this room").click()
    field.press_sequentially("- `@ravi`")
    field.press("Enter")
    bell(other, 1)
    bell(desk, 0)
