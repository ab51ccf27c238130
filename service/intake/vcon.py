"""A vCon becomes what arrives: a call for each recording, one chat of its texts, with their metadata."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from service.errors import InvalidInput
from service.intake import sniff
from service.intake.transcript_documents import json_kind
from service.intake.vcon_content import audio_channels, decoded
from service.intake.vcon_reading import Vcon, VconParty, invalid, text_or_none
from service.store import customers

_NO_CONTENT = ("transfer", "incomplete", "recording-set")
_DIRECTIONS = {"in": "inbound", "inbound": "inbound", "out": "outbound", "outbound": "outbound"}
_TRANSCRIPTS = ("wtf_transcription", "transcript", "transcription")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a vCon is not taken, and why."""

    part: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class VconPart:
    """One interaction of a vCon: its content and what is said about it, named as metadata are.

    ``recording`` is None where the content is a transcript or a message document. ``transcript`` is taken
    instead of recognising the recording.
    """

    kind: str  # recording, transcript, messages
    content: bytes
    metadata: Mapping[str, Any]
    recording: sniff.Recording | None = None
    transcript: bytes | None = None
    file_name: str | None = None


@dataclass
class Unpacked:
    """What a vCon holds."""

    parts: list[VconPart] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def unpack(vcon: Vcon, *, region: str) -> Unpacked:
    """Take a vCon apart; numbers without a country code are of ``region``.

    Raises InvalidInput: invalid_vcon, external_content, content_hash_mismatch, unsupported_dialog,
    unknown_party, empty_vcon, and what sniffing a recording raises.
    """
    found = Unpacked()
    known = _known(vcon, region, found.left_out)
    for number, dialog in enumerate(vcon.dialogs):
        if dialog.get("type") == "recording":
            part = _call(vcon, number, dialog, known, found.left_out)
            found.parts += [part] if part else []
        elif dialog.get("type") in _NO_CONTENT:
            detail = f"A {dialog['type']} dialog has no content of its own."
            found.left_out.append(LeftOut(f"dialog {number}", "no_content", detail))
        elif dialog.get("type") != "text":
            raise invalid(f"dialog {number} has a type that is not known")
    if any(dialog.get("type") == "text" for dialog in vcon.dialogs):
        found.parts.append(_chat(vcon, known))
    if not found.parts:
        raise InvalidInput(
            "empty_vcon", "The vCon holds no recording, text or transcript.", "Send one that does."
        )
    return Unpacked([_named(part, vcon) for part in found.parts], found.left_out)


def _named(part: VconPart, vcon: Vcon) -> VconPart:
    """What the first dialog became has the vCon's uuid as its id, the others that and their place.

    Dialogs are only added to a vCon: the ids stay the same in its next version, whatever that holds more.
    """
    place = part.metadata["attributes"].get("vcon_dialog", "text")
    first = 0 if vcon.dialogs[0].get("type") != "text" else "text"
    identity = vcon.uuid if place == first else f"{vcon.uuid}#{place}"
    return replace(part, metadata={**part.metadata, "external_id": identity})


def _known(vcon: Vcon, region: str, left_out: list[LeftOut]) -> dict[str, Any]:
    """What the parties tell: the agent and the customer."""
    agent, customer = vcon.first("agent"), vcon.first("customer")
    found: dict[str, Any] = {"source": "vcon", "attributes": {"vcon": vcon.uuid}}
    if agent is not None and (name := agent.name or agent.mailto or agent.tel):
        found["agent"] = name[:200]
    hint = _customer(customer, region, left_out) if customer is not None else {}
    return found | ({"customer": hint} if hint else {})


def _customer(party: VconParty, region: str, left_out: list[LeftOut]) -> dict[str, str]:
    """Only identifiers that are some: a made-up number must not keep a call out."""
    hint = {"name": party.name[:200]} if party.name else {}
    for kind, value in (("phone", party.tel), ("email", party.mailto)):
        if value is None:
            continue
        try:
            customers.normalise(kind, value, region=region)
        except InvalidInput as error:
            left_out.append(LeftOut(f"the customer's {kind}", error.code, error.detail))
        else:
            hint[kind] = value
    return hint


def _call(
    vcon: Vcon, number: int, dialog: Mapping[str, Any], known: dict[str, Any], left_out: list[LeftOut]
) -> VconPart | None:
    place = f"dialog {number}"
    words = _transcript(vcon, number)
    said = _about(vcon, dialog, known, number)
    name = text_or_none(dialog.get("filename"))
    if dialog.get("body") is not None:
        content = decoded(dialog, place)
        head = sniff.sniff(content[: sniff.HEAD_BYTES])
        said |= _channel_map(vcon, dialog, audio_channels(content, head))
        return VconPart("recording", content, said, head, words, name)
    if words is not None:
        detail = "Only its transcript was taken: the recording is not in the vCon."
        left_out.append(LeftOut(place, "external_content", detail))
        return VconPart("transcript", words, said, file_name=name)
    if dialog.get("url") is not None:
        raise InvalidInput(
            "external_content",
            f"The recording of {place} lies behind a url; nothing is fetched from elsewhere.",
            "Put it into the vCon as a base64url body; overtone ingest does so with a file beside it.",
        )
    left_out.append(LeftOut(place, "no_content", "The dialog has neither a body nor a url."))
    return None


