"""Competitions as people use them: a captain on a phone, somebody who follows on a desk, whoever asks why."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Open, sign_in
from tests.browser.listing import ask
from tests.browser.playing import announce, make_host, make_team, start
from tests.browser.test_page import findings
from tests.deployments import PASSWORD, Deployment, SignedUp

SMALL = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def people(house: Deployment) -> list[SignedUp]:
    """A host, a captain, and two more who play."""
    suffix = secrets.token_hex(3)
    found = [house.sign_up(f"{name}{suffix}") for name in ("host", "asha", "ravi", "mei")]
    make_host(house, found[0])
    return found


def rows(page: Page) -> Locator:
    return page.get_by_role("table").get_by_role("row")


def enter_person(house: Deployment, route: str, person: SignedUp, at: int) -> int:
    entrant = ask(house, person, "POST", f"{route}register/", in_game_id=f"51234567{at}", in_game_name=f"Player {at}")
    return int(entrant["id"])


def result(house: Deployment, host: SignedUp, route: str, match: Any, order: list[int], kills: list[int]) -> None:
    ask(house, host, "POST", f"{route}matches/{match['id']}/start/")
    placed = [
        {"entrant": who, "placement": at, "kills": count}
        for at, (who, count) in enumerate(zip(order, kills, strict=True), 1)
    ]
    ask(house, host, "POST", f"{route}matches/{match['id']}/result/", payload={"rows": placed})


def ask_to_register(phone: Page, person: SignedUp) -> None:
    """A stranger wants to, signs in for it, and is led on."""
    phone.get_by_role("button", name="Register", exact=True).tap()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label("Username or e-mail").fill(person.username)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).tap()


def fill_the_roster(phone: Page, captain: SignedUp, other: SignedUp) -> None:
    """With an id left out, which is refused beside its field."""
    form = phone.get_by_role("dialog", name="Register")
    expect(form.get_by_role("list", name="Roster").get_by_role("listitem")).to_have_count(2)
    form.get_by_label(f"In-game id of {captain.username}").fill("51234567")
    form.get_by_role("button", name="Register").tap()
    wrong = form.get_by_label(f"In-game id of {other.username}")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_text("The 6 to 12 digits of your player id.").last).to_be_visible()
    assert not findings(phone)
    wrong.fill("61234567")
    form.get_by_role("button", name="Register").tap()


def test_a_captain_enters_on_a_phone(
    house: Deployment, open_page: Open, names: tuple[str, str], people: list[SignedUp]
) -> None:
    """T5: a stranger finds it, signs in when the act needs it, and stands at once among the entrants of others."""
    host, asha, ravi, _ = people
    title = f"Duos {names[0][-6:]}"
    route = announce(house, host, "scrims", game="bgmi", mode="duo", title=title, capacity=2)
    team = f"Team {names[0][-6:]}"
    make_team(house, asha, [ravi], team)
    desk = open_page(f"{house.web[0].url}/play", color_scheme="light", reduced_motion="reduce")
    desk.get_by_role("searchbox", name="Search by name").fill(title)
    expect(desk.get_by_role("list", name="Scrims").get_by_role("listitem")).to_have_count(1)
    assert not findings(desk)
    desk.get_by_role("link", name=title).click()
    desk.get_by_role("link", name="Entrants 0/2").click()
    expect(desk.get_by_role("heading", name="Nobody is in it yet")).to_be_visible()

    phone = open_page(
        desk.url.removesuffix("/entrants"),
        color_scheme="dark",
        reduced_motion="reduce",
        mishaps=("400 (Bad Request)",),
        **SMALL,
    )
    ask_to_register(phone, asha)
    fill_the_roster(phone, asha, ravi)
    expect(phone.get_by_role("region", name="Your part in it")).to_contain_text(f"{team} is in")
    expect(desk.get_by_role("list", name="Entrants").get_by_role("listitem")).to_contain_text(team)
    expect(desk.get_by_role("link", name="Entrants 1/2")).to_be_visible()
    assert not findings(phone)

    phone.get_by_role("button", name="Your registration").tap()
    phone.get_by_role("menuitem", name="Withdraw…").tap()
    phone.get_by_role("button", name="Withdraw", exact=True).tap()
    expect(phone.get_by_role("button", name="Register", exact=True)).to_be_visible()
    expect(desk.get_by_role("heading", name="Nobody is in it yet")).to_be_visible()
    assert ask(house, asha, "GET", route)["mine"]["entrant"]["state"] == "withdrawn"


def test_a_result_moves_every_board_and_says_why(
    house: Deployment, open_page: Open, names: tuple[str, str], people: list[SignedUp]
) -> None:
    """T19, T23: the table moves before those who look at it, and tells what separates two of its rows."""
    host, *players = people
    about = {"game": "bgmi", "mode": "solo", "title": f"Solos {names[0][-6:]}", "capacity": 4}
    route = announce(house, host, "scrims", **about, stage={"plan": {"matches": 2}})
    entered = [enter_person(house, route, person, at) for at, person in enumerate(players)]
    matches = start(house, host, route)
    address = f"{house.web[0].url}/tournaments/{route.split('/')[1]}"
    desk = open_page(f"{address}/standings", color_scheme="dark")
    expect(rows(desk)).to_have_count(4)
    phone = open_page(f"{address}/standings", color_scheme="light", **SMALL)
    sign_in(phone, players[1].username)
    result(house, host, route, matches[0], entered, [1, 2, 5])
    for page in (desk, phone):
        expect(rows(page).nth(1)).to_contain_text(players[0].username)
        expect(rows(page).nth(1).get_by_role("cell").last).to_have_text("11")
        expect(rows(page).nth(2).get_by_role("cell").last).to_have_text("10")
    result(house, host, route, matches[1], entered[::-1], [3, 0, 2])
    expect(rows(desk).nth(1)).to_contain_text(players[2].username)
    expect(rows(desk).nth(1)).to_contain_text("up 1")
    for name in (players[0].username, players[2].username):
        desk.get_by_role("button", name=name).click()
    why = desk.get_by_role("region", name="Comparison")
    expect(why).to_contain_text(f"Why is {players[2].username} above {players[0].username}?")
    expect(why.get_by_role("link", name="Match 2").first).to_be_visible()
    assert not findings(desk)
    assert not findings(phone)
    why.get_by_role("link", name="Match 1").first.click()
    expect(desk.get_by_role("region", name="Result")).to_contain_text(players[0].username)
    assert not findings(desk)


def test_a_knockout_is_drawn_as_a_bracket(
    house: Deployment, open_page: Open, names: tuple[str, str], people: list[SignedUp]
) -> None:
    """T8: byes take no box, arrow keys lead along the lines, and a winner goes on before those who look."""
    host, *players = people
    about = {"game": "efootball", "mode": "solo", "title": f"Cup {names[0][-6:]}", "capacity": 4}
    route = announce(house, host, "tournaments", **about, stage={"format": "single_elimination"})
    for at, person in enumerate(players):
        enter_person(house, route, person, at)
    first = next(it for it in start(house, host, route) if all(side["entrant"] for side in it["sides"]))
    page = open_page(f"{house.web[0].url}/{route}bracket", reduced_motion="reduce", color_scheme="light", **SMALL)
    bracket = page.get_by_role("group", name="Bracket")
    expect(bracket.get_by_role("link")).to_have_count(2)
    bracket.get_by_role("link").first.focus()
    page.keyboard.press("ArrowRight")
    final = bracket.get_by_role("region", name="Final", exact=True).get_by_role("link")
    expect(final).to_be_focused()
    assert not findings(page)
    sides = [side["entrant"] for side in first["sides"]]
    ask(house, host, "POST", f"{route}matches/{first['id']}/start/")
    payload = {"sides": [side["id"] for side in sides], "games": [{"score": [3, 1]}]}
    ask(house, host, "POST", f"{route}matches/{first['id']}/result/", payload=payload)
    expect(final).to_contain_text(sides[0]["name"])
    said = f"Match {first['number']}: {sides[0]['name']} 3 against {sides[1]['name']} 1 : {sides[0]['name']} won"
    expect(bracket.get_by_role("link").first).to_have_accessible_name(said)
