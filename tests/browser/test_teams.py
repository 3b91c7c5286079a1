"""Teams and hosting, as people use them: a captain on a desk, a player on a phone, an administrator who decides."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, sign_in
from tests.browser.listing import ask
from tests.browser.test_page import findings
from tests.deployments import PASSWORD, Deployment, SignedUp


def found(page: Page, name: str, tag: str) -> None:
    page.get_by_role("button", name="New team").click()
    dialog = page.get_by_role("dialog", name="New team")
    dialog.get_by_label("Game").select_option("bgmi")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Tag").fill(tag)
    assert not findings(page)
    dialog.get_by_role("button", name="Found the team").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def ask_to_join(phone: Page, name: str) -> None:
    phone.get_by_role("searchbox", name="Search teams").fill(name)
    phone.get_by_role("list", name="Teams", exact=True).get_by_role("link").filter(has_text=name).tap()
    phone.get_by_role("button", name="Ask to join").tap()
    phone.get_by_label("A word to").fill("Support main, evenings.")
    phone.get_by_role("button", name="Ask", exact=True).tap()
    expect(phone.get_by_text("knows that you want to join")).to_be_visible()
    assert not findings(phone)


def link_of(page: Page) -> str:
    page.get_by_role("button", name="Show the link").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    link = page.get_by_role("textbox", name="Link to join").input_value()
    page.keyboard.press("Escape")
    return link


def join_by_link(phone: Page, name: str) -> None:
    assert "token" not in phone.url
    phone.get_by_role("button", name="Join the team").tap()
    phone.get_by_label("E-mail").fill(f"{name}@example.org")
    phone.get_by_label("Username").fill(name)
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Create account").tap()
    expect(phone.get_by_text("you, player")).to_be_visible()


def test_a_team_comes_together_live(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    """A21-A23"""
    asha, ravi = (house.sign_up(name) for name in names)
    desk = open_page(f"{house.web[0].url}/teams", reduced_motion="reduce")
    sign_in(desk, asha.username)
    found(desk, f"Squad {names[0]}", names[0][-5:])
    phone = open_page(
        f"{house.web[0].url}/teams", viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    sign_in(phone, ravi.username)
    ask_to_join(phone, f"Squad {names[0]}")

    waiting = desk.get_by_role("list", name="Requests").get_by_role("listitem")
    expect(waiting).to_contain_text("Support main, evenings.")
    assert not findings(desk)
    desk.get_by_role("button", name=f"Let in {ravi.username}").click()
    expect(phone.get_by_text("you, player")).to_be_visible()
    expect(waiting).to_have_count(0)

    third = open_page(link_of(desk), viewport=PHONE, has_touch=True, is_mobile=True)
    join_by_link(third, f"mei{names[0][-6:]}")
    expect(desk.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(3)
    desk.get_by_role("button", name=f"What to do about {ravi.username}").click()
    desk.get_by_role("menuitem", name="Hand the team over…").click()
    desk.get_by_role("button", name="Hand over", exact=True).click()
    expect(phone.get_by_text("you, captain")).to_be_visible()
    expect(phone.get_by_role("button", name="Show the link")).to_be_visible()
    expect(desk.get_by_role("button", name="Show the link")).to_have_count(0)


def decide(house: Deployment, admin: SignedUp, decision: str, reason: str) -> None:
    [waiting] = ask(house, admin, "GET", "admin/host-applications/?state=submitted")["results"]
    ask(house, admin, "POST", f"admin/host-applications/{waiting['id']}/{decision}/", reason=reason)


def test_a_player_becomes_a_host(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    """A18: the answer is on the open page"""
    admin, ravi = (house.sign_up(name) for name in names)
    grant = f"from core.accounts.services import *; grant_staff(by=SYSTEM, user_id={admin.id}, superuser=True)"
    house.manage("shell", "-c", grant)
    phone = open_page(f"{house.web[0].url}/me/hosting", viewport=PHONE, has_touch=True, reduced_motion="reduce")
    sign_in(phone, ravi.username)
    phone.get_by_label("Name as a host").fill("Ravi Cups")
    phone.get_by_label("Who you are and what you have held").fill("Weekly cups.")
    phone.get_by_role("button", name="Apply").tap()
    expect(phone.get_by_role("heading", name="Your application waits for a decision")).to_be_visible()
    picture = {"name": "proof.png", "mimeType": "image/png", "buffer": phone.screenshot()}
    phone.get_by_label("Add a picture").set_input_files(picture)  # type: ignore[arg-type]
    expect(phone.get_by_role("img", name="Document 1")).to_be_visible()
    assert not findings(phone)
    decide(house, admin, "needs-info", "Which games?")
    expect(phone.get_by_text("Which games?")).to_be_visible()
    phone.get_by_label("Who you are and what you have held").fill("Weekly cups of BGMI.")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("heading", name="Your application waits for a decision")).to_be_visible()
    decide(house, admin, "approve", "We know your cups.")
    expect(phone.get_by_role("heading", name="You are a host")).to_be_visible()
    assert not findings(phone)
