"""Templates into pages: the visitor's language, its formats and the house's small signs."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from service.dashboard import tones
from service.dashboard.catalogue import LANGUAGES, words
from service.dashboard.formats import Formats, humanise, unhidden, zone

STATIC = Path(__file__).parent / "static"


@cache
def environment() -> Environment:
    """The templates; every value is escaped unless this package made it as SVG."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["humanise"] = humanise
    made.filters["unhidden"] = unhidden
    made.globals.update(
        svg=Markup,
        tone=tones.of_sentiment,
        emotion_tone=tones.of_emotion,
        languages=LANGUAGES,
        version=version(),
    )
    return made


@cache
def version() -> str:
    """Changes with any static file: it stands in their addresses, so that browsers may keep them for good."""
    digest = sha256()
    for file in sorted(STATIC.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """One page for this request."""
    texts = words(request.state.language)
    formats = Formats(texts.locale, zone(request.app.state.settings.time_zone))
    page = environment().get_template(template)
    html = page.render(
        t=texts,
        f=formats,
        visitor=getattr(request.state, "visitor", None),
        path=request.url.path,
        query=dict(request.query_params),
        link=lambda **changes: changed(request, changes),
        **values,
    )
    return HTMLResponse(html, status)


def formats(request: Request) -> Formats:
    """The formats of this request, for texts that stand in charts."""
    return Formats(words(request.state.language).locale, zone(request.app.state.settings.time_zone))


def changed(request: Request, changes: Mapping[str, object]) -> str:
    """The address of this page with some of its parameters changed; None takes one away."""
    parameters = {**request.query_params, **changes}
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def address(path: str, **parameters: object) -> str:
    """A path with those parameters that have a value."""
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def with_parameter(path: str, name: str, value: str) -> str:
    """An address of this site with one parameter set."""
    parts = urlsplit(path)
    parameters = dict(parse_qsl(parts.query)) | {name: value}
    return f"{parts.path}?{urlencode(parameters)}"
