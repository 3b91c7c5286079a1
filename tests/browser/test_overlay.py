"""A board on air in a real Chromium (T24): transparent, moved by results, and there whatever becomes of the server."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.listing import ask
from tests.browser.test_page import findings
from tests.core.tournaments.live_board import LiveBoard, code_for, heard, lobby
from tests.deployments import Deploy, Deployment, SignedUp

SCENE = ViewportSize(width=1920, height=1080)
CUT = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_SOCKET_NOT_CONNECTED",
    "WebSocket is closed",
    "WebSocket connection to",
)
ROWS = """() => [...document.querySelectorAll('[role=listitem]')]
    .filter((row) => row.checkVisibility({ opacityProperty: true }))
    .map((row) => [row.getBoundingClientRect().top, row.innerText.replace(/\\s+/g, ' ')])
    .sort(([one], [other]) => one - other).map(([, words]) => words)"""


class Air:
    """A scene of somebody's stream."""

    def __init__(self, house: Deployment, host: SignedUp, entrants: int = 5, matches: int = 4) -> None:
        self.house, self.host = house, host
        made = house.manage("shell", "--no-imports", "-c", code_for(host=host.id, entrants=entrants, matches=matches))
        self.board: LiveBoard = heard(made)
        self.route = f"tournaments/{self.board.competition}"
        self.url = f"{house.web[0].url}/overlay/#k={self.board.key}"

    def result(self, match: int, *order: int) -> None:
        """The match ends with the entrants in that order of their seeds, from 0."""
        payload = lobby([self.board.entrants[seed] for seed in order])
        ask(self.house, self.host, "PUT", f"{self.route}/matches/{self.board.matches[match]}/result/", payload=payload)

    def steer(self, **settings: Any) -> None:
        ask(self.house, self.host, "PATCH", f"{self.route}/overlays/{self.board.overlay}/", **settings)


def shows(page: Page, *rows: str) -> None:
    """These rows stand there, from top to bottom, each beginning with these words."""
    page.wait_for_function(
        f"(rows) => {{ const there = ({ROWS})(); return there.length === rows.length"
        " && rows.every((words, at) => there[at].startsWith(words)); }",
        arg=list(rows),
        timeout=20_000,
    )


def alpha(page: Page, x: int, y: int) -> int:
    """How much covers the game at that pixel, 0 to 255."""
    picture = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return int(pixel[3])


def alpha_in_the_end(page: Page, x: int, y: int) -> int:
    """The same once rows have slid and faded in, which takes them less than a second; ten at most."""
    for _ in range(50):
        if (covered := alpha(page, x, y)) > 200:
            break
        page.wait_for_timeout(200)
    return covered


@pytest.fixture
def air(house: Deployment, names: tuple[str, str]) -> Air:
    return Air(house, house.sign_up(names[0]))


