"""What holds for every page: who may look at it, what it weighs, what it is made of, that it is whole."""

import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open, appoint, chatting, post, sign_in
from tests.deployments import Deployment

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "web" / "static"
MOST_KB = 80
LATER = {
    *("accounts/me.js", "accounts/preferences.js", "moderation/dialogs.js", "styles.js", "vendor/uqr.mjs", "zones.js"),
    *("accounts/hosting.js", "joining.js", "pictures.js", "countdown.js", "moments.js", "sliding.js", "dropping.js"),
}
"""What few visits need, fetched when it is first shown; so are these rooms."""
ROOMS = {"boards", "bucketlists", "matches", "overlay", "teams", "tournaments"}
ADDRESSES = (
    *("/", "/lists", "/play", "/matches", "/me", "/chat", "/people/nobody", "/reset-password", "/verify-email"),
    *("/join", "/lists/public", "/lists/1", "/lists/1/items/1", "/lists/1/result", "/lists/1/people"),
    *("/matches/new", "/matches/statistics", "/matches/shared/1", "/matches/join"),
    "/matches/00000000-0000-4000-8000-000000000000",
    *("/lists/1/insights", "/lists/1/history", "/lists/1/chat", "/lists/trends", "/me/notifications", "/unsubscribe"),
    *("/boards", "/boards/bgmi", "/teams", "/teams/1", "/teams/join", "/me/hosting", "/play/scrims"),
    *("/tournaments/1", "/scrims/1/standings", "/tournaments/1/matches/2", "/tournaments/1/matches/2/chat"),
)
SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) =>
    done(list.getEntries().filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0))
).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 500))"""


def node(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_client_of_the_protocol_keeps_its_promises() -> None:
    node("node", "--test", "tests/browser/")


def test_every_script_is_typed() -> None:
    node("npx", "--no-install", "tsc")


def test_vendored_files_are_the_published_ones() -> None:
    """By the list beside them, and by what the lock file says was published."""
    vendor = STATIC / "vendor"
    listed = {line[66:]: line[:64] for line in (vendor / "SHA256SUMS").read_text().splitlines()}
    assert listed == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in vendor.iterdir()
        if file.name != "SHA256SUMS"
    }
    published = {
        "preact.mjs": "preact/dist/preact.mjs",
        "preact-hooks.mjs": "preact/hooks/dist/hooks.mjs",
        "htm.mjs": "htm/dist/htm.mjs",
        "signals.mjs": "@preact/signals/dist/signals.mjs",
        "signals-core.mjs": "@preact/signals-core/dist/signals-core.mjs",
        "uqr.mjs": "uqr/dist/index.mjs",
    }
    for name, path in published.items():
        assert (vendor / name).read_bytes() == (ROOT / "node_modules" / path).read_bytes()


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_the_page_fetches_all_of_its_scripts_at_once() -> None:
    shell = (ROOT / "web" / "templates" / "page.html").read_text()
    named = {*re.findall(r"modulepreload\" href=\"{% static '([^']+\.m?js)'", shell)} | {"app.js"}
    files = {file.relative_to(STATIC) for file in STATIC.rglob("*.*js")}
    rooms = {file for file in files if file.parts[0] in ROOMS}
    assert named == {str(file) for file in files - rooms} - LATER


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_serves_the_shell_under_a_strict_policy(house: Deployment, address: str) -> None:
    answer = httpx.get(house.web[0].url + address)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r'<script type="importmap" nonce="([^"]+)"', answer.text)
    assert nonce
    assert f"'nonce-{nonce[1]}'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert len(re.findall(r"<script(?! type=\"module\" src)", answer.text)) == 1  # the import map alone stands inline
    assert " style=" not in answer.text


@pytest.mark.parametrize(
    "address", ["/reset-password", "/verify-email", "/join", "/matches/join", "/teams/join", "/unsubscribe"]
)
def test_pages_of_links_tell_nobody_where_they_came_from(house: Deployment, address: str) -> None:
    assert httpx.get(house.web[0].url + address).headers["Referrer-Policy"] == "no-referrer"


def test_an_address_that_is_not_there_says_so(house: Deployment, open_page: Open) -> None:
    assert httpx.get(f"{house.web[0].url}/nowhere").status_code == 404
    page = open_page(f"{house.web[0].url}/nowhere", mishaps=("404 (Not Found)",))
    page.get_by_role("heading", name="There is nothing here").wait_for()


def test_the_first_page_is_light_and_does_not_shift(house: Deployment, open_page: Open) -> None:
    page = open_page("about:blank")
    fetched: dict[str, int] = {}
    page.on("response", lambda answer: fetched.update({answer.url: len(gzip.compress(answer.body()))}))
    page.goto(house.web[0].url)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    weights = {url: size for url, size in fetched.items() if url.endswith(("js", "css"))}
    assert len(weights) > 20
    assert sum(weights.values()) < MOST_KB * 1000
    assert page.evaluate(SHIFTS) < 0.01


STILL = """Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => {})))"""


def findings(page: Page) -> list[str]:
    """What axe finds wrong, each with where, once nothing fades in any more."""
    page.evaluate(STILL)
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())
    result: Any = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{one['id']}: {spot['html']}" for one in result["violations"] for spot in one["nodes"]]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_everyone_can_use_it(
    house: Deployment, open_page: Open, names: tuple[str, str], theme: str, viewport: dict[str, int]
) -> None:
    asha = house.sign_up(names[0])
    post(house, asha, "see https://example.org")
    page = open_page(house.web[0].url, viewport=viewport, color_scheme=theme, reduced_motion="reduce")
    assert not findings(page)
    page.get_by_role("button", name="Sign in").click()
    assert not findings(page)
    page.keyboard.press("Escape")
    sign_in(page, names[0])
    for address in ("/", "/chat", "/me", "/me/security", "/me/blocked", "/lists", f"/people/{names[0]}"):
        page.goto(house.web[0].url + address)
        page.wait_for_load_state("networkidle")
        assert not findings(page), address


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_everyone_can_use_what_opens_above_the_page(
    house: Deployment, open_page: Open, names: tuple[str, str], theme: str
) -> None:
    mod, ravi = (house.sign_up(name) for name in names)
    appoint(house, mod)
    seq = post(house, ravi, f"@{mod.username} see `this`\n```\nand that\n```")
    for viewport in (DESK, PHONE):
        page = chatting(open_page, house, mod.username, viewport=viewport, color_scheme=theme, reduced_motion="reduce")
        assert not findings(page)
        if viewport is DESK:
            page.get_by_role("button", name="Notifications").first.click()
            expect(page.get_by_role("list", name="Notifications")).to_be_visible()
            assert not findings(page)
            page.keyboard.press("Escape")
        page.get_by_role("textbox", name="Message the global room").press_sequentially(f"@{ravi.username[:4]}")
        expect(page.get_by_role("option").first).to_be_visible()
        assert not findings(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="here, show who").click()
        assert not findings(page)
        page.keyboard.press("Escape")
        for choice in ("Time out…", "Ban…"):
            page.locator(f"#m{seq}").hover()
            page.locator(f"#m{seq}").get_by_role("button", name="More").click()
            assert not findings(page)
            page.get_by_role("menuitem", name=choice).click()
            expect(page.get_by_role("dialog")).to_be_visible()
            assert not findings(page)
            page.keyboard.press("Escape")
