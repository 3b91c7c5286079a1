"""An account from its first mail to its last day, on the page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, post, sign_in
from tests.deployments import PASSWORD, Deployment

OTHER_PASSWORD = "another evening of scrims"


def mailed_link(house: Deployment, username: str, page: str) -> str:
    """The newest link to `page` that was mailed to this person, without its host."""
    mails = house.manage(
        "shell",
        "--verbosity=0",
        "-c",
        f"from core.work.models import Mail\n"
        f"for mail in Mail.objects.filter(to='{username}@example.org').order_by('pk'): print(mail.text)",
    )
    links: list[str] = re.findall(rf"/{page}#token=\S+", mails)
    return links[-1]


def open_signed_in(open_page: Open, house: Deployment, username: str, at: str = "/me", **options: object) -> Page:
    page = open_page(house.web[0].url + at, **options)
    sign_in(page, username)
    return page


def test_a_stranger_is_asked_when_an_act_needs_it_and_the_act_goes_through(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    house.sign_up(names[0])
    page = open_page(f"{house.web[0].url}/play", mishaps=("401 (Unauthorized)",))
    expect(page.get_by_role("heading", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Find people").click()
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Username or e-mail").fill(names[0])
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("dialog", name="Find people")).to_be_visible()


def test_a5_a_forgotten_password_is_set_anew_by_the_link_of_a_mail(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    house.sign_up(names[0])
    page = open_page(house.web[0].url, mishaps=("400 (Bad Request)",))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Forgot the password?").click()
    page.get_by_label("E-mail of your account").fill(f"{names[0]}@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("dialog")).to_contain_text("a link is on its way")
    page.goto(house.web[0].url + mailed_link(house, names[0], "reset-password"))
    expect(page).to_have_url(f"{house.web[0].url}/reset-password")  # the token has left the address
    page.get_by_label("New password").fill("123")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("New password").fill(OTHER_PASSWORD)
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_role("heading", name="Your new password is set")).to_be_visible()
    sign_in(page, names[0], OTHER_PASSWORD)


def test_a1_the_link_of_the_first_mail_verifies_the_address(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    house.sign_up(names[0])
    page = open_signed_in(open_page, house, names[0])
    expect(page.get_by_text("is not verified yet")).to_be_visible()
    page.goto(house.web[0].url + mailed_link(house, names[0], "verify-email"))
    expect(page.get_by_role("heading", name="Your e-mail address is verified")).to_be_visible()
    page.goto(f"{house.web[0].url}/me")
    expect(page.get_by_label("Name")).to_be_visible()
    expect(page.get_by_text("is not verified yet")).to_have_count(0)


def test_a13_the_profile_is_edited_and_shown_to_others(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    for name in names:
        house.sign_up(name)
    page = open_signed_in(open_page, house, names[0], mishaps=("400 (Bad Request)",))
    page.get_by_label("Name").fill("Asha the Bold")
    page.get_by_label("About you").fill("Rifler on good days.")
    page.get_by_label("Time zone").select_option("Asia/Kolkata")
    page.get_by_label("GitHub").fill("https://example.org/asha")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("GitHub")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("GitHub").fill("https://github.com/asha")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asha the Bold")

    other = open_signed_in(open_page, house, names[1], at=f"/people/{names[0]}")
    expect(other.get_by_role("heading", level=1)).to_have_text("Asha the Bold")
    expect(other.get_by_role("link", name="github")).to_have_attribute("href", "https://github.com/asha")


def test_c21_a_person_is_blocked_on_their_page_and_unblocked_under_me(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    _, ravi = (house.sign_up(name) for name in names)
    seq = post(house, ravi, "words that will not be read")
    page = open_signed_in(open_page, house, names[0], at=f"/people/{names[1]}", viewport=PHONE)
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_text(f"You do not hear {names[1]}")).to_be_visible()
    page.get_by_role("button", name="Chat").click()
    expect(page.locator(f"#m{seq}")).to_contain_text("A message of somebody you blocked")
    expect(page.locator(f"#m{seq}")).not_to_contain_text("words that will")
    page.get_by_role("button", name="Close chat").click()
    page.get_by_role("link", name="Me").click()
    page.get_by_role("link", name="Blocked").click()
    page.get_by_role("button", name=f"Unblock {names[1]}").click()
    expect(page.get_by_role("heading", name="You hear everyone")).to_be_visible()


def test_a5_an_ended_sign_in_is_out_within_a_moment(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    house.sign_up(names[0])
    refused = ("401 (Unauthorized)",)  # the browser's own note of the refresh that is no longer answered
    lost = open_signed_in(
        open_page, house, names[0], at="/chat", mishaps=refused, user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0"
    )
    page = open_signed_in(open_page, house, names[0], at="/me/security")
    expect(lost.get_by_text("Live", exact=True)).to_be_visible()
    page.get_by_role("button", name="End the sign-in on Firefox on Linux").click()
    expect(lost.get_by_role("heading", name="Everyone here, in one conversation")).to_be_visible()
    expect(page.get_by_text("This one")).to_be_visible()


def test_a5_a_changed_password_keeps_this_sign_in_and_a_sign_out_ends_it(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    house.sign_up(names[0])
    page = open_signed_in(open_page, house, names[0], at="/me/security")
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_label("New password").fill(OTHER_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("status").filter(has_text="Your password is changed")).to_be_visible()
    page.goto(f"{house.web[0].url}/me")
    expect(page.get_by_label("Name")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="This is where you will be")).to_be_visible()
    sign_in(page, names[0], OTHER_PASSWORD)


def test_a14_an_account_is_deleted_by_its_owner(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    house.sign_up(names[0])
    page = open_signed_in(open_page, house, names[0], at="/me/security")
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog", name="Delete your account?")
    dialog.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="This is where you will be")).to_be_visible()
    sign_in(page, names[0])
    expect(page.get_by_role("heading", level=2, name="Password")).to_be_visible()


def test_two_tabs_share_one_sign_in(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    house.sign_up(names[0])
    first = open_signed_in(open_page, house, names[0], mishaps=("401 (Unauthorized)",))
    second = first.context.new_page()
    second.goto(f"{house.web[0].url}/me")
    expect(second.get_by_role("button", name="Sign out")).to_be_visible()
    second.get_by_role("button", name="Sign out").click()
    expect(first.get_by_role("heading", name="This is where you will be")).to_be_visible()
    sign_in(first, names[0])
    expect(second.get_by_role("button", name="Sign out")).to_be_visible()
