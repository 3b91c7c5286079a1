"""Competitions as people use them: a captain on a phone, somebody who follows on a desk, whoever asks why."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.listing import ask
from tests.browser.playing import announce, make_host, make_team
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
