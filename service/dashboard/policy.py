"""What a page lets a browser do, and which requests it takes as its own."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",  # personal data
    "Cross-Origin-Opener-Policy": "same-origin",
    # Not no-referrer: under it browsers send "Origin: null" with our own forms, and is_own would refuse them.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def protect(response: Response) -> None:
    """Set the headers; a response that says how it may be cached keeps that."""
    for name, value in HEADERS.items():
        if name == "Cache-Control" and name in response.headers:
            continue
        response.headers[name] = value


def is_own(request: Request) -> bool:
    """Whether a browser says that the request came from one of our pages.

    Without either header it came from no browser of this decade: the token in the form is then the proof.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def own_path(address: str | None) -> str:
    """A path of this site to go to, or the first page: never another host, whatever the address says."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return address if address.isprintable() and "\\" not in address else "/"
