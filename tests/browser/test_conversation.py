"""The global room, as people use it."""

import re
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, chatting, message, post, say
from tests.browser.test_page import findings
from tests.deployments import PASSWORD, Deploy, Deployment, SignedUp

GO_UP = """log => {
    log.scrollTop = 200;
    const rows = [...log.querySelectorAll('.message[id]')];
    const read = rows.find((row) => row.getBoundingClientRect().top > 200);
    return { oldest: rows[0].id, read: read.id, top: read.getBoundingClientRect().top };
}"""
"""Scrolls near the top; answers the oldest message, the one being read, and where on the screen that one is."""
TOP_OF = "(_, id) => document.getElementById(id).getBoundingClientRect().top"

SCROLL_AS_OLDER_ARRIVE = """() => {
    const get = window.fetch;
    window.fetch = async (address, options) => {
        const answer = await get(address, options);
        if (!`${address}`.includes('before=')) return answer;
        const body = await answer.text();
        const log = document.querySelector('.log');
        log.scrollTop = log.scrollHeight;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        log.scrollTop = 200;
        const rows = [...document.querySelectorAll('.message[id]')];
        window.read = rows.find((row) => row.getBoundingClientRect().top > 200);
        window.top_of_read = window.read.getBoundingClientRect().top;
        return new Response(body, { status: answer.status, headers: answer.headers });
    };
}"""
"""The reader, who was at the bottom, goes up just before the answer, too late for any event to tell."""


@pytest.fixture(scope="module")
def long_ago(house: Deployment) -> int:
    """The first of 120 messages."""
    suffix = secrets.token_hex(3)
    talker = house.sign_up(f"talker{suffix}")
    first = post(house, talker, "the oldest of many")
    for number in range(119):
        post(house, talker, f"number {number}")
    return first


def talk(house: Deployment, person: SignedUp, texts: Sequence[str]) -> None:
    """Says all of them at once, so that they come in one frame."""
    with ThreadPoolExecutor(len(texts)) as together:
        list(together.map(lambda text: post(house, person, text), texts))


def read_to(house: Deployment, person: SignedUp, seq: int) -> None:
    answer = httpx.post(
        f"{house.web[0].url}/api/chat/rooms/global/read/",
        json={"seq": seq},
        headers={"Authorization": f"Bearer {person.access}"},
    )
    assert answer.status_code == 200, answer.text


