"""Timeouts and bans, as both sides see them (C23)."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, appoint, chatting, choose, message, post, say, sign_in
from tests.deployments import Deploy


def test_c23_a_timeout_closes_the_others_composer_live_and_lifting_opens_it(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    mod, ravi = house.sign_up("moira"), house.sign_up("ravi")
    appoint(house, mod)
    seq = post(house, ravi, "spam spam spam")
    phone = chatting(open_page, house, ravi.username, viewport=PHONE)
    desk = chatting(open_page, house, mod.username)
    choose(desk, seq, "Time out…")
    dialog = desk.get_by_role("dialog", name="Time out ravi")
    dialog.get_by_role("button", name="Time out").click()
    expect(dialog.get_by_text("Say why")).to_be_visible()
    dialog.get_by_label("For how long").select_option("1 hour")
    dialog.get_by_label("Reason").fill("spam in the hall")
    dialog.get_by_role("button", name="Time out").click()
    expect(dialog).to_have_count(0)
    for _ in range(2):
        closed = phone.get_by_role("status").filter(has=phone.get_by_role("timer"))
        for words in ("You may only read until", "59:", "Reason: spam in the hall"):
            expect(closed).to_contain_text(words)
        expect(phone.get_by_role("textbox", name="Message the global room")).to_have_count(0)
        phone.reload()
    choose(desk, seq, "Record")
    record = desk.get_by_role("dialog", name="Record of ravi")
    expect(record.get_by_role("listitem")).to_contain_text("spam in the hall")
    record.get_by_role("button", name="Lift").click()
    expect(record.get_by_text("lifted")).to_be_visible()
    say(phone, "I am back")
    expect(message(desk, "I am back")).to_be_visible()


def test_c23_a_ban_from_a_persons_page_ends_what_they_have_open(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    mod, ravi = house.sign_up("moira"), house.sign_up("ravi")
    appoint(house, mod)
    phone = chatting(open_page, house, ravi.username, viewport=PHONE, mishaps=("401 (Unauthorized)", "403 (Forbidden)"))
    desk = open_page(f"{house.web[0].url}/people/ravi")
    sign_in(desk, mod.username)
    desk.get_by_role("button", name="Ban…").click()
    dialog = desk.get_by_role("dialog", name="Ban ravi")
    dialog.get_by_label("Reason").fill("came back to spam")
    dialog.get_by_role("button", name="Ban").click()
    expect(desk.get_by_role("listitem").filter(has_text="came back to spam")).to_be_visible()
    expect(phone.get_by_role("heading", name="Everyone here, in one conversation")).to_be_visible()
