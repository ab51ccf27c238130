"""Signing in and out, and forms that others would like to send."""

import re

import pytest
from fastapi.testclient import TestClient

from service.dashboard.policy import own_path
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read


def csrf(site: Site, browser: TestClient) -> str:
    """The token of this browser's login."""
    return read(browser.get("/tasks").text).find("input", name="csrf")[0].attributes["value"]


def test_a_stranger_is_sent_to_the_login_and_back(site: Site) -> None:
    browser = site.stranger()
    answer = browser.get("/interactions?channel=email")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Finteractions%3Fchannel%3Demail"
    page = read(browser.get(answer.headers["location"]).text)
    wanted = page.find("input", name="next")[0].attributes["value"]
    entered = browser.post("/login", data={"key": site.seeded.reading_token, "next": wanted})
    assert (entered.status_code, entered.headers["location"]) == (303, "/interactions?channel=email")
    assert browser.get("/interactions").status_code == 200


@pytest.mark.parametrize("page", ["/", "/interactions", "/customers", "/tasks", "/interactions/x/audio"])
def test_nothing_is_shown_to_a_stranger(site: Site, page: str) -> None:
    answer = site.stranger().get(page)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


def test_a_wrong_key_stays_outside(site: Site) -> None:
    browser = site.stranger()
    answer = browser.post("/login", data={"key": "ovt_wrong"})
    assert answer.status_code == 401
    assert "This key is not valid" in answer.text
    assert not browser.cookies


def test_the_cookie_is_for_this_site_alone(site: Site) -> None:
    plain = site.stranger().post("/login", data={"key": site.seeded.token}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(plain.split("; "))
    secure = TestClient(site.browser.app, base_url="https://testserver", follow_redirects=False)
    cookie = secure.post("/login", data={"key": site.seeded.token}).headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie.split("; ")
    assert secure.get("/").status_code == 200


def test_signing_out_ends_the_login_in_the_store(own_site: Site) -> None:
    cookies = dict(own_site.browser.cookies)
    token = csrf(own_site, own_site.browser)
    assert own_site.browser.post("/logout", data={"csrf": token}).status_code == 303
    thief = own_site.stranger()
    thief.cookies.update(cookies)
    assert thief.get("/").status_code == 303


def test_a_revoked_key_ends_its_logins(own_site: Site) -> None:
    key_id = own_site.seeded.token.split("_")[1]
    from_store = own_site.database
    with from_store.transaction() as session:
        from service.store import keys  # noqa: PLC0415 - beside its only use

        keys.revoke(session, key_id)
    assert own_site.browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_a_form_from_elsewhere_does_nothing(own_site: Site, headers: dict[str, str]) -> None:
    token = csrf(own_site, own_site.browser)
    path = f"/tasks/{own_site.seeded.failed_task}/redrive"
    answer = own_site.browser.post(path, data={"csrf": token}, headers=headers)
    assert answer.status_code == 403
    assert "forged_form" in answer.text
    login = own_site.stranger().post("/login", data={"key": own_site.seeded.token}, headers=headers)
    assert login.status_code == 403


@pytest.mark.parametrize("sent", ["", "wrong", "ő"])
def test_a_form_without_the_token_does_nothing(own_site: Site, sent: str) -> None:
    path = f"/interactions/{own_site.seeded.call}/customer/detach"
    assert own_site.browser.post(path, data={"csrf": sent}).status_code == 403
    assert "Maria Alvarez" in own_site.get(f"/interactions/{own_site.seeded.call}")


def test_a_form_from_our_page_works(own_site: Site) -> None:
    token = csrf(own_site, own_site.browser)
    answer = own_site.browser.post(
        f"/tasks/{own_site.seeded.failed_task}/redrive",
        data={"csrf": token},
        headers={"origin": "http://testserver", "sec-fetch-site": "same-origin"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks?done=redriven")


def test_a_huge_form_is_refused(own_site: Site) -> None:
    assert own_site.browser.post("/login", data={"key": "x" * 100_000}).status_code == 413


def test_headers_are_safe(site: Site) -> None:
    for path in ("/", "/login", "/customers/nobody"):
        headers = site.browser.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "", None, "javascript:alert(1)"],
)
def test_a_login_leads_to_no_other_site(address: str | None) -> None:
    assert own_path(address) == "/"


def test_an_unknown_page_is_told_in_a_sentence(site: Site) -> None:
    answer = site.browser.get("/customers/nobody")
    assert answer.status_code == 404
    assert re.search("<h1>There is no such page.</h1>", answer.text)
