"""Every resource under one router, and the OpenAPI document that describes them."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from service.api import (
    analyses,
    archive_runs,
    audio,
    call_reasons,
    customers,
    emails,
    fact_trends,
    facts,
    health,
    imports,
    interactions,
    messages,
    parameters,
    phrase_lists,
    phrases,
    reason_corrections,
    reason_examples,
    reason_models,
    recordings,
    redaction,
    rule_trends,
    rules,
    search,
    sources,
    summaries,
    tasks,
    taxonomies,
    term_lists,
    themes,
    transcript_uploads,
    transcripts,
    trends,
    vcons,
)
from service.api.customer_schemas import CustomerChange, NewIdentifier
from service.api.phrases import SoundSearch
from service.api.problems import Problem
from service.api.reason_model_schemas import RerunSettings, TurnExample
from service.api.taxonomy_schemas import CopyOf
from service.api.theme_schemas import ThemeAcceptance, ThemeSearch
from service.intake.messages import MessageDocument
from service.intake.metadata import Metadata
from service.intake.phrase_lists import PhraseListSettings
from service.intake.reason_corrections import ReasonCorrection
from service.intake.roles import RolesChange
from service.intake.rules import RuleMark, RuleSettings, RuleTrial
from service.intake.sources import SourceSettings
from service.intake.taxonomies import TaxonomyEdit, TaxonomySettings
from service.intake.term_lists import TermListSettings

_RESOURCES = (
    recordings,
    emails,
    messages,
    transcript_uploads,
    vcons,
    imports,
    tasks,
    interactions,
    transcripts,
    summaries,
    analyses,
    audio,
    customers,
    trends,
    call_reasons,
    taxonomies,
    reason_examples,
    reason_models,
    reason_corrections,
    sources,
    phrase_lists,
    phrases,
    term_lists,
    facts,
    themes,
    fact_trends,
    rules,
    rule_trends,
    archive_runs,
    redaction,
    search,
)
_READ_BY_HAND: tuple[type[BaseModel], ...] = (
    Problem,
    Metadata,
    MessageDocument,
    CustomerChange,
    NewIdentifier,
    SourceSettings,
    RolesChange,
    PhraseListSettings,
    SoundSearch,
    RuleSettings,
    RuleTrial,
    RuleMark,
    ReasonCorrection,
    RerunSettings,
    TurnExample,
    TaxonomySettings,
    TaxonomyEdit,
    CopyOf,
    TermListSettings,
    ThemeSearch,
    ThemeAcceptance,
)
_DESCRIPTION = (
    "Overtone takes in recordings, e-mails, chats and notes and answers why customers made contact and how "
    "they felt. Every error is a problem document (RFC 9457) with a stable `code`. Lists are read page by "
    "page with `cursor`. What takes time is answered with 202 and the address of a task."
)


def operation_id(route: APIRoute) -> str:
    """The name of the route's function: stable, whatever its address."""
    return route.name


def v1() -> APIRouter:
    """What lies under ``/v1``."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(parameters.refuse_unknown)])
    for resource in _RESOURCES:
        router.include_router(resource.router)
    return router


def install(app: FastAPI, version: str) -> None:
    """Add every route to ``app`` and let it describe the bodies that routes read by hand."""
    app.router.routes.extend(_routes())

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, version)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # the way FastAPI documents it


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Every route, built once in a process: it takes a tenth of a second, and tests make many services."""
    built = FastAPI(openapi_url=None, generate_unique_id_function=operation_id)
    built.include_router(v1())
    built.include_router(health.router)
    return tuple(built.router.routes)


def _document(app: FastAPI, version: str) -> dict[str, Any]:
    document = get_openapi(
        title="Overtone", version=version, description=_DESCRIPTION, routes=app.routes, servers=[{"url": "/"}]
    )
    _, extra = models_json_schema(
        [(model, "validation") for model in _READ_BY_HAND], ref_template="#/components/schemas/{model}"
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in extra["$defs"].items():
        schemas.setdefault(name, schema)
    schemas.pop("HTTPValidationError", None)  # what FastAPI would answer; ours are problems
    schemas.pop("ValidationError", None)
    return document