def _about(vcon: Vcon, dialog: Mapping[str, Any], known: dict[str, Any], number: int) -> dict[str, Any]:
    """Metadata of one dialog; the contact-centre extension gives campaign, skill and interaction_id."""
    skill = dialog.get("skill")
    skills = [one for one in skill if isinstance(one, str)] if isinstance(skill, list) else [skill]
    extra = {
        "vcon_dialog": number,
        "skill": ", ".join(one for one in skills if isinstance(one, str))[:500],
        "interaction_id": text_or_none(dialog.get("interaction_id")),
    }
    found = {
        **known,
        "attributes": known["attributes"] | {k: v for k, v in extra.items() if v not in ("", None)},
    }
    optional = {
        "started_at": _moment(dialog.get("start")),
        "direction": _direction(vcon, dialog),
        "campaign": text_or_none(dialog.get("campaign")),
    }
    return found | {name: value for name, value in optional.items() if value is not None}


def _moment(value: object) -> object:
    """Old writers leave the zone out and mean UTC."""
    bare = isinstance(value, str) and len(value) > 10 and not value.endswith(("Z", "z"))
    return f"{value}Z" if bare and "+" not in str(value)[10:] and "-" not in str(value)[10:] else value


def _direction(vcon: Vcon, dialog: Mapping[str, Any]) -> str | None:
    """Who began: the originator, where its role is known; 0.0.1 files say it in ``meta``."""
    meta = dialog.get("meta")
    old = meta.get("direction") if isinstance(meta, Mapping) else None
    if isinstance(old, str) and old.lower() in _DIRECTIONS:
        return _DIRECTIONS[old.lower()]
    return {"agent": "outbound", "customer": "inbound"}.get(vcon.role(dialog.get("originator")))


def _channel_map(vcon: Vcon, dialog: Mapping[str, Any], channels: int | None) -> dict[str, Any]:
    """``parties`` has an entry for each audio channel, null for an unused one, unless the call is mono."""
    parties = dialog.get("parties")
    if not isinstance(parties, list) or channels is None or not 1 < channels == len(parties):
        return {}
    roles = {str(at): _common_role(vcon, entry) for at, entry in enumerate(parties)}
    return {"channel_map": roles} if set(roles.values()) - {"unknown"} else {}


def _common_role(vcon: Vcon, entry: object) -> str:
    roles = {vcon.role(party) for party in (entry if isinstance(entry, list) else [entry])}
    return roles.pop() if len(roles) == 1 else "unknown"


def _transcript(vcon: Vcon, number: int) -> bytes | None:
    """The dialog's WTF transcript, its speakers called by the roles of the parties that they name."""
    for analysis in vcon.analyses:
        dialogs = analysis.get("dialog", 0 if len(vcon.dialogs) == 1 else None)
        if analysis.get("type") not in _TRANSCRIPTS:
            continue
        if number not in (dialogs if isinstance(dialogs, list) else [dialogs]):
            continue
        body = analysis.get("body")
        content = body.encode("utf-8", "replace") if isinstance(body, str) else json.dumps(body).encode()
        if json_kind(content) == "transcript":
            return json.dumps(_with_roles(vcon, json.loads(content))).encode()
    return None


def _with_roles(vcon: Vcon, wtf: dict[str, Any]) -> dict[str, Any]:
    """A speaker's number is the recogniser's own: neither a party's nor an audio channel's."""
    names = {party.name.casefold(): party.role for party in vcon.parties if party.name}
    labels = wtf.pop("speakers", None)
    for segment in wtf.get("segments", ()):
        if isinstance(segment, dict) and isinstance(speaker := segment.get("speaker"), int | str):
            entry = labels.get(str(speaker)) if isinstance(labels, dict) else None
            label = entry.get("label") if isinstance(entry, dict) else None
            voice = label if isinstance(label, str) else str(speaker)
            role = names.get(voice.casefold(), "unknown")
            segment["speaker"] = (
                role if role != "unknown" else f"Speaker {voice}" if voice.isdigit() else voice
            )
    return wtf


def _chat(vcon: Vcon, known: dict[str, Any]) -> VconPart:
    """All text dialogs as the messages of one chat, in the order of time."""
    messages = []
    for number, dialog in enumerate(vcon.dialogs):
        if dialog.get("type") == "text":
            messages.append(_message(vcon, number, dialog))
    messages.sort(key=_sent_at)
    document = json.dumps({"channel": "chat", "messages": messages}).encode()
    first = next(dialog for dialog in vcon.dialogs if dialog.get("type") == "text")
    said = _about(vcon, first, known, 0)
    said["attributes"] = {**said["attributes"]}
    del said["attributes"]["vcon_dialog"]
    return VconPart("messages", document, said)


def _sent_at(message: Mapping[str, Any]) -> datetime:
    """When, whatever its zone; what has no time that can be read comes first."""
    try:
        moment = datetime.fromisoformat(str(message.get("sent_at")))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _message(vcon: Vcon, number: int, dialog: Mapping[str, Any]) -> dict[str, Any]:
    place = f"dialog {number}"
    media = str(dialog.get("mediatype") or "text/plain").split(";")[0].strip().lower()
    if media != "text/plain":
        raise InvalidInput(
            "unsupported_dialog", f"The text of {place} is not text/plain.", "Send mails to /v1/emails."
        )
    if dialog.get("body") is None and dialog.get("url") is not None:
        raise InvalidInput(
            "external_content",
            f"The text of {place} lies behind a url; nothing is fetched.",
            "Send it inline.",
        )
    parties = dialog.get("parties")
    listed = parties[0] if isinstance(parties, list) and parties else parties
    role = vcon.role(dialog.get("originator", listed))
    if role == "unknown":
        raise InvalidInput(
            "unknown_party", f"Nothing says in which role {place} was written.", "Give its party a role."
        )
    message = {"party": role, "text": decoded(dialog, place).decode("utf-8", "replace")}
    sent_at = _moment(dialog.get("start"))
    return message | ({"sent_at": sent_at} if sent_at is not None else {})
