"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a process."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip("there is no Chromium here: install chromium")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread that asks the database
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of a browser nobody used before, 1280 wide, English. What its console complains of is in `complaints`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.extend(_complaint(message)))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.set_default_timeout(15_000)
    yield page
    if getattr(request.node, "failed_call", False):
        print(f"The browser stood at {page.url}:\n{page.locator('body').inner_text()[:2000]}")
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[Any]:
    report = yield
    if call.when == "call":
        item.failed_call = report.failed  # type: ignore[attr-defined]
    return report


def _complaint(message: Any) -> list[str]:
    where = message.location.get("url", "")
    return [f"{message.text} ({where})"] if message.type in ("error", "warning") else []
