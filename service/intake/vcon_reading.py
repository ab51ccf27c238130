"""Reads a vCon (draft-ietf-vcon-vcon-core) of any version from 0.0.1 on into the names of version 0.4.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.errors import InvalidInput
from service.intake.metadata import json_object

MOST_PARTS = 1000  # parties, dialogs or analyses of one vCon
SUPPORTED = frozenset({"wtf_transcription", "wtf", "cc", "contact_center", "meta", "lawful_basis"})
_RENAMED = {"appended": "amended", "must_support": "critical"}  # 0.3.0 to 0.4.0
_ROLES = {
    "agent": "agent",
    "supervisor": "agent",
    "sme": "agent",
    "customer": "customer",
    "system": "system",
    "bot": "system",
}
_REMEDY = "See draft-ietf-vcon-vcon-core for the fields of a vCon."


@dataclass(frozen=True, slots=True)
class VconParty:
    """One party; ``role`` is agent, customer, system or unknown, the rest as it is written or None."""

    role: str
    name: str | None
    tel: str | None
    mailto: str | None


@dataclass(frozen=True, slots=True)
class Vcon:
    """A vCon in today's names; dialogs and analyses are plain objects."""

    uuid: str
    parties: tuple[VconParty, ...]
    dialogs: tuple[Mapping[str, Any], ...]
    analyses: tuple[Mapping[str, Any], ...]

    def role(self, party: object) -> str:
        """The role of the party with this number."""
        known = isinstance(party, int) and not isinstance(party, bool) and 0 <= party < len(self.parties)
        return self.parties[int(str(party))].role if known else "unknown"

    def first(self, role: str) -> VconParty | None:
        """The first party in a role."""
        return next((party for party in self.parties if party.role == role), None)


def read_vcon(content: bytes) -> Vcon:
    """A vCon from its JSON.

    Raises InvalidInput: body_not_json, encrypted_vcon, signed_vcon, unsupported_extension, invalid_vcon.
    """
    document = json_object(content, code="body_not_json", what="The vCon")
    _check_form(document)
    document = {_RENAMED.get(name, name): value for name, value in document.items()}
    _check_critical(document.get("critical"))
    return Vcon(
        uuid=_uuid(document.get("uuid")),
        parties=tuple(_party(entry) for entry in objects(document, "parties")),
        dialogs=tuple(_dialog(entry) for entry in objects(document, "dialog")),
        analyses=tuple(_renamed_media(entry) for entry in objects(document, "analysis")),
    )


def invalid(what: str) -> InvalidInput:
    """The refusal of a vCon that breaks the draft's rules."""
    return InvalidInput("invalid_vcon", f"The vCon cannot be taken: {what}.", _REMEDY)


def objects(document: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """A list of objects, none where it is absent. Raises InvalidInput(invalid_vcon)."""
    found = document.get(name)
    if found is None:
        return ()
    if not isinstance(found, list) or len(found) > MOST_PARTS:
        raise invalid(f"{name} is not a list of at most {MOST_PARTS}")
    if not all(isinstance(entry, Mapping) for entry in found):
        raise invalid(f"{name} holds what is not an object")
    return found


def text_or_none(value: object) -> str | None:
    """A text that is not empty, else None."""
    return value.strip() or None if isinstance(value, str) else None


def _check_form(document: Mapping[str, Any]) -> None:
    if "ciphertext" in document:
        raise InvalidInput("encrypted_vcon", "The vCon is encrypted (JWE).", "Send it decrypted.")
    if "payload" in document and "signatures" in document:
        raise InvalidInput(
            "signed_vcon", "The vCon is signed (JWS).", "Check its signature and send its payload."
        )


def _check_critical(wanted: object) -> None:
    names = wanted if isinstance(wanted, list) else []
    unknown = [name for name in names if not isinstance(name, str) or name.lower() not in SUPPORTED]
    if unknown:
        raise InvalidInput(
            "unsupported_extension",
            "The vCon needs an extension that is not known here.",
            f"Known are: {', '.join(sorted(SUPPORTED))}.",
        )


def _uuid(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise invalid("it has no uuid") from None


def _party(entry: Mapping[str, Any]) -> VconParty:
    """``role`` is the contact-centre extension's, before it in ``meta``; ``email`` was never in the draft."""
    meta = entry.get("meta")
    role = entry.get("role", meta.get("role") if isinstance(meta, Mapping) else None)
    role = "bot" if role is None and entry.get("type") == "bot" else role
    name = text_or_none(entry.get("name"))
    return VconParty(
        role=_ROLES.get(str(role).strip().lower(), "unknown"),
        name=None if name is None or name.lower() == "anonymous" else name,
        tel=_without(text_or_none(entry.get("tel")), "tel:"),
        mailto=_without(text_or_none(entry.get("mailto", entry.get("email"))), "mailto:"),
    )


def _dialog(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """0.0.1 had ``alg`` and ``signature`` for what ``content_hash`` says since."""
    found = dict(_renamed_media(entry))
    alg, signature = found.pop("alg", None), found.pop("signature", None)
    if "content_hash" not in found and alg == "SHA-512" and isinstance(signature, str):
        found["content_hash"] = f"sha512-{signature}"
    return found


def _renamed_media(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {("mediatype" if name == "mimetype" else name): value for name, value in entry.items()}


def _without(value: str | None, prefix: str) -> str | None:
    return value[len(prefix) :] if value and value.lower().startswith(prefix) else value
