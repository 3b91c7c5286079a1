"""Matches as two players use them: a screenshot becomes numbers, and both agree. Drawn screens, the real reader."""

import base64
from collections.abc import Iterator
from typing import Any

import cv2
import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Open, bell, sign_in
from tests.browser.test_page import findings
from tests.deployments import PASSWORD, Deployment, SignedUp, Template, deployed
from tests.ocr_pipeline.lobby_sheets import standings, teams
from tests.screens import Screen, draw


@pytest.fixture(scope="module")
def house(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """One in which pictures are read."""
    with deployed(template, tmp_path_factory.mktemp("browser") / "reading", jobs=True) as deployment:
        yield deployment


@pytest.fixture(scope="module")
def screen() -> Screen:
    return draw("efootball_mobile", seed=7, height=720, language="en")


def at_matches(open_page: Open, house: Deployment, person: SignedUp, **options: Any) -> Page:
    page = open_page(f"{house.web[0].url}/matches", **options)
    sign_in(page, person.username)
    expect(page.get_by_role("heading", name="No match yet")).to_be_visible()
    return page


def send(page: Page, *pictures: bytes, button: str = "Choose pictures") -> None:
    files: Any = [
        {"name": f"{place}.png", "mimeType": "image/png", "buffer": picture} for place, picture in enumerate(pictures)
    ]
    page.get_by_label(button).set_input_files(files)


def png(screen: Screen) -> bytes:
    return cv2.imencode(".png", screen.image)[1].tobytes()


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def answer_by_keys(page: Page, screen: Screen) -> None:
    """S3: digits go straight into the number that is asked, Enter goes on to the next, and at last to the button."""
    truth = {f"{row['key']}.{side}": row[side] for row in screen.truth["rows"] for side in ("home", "away")}
    truth |= {f"score.{side}": str(goals) for side, goals in zip(("home", "away"), screen.truth["score"], strict=True)}
    for _ in range(page.get_by_role("button", name="Not shown").count()):
        asked = page.evaluate("document.activeElement.dataset.field")
        page.keyboard.type(truth.get(asked, "").rstrip("%"))
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is everything right?")).to_be_visible()


def read_and_confirm(page: Page, screen: Screen) -> None:
    """S1, S2, S4, S5: sent, read, looked over and corrected without touching the mouse but for the side."""
    send(page, png(screen))
    side = page.get_by_role("radio").first
    expect(side).to_be_attached(timeout=30_000)
    assert not findings(page)
    side.check()
    answer_by_keys(page, screen)
    for name, goals in zip(("Goals, you", "Goals, opponent"), screen.truth["score"], strict=True):
        expect(field(page, name)).to_have_value(str(goals))
    field(page, "Opponent").fill("Late Rotation")
    field(page, "Fouls, you").press("1")
    page.get_by_role("button", name="Confirm", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Let your opponent confirm it")).to_be_visible()
    expect(page.get_by_role("row", name="Fouls 1")).to_be_visible()


def ask_opponent(page: Page, username: str) -> None:
    page.get_by_role("button", name="Let your opponent confirm it").click()
    assert not findings(page)
    page.get_by_label("Their name in Guildhall").fill(username)
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("heading", name=f"{username} is asked")).to_be_visible()


def correct_on_phone(phone: Page) -> None:
    """S7: from the bell to a correction of one number."""
    bell(phone, 1)
    phone.get_by_role("button", name="Notifications, 1 unread").tap()
    phone.get_by_role("link", name="asks whether you agree").tap()
    expect(phone.get_by_role("heading", name="Is this how it was?")).to_be_visible()
    assert not findings(phone)
    phone.get_by_role("button", name="Something is wrong…").tap()
    field(phone, "Fouls, opponent").fill("4")
    phone.get_by_role("button", name="Send the correction").tap()
    expect(phone.get_by_role("heading", name="Your correction is on its way")).to_be_visible()


def test_a_screenshot_becomes_a_match_of_two(
    house: Deployment, open_page: Open, names: tuple[str, str], screen: Screen
) -> None:
    """S1 to S8: read within a moment, confirmed by keys, corrected by the opponent live, in both statistics."""
    asha, ravi = (house.sign_up(name) for name in names)
    desk = at_matches(open_page, house, asha, viewport=DESK, color_scheme="light")
    phone = at_matches(open_page, house, ravi, viewport=PHONE, has_touch=True, is_mobile=True)
    read_and_confirm(desk, screen)
    ask_opponent(desk, ravi.username)
    correct_on_phone(phone)
    expect(desk.get_by_role("heading", name=f"{ravi.username} says it was otherwise")).to_be_visible()
    assert not findings(desk)
    desk.get_by_role("button", name="Accept 4 for Fouls").click()
    for page in (desk, phone):
        expect(page.get_by_role("heading", name="Both of you agree")).to_be_visible()
    home, away = screen.truth["score"]
    for page, score in ((desk, f"{home} to {away}"), (phone, f"{away} to {home}")):
        page.goto(f"{house.web[0].url}/matches")
        row = page.get_by_role("list", name="Matches").get_by_role("listitem")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(score.replace(" to ", ": to "))
        assert not findings(page)
        page.get_by_role("link", name="Statistics").click()
        expect(page.get_by_role("figure").filter(has_text="By opponent")).to_be_visible()
        assert not findings(page)


def type_in(page: Page) -> None:
    """S5: a match without a picture."""
    page.get_by_role("link", name="Type it in").click()
    field(page, "Goals, you").fill("3")
    field(page, "Goals, opponent").fill("1")
    field(page, "Opponent").fill("Late Rotation")
    field(page, "Possession, you").fill("60")
    field(page, "Possession, opponent").fill("41")
    expect(page.get_by_text("Both together make 101 %, and not 100.")).to_be_visible()
    assert not findings(page)
    field(page, "Possession, opponent").fill("40")
    page.get_by_role("button", name="Save the match").click()
    expect(page.get_by_role("heading", name="Against Late Rotation")).to_be_attached()


def carried(page: Page, *pictures: bytes) -> Any:
    """These files, as a hand or a clipboard holds them."""
    return page.evaluate_handle(
        """(files) => {
            const data = new DataTransfer();
            for (const [place, text] of files.entries()) {
                const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
                data.items.add(new File([bytes], `${place}.png`, { type: "image/png" }));
            }
            return data;
        }""",
        [base64.b64encode(picture).decode() for picture in pictures],
    )


def test_pictures_of_one_lobby_are_dropped_and_corrected(
    house: Deployment, open_page: Open, names: tuple[str, str]
) -> None:
    """S4, S5, S9: two overlapping pictures are one table, of which one row is the person's own."""
    page = at_matches(open_page, house, house.sign_up(names[0]), viewport=DESK)
    rows = teams(4, 8)
    pictures = [cv2.imencode(".png", standings(part))[1].tobytes() for part in (rows[:5], rows[3:])]
    page.dispatch_event("body", "drop", {"dataTransfer": carried(page, *pictures)})
    assert not findings(page)
    page.get_by_role("button", name="One match", exact=True).click()
    player = page.get_by_role("group", name=rows[6]["player"])
    expect(player).to_be_visible(timeout=60_000)
    expect(page.get_by_role("group", name="Pictures").get_by_role("button")).to_have_count(2)
    page.get_by_label("You are").select_option(rows[6]["player"])
    expect(page.get_by_role("textbox", name="Name")).to_have_count(len(rows))
    assert not findings(page)
    kills = player.get_by_role("textbox", name="Kills")
    expect(kills).to_have_value(str(rows[6]["kills"]))
    kills.fill("31")
    while page.get_by_role("button", name="keep it").count():
        page.get_by_role("button", name="keep it").first.click()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("#7", exact=True)).to_be_visible()
    expect(page.get_by_role("row", name=f"{rows[6]['player']} you 7 31")).to_be_visible()
    assert not findings(page)
    page.goto(f"{house.web[0].url}/matches/statistics")
    expect(page.get_by_role("row", name="Kills 31 –")).to_be_visible()
    expect(page.get_by_role("figure").filter(has_text="By opponent")).to_have_count(0)


