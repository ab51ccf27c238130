"""What a mapping says: which column or path becomes which field of the message contract."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from service.errors import InvalidInput
from service.intake.messages import MessageChannel
from service.intake.metadata import FieldError, InvalidMetadata, field_errors

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
LONGEST = 64 * 1024
_PLAIN = (
    "source", "external_id", "direction", "started_at", "agent", "queue", "campaign", "disposition",
    "language", "customer.name", "customer.phone", "customer.email", "customer.crm_id", "platform", "handle",
    "reply_to",
)  # fmt: skip
_EXAMPLES = Path(__file__).parent


def _target(name: str) -> str:
    if name not in _PLAIN and not (name.startswith("attributes.") and len(name) > len("attributes.")):
        raise PydanticCustomError("unknown_field", "is not a field that a row can fill")
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("invalid_zone", "is not an IANA time zone") from None
    return name


Column = Annotated[str, Field(min_length=1, max_length=200)]
Target = Annotated[str, AfterValidator(_target)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MessageColumns(_Part):
    """Where one message stands in a row, or in each entry of the list at ``list``."""

    list: Column | None = Field(None, description="JSON: path of the messages within a record")
    text: Column | None = None
    party: Column | None = None
    author: Column | None = None
    sent_at: Column | None = None
    offset_ms: Column | None = Field(None, description="Milliseconds after `started_at`")
    kind: Column | None = None


class AnswerColumns(_Part):
    """One question of a survey."""

    question: Annotated[str, Field(max_length=1000)] | None = None
    name: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    text: Column | None = None
    score: Column | None = None


class Mapping(_Part):
    """How the rows of a file become interactions."""

    channel: MessageChannel
    format: Literal["csv", "jsonl", "json"] | None = None
    encoding: Literal["utf-8", "utf-16", "cp1250", "cp1252", "cp1255"] | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    quote: Annotated[str, Field(max_length=1)] = '"'
    columns: tuple[Column, ...] = Field((), max_length=500, description="Where the file has no header line")
    records: Column | None = Field(None, description="JSON: path of the list of records")
    group_by: Column | None = Field(None, description="Rows with the same value are one interaction")
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    times: tuple[Annotated[str, Field(min_length=2, max_length=60)], ...] = Field(("iso",), max_length=10)
    constants: dict[Target | Literal["party"], str | bool | int | float] = Field(default_factory=dict)
    fields: dict[Target, Column] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="By field: what stands for what"
    )
    message: MessageColumns = MessageColumns.model_validate({})
    log: Column | None = Field(None, description="A chat as plain text in one cell")
    answers: tuple[AnswerColumns, ...] = Field((), max_length=100)

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not (self.message.text or self.log or self.answers):
            raise PydanticCustomError(
                "missing_field", "names no column with text: message.text, log or answers"
            )
        if self.message.offset_ms and "started_at" not in {*self.fields, *self.constants}:
            raise PydanticCustomError("missing_field", "counts from started_at and names no column for it")
        return self

    def used(self) -> set[str]:
        """Every column or path that a row is asked for."""
        message = self.message.model_dump(exclude_none=True)
        inner = {} if self.message.list else message
        answers = [value for one in self.answers for value in (one.text, one.score) if value]
        others = [self.group_by, self.log, self.message.list]
        return {*self.fields.values(), *inner.values(), *answers, *(one for one in others if one)}


def parse_mapping(content: bytes) -> Mapping:
    """A mapping from TOML or JSON. Raises InvalidInput(bad_mapping), InvalidMetadata naming each fault."""
    if len(content) > LONGEST:
        raise _bad("it is longer than 64 kB")
    try:
        text = content.decode("utf-8-sig")
        fields: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(
            f"it is neither TOML nor JSON: {error}"
            if isinstance(error, tomllib.TOMLDecodeError)
            else "it is neither TOML nor JSON in UTF-8"
        ) from None
    return validate_mapping(fields)


def validate_mapping(fields: Any) -> Mapping:
    """A mapping from plain values. Raises InvalidMetadata naming each fault."""
    try:
        return Mapping.model_validate(fields)
    except ValidationError as error:
        found = field_errors(error.errors())
        raise InvalidMetadata([FieldError(one.field, one.code, one.detail) for one in found]) from None


def example(kind: str) -> str:
    """A commented mapping to begin with: csv, jsonl or survey. Raises InvalidInput(unknown_example)."""
    path = _EXAMPLES / f"example_{kind}.toml"
    if kind not in ("csv", "jsonl", "survey"):
        raise InvalidInput("unknown_example", "There is no such example.", "There are csv, jsonl and survey.")
    return path.read_text(encoding="utf-8")


def _bad(why: str) -> InvalidInput:
    return InvalidInput(
        "bad_mapping", f"The mapping cannot be read: {why}.", "See `overtone ingest --mapping-example csv`."
    )
