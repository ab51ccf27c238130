"""Query parameters that a route does not know are refused: a misspelt filter must not answer everything."""

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import ParamTypes
from fastapi.routing import APIRoute

from service.errors import InvalidInput

_SHOWN = 40


async def refuse_unknown(request: Request) -> None:
    """Raise InvalidInput(unknown_parameter) for a GET with a parameter that its route does not declare."""
    route = request.scope.get("route")
    if request.method != "GET" or not isinstance(route, APIRoute):
        return  # uploads take their metadata from the address too, and check it themselves
    known = {
        field.alias
        for field in get_flat_params(route.dependant)
        if getattr(field.field_info, "in_", None) == ParamTypes.query
    }
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise InvalidInput(
            "unknown_parameter",
            f"There is no parameter {unknown[0][:_SHOWN]!r} here.",
            f"Known are: {', '.join(sorted(known)) or 'none'}.",
        )
