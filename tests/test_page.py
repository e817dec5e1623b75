"""The demonstration page in a real browser: Debian's Chromium, at the size of a phone and of a desk."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.web import demonstration_app
from tests.fake_office import REMINDER, REPORT, FakeOffice

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
expect.set_options(timeout=20000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "run `sh tests/install-browser` first"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def address(office: FakeOffice) -> Iterator[str]:
    """The page, served on loopback by a thread with a loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = web.AppRunner(demonstration_app(office), shutdown_timeout=0.1, access_log=None)

    async def start() -> str:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/"

    yield asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=request.param, locale="vi-VN")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """An open page; fails the test that caused a script error, a refused resource or a request to elsewhere."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    page.goto(address)
    expect(page.locator("#persona option")).to_have_count(6)
    yield page
    assert not faults


def become(page: Page, persona: str) -> None:
    page.get_by_label("Anh/chị là").select_option(persona)
    expect(page.locator("#text")).to_be_enabled()


def ask(page: Page, text: str) -> None:
    page.get_by_label("Tin nhắn", exact=True).fill(text)
    page.get_by_role("button", name="Gửi").click()


def clock(page: Page) -> None:
    if not page.locator("details[open]").count():
        page.locator("summary").click()


def test_the_page_says_what_it_is_and_asks_who_you_are(page: Page) -> None:
    expect(page.get_by_text("Bản dùng thử: công đoàn mẫu, đồng hồ giả lập")).to_be_visible()
    expect(page.locator("#now")).to_contain_text("16/07/2026")
    expect(page.locator("#text")).to_be_disabled()
    become(page, "PR-01")
    expect(page.locator("#who")).to_contain_text("CĐCS Công ty 1, xã Phú Riềng")


def test_a_talk_by_typing_and_tapping(page: Page, office: FakeOffice) -> None:
    become(page, "PR-01")
    ask(page, "<b>chỉ tiêu</b> 2025?")
    log = page.get_by_role("log")
    expect(log.locator(".assistant-said .bubble")).to_contain_text("ít nhất 80%")
    expect(log.locator(".person-said .bubble")).to_contain_text("<b>chỉ tiêu</b> 2025?")
    page.get_by_role("button", name="Các chỉ tiêu khác").click()
    expect(log.locator(".person-said .bubble")).to_have_count(2)
    expect(log.locator(".person-said .bubble").last).to_contain_text("Các chỉ tiêu khác")
    expect(log.locator(".assistant-said:not(.waiting)")).to_have_count(2)
    page.get_by_role("button", name="Xem nguyên văn").click()
    expect(log.locator(".assistant-said:not(.waiting)")).to_have_count(3)
    assert [choice for _, _, choice in office.asked] == [None, "targets", "wording"]
    expect(page.locator("#text")).to_have_value("")


def test_enter_sends_and_shift_enter_does_not(page: Page, office: FakeOffice) -> None:
    become(page, "PR-01")
    field = page.locator("#text")
    field.press_sequentially("một")
    field.press("Shift+Enter")
    field.press_sequentially("hai")
    field.press("Enter")
    expect(page.locator(".line:not(.waiting)")).to_have_count(2)
    assert office.asked == [("PR-01", "một\nhai", None)]


def test_a_reload_shows_the_same_talk_of_the_same_person(page: Page) -> None:
    become(page, "BD-02")
    ask(page, "chỉ tiêu 2025?")
    expect(page.locator(".line:not(.waiting)")).to_have_count(2)
    page.reload()
    expect(page.locator("#persona")).to_have_value("BD-02")
    expect(page.locator(".line")).to_have_count(2)
    become(page, "PR-01")
    expect(page.locator(".line")).to_have_count(0)


def test_moving_the_clock_brings_a_letter_and_marks_the_others(page: Page) -> None:
    become(page, "PR-01")
    clock(page)
    page.get_by_role("button", name="Ngày sau hạn nộp báo cáo").click()
    expect(page.locator("#now")).to_contain_text("15/10/2026")
    letter = page.locator(".letter")
    expect(letter.locator(".bubble")).to_contain_text(REMINDER)
    expect(letter.locator(".stamp")).to_contain_text("Tin tự động")
    expect(page.locator("#elsewhere")).to_contain_text("+1")
    expect(page.locator("option[value=BD]")).to_contain_text("(1 tin mới)")
    page.locator("#others").get_by_role("button", name="BD-02").click()
    expect(page.locator("#persona")).to_have_value("BD-02")
    expect(letter).to_have_count(1)
    expect(page.locator("#others").get_by_role("button", name="BD-02")).to_have_count(0)
    letter.get_by_role("button", name="Báo cáo ngay").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=REPORT.name).click()
    assert download.value.suggested_filename == REPORT.name


def test_a_slow_move_says_so_and_cannot_be_asked_for_twice(page: Page, office: FakeOffice) -> None:
    office.may_move.clear()
    clock(page)
    page.get_by_role("button", name="Ngày hôm sau").click()
    expect(page.get_by_text("Đang chuyển đồng hồ…")).to_be_visible()
    clock(page)
    expect(page.get_by_role("button", name="Cuối tháng")).to_be_disabled()
    office.may_move.set()
    expect(page.locator("#now")).to_contain_text("17/07/2026")
    expect(page.get_by_text("Đang chuyển đồng hồ…")).to_be_hidden()
    expect(page.get_by_role("button", name="Cuối tháng")).to_be_enabled()


def test_a_day_can_be_chosen_but_not_one_that_has_passed(page: Page) -> None:
    clock(page)
    day = page.get_by_label("Ngày khác (08:00)")
    day.fill("2026-07-20")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    expect(page.locator("#now")).to_contain_text("20/07/2026")
    clock(page)
    expect(day).to_have_attribute("min", "2026-07-20")
    day.fill("2026-07-01")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    assert day.evaluate("field => field.validity.rangeUnderflow")
    expect(page.locator("#now")).to_contain_text("20/07/2026")


def test_a_refusal_is_shown_and_what_was_typed_is_kept(page: Page) -> None:
    become(page, "PR-01")
    ask(page, "từ chối")
    expect(page.get_by_role("alert")).to_have_text("Anh/chị gửi lại sau ít phút giúp em.")
    expect(page.locator("#text")).to_have_value("từ chối")
    expect(page.locator(".line")).to_have_count(0)


def test_a_server_that_is_gone_is_said_and_a_server_that_is_back_too(page: Page) -> None:
    become(page, "PR-01")
    page.route("**/api/**", lambda route: route.abort())
    ask(page, "còn đó không?")
    expect(page.get_by_role("alert")).to_contain_text("Chưa kết nối được với máy chủ")
    page.unroute("**/api/**")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_page_fits_its_screen_and_fingers_and_has_names_for_everything(page: Page) -> None:
    become(page, "PR-01")
    ask(page, "chỉ tiêu " + "rấtdàikhôngcódấucách" * 10)
    expect(page.locator(".choices")).to_be_visible()
    clock(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the composer left the screen"
    for control in page.locator("button:visible, select:visible, textarea:visible, input:visible").all():
        box = control.bounding_box()
        assert box and box["height"] >= 40, control.evaluate("element => element.outerHTML")
        assert control.evaluate("e => Boolean(e.textContent.trim() || e.labels?.length)")


def test_the_page_speaks_english_too(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Demonstration: sample unions, simulated clock")).to_be_visible()
    page.get_by_label("You are").select_option("PR-01")
    expect(page.locator(".empty")).to_contain_text("What is our target this year?")
