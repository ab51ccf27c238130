"""Chats, notes, web comments, survey answers and posts: one JSON document, its metadata among its fields."""

import re
from typing import Annotated, Any, Literal, Self

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

from service.intake.metadata import (
    AttributeKey,
    InvalidMetadata,
    Metadata,
    Name,
    json_object,
    past_time,
    written_time,
)
from service.intake.metadata import field_errors as findings

MessageChannel = Literal["chat", "note", "comment", "survey", "social"]
Author = Literal["customer", "agent", "system", "bot", "unknown"]
_LONGEST_TEXT = 100_000
_LONGEST_LOG = 2_000_000
_MOST_MESSAGES = 10_000
_MOST_ANSWERS = 100
_LARGEST_SCORE = 2**53
_HASHTAG = re.compile(r"#(\w{1,100})")


def _known_party(value: object) -> object:
    if value not in ("customer", "agent", "system", "bot", "unknown"):
        raise PydanticCustomError("unknown_party", "is customer, agent, system, bot or unknown")
    return value


Party = Annotated[Author, BeforeValidator(_known_party)]
Text = Annotated[str, Field(max_length=_LONGEST_TEXT)]
Moment = Annotated[AwareDatetime, BeforeValidator(written_time), AfterValidator(past_time)]


class Message(BaseModel):
    """One message of a conversation; who wrote it is said by ``party`` or by ``author``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    party: Party | None = Field(None, description="Who wrote it")
    author: Name | None = Field(
        None,
        description="Their name, where the party is told by `authors`, `agent` or a word such as Visitor",
    )
    text: Text = ""
    sent_at: Moment | None = Field(None, description="ISO 8601 with a zone")
    kind: Literal["message", "join", "leave", "typing"] = Field(
        "message", description="Joining and leaving are the system's; typing is left out"
    )

    @model_validator(mode="after")
    def _from_somebody(self) -> Self:
        if self.kind == "message" and self.party is None and self.author is None:
            raise PydanticCustomError("unknown_party", "says neither party nor author")
        return self


class Answer(BaseModel):
    """One answer of a survey: words, a score or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(max_length=1000)] | None = None
    name: AttributeKey | None = Field(
        None, description="Under which the score is kept; default: the question"
    )
    text: Text | None = Field(None, description="The customer's own words")
    score: Annotated[float, Field(ge=-_LARGEST_SCORE, le=_LARGEST_SCORE)] | None = None


class MessageDocument(Metadata):
    """One form of content, and beside it the metadata.

    ``messages`` in their order, a chat's plain-text ``log``, a survey's ``answers``, or one ``text``.
    """

    channel: MessageChannel
    messages: tuple[Message, ...] = Field((), max_length=_MOST_MESSAGES)
    log: Annotated[str, Field(max_length=_LONGEST_LOG)] | None = Field(
        None, description='A chat as text: lines such as "[10:32] Anna: ..." or "Customer: ..."'
    )
    answers: tuple[Answer, ...] = Field((), max_length=_MOST_ANSWERS, description="Of a survey")
    authors: dict[Name, Party] = Field(
        default_factory=dict, max_length=100, description='Who is who: {"Anna": "agent"}'
    )
    text: Text | None = Field(None, description="A single text, such as a note")
    party: Party | None = Field(None, description="Who wrote `text`; default: agent of a note, else customer")
    platform: Name | None = Field(None, description="Of a social post: where it stands")
    handle: Name | None = Field(None, description="Of a social post: its author there")
    reply_to: Name | None = Field(None, description="Of a social post: the id of the post it answers")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = {"messages", "log", "answers"} & self.model_fields_set
        if len(given) > 1 or (given and (self.text is not None or self.party is not None)):
            raise PydanticCustomError("ambiguous_content", "has its content in two forms")
        if self.answers and self.channel != "survey":
            raise PydanticCustomError("ambiguous_content", "has answers but is no survey")
        if self.log is not None and self.channel != "chat":
            raise PydanticCustomError("ambiguous_content", "has a log but is no chat")
        if self.channel == "chat" and self.text is not None and self.party is None:
            raise PydanticCustomError("unknown_party", "does not say who wrote the text of the chat")
        if not any(text.strip() for text in self._texts()) and not self._scores():
            raise PydanticCustomError("no_text", "holds no text")
        return self

    def metadata(self) -> Metadata:
        """The metadata alone; scores, and what is said about a post, are attributes."""
        said = {name: getattr(self, name) for name in Metadata.model_fields}
        said["attributes"] = {**self._scores(), **self._post(), **self.attributes}
        return Metadata.model_construct(**said)

    def _texts(self) -> list[str]:
        texts = [one.text for one in self.messages if one.kind == "message"]
        texts += [one.text or "" for one in self.answers]
        return [*texts, self.log or "", self.text or ""]

    def _scores(self) -> dict[str, Any]:
        scored = [(one, one.score) for one in self.answers if one.score is not None]
        return {
            (one.name or one.question or f"score {number}")[:64]: int(score) if score.is_integer() else score
            for number, (one, score) in enumerate(scored, start=1)
        }

    def _post(self) -> dict[str, str]:
        if self.channel != "social":
            return {}
        tags = dict.fromkeys(tag.lower() for text in self._texts() for tag in _HASHTAG.findall(text))
        said = {
            "platform": self.platform,
            "handle": self.handle,
            "reply_to": self.reply_to,
            "hashtags": " ".join(tags)[:500],
        }
        return {name: value for name, value in said.items() if value}


def parse(content: bytes) -> MessageDocument:
    """Read a document. Raises InvalidInput(body_not_json), InvalidMetadata(unknown_party, no_text, ...)."""
    fields = json_object(content, code="body_not_json", what="The body")
    try:
        return MessageDocument.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(findings(error.errors())) from None
