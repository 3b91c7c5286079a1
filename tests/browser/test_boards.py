"""A board, as people look at it: strangers, somebody far down, and the same one at the top (T20)."""

from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Open, sign_in
from tests.browser.test_page import findings
from tests.deployments import Deployment

CROWD = """
from core.accounts.models import Profile, User
from core.boards.services import add_scores
crowd = User.objects.bulk_create(User(username=f"p{n}", username_key=f"board-{n}") for n in range(110))
Profile.objects.bulk_create(Profile(user=one, name=f"Player {n}") for n, one in enumerate(crowd, 1))
gains = {one.pk: 5000 - n // 2 * 20 for n, one in enumerate(crowd)}
"""
ADD = "from core.boards.services import add_scores; add_scores(board='pes', gains={}, cause='{}')"


def test_somebody_climbs_a_board_before_everybodys_eyes(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    asha = house.sign_up(names[0])
    house.manage("shell", "-c", f"{CROWD}add_scores(board='pes', gains=gains | {{{asha.id}: 7}}, cause='test:1')")
    desk = open_page(f"{house.web[0].url}/boards/pes", viewport=DESK)
    best = desk.get_by_role("table", name="PES: the best").get_by_role("row")
    expect(best).to_have_count(101)
    expect(best.nth(4)).to_contain_text("Player 4")
    assert [best.nth(place).get_by_role("cell").first.inner_text() for place in (1, 2, 3, 4)] == ["1", "1", "3", "3"]
    expect(desk.get_by_role("table").get_by_role("link")).to_have_count(0)
    assert not findings(desk)

    phone = open_page(f"{house.web[0].url}/boards/pes", viewport=PHONE, has_touch=True, is_mobile=True)
    sign_in(phone, asha.username)
    pinned = phone.get_by_role("table", name="PES: the best").get_by_role("row").last
    expect(pinned).to_contain_text("111")
    expect(pinned).to_be_in_viewport()
    around = phone.get_by_role("table", name="PES: around you").get_by_role("row")
    expect(around.nth(3)).to_contain_text("Player 110")
    expect(around.last).to_contain_text(asha.username)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not findings(phone)

    house.manage("shell", "-c", ADD.format(f"{{{asha.id}: 6000}}", "test:2"))
    expect(best.nth(1)).to_contain_text(asha.username)
    expect(best.nth(2)).to_contain_text("Player 1")
    expect(phone.get_by_role("table", name="PES: around you")).to_have_count(0)
    first = phone.get_by_role("table", name="PES: the best").get_by_role("row").nth(1)
    expect(first).to_contain_text("you")
    expect(first).to_contain_text("6,007")

    phone.get_by_label("Which board").select_option("Free Fire")
    expect(phone.get_by_text("Nobody is on this board yet")).to_be_visible()
