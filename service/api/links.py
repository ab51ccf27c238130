"""The address of a list's next page, for the ``Link`` header (RFC 8288)."""

from urllib.parse import urlencode

from fastapi import Request


def next_page(request: Request, cursor: str) -> str:
    """The request's own address with another cursor."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f'<{request.url.path}?{urlencode([*asked, ("cursor", cursor)])}>; rel="next"'
