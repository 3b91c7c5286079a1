"""The pictures in docs/images: `python -m tests.browser.pictures` takes them anew from a house with the demo in it."""

import base64
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import DESK, PHONE, chromium, message, say, sign_in
from tests.deployments import Deployment, Template, deployed

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
DEMO_PASSWORD = "guildhall-demo"
BESIDE = """<body style="margin:0; width:1640px; height:940px; position:relative; background:#1c2125">
<style>img {{ position:absolute; border:1px solid #3a424a; box-shadow:0 24px 60px rgb(0 0 0 / .5) }}</style>
<img src="{desk}" style="left:24px; top:24px; width:1340px; border-radius:14px">
<img src="{phone}" style="right:24px; bottom:24px; width:340px; border-radius:28px"></body>"""


def visit(browser: Browser, house: Deployment, who: str, viewport: ViewportSize, theme: str) -> Page:
    """Somebody of the demo, in the global room."""
    page = browser.new_context(viewport=viewport, color_scheme=theme).new_page()  # type: ignore[arg-type]
    page.goto(f"{house.web[0].url}/chat")
    sign_in(page, who, DEMO_PASSWORD)
    page.get_by_text("Live", exact=True).wait_for()
    return page


def take(page: Page, name: str) -> str:
    """Keeps what `page` shows, out of anyone's reach; answers it as an address."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_load_state("networkidle")
    picture = page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def take_all(browser: Browser, house: Deployment) -> None:
    desk = visit(browser, house, "asha", DESK, "dark")
    phone = visit(browser, house, "ravi", PHONE, "dark")
    message(phone, "Everyone else is in").hover()
    phone.get_by_role("button", name="Reply to Asha").click()
    say(phone, "On my way, the kettle is on.")
    message(desk, "the kettle is on").wait_for()
    say(desk, "@ravi lobby is https://play.example.org/night-42, password `ridge-42`.")
    message(phone, "ridge-42").wait_for()
    phone.get_by_role("textbox", name="Message the global room").press_sequentially("In")
    desk.get_by_text("Ravi is typing").wait_for()
    beside = BESIDE.format(desk=take(desk, "chat-desktop-dark"), phone=take(phone, "chat-phone-dark"))
    both = browser.new_page(viewport=ViewportSize(width=1640, height=940))
    both.set_content(beside)
    take(both, "global-room")
    light = visit(browser, house, "mei", DESK, "light")
    light.goto(house.web[0].url)
    light.get_by_text("Live", exact=True).wait_for()
    say(desk, "And @mei, bring your notes.")
    light.get_by_role("button", name="Notifications, 1 unread").click()
    light.get_by_role("list", name="Notifications").wait_for()
    take(light, "now-desktop-light")


def take_lists(browser: Browser, house: Deployment) -> None:
    """A list before and after it closes, by two people of the demo at once."""
    desk = visit(browser, house, "ravi", DESK, "dark")
    phone = visit(browser, house, "asha", PHONE, "dark")
    for page in (desk, phone):
        page.goto(f"{house.web[0].url}/lists")
        page.get_by_role("link", name="Bootcamp weekend").click()
        page.get_by_role("list", name="Items").wait_for()
    phone.get_by_role("button", name="Vote up: Sunrise swim").click()
    phone.get_by_role("button", name="Love, 1").first.click()
    for page in (desk, phone):
        page.get_by_text("You have voted on everything.").wait_for()
        page.get_by_role("heading", level=1).scroll_into_view_if_needed()
    beside = BESIDE.format(desk=take(desk, "list-desktop-dark"), phone=take(phone, "list-phone-dark"))
    both = browser.new_page(viewport=ViewportSize(width=1640, height=940))
    both.set_content(beside)
    take(both, "list")
    phone.get_by_role("button", name="What to do with this list").click()
    phone.get_by_role("menuitem", name="Close now…").click()
    phone.get_by_role("button", name="Close now", exact=True).click()
    phone.get_by_role("link", name="Result").last.click()
    phone.get_by_role("button", name="Verify this result").click()
    phone.get_by_text("It holds.").wait_for()
    phone.get_by_role("link", name="Result").first.scroll_into_view_if_needed()
    take(phone, "result-phone-dark")
    light = visit(browser, house, "mei", DESK, "light")
    light.goto(f"{house.web[0].url}/lists")
    light.get_by_role("link", name="Bootcamp weekend").click()
    light.get_by_role("navigation", name="Parts of the list").get_by_role("link", name="Insights").click()
    light.get_by_text("Votes over time").first.wait_for()
    take(light, "insights-desktop-light")


def take_matches(browser: Browser, house: Deployment) -> None:
    """A screenshot of the demo, read and looked over on a phone and a desk; then what a season says."""
    desk = visit(browser, house, "asha", DESK, "light")
    phone = visit(browser, house, "asha", PHONE, "dark")
    for page in (desk, phone):
        page.goto(f"{house.web[0].url}/matches")
        page.get_by_role("list", name="Matches").get_by_text("Confirm").click()
        page.get_by_role("textbox", name="Shots on target, you").wait_for()
    phone.get_by_role("textbox", name="Shots on target, you").focus()
    desk.get_by_role("button", name="Hide chat").click()
    for page, name in ((desk, "match-desktop-light"), (phone, "match-phone-dark")):
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")
    phone.goto(f"{house.web[0].url}/matches/statistics")
    phone.get_by_text("By opponent").first.wait_for()
    take(phone, "statistics-phone-dark")
    friend = visit(browser, house, "asha", DESK, "dark")
    friend.goto(f"{house.web[0].url}/matches")
    friend.get_by_role("button", name="Notifications").first.click()
    friend.get_by_role("link", name="asks whether you agree").click()
    friend.get_by_role("button", name="That is right").wait_for()
    take(friend, "shared-match-desktop-dark")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, chromium() as running:
        template = Template.migrated(Path(folder))
        with deployed(template, Path(folder) / "house", jobs=True, is_forked=False) as served:
            served.manage("demo")
            take_matches(running, served)
            take_lists(running, served)
            take_all(running, served)
