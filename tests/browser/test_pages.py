"""The dashboard in Chromium: no complaint of the content policy, nothing beyond the edge, sound at a word."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAGES = (
    "overview",
    "interactions",
    "call",
    "voices",
    "mail",
    "hostile",
    "unreliable",
    "failed",
    "customers",
    "customer",
    "tasks",
    "sources",
)


def path_of(served: Served, page: str) -> str:
    """The address of a page that is named by what it shows."""
    seeded = served.site.seeded
    shown = {
        "overview": "/",
        "hostile": f"/interactions/{served.site.hostile}",
        "customer": f"/customers/{seeded.customer}",
    }
    if page in shown:
        return shown[page]
    if hasattr(seeded, page):
        return f"/interactions/{getattr(seeded, page)}"
    return f"/{page}"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "he", "hu"])
def test_pages_fit_and_nothing_is_complained_of(visit: Open, language: str, width: int) -> None:
    opened = visit(language=language, width=width, scheme="dark" if language == "he" else "light")
    for page in PAGES:
        opened.go(path_of(opened.served, page))
        opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        root = "document.documentElement"
        beyond = opened.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert beyond <= 0, f"{page} is {beyond} px too wide"
        assert opened.page.evaluate(f"{root}.dir") == ("rtl" if language == "he" else "ltr")
        assert opened.complaints == [], page


def test_words_that_would_be_script_are_words(visit: Open) -> None:
    opened = visit()
    opened.page.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))
    for page in ("overview", "interactions", "hostile", "tasks"):
        opened.go(path_of(opened.served, page))
        assert opened.page.evaluate("window.hacked") is None
    opened.go(path_of(opened.served, "hostile"))
    assert "<script>window.hacked = true</script>" in opened.page.inner_text("main")
    assert opened.complaints == []


def test_a_click_on_a_word_is_heard_from_there(visit: Open) -> None:
    opened = visit()
    opened.go(path_of(opened.served, "call"))
    page = opened.page
    page.wait_for_function("document.querySelector('audio').readyState >= 1")
    word = page.locator("#turn-1 .word", has_text="twice")
    start = int(word.get_attribute("data-at") or 0)
    word.click()
    page.wait_for_function(f"Math.abs(document.querySelector('audio').currentTime - {start / 1000}) < 1")
    expect(page.locator(".word.now")).to_have_count(1)
    expect(page.locator("#turn-1")).to_have_class("turn customer now")
    page.locator("#turn-5 [data-seek]").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 20")
    expect(page.locator("#turn-5")).to_have_class("turn customer now")
    assert page.url.endswith("/interactions/" + str(opened.served.site.seeded.call)), "the page was left"
    assert opened.complaints == []


def test_the_word_that_is_marked_is_the_word_that_is_heard(visit: Open) -> None:
    opened = visit()
    opened.go(path_of(opened.served, "call"))
    page = opened.page
    page.wait_for_function("document.querySelector('audio').readyState >= 1")
    words = page.locator(".turn .word")
    for place in range(0, words.count(), 9):
        word = words.nth(place)
        start, end = (int(word.get_attribute(name) or 0) for name in ("data-at", "data-to"))
        middle = (start + end) / 2000
        page.evaluate(f"document.querySelector('audio').currentTime = {middle}")
        expect(word).to_have_class(re.compile(r"\bnow\b"))
        expect(page.locator(".word.now")).to_have_count(1)
    assert opened.complaints == []


def test_roles_are_swapped_by_a_click_and_the_page_says_what_goes_on(visit: Open) -> None:
    opened = visit(script=False)
    opened.go(path_of(opened.served, "voices"))
    first = opened.page.locator(".turn").first
    expect(first).to_have_class("turn agent")
    opened.page.get_by_role("button", name="Swap agent and customer").click()
    expect(opened.page.locator(".turn").first).to_have_class("turn customer")
    expect(opened.page.get_by_role("status")).to_contain_text("The roles are changed.")
    opened.page.get_by_role("button", name="Swap agent and customer").click()
    expect(opened.page.locator(".turn").first).to_have_class("turn agent")


def test_a_bar_leads_to_its_interactions(visit: Open) -> None:
    opened = visit()
    opened.go("/")
    bar = opened.page.locator(".chart a:visible").first
    said = bar.get_attribute("aria-label") or ""
    bar.click()
    opened.page.wait_for_url("**/interactions?**")
    assert opened.page.locator("select[name=reason]").input_value() == said.split(":")[0]


def test_everything_works_without_script(visit: Open) -> None:
    opened = visit(script=False)
    opened.go("/interactions?channel=email")
    expect(opened.page.locator("tbody tr").first).to_contain_text("E-mail")
    opened.page.locator("select[name=channel]").select_option("voice")
    opened.page.click("button.primary")
    expect(opened.page.locator("tbody tr").first).to_contain_text("Call")
    opened.go(path_of(opened.served, "call"))
    opened.page.locator("#turn-3 header a").click()
    assert "/audio#t=" in opened.page.url


def test_the_page_of_tasks_keeps_up_with_the_store(visit: Open) -> None:
    from service.store import tasks  # noqa: PLC0415 - beside its only use

    opened = visit()
    opened.go("/tasks?state=queued")
    lines = opened.page.locator("#task-list tbody tr")
    before = lines.count()
    with opened.served.site.database.transaction() as session:
        tasks.add(session, "analyze", opened.served.site.seeded.mail, "text")
    expect(lines).to_have_count(before + 1, timeout=15_000)


def test_the_keyboard_reaches_what_the_mouse_does(visit: Open) -> None:
    opened = visit()
    opened.go(path_of(opened.served, "call"))
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    seen = set()
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        seen.add(opened.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert any("audio" in element for element in seen)
    assert any("data-seek" in element or "/audio#t=" in element for element in seen)
    assert not any("<span" in element for element in seen), "words are not stops of the keyboard"
