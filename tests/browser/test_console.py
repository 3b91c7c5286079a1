"""The console of those who run a competition: a host's scrim night in one hand, and a referee's queue on a desk."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, sign_in
from tests.browser.listing import ask
from tests.browser.playing import make_host
from tests.browser.test_page import findings
from tests.deployments import Deployment, SignedUp

SMALL = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.fixture
def people(house: Deployment) -> list[SignedUp]:
    """A host, a referee, and three who play."""
    suffix = secrets.token_hex(3)
    found = [house.sign_up(f"{name}{suffix}") for name in ("host", "referee", "asha", "ravi", "mei")]
    make_host(house, found[0])
    return found


def press(page: Page, words: str) -> None:
    """The one big button."""
    page.get_by_role("region", name="What comes next").get_by_role("button", name=words, exact=True).tap()


def tab(page: Page, words: str) -> None:
    page.get_by_role("navigation", name="Parts of the console").get_by_role("link", name=words).click()


def make_scrim(phone: Page, title: str) -> None:
    """Of two matches for three people, with a check-in that nobody needs."""
    phone.get_by_label("Title").fill(title)
    phone.get_by_label("Played by").select_option("solo")
    phone.get_by_label("Seats").fill("1")
    phone.get_by_label("Matches").fill("2")
    phone.get_by_text("Registration and check-in").tap()
    phone.get_by_label("Teams check in before it starts").uncheck()
    phone.get_by_role("button", name="Make the draft").tap()
    expect(phone.get_by_label("Seats")).to_have_attribute("aria-invalid", "true")
    assert not findings(phone)
    phone.get_by_label("Seats").fill("3")
    phone.get_by_role("button", name="Make the draft").tap()
    expect(phone.get_by_role("region", name="What comes next")).to_contain_text("Ready to publish")


def enter(house: Deployment, phone: Page, route: str, players: list[SignedUp]) -> list[int]:
    """All of them register while the host looks on; answers their entrants."""
    made = [
        ask(house, player, "POST", f"{route}register/", in_game_id=f"5123456{at}") for at, player in enumerate(players)
    ]
    expect(phone.get_by_text("3 of 3 seats")).to_be_visible()
    assert not findings(phone)
    tab(phone, "Entrants")
    expect(phone.get_by_role("list", name="Registrations").get_by_role("listitem")).to_have_count(3)
    assert not findings(phone)
    return [int(one["id"]) for one in made]


def play_the_first(house: Deployment, phone: Page, route: str, host: SignedUp, players: list[SignedUp]) -> None:
    """T10, T11: its room, its start, its end, and its result by hand."""
    press(phone, "Set its room")
    phone.get_by_label("Room id").fill("7714203")
    phone.get_by_label("Password").fill("nine")
    assert not findings(phone)
    phone.get_by_role("button", name="Set the room", exact=True).tap()
    press(phone, "Start match 1")
    press(phone, "Finish match 1")
    first = ask(house, host, "GET", f"{route}matches/")["results"][0]["id"]
    assert ask(house, players[0], "GET", f"{route}matches/{first}/room/")["room_id"] == "7714203"
    phone.get_by_role("link", name="Enter the result").tap()
    for place, player in enumerate(players, 1):
        phone.get_by_label(f"Place, {player.username}").fill(str(place))
        phone.get_by_label(f"Kills, {player.username}").fill(str(4 - place))
    assert not findings(phone)
    phone.get_by_role("button", name="Confirm this result").tap()
    expect(phone.get_by_role("region", name="Log")).to_contain_text(f"Match 1: {players[0].username} won, 3 placed")
    tab(phone, "Tonight")
    phone.get_by_role("button", name="What to do with Match 2").tap()
    phone.get_by_role("menuitem", name="Start").tap()
    press(phone, "Finish match 2")


def confirm_the_second(
    house: Deployment, desk: Page, claims: str, entrants: list[int], players: list[SignedUp]
) -> None:
    """T13: a claim comes by itself, and the referee puts one number right."""
    expect(desk.get_by_role("heading", name="Nothing waits")).to_be_visible()
    rows = [{"entrant": who, "placement": place, "kills": 3} for place, who in enumerate(reversed(entrants), 1)]
    ask(house, players[1], "POST", claims, payload={"rows": rows, "absent": []})
    claim = desk.get_by_role("article", name=f"Claim of {players[1].username}")
    claim.get_by_label(f"Kills, {players[0].username}").fill("1")
    assert not findings(desk)
    claim.get_by_role("button", name="Confirm these numbers").click()
    expect(desk.get_by_role("heading", name="Nothing waits")).to_be_visible()


def test_a_host_runs_a_scrim_night_and_a_referee_confirms(
    house: Deployment, open_page: Open, people: list[SignedUp]
) -> None:
    """T3, T4, T6: from the draft to the winner, the host in one hand and the referee at a desk."""
    host, referee, *players = people
    phone = open_page(f"{house.web[0].url}/play/new", color_scheme="dark", mishaps=("400 (Bad Request)",), **SMALL)
    sign_in(phone, host.username)
    make_scrim(phone, f"Night {host.username}")
    press(phone, "Publish")
    expect(phone.get_by_role("timer")).to_contain_text("Registration closes in")
    route = f"scrims/{phone.url.split('/')[-2]}/"
    entrants = enter(house, phone, route, players)
    tab(phone, "Staff")
    phone.get_by_label("Username").fill(referee.username)
    phone.get_by_role("button", name="Appoint").tap()
    expect(phone.get_by_role("list", name="Staff").get_by_role("listitem")).to_have_count(2)
    tab(phone, "Tonight")
    press(phone, "Close registration now")
    press(phone, "Start now")
    play_the_first(house, phone, route, host, players)

    desk = open_page(f"{phone.url}/queue", color_scheme="light", reduced_motion="reduce")
    sign_in(desk, referee.username)
    second = ask(house, host, "GET", f"{route}matches/")["results"][1]["id"]
    confirm_the_second(house, desk, f"{route}matches/{second}/claims/", entrants, players)
    result = ask(house, host, "GET", f"{route}matches/{second}/")["results"][""]
    assert [row["kills"] for row in result["rows"]] == [3, 3, 1]
    press(phone, "Complete it")
    expect(phone.get_by_role("region", name="What comes next")).to_contain_text(" won")
    assert not findings(phone)
