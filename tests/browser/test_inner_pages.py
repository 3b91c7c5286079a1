"""The pages that others made, under our content policy: the API's description and the Django admin."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.deployments import PASSWORD, Deployment


def test_the_description_of_the_api_is_shown_and_can_be_tried(house: Deployment, open_page: Open) -> None:
    person = house.sign_up("docreader")
    page = open_page(f"{house.web[0].url}/api/docs/")
    page.get_by_role("button", name="Authorize").first.click()
    page.get_by_label("auth-bearer-value").fill(person.access)
    page.get_by_role("button", name="Apply credentials").click()
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("heading", name="Own account").click()
    page.get_by_role("button", name="Show the own account").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text("docreader@").first).to_be_visible()


def test_an_administrator_bans_in_the_admin(house: Deployment, open_page: Open) -> None:
    admin, other = house.sign_up("headadmin"), house.sign_up("spammer")
    grant = f"from core.accounts.services import *; grant_staff(by=SYSTEM, user_id={admin.id}, superuser=True)"
    house.manage("shell", "-c", grant)
    page = open_page(f"{house.web[0].url}/admin/accounts/sanction/add/")
    page.get_by_label("Username").fill("headadmin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Kind")).to_be_visible()
    page.get_by_label("Username").fill("spammer")
    page.get_by_label("Kind").select_option("ban")
    page.get_by_label("Reason").fill("spam")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    said = house.manage("shell", "-c", f"print(User.objects.get(pk={other.id}).sanctions.get())")
    assert "ban of" in said
