"""Chats, notes, web comments and survey answers: one JSON document with its metadata among its fields."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from service.intake.metadata import InvalidMetadata, Metadata, json_object, past_time, written_time
from service.intake.metadata import field_errors as findings

Author = Literal["customer", "agent", "system"]
_LONGEST_TEXT = 100_000
_MOST_MESSAGES = 10_000


def _known_party(value: object) -> object:
    if value not in ("customer", "agent", "system"):
        raise PydanticCustomError("unknown_party", "is customer, agent or system")
    return value


Party = Annotated[Author, BeforeValidator(_known_party)]
Text = Annotated[str, Field(max_length=_LONGEST_TEXT)]


class Message(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    party: Party = Field(description="Who wrote it")
    text: Text
    sent_at: Annotated[AwareDatetime, BeforeValidator(written_time), AfterValidator(past_time)] | None = (
        Field(None, description="ISO 8601 with a zone")
    )


class MessageDocument(Metadata):
    """Either ``messages`` in their order, or one ``text`` with its ``party``; beside them the metadata."""

    channel: Literal["chat", "note", "comment", "survey"]
    messages: tuple[Message, ...] = Field((), max_length=_MOST_MESSAGES)
    text: Text | None = Field(None, description="A single text, such as a note")
    party: Party | None = Field(None, description="Who wrote `text`; default: agent of a note, else customer")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if "messages" in self.model_fields_set and (self.text is not None or self.party is not None):
            raise PydanticCustomError("ambiguous_content", "has both messages and a text")
        if self.channel == "chat" and self.text is not None and self.party is None:
            raise PydanticCustomError("unknown_party", "does not say who wrote the text of the chat")
        texts = [message.text for message in self.messages] or [self.text or ""]
        if not any(text.strip() for text in texts):
            raise PydanticCustomError("no_text", "holds no text")
        return self

    def metadata(self) -> Metadata:
        """The metadata alone."""
        return Metadata.model_construct(**{name: getattr(self, name) for name in Metadata.model_fields})


def parse(content: bytes) -> MessageDocument:
    """Read a document. Raises InvalidInput(body_not_json), InvalidMetadata(unknown_party, no_text, ...)."""
    fields = json_object(content, code="body_not_json", what="The body")
    try:
        return MessageDocument.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(findings(error.errors())) from None