def test_a_board_is_transparent_and_its_page_keeps_nothing(air: Air, open_page: Open) -> None:
    answer = httpx.get(air.url)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in answer.headers

    page = open_page(air.url, viewport=SCENE)
    air.result(0, 2, 0, 1, 4, 3)
    shows(page, "1 Kolkata Kings", "2 Team Meridian", "3 Hydra Rising", "4 Paper Tigers", "5 Silent Six")
    assert alpha_in_the_end(page, 400, 190) > 200
    assert [alpha(page, x, y) for x, y in ((5, 5), (1900, 1070), (1200, 500))] == [0, 0, 0]
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    sizes = page.evaluate(
        "[...document.querySelectorAll('.board *')].filter((one) => one.checkVisibility() && one.innerText)"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 28

    wrong = open_page(air.url[:-3], viewport=SCENE)
    wrong.wait_for_timeout(1_000)
    assert [alpha(wrong, x, y) for x, y in ((400, 190), (1200, 500))] == [0, 0]


def test_results_move_rows_and_what_is_lost_meanwhile_is_caught_up(deploy: Deploy, open_page: Open) -> None:
    house = deploy()
    air = Air(house, house.sign_up("asha"))
    page = open_page(air.url, viewport=SCENE, mishaps=CUT)
    air.result(0, 0, 1, 2, 3, 4)
    shows(page, "1 Team Meridian", "2 Hydra Rising", "3 Kolkata Kings", "4 Silent Six", "5 Paper Tigers")
    air.result(1, 4, 1, 0, 2, 3)
    second = ("1 Team Meridian", "2 Paper Tigers", "3 Hydra Rising", "4 Kolkata Kings", "5 Silent Six")
    shows(page, *second)
    climbed = page.get_by_role("listitem").filter(has_text="Paper Tigers")
    expect(climbed).to_contain_text("3")
    assert "up" in str(climbed.locator(".moved").get_attribute("class"))

    [process] = house.web
    process.stop()
    page.wait_for_timeout(500)
    shows(page, *second)
    process.start()
    air.result(2, 4, 0, 1, 2, 3)
    shows(page, "1 Paper Tigers", "2 Team Meridian", "3 Hydra Rising", "4 Kolkata Kings", "5 Silent Six")

    suspended = page.context.new_cdp_session(page)
    suspended.send("Page.setWebLifecycleState", {"state": "frozen"})
    process.restart()
    air.result(3, 0, 1, 2, 3, 4)
    suspended.send("Page.setWebLifecycleState", {"state": "active"})
    shows(page, *second)


def test_the_host_steers_and_ends_it_while_it_is_on_air(air: Air, open_page: Open) -> None:
    page = open_page(air.url, viewport=SCENE)
    air.result(0, 0, 1, 2, 3, 4)
    air.steer(rows=2, page_s=3, words="Back at nine", title="Grand final")
    expect(page.get_by_text("Back at nine")).to_be_visible()
    shows(page, "1 Team Meridian", "2 Hydra Rising")
    shows(page, "3 Kolkata Kings", "4 Silent Six")
    air.steer(theme="top_three", page_s=0)
    shows(page, "1 Team Meridian", "2 Hydra Rising")
    air.steer(hidden=True)
    page.wait_for_function("() => getComputedStyle(document.querySelector('.board')).opacity === '0'")
    assert alpha(page, 400, 900) == 0
    air.steer(hidden=False)
    ask(air.house, air.host, "DELETE", f"{air.route}/overlays/{air.board.overlay}/")
    expect(page.get_by_role("listitem")).to_have_count(0, timeout=2_000)
    assert alpha(page, 960, 900) == 0


def test_a_host_makes_a_key_and_steers_what_it_shows(air: Air, open_page: Open) -> None:
    address = f"{air.house.web[0].url}/tournaments/{air.board.competition}/overlays"
    axe_styles = ("Applying inline style",)  # with which axe looks into the preview's own tree
    host = open_page(address, mishaps=axe_styles, reduced_motion="reduce")
    sign_in(host, air.host.username)
    host.get_by_role("link", name="On air").click()
    host.get_by_role("button", name="New key").click()
    host.get_by_role("dialog").get_by_label("Name").fill("Second scene")
    host.get_by_role("button", name="Make the key").click()
    address = host.get_by_role("textbox", name="Address of the board").input_value()
    assert not findings(host)
    host.keyboard.press("Escape")
    page = open_page(address, viewport=SCENE)
    host.get_by_label("A line of your own").fill("Back at nine")
    air.result(0, 0, 1, 2, 3, 4)  # what is typed meanwhile stays
    host.get_by_label("A line of your own").press("Enter")
    host.get_by_label("Theme").select_option("Ticker")
    for one in (page, host):
        expect(one.get_by_text("Back at nine")).to_be_visible()
        expect(one.get_by_role("listitem").filter(has_text="Team Meridian")).to_be_visible()
    assert not findings(host)
    host.get_by_role("button", name="What to do with Second scene").click()
    host.get_by_role("menuitem", name="Revoke").click()
    host.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_role("listitem")).to_have_count(0)
    expect(host.get_by_role("combobox", name="Key")).to_have_text("Main scene")
