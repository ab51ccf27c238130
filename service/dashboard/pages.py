"""Every page of the dashboard under one router."""

from fastapi import APIRouter

from service.dashboard import (
    audio,
    corrections,
    customers,
    discovery,
    facts,
    interaction,
    interactions,
    login,
    overview,
    phrases,
    reason_forms,
    reasons,
    rules,
    search,
    sources,
    static_files,
    tasks,
)
from service.dashboard.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
for page in (
    static_files,
    login,
    overview,
    interactions,
    interaction,
    corrections,
    audio,
    customers,
    tasks,
    sources,
    phrases,
    rules,
    search,
    facts,
    discovery,
    reasons,
    reason_forms,
):
    router.include_router(page.router)
