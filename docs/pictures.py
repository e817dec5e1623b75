"""Makes the pictures of the README from the running demonstration: `python docs/pictures.py http://127.0.0.1:8080/`.

Needs the tests' environment and Chromium; talks to the demonstration as an officer of PR-01 and as staff of PR.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def say(page: Page, text: str) -> None:
    """Type a message and wait for the answer to it."""
    before = page.locator("#talk .bubble").count()
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")
    page.locator("#talk .bubble").nth(before + 1).wait_for()
    page.locator(".waiting").wait_for(state="detached")
    page.wait_for_timeout(500)


def main(address: str) -> None:
    """Take one picture as an officer and one as staff."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport=PHONE, device_scale_factor=2)
        page.goto(address)
        page.locator("#persona").select_option("PR-01")
        page.locator("#talk .bubble").first.wait_for()
        say(page, "chi tieu 2025 cua minh la gi?")
        page.screenshot(path=FOLDER / "demonstration.png")
        page.locator("#persona").select_option("PR")
        page.locator("#talk .bubble").first.wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=FOLDER / "digest.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
