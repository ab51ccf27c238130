"""The dashboard on a real port, and Chromium that looks at it."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from service.dashboard.catalogue import LANGUAGES
from tests.requirements import lacking
from tests.service.dashboard.conftest import Site, fill_folder, open_site

_QUIET = (
    "--no-sandbox",  # containers have no user namespaces to build one from
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


@dataclass(frozen=True)
class Served:
    """A seeded dashboard and where it is served."""

    site: Site
    address: str


@dataclass
class Visit:
    """One page in Chromium, signed in, and whatever its console complained of."""

    page: Page
    served: Served
    complaints: list[str]

    def go(self, path: str) -> None:
        """Open a page of the dashboard."""
        self.page.goto(self.served.address + path)


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard on a free port of this machine."""
    site = open_site(fill_folder(tmp_path_factory.mktemp("browser"), count=60))
    server = uvicorn.Server(uvicorn.Config(site.browser.app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(site, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        lacking("browser", "no chromium on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield browser
        browser.close()


def _failure(request: Request) -> list[str]:
    """What went wrong with a request; a sound or the icon let go of when a page is left is no failure."""
    left = request.resource_type == "media" or request.url.endswith("/overtone.svg")
    let_go = request.failure == "net::ERR_ABORTED" and left
    return [] if let_go else [f"{request.url}: {request.failure}"]


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Open]:
    """Open a signed-in page: ``visit(width=360, language="he")``."""
    contexts: list[BrowserContext] = []

    def opened(
        *, width: int = 1280, language: str = "en", scheme: str = "light", script: bool = True
    ) -> Visit:
        assert language in LANGUAGES
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.extend(_failure(request)))
        page.goto(f"{served.address}/login")
        page.fill("input[name=key]", served.site.seeded.token)
        page.click("button.primary")
        page.wait_for_url(f"{served.address}/")
        return Visit(page, served, complaints)

    yield opened
    for context in contexts:
        context.close()
