"""The deadline of a list, in front of everybody: it closes at the instant, though no clock and no worker runs."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, bell
from tests.browser.listing import ask, at_list, expect_closed, expect_score, item, join, make_list, vote
from tests.deployments import Deployment

OPEN_S = 20


def test_v48_v57_a_list_closes_before_everybodys_eyes_and_stays_as_it_was(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha, ravi = (house.sign_up(name) for name in names)
    shown = make_list(house, asha, "Sunrise swim", "Night market")
    join(house, asha, ravi, shown["id"])
    desk = at_list(open_page, house, asha, str(shown["id"]))
    phone = at_list(open_page, house, ravi, str(shown["id"]), viewport=PHONE, has_touch=True, is_mobile=True)
    closing = make_list(house, asha, closes_in_s=OPEN_S)["decision_deadline"]  # an instant by the server's writing
    ask(house, asha, "PATCH", f"bucketlists/{shown['id']}/", decision_deadline=closing)
    for page in (desk, phone):
        expect(page.get_by_role("timer")).to_contain_text("Closes in")
        expect(page.get_by_text("You have 2 items left to vote on.")).to_be_visible()
    vote(desk, "Sunrise swim")
    phone.get_by_role("button", name="Vote up: Sunrise swim").tap()
    for page in (desk, phone):
        expect_score(page, "Sunrise swim", 2, 0)
    for page in (desk, phone):
        expect(page.get_by_role("region", name="Deadline")).to_contain_text("Closed today", timeout=1000 * OPEN_S)
        expect(page.get_by_role("status").filter(has_text="The list is closed. The votes are sealed.")).to_be_attached()
        shut = page.get_by_role("button", name="Vote down: Sunrise swim")
        expect(shut).to_have_attribute("aria-disabled", "true")
        expect(item(page, "Sunrise swim")).to_contain_text("top choice")
    phone.get_by_role("region", name="Deadline").get_by_role("link", name="Result").tap()
    expect(phone.get_by_role("region", name="Result of round 1")).to_contain_text("Sunrise swim")
    for page in (desk, phone):
        expect_closed(page)
    bell(phone, 2)  # that the deadline was moved, and that the list is closed
    phone.get_by_role("button", name="Notifications").first.tap()
    phone.get_by_role("link", name="is closed").tap()
    expect(phone).to_have_url(f"{house.web[0].url}/lists/{shown['id']}/result")
