"""Keeping order: whom a person does not hear, and what moderators do to messages and people."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, appoint, bell, chatting, choose, post
from tests.deployments import Deployment

STUB = "A message of somebody you blocked"


def test_c21_a_block_from_a_message_leaves_stubs_until_it_is_taken_back(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    before = post(house, ravi, "said before the block")
    page = chatting(open_page, house, asha.username)
    choose(page, before, f"Block {ravi.username}")
    expect(page.locator(f"#m{before}")).to_contain_text(STUB)
    expect(page.locator(f"#m{before}")).not_to_contain_text("said before")
    after = post(house, ravi, f"said after it, @{asha.username}")
    expect(page.locator(f"#m{after}")).to_contain_text(STUB)
    bell(page, 0)
    page.reload()
    expect(page.locator(f"#m{after}")).to_contain_text(STUB)
    choose(page, after, f"Unblock {ravi.username}")
    expect(page.locator(f"#m{before}")).to_contain_text("said before the block")
    expect(page.locator(f"#m{after}")).to_contain_text("said after it")
    last = post(house, ravi, "heard again")
    expect(page.locator(f"#m{last}")).to_contain_text("heard again")


def test_c15_c16_a_moderator_deletes_with_a_reason_and_sees_what_stood_there(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    mod, ravi = (house.sign_up(name) for name in names)
    appoint(house, mod)
    seq = post(house, ravi, "what was first said")
    author = chatting(open_page, house, ravi.username, viewport=PHONE)
    page = chatting(open_page, house, mod.username)
    author.locator(f"#m{seq}").hover()
    author.get_by_role("button", name="Edit message").click()
    author.get_by_role("textbox", name="Edit message").fill("what was then said")
    author.get_by_role("button", name="Save").click()
    expect(page.locator(f"#m{seq}")).to_contain_text("what was then said")
    expect(author.get_by_role("button", name="More")).to_have_count(0)  # nothing to choose about an own message
    page.locator(f"#m{seq}").hover()
    page.get_by_role("button", name="Delete message").click()
    dialog = page.get_by_role("dialog", name="Delete this message?")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(dialog.get_by_text("Say why")).to_be_visible()
    dialog.get_by_label("Reason").fill("off topic")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(author.locator(f"#m{seq}")).to_contain_text("Message deleted")
    choose(page, seq, "Former versions")
    versions = page.get_by_role("dialog", name="Former versions").get_by_role("listitem")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("what was first said")
    expect(versions.last).to_contain_text("what was then said")
    expect(versions.last).to_contain_text("off topic")
