"""V89: the link at the end of a mail, for somebody who is not signed in."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open
from tests.deployments import Deployment


def test_v89_mails_of_a_kind_end_at_a_click_and_not_before(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    person = house.sign_up(names[0])

    def said(statement: str) -> str:
        imports = "from core.accounts.models import User; from core.notifications.selectors import preferences_of"
        token = "from core.notifications.services.preferences import unsubscribe_token"
        return house.manage("shell", "--verbosity=0", "-c", f"{imports}; {token}; print({statement})").strip()

    token = said(f"unsubscribe_token({person.id}, 'list_frozen')")
    mailed = f"sorted(it.kind for it in preferences_of(User.objects.get(pk={person.id})).results if it.mail)"
    before = said(mailed)
    page = open_page(f"{house.web[0].url}/unsubscribe#token={token}", viewport=PHONE)
    stop = page.get_by_role("button", name="Stop these mails")
    expect(stop).to_be_visible()
    expect(page).to_have_url(f"{house.web[0].url}/unsubscribe")  # the token has left the address
    assert said(mailed) == before
    stop.click()
    expect(page.get_by_role("heading", name="You get no more of these mails")).to_be_visible()
    assert said(mailed) == before.replace("'list_frozen', ", "")

    page = open_page(f"{house.web[0].url}/unsubscribe#token={token}x", mishaps=("404 (Not Found)",))
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
