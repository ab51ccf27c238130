"""JSON bodies, read by hand: after the caller is known, and no further than their limit."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from service.api.arrivals import read_document
from service.intake.metadata import InvalidMetadata, field_errors, json_object

_MAX_BYTES = 256 * 1024
Model = TypeVar("Model", bound=BaseModel)


def json_body(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """A dependency that gives the body as ``model``; put it after the caller in a route's parameters.

    It raises TooLarge, InvalidInput(body_not_json), InvalidMetadata naming every field at fault.
    """

    async def read(request: Request) -> Model:
        content = await read_document(request, limit=_MAX_BYTES)
        fields = json_object(content, code="body_not_json", what="The body")
        try:
            return model.model_validate(fields)
        except ValidationError as error:
            raise InvalidMetadata(field_errors(error.errors())) from None

    return read


def described(model: type[BaseModel]) -> dict[str, Any]:
    """The ``requestBody`` of a route that reads ``model``, for its ``openapi_extra``."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