def record(house: Deployment, person: SignedUp, match: dict[str, Any]) -> str:
    url, headers = f"{house.web[0].url}/api/matches/", {"Authorization": f"Bearer {person.access}"}
    made = httpx.post(url, json=match, headers=headers, timeout=30)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def numbers(screen: Screen) -> dict[str, Any]:
    """What a match says of which `screen` shows the other half."""
    rows = {row["key"]: [float(row[side].rstrip("%")) for side in ("home", "away")] for row in screen.truth["rows"]}
    home, away = screen.truth["score"]
    stats = {key: {"user": theirs, "opponent": own} for key, (own, theirs) in rows.items()}
    return {"score_user": away, "score_opponent": home, "stats": stats}


def test_a_pasted_screenshot_answers_the_opponents_match(
    house: Deployment, open_page: Open, names: tuple[str, str], screen: Screen
) -> None:
    """S7: both have the match; "Use mine" shows where they differ, with both pictures, and one of them gives way."""
    asha, ravi = (house.sign_up(name) for name in names)
    page = at_matches(open_page, house, ravi, viewport=DESK, color_scheme="light")
    page.evaluate(
        "(data) => dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))", carried(page, png(screen))
    )
    page.get_by_role("radio").first.check(timeout=60_000)
    answer_by_keys(page, screen)
    page.get_by_role("button", name="Confirm", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Let your opponent confirm it")).to_be_visible()
    otherwise = numbers(screen)
    otherwise["stats"]["fouls"]["user"] += 1
    match = record(house, asha, otherwise)
    owner = open_page(f"{house.web[0].url}/matches", viewport=PHONE, has_touch=True)
    sign_in(owner, asha.username)
    owner.goto(f"{house.web[0].url}/matches/{match}")
    ask_opponent(owner, ravi.username)
    bell(page, 1)
    page.get_by_role("button", name="Notifications, 1 unread").click()
    page.get_by_role("link", name="asks whether you agree").click()
    expect(page.get_by_text("It differs in 1 number.")).to_be_visible()
    page.get_by_role("button", name="Use mine").click()
    expect(page.get_by_role("heading", name="Your correction is on its way")).to_be_visible()
    expect(owner.get_by_role("heading", name=f"{ravi.username} says it was otherwise")).to_be_visible()
    expect(owner.get_by_role("button", name=f"{ravi.username}’s picture")).to_be_visible()
    assert not findings(owner)
    owner.get_by_role("button", name="for Fouls").filter(visible=True).first.tap()
    for one in (page, owner):
        expect(one.get_by_role("heading", name="Both of you agree")).to_be_visible()


def test_what_is_no_match_and_what_is_typed(
    house: Deployment, open_page: Open, names: tuple[str, str], screen: Screen
) -> None:
    """S5, S6, S9, S13: a refusal says why and what to do, a picture counts once, and filters find what was typed."""
    asha = house.sign_up(names[0])
    page = at_matches(open_page, house, asha, viewport=PHONE, color_scheme="light", mishaps=("409 (Conflict)",))
    type_in(page)
    page.goto(f"{house.web[0].url}/matches")
    send(page, b"this is no picture", button="Take a photo")
    expect(page.get_by_role("heading", name="This file is not a picture that can be read")).to_be_visible()
    assert not findings(page)
    page.get_by_role("link", name="Send another picture").click()
    send(page, b"this is no picture")
    expect(page.get_by_role("alert")).to_contain_text("already")
    page.get_by_role("link", name="Open that match").click()
    expect(page.get_by_role("heading", name="This file is not a picture that can be read")).to_be_visible()
    page.get_by_role("button", name="What to do with this match").click()
    page.get_by_role("menuitem", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    rows = page.get_by_role("list", name="Matches").get_by_role("listitem")
    expect(rows).to_have_count(1)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("combobox", name="Result").select_option("loss")
    expect(page.get_by_text("No match is like that.")).to_be_visible()
    page.get_by_role("combobox", name="Result").select_option("win")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Late Rotation")
    assert not findings(page)


def test_a_link_leads_the_opponent_to_the_match(house: Deployment, open_page: Open, names: tuple[str, str]) -> None:
    """S7: by link, agreed with one tap."""
    asha = house.sign_up(names[0])
    typed = {"score_user": 2, "score_opponent": 0, "stats": {"shots": {"user": 9, "opponent": 4}}}
    url, headers = f"{house.web[0].url}/api/matches/", {"Authorization": f"Bearer {asha.access}"}
    made = httpx.post(url, json=typed, headers=headers, timeout=30).json()
    desk = open_page(f"{house.web[0].url}/matches", viewport=DESK)
    sign_in(desk, asha.username)
    desk.goto(f"{house.web[0].url}/matches/{made['id']}")
    desk.get_by_role("button", name="Let your opponent confirm it").click()
    desk.get_by_role("button", name="Or send them a link").click()
    link = desk.get_by_role("textbox", name="Link for your opponent").input_value()
    assert not findings(desk)
    desk.get_by_role("link", name="Watch for their answer").click()
    phone = open_page(link, viewport=PHONE, has_touch=True)
    expect(phone.get_by_role("heading", name="You 0 : 2")).to_be_visible()
    phone.get_by_role("button", name="Look at the match").tap()
    phone.get_by_label("E-mail").fill(f"{names[1]}@example.org")
    phone.get_by_label("Username").fill(names[1])
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Create account").tap()
    expect(phone.get_by_role("heading", name="Is this how it was?")).to_be_visible()
    phone.get_by_role("button", name="That is right").tap()
    for page in (desk, phone):
        expect(page.get_by_role("heading", name="Both of you agree")).to_be_visible()
