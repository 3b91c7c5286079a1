"""Who is in the room, who is typing, and how slow it is."""

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, appoint, chatting, message, post, say
from tests.deployments import Deploy, Deployment, SignedUp


def change_profile(house: Deployment, person: SignedUp, **values: bool) -> None:
    answer = httpx.patch(
        f"{house.web[0].url}/api/profiles/user/", json=values, headers={"Authorization": f"Bearer {person.access}"}
    )
    assert answer.status_code == 200, answer.text


def test_c18_typing_is_seen_and_gone(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    for name in names:
        house.sign_up(name)
    desk, phone = chatting(open_page, house, names[0]), chatting(open_page, house, names[1], viewport=PHONE)
    writing = desk.get_by_role("textbox", name="Message the global room")
    seen = phone.get_by_text(f"{names[0]} is typing")
    writing.press_sequentially("sent at on")
    expect(seen).to_be_visible()
    writing.press("Enter")
    expect(message(phone, "sent at on")).to_be_visible()
    expect(seen).to_have_count(0, timeout=3_000)  # with the message, long before the 6 s are over
    expect(desk.get_by_text("is typing")).to_have_count(0)
    desk.wait_for_timeout(3_000)  # another word may be told now
    writing.press_sequentially("never sent")
    expect(seen).to_be_visible()
    expect(seen).to_have_count(0, timeout=10_000)


def test_c18_whoever_does_not_show_it_or_is_blocked_is_not_seen_typing(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    desk = chatting(open_page, house, asha.username)
    other = chatting(open_page, house, ravi.username)
    other.goto(f"{house.web[0].url}/me")
    other.get_by_label("That I am typing").uncheck()
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    other.get_by_role("textbox", name="Message the global room").press_sequentially("in secret")
    desk.wait_for_timeout(2_000)
    expect(desk.get_by_text(f"{ravi.username} is typing")).to_have_count(0)

    change_profile(house, ravi, shows_typing=True)
    desk.goto(f"{house.web[0].url}/people/{ravi.username}")
    desk.get_by_role("button", name="Block", exact=True).click()
    expect(desk.get_by_role("button", name="Unblock")).to_be_visible()
    desk.wait_for_timeout(3_000)  # another word may be told now
    other.get_by_role("textbox", name="Message the global room").press_sequentially("unheard")
    desk.wait_for_timeout(2_000)
    expect(desk.get_by_text(f"{ravi.username} is typing")).to_have_count(0)


def test_c20_the_room_says_who_is_here(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    asha, ravi = house.sign_up("asha"), house.sign_up("ravi")
    change_profile(house, house.sign_up("mei"), is_invisible=True)
    desk = chatting(open_page, house, asha.username)
    expect(desk.get_by_role("button", name="1 person here")).to_be_visible()
    phone = chatting(open_page, house, ravi.username, viewport=PHONE)
    phone.context.new_page().goto(f"{house.web[0].url}/chat")  # several tabs are one person
    chatting(open_page, house, "mei")
    for page in (desk, phone):
        page.get_by_role("button", name="2 people here").click()
        people = page.get_by_role("dialog", name="Here now").get_by_role("listitem")
        expect(people).to_have_count(2)
        expect(people.first).to_contain_text("asha")
    phone.context.close()
    expect(desk.get_by_role("dialog", name="Here now").get_by_role("listitem")).to_have_count(1, timeout=30_000)


def test_c14_slow_mode_is_set_counted_down_and_ended(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    mod, ravi = house.sign_up("moira"), house.sign_up("ravi")
    appoint(house, mod)
    desk = chatting(open_page, house, mod.username)
    phone = chatting(open_page, house, ravi.username, viewport=PHONE)
    set_pace(desk, "10 seconds")
    for page in (desk, phone):
        expect(page.get_by_text("set slow mode: 10 seconds")).to_be_visible()
    say(phone, "the first")
    expect(message(desk, "the first")).to_be_visible()
    expect(phone.get_by_text("you can write again in 0:")).to_be_visible()
    say(phone, "the second")
    expect(phone.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    phone.reload()  # the wait is the server's, not the page's
    expect(phone.get_by_text("you can write again in 0:")).to_be_visible()
    expect(phone.get_by_text("you can write again in 0:")).to_have_count(0)
    say(phone, "the second")
    expect(message(desk, "the second")).to_be_visible()
    for text in ("moderators", "do not wait"):
        say(desk, text)
        expect(message(phone, text)).to_be_visible()
    set_pace(desk, "Off")
    expect(phone.get_by_text("ended slow mode")).to_be_visible()
    say(phone, "the third")
    expect(message(desk, "the third")).to_be_visible()


def set_pace(page: Page, pace: str) -> None:
    page.get_by_role("button", name="Keep order").click()
    page.get_by_role("menuitem", name="Slow mode").click()
    dialog = page.get_by_role("dialog", name="Slow mode")
    dialog.get_by_label("Wait between messages").select_option(pace)
    dialog.get_by_role("button", name="Set").click()
    expect(dialog).to_have_count(0)


def test_c14_a_message_that_comes_too_soon_says_when_it_may(deploy: Deploy, open_page: Open) -> None:
    """Two tabs of one person: the second does not know yet that the first has just posted."""
    house = deploy()
    mod, ravi = house.sign_up("moira"), house.sign_up("ravi")
    appoint(house, mod)
    answer = httpx.post(
        f"{house.web[0].url}/api/chat/rooms/global/slow-mode/",
        json={"seconds": 30},
        headers={"Authorization": f"Bearer {mod.access}"},
    )
    assert answer.status_code == 200, answer.text
    page = chatting(open_page, house, ravi.username, mishaps=("ERR_INTERNET_DISCONNECTED",))
    page.context.set_offline(True)
    expect(page.get_by_text("Reconnecting…")).to_be_visible()
    say(page, "written in the dark")
    post(house, ravi, "written on the phone")
    page.context.set_offline(False)
    expect(message(page, "written in the dark")).to_contain_text("Not sent:")
    expect(page.get_by_text("you can write again in 0:")).to_be_visible()
