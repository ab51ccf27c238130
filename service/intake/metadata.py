"""What is said about an interaction beside its content: one contract for every way it can be sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import unquote_to_bytes

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticCustomError, from_json

from service.errors import InvalidInput
from service.intake.channel_maps import ChannelMap
from service.intake.pauses import Pause

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"
_BOM = b"\xef\xbb\xbf"  # Windows editors write it
_MAX_ATTRIBUTES = 50
_LONGEST_ATTRIBUTE = 500
_LARGEST_NUMBER = 2**53  # beyond it JSON readers disagree
_REMEDY = "Correct the fields named in `errors`; /openapi.json describes them."


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused field, dotted, with a stable code; never what was in it."""

    field: str
    code: str
    detail: str


class InvalidMetadata(InvalidInput):
    """Metadata that cannot be taken; ``errors`` names each field."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        first = errors[0]
        super().__init__(first.code, f"{first.field}: {first.detail}", _REMEDY)
        self.errors = tuple(errors)


def _plain(value: str) -> str:
    """No control signs and nothing that UTF-8 cannot carry: some databases refuse them."""
    if _CONTROL.search(value):
        raise PydanticCustomError("invalid_text", "contains control signs or broken Unicode")
    return value


def past_time(value: datetime) -> datetime:
    """A day off is a clock; a century off is a mistake."""
    if not EARLIEST <= value.replace(tzinfo=None).replace(tzinfo=UTC) <= datetime.now(UTC) + CLOCK_SKEW:
        raise PydanticCustomError("invalid_time", "lies before 1980 or in the future")
    return value.astimezone(UTC)


def written_time(value: object) -> object:
    """Only ISO 8601 text: a bare number could be seconds, milliseconds or a slip."""
    if isinstance(value, str | datetime):
        return value
    raise PydanticCustomError("invalid_time", "is not an ISO 8601 time with a zone")


def _attribute(value: object) -> object:
    """Told here, once, where the union would tell it four times."""
    if isinstance(value, str) and len(value) <= _LONGEST_ATTRIBUTE:
        return _plain(value)
    if isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER:
        return value
    raise PydanticCustomError("invalid_attribute", "is a text of up to 500 signs, a number or true/false")


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
ExternalId = Annotated[str, Field(min_length=1, max_length=512), AfterValidator(_plain)]
Phone = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_plain)]
Email = Annotated[str, Field(min_length=1, max_length=320), AfterValidator(_plain)]
AttributeKey = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_plain)]
AttributeValue = Annotated[str | bool | int | float, BeforeValidator(_attribute)]


class CustomerHint(BaseModel):
    """Who the customer is, as far as the sender knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name | None = Field(None, description="Shown name")
    phone: Phone | None = Field(None, description="One phone number, with or without country code")
    phones: tuple[Phone, ...] = Field((), max_length=20, description="Several phone numbers")
    email: Email | None = Field(None, description="One e-mail address")
    emails: tuple[Email, ...] = Field((), max_length=20, description="Several e-mail addresses")
    crm_id: Name | None = Field(None, description="The CRM's own id")

    def all_phones(self) -> tuple[str, ...]:
        """Both spellings together, as they were written."""
        return ((self.phone,) if self.phone else ()) + self.phones

    def all_emails(self) -> tuple[str, ...]:
        """Both spellings together, as they were written."""
        return ((self.email,) if self.email else ()) + self.emails