def test_two_people_sign_up_and_talk_live(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    desk = open_page(house.web[0].url)
    phone = open_page(house.web[0].url, viewport=PHONE, has_touch=True, is_mobile=True)
    for page, name in zip((desk, phone), names, strict=True):
        page.get_by_role("button", name="Create an account").first.click()
        page.get_by_label("E-mail").fill(f"{name}@example.org")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    phone.get_by_role("button", name="Chat").tap()
    say(desk, f"Lobby is up, {names[1]}")
    expect(message(phone, f"Lobby is up, {names[1]}")).to_be_visible()
    phone.get_by_role("textbox", name="Message the global room").fill(f"On my way, {names[0]}")
    phone.get_by_role("button", name="Send", exact=True).tap()
    expect(message(desk, f"On my way, {names[0]}")).to_be_visible()
    for page in (desk, phone):
        expect(message(page, names[1]).get_by_text("Sending…")).to_have_count(0)
        expect(message(page, names[0])).to_have_count(2)  # mine carries my name, theirs names me


def test_c15_c16_an_edit_a_reply_and_a_deletion_reach_the_other(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    seq = post(house, asha, f"frist of {asha.username}")
    desk, other = (chatting(open_page, house, person.username) for person in (asha, ravi))

    other.locator(f"#m{seq}").hover()
    other.get_by_role("button", name=f"Reply to {asha.username}").click()
    say(other, f"you mean first? {ravi.username}")
    expect(message(desk, f"you mean first? {ravi.username}").get_by_text(f"frist of {asha.username}")).to_be_visible()

    desk.locator(f"#m{seq}").hover()
    desk.get_by_role("button", name="Edit message").click()
    desk.get_by_role("textbox", name="Edit message").fill(f"first of {asha.username}")
    desk.get_by_role("textbox", name="Edit message").press("Enter")
    row = other.locator(f"#m{seq}")
    expect(row).to_contain_text(f"first of {asha.username} edited")

    desk.locator(f"#m{seq}").hover()
    desk.get_by_role("button", name="Delete message").click()
    desk.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete", exact=True).click()
    for page in (desk, other):
        expect(page.locator(f"#m{seq}")).to_contain_text("Message deleted")
        expect(message(page, f"you mean first? {ravi.username}")).to_contain_text("message deleted")


def test_c5_scrolling_back_loads_older_messages_and_keeps_the_place(
    house: Deployment, open_page: Open, names: tuple[str, str], long_ago: int
) -> None:
    house.sign_up(names[0])
    page = chatting(open_page, house, names[0])
    log = page.get_by_role("region", name="Conversation")
    expect(page.get_by_text("number 118", exact=True)).to_be_in_viewport()
    while not page.locator(f"#m{long_ago}").count():
        before = log.evaluate(GO_UP)
        page.wait_for_function("before => document.querySelector('.message[id]').id !== before.oldest", arg=before)
        assert log.evaluate(TOP_OF, before["read"]) == pytest.approx(before["top"], abs=1)  # px
    seqs = page.evaluate("[...document.querySelectorAll('.message[id]')].map((row) => Number(row.id.slice(1)))")
    assert seqs == sorted(set(seqs))
    assert {*range(long_ago, long_ago + 120)} <= {*seqs}


def test_c5_the_place_is_kept_even_when_the_answer_is_quicker_than_the_event(
    house: Deployment, open_page: Open, names: tuple[str, str], long_ago: int
) -> None:
    house.sign_up(names[0])
    page = chatting(open_page, house, names[0])
    expect(page.get_by_text("number 118", exact=True)).to_be_in_viewport()
    page.evaluate(SCROLL_AS_OLDER_ARRIVE)
    oldest = page.get_by_role("region", name="Conversation").evaluate(GO_UP)["oldest"]
    page.wait_for_function("oldest => document.querySelector('.message[id]').id !== oldest", arg=oldest)
    assert page.evaluate("window.read.getBoundingClientRect().top - window.top_of_read") == pytest.approx(0, abs=1)


def test_c19_what_came_while_away_is_marked_and_counted(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    read_to(house, asha, post(house, ravi, "read before"))
    for number in range(40):
        post(house, ravi, f"before {number}")
    page = chatting(open_page, house, asha.username)
    expect(page.get_by_role("separator", name="New")).to_be_in_viewport()
    page.get_by_role("button", name=re.compile("To the newest|new below")).click()  # the last may have come late
    expect(page.get_by_text("before 39", exact=True)).to_be_in_viewport()
    page.get_by_role("region", name="Conversation").hover()
    page.mouse.wheel(0, -1_500)
    expect(page.get_by_role("button", name="To the newest")).to_be_visible()
    talk(house, ravi, [f"after {number}" for number in range(3)])
    page.get_by_role("button", name="3 new below").click()
    for number in range(3):
        expect(page.get_by_text(f"after {number}", exact=True)).to_be_in_viewport()
    expect(page).to_have_title("Chat · Guildhall")


def test_c8_what_is_sent_while_the_server_is_away_settles_exactly_once(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    asha, ravi = house.sign_up("asha"), house.sign_up("ravi")
    away = (
        "ERR_CONNECTION_REFUSED",
        "ERR_CONNECTION_RESET",
        "ERR_CONTENT_LENGTH_MISMATCH",
        "ERR_SOCKET_NOT_CONNECTED",
        "WebSocket connection",
    )
    desk = chatting(open_page, house, asha.username, mishaps=away)
    phone = chatting(open_page, house, ravi.username, mishaps=away, viewport=PHONE)
    house.web[0].kill()
    expect(desk.get_by_text("Reconnecting…")).to_be_visible()
    assert not findings(desk)
    say(desk, "said in the dark")
    expect(message(desk, "said in the dark")).to_contain_text("Waiting for the connection")
    house.web[0].start()
    for page in (desk, phone):
        expect(page.get_by_text("Reconnecting…")).to_have_count(0, timeout=60_000)
        expect(message(page, "said in the dark")).to_have_count(1)
        expect(page.get_by_text("Waiting for the connection")).to_have_count(0)
    history = httpx.get(
        f"{house.web[0].url}/api/chat/rooms/global/messages/", headers={"Authorization": f"Bearer {asha.access}"}
    )
    assert [one["text"] for one in history.json()["messages"]] == ["said in the dark"]


def test_c13_a_refusal_stands_beside_the_message_and_can_be_retried(deploy: Deploy, open_page: Open) -> None:
    house = deploy(env={"GUILDHALL_LIMITS": "normal"})
    asha = house.sign_up("asha")
    page = chatting(open_page, house, asha.username)
    for number in range(6):
        say(page, f"quick {number}")
    refused = message(page, "quick 5")
    expect(refused).to_contain_text("Not sent:")
    expect(refused).to_contain_text("Try again in")
    expect(message(page, "Not sent")).to_have_count(1)
    expect(refused.get_by_role("button", name="Retry")).to_be_visible()
    refused.get_by_role("button", name="Discard").click()
    expect(message(page, "quick 5")).to_have_count(0)


def test_c11_c27_text_is_inert_and_links_are_marked(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    asha = house.sign_up(names[0])
    seq = post(house, asha, "<img src=x onerror=alert(1)> see (https://example.org/a_(b)), javascript:alert(2)")
    page = chatting(open_page, house, asha.username)
    row = page.locator(f"#m{seq}")
    expect(row).to_contain_text("<img src=x onerror=alert(1)>")
    link = row.get_by_role("link", name="example.org")
    expect(link).to_have_attribute("href", "https://example.org/a_(b)")
    expect(link).to_have_attribute("rel", "nofollow noopener noreferrer ugc")
    expect(row.get_by_role("link", name="javascript")).to_have_count(0)


def test_keys_lead_everywhere(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    asha = house.sign_up(names[0])
    page = chatting(open_page, house, asha.username)
    say(page, f"editable by {names[0]}")
    expect(message(page, f"editable by {names[0]}").get_by_text("Sending…")).to_have_count(0)
    page.get_by_role("textbox", name="Message the global room").press("ArrowUp")
    editing = page.get_by_role("textbox", name="Edit message")
    expect(editing).to_be_focused()
    editing.press("Escape")
    expect(editing).to_have_count(0)
    page.get_by_role("textbox", name="Message the global room").press("Shift+Enter")
    expect(page.get_by_role("textbox", name="Message the global room")).to_have_value("\n")
    page.get_by_role("region", name="Conversation").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(f"{house.web[0].url}/lists")
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Name").fill(names[0])
    page.get_by_role("dialog").get_by_role("link", name=names[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])
    page.go_back()
    expect(page).to_have_url(f"{house.web[0].url}/lists")