class Metadata(BaseModel):
    """The same names in a JSON body, a header, query parameters, a form field and a sidecar file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Name = Field("upload", description="System it comes from; unique together with `external_id`")
    external_id: ExternalId | None = Field(
        None, description="Id there. Default: SHA-256 of the content; of a mail, its Message-ID"
    )
    direction: Literal["inbound", "outbound", "internal"] | None = Field(None, description="Who began")
    started_at: Annotated[AwareDatetime, BeforeValidator(written_time), AfterValidator(past_time)] | None = (
        Field(None, description="ISO 8601 with a zone. Default: the mail's date, else the time of arrival")
    )
    agent: Name | None = None
    queue: Name | None = Field(None, description="ACD queue")
    campaign: Name | None = None
    disposition: Name | None = Field(None, description="The agent's outcome code")
    customer: CustomerHint | None = None
    channel_map: ChannelMap | None = Field(
        None, description='Party of each audio channel: {"0": "agent", "1": "customer"}'
    )
    pauses: tuple[Pause, ...] = Field(
        (), max_length=1000, description="Where the recording was paused; those stretches are never played"
    )
    language: str | None = Field(None, pattern=LANGUAGE, max_length=16, description="ISO 639, e.g. `en`")
    attributes: dict[AttributeKey, AttributeValue] = Field(
        default_factory=dict, description="Free attributes: text, number or true/false"
    )

    @field_validator("attributes")
    @classmethod
    def _bounded(cls, value: dict[str, Any]) -> dict[str, Any]:
        if len(value) > _MAX_ATTRIBUTES:
            raise PydanticCustomError("too_many_attributes", "takes 50 attributes at most")
        return value


def parse(raw: Mapping[str, Any]) -> Metadata:
    """Metadata from plain values. Raises InvalidMetadata naming every field at fault."""
    try:
        return Metadata.model_validate(raw)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None


def from_text(text: str | bytes) -> dict[str, Any]:
    """The fields of one JSON object. Raises InvalidInput(metadata_not_json)."""
    return json_object(text, code="metadata_not_json", what="The metadata")


def from_header(value: str) -> dict[str, Any]:
    """``Overtone-Metadata``: JSON as it is or percent-encoded; beyond ASCII only percent-encoded UTF-8."""
    if value.lstrip().startswith("{"):
        return from_text(value.encode("latin-1", "replace"))
    return from_text(unquote_to_bytes(value))


def from_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Query parameters or pattern groups: ``customer.phone=..``, ``channel_map.0=agent``, ``attributes.x=y``.

    ``customer.phones`` and ``customer.emails`` may be repeated; any other name twice is refused.
    """
    fields: dict[str, Any] = {}
    for name, value in pairs:
        _put(fields, name, value)
    return fields


def _put(fields: dict[str, Any], name: str, value: str) -> None:
    outer, dot, inner = name.partition(".")
    target = fields.setdefault(outer, {}) if dot else fields
    if not isinstance(target, dict):
        raise InvalidMetadata([_twice(name)])
    key = inner if dot else outer
    if name in ("customer.phones", "customer.emails"):
        target.setdefault(key, []).append(value)
    elif key in target:
        raise InvalidMetadata([_twice(name)])
    else:
        target[key] = value


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two sources of metadata as one; a field in both is refused, whichever is right."""
    both = sorted(set(first) & set(second))
    if both:
        raise InvalidMetadata([_twice(name) for name in both])
    return {**first, **second}


def unknown_field(name: str, detail: str = "is not a field of this contract") -> FieldError:
    """The finding about a name that is not in the contract."""
    return FieldError(_shown(name), "unknown_field", detail)


def _twice(name: str) -> FieldError:
    return FieldError(_shown(name), "duplicate_field", "is given more than once")


def json_object(text: str | bytes, *, code: str, what: str) -> dict[str, Any]:
    """One JSON object, strictly: UTF-8, no NaN, bounded depth. Raises InvalidInput with ``code``."""
    try:
        value = from_json(text.removeprefix(_BOM) if isinstance(text, bytes) else text, allow_inf_nan=False)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise InvalidInput(code, f"{what} is not a JSON object.", "Send one JSON object in UTF-8.")
    return value


_CODES = {
    "extra_forbidden": ("unknown_field", "is not a field of this contract"),
    "missing": ("missing_field", "is required"),
    "timezone_aware": ("invalid_time", "needs a zone, such as Z or +02:00"),
    "datetime_from_date_parsing": ("invalid_time", "is not an ISO 8601 time with a zone"),
    "datetime_parsing": ("invalid_time", "is not an ISO 8601 time with a zone"),
    "datetime_type": ("invalid_time", "is not an ISO 8601 time with a zone"),
    "json_invalid": ("body_not_json", "is not JSON"),
}
_OWN_CODES = (
    "invalid_text",
    "invalid_time",
    "invalid_channel_map",
    "invalid_pause",
    "invalid_speaker",
    "ambiguous_roles",
    "too_many_attributes",
    "invalid_attribute",
    "unknown_party",
    "no_text",
    "ambiguous_content",
)


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """pydantic's findings in our words; the offending value is left out, and unions are told once."""
    found: dict[str, FieldError] = {}
    for error in errors:
        where = _shown(".".join(str(step) for step in error["loc"]))
        found.setdefault(where, _field_error(where, error))
    return list(found.values())


def _field_error(where: str, error: Mapping[str, Any]) -> FieldError:
    kind = error["type"]
    if kind in _CODES:
        return FieldError(where, *_CODES[kind])
    if kind in _OWN_CODES:
        return FieldError(where, kind, error["msg"])
    if error["loc"] and error["loc"][0] in ("channel_map", "channel_maps"):
        return FieldError(where, "invalid_channel_map", "is agent, customer, system or unknown")
    return FieldError(where, "invalid_field", _lower_first(error["msg"]))


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]


def _shown(name: str) -> str:
    """A field's name as it may be repeated: printable, short."""
    kept = "".join(sign if sign.isprintable() else "?" for sign in name)
    return kept[:80] or "body"
