"""What a dialog of a vCon holds: its body decoded, checked against its hash, its audio channels counted."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from service.errors import InvalidInput
from service.intake import sniff
from service.intake.vcon_reading import invalid

_HASHES = {"sha512": hashlib.sha512, "sha256": hashlib.sha256}
_MONO = 3  # the channel mode of an MPEG frame


def decoded(dialog: Mapping[str, Any], place: str) -> bytes:
    """The body as bytes, its hash checked. Raises InvalidInput(invalid_vcon, content_hash_mismatch)."""
    body, encoding = dialog.get("body"), dialog.get("encoding")
    if not isinstance(body, str):
        raise invalid(f"the body of {place} is not a text")
    content = _base64(body, place) if _is_base64(dialog) else body.encode("utf-8", "replace")
    if encoding not in (None, "base64url", "base64", "none", "json"):
        raise invalid(f"{place} has an encoding that is not known")
    _check_hash(content, dialog.get("content_hash"), place)
    return content


def audio_channels(content: bytes, head: sniff.Recording) -> int | None:
    """How many audio channels a recording has, None where its head does not say it plainly."""
    if head.audio_channels is not None:
        return head.audio_channels
    if head.media_type == "audio/ogg":
        at = content[:512].find(b"OpusHead")
        return content[at + 9] if at >= 0 and len(content) > at + 9 else None
    return _mpeg_channels(content) if head.media_type == "audio/mpeg" else None


def _is_base64(dialog: Mapping[str, Any]) -> bool:
    """Old writers leave ``encoding`` out: a recording cannot be anything else."""
    encoding = dialog.get("encoding")
    return encoding in ("base64url", "base64") or (encoding is None and dialog.get("type") == "recording")


def _base64(body: str, place: str) -> bytes:
    """Both alphabets, padded or not."""
    signs = "".join(body.split()).rstrip("=").translate(str.maketrans("+/", "-_"))
    try:
        return base64.b64decode(signs + "=" * (-len(signs) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise invalid(f"the body of {place} is not base64url") from None


def _check_hash(content: bytes, wanted: object, place: str) -> None:
    for one in wanted if isinstance(wanted, list) else [wanted]:
        name, _, digest = one.partition("-") if isinstance(one, str) else ("", "", "")
        make = _HASHES.get(name.lower().replace("-", ""))
        if make is None:
            continue
        found = base64.urlsafe_b64encode(make(content).digest()).decode().rstrip("=")
        given = digest.rstrip("=").translate(str.maketrans("+/", "-_"))
        if not hmac.compare_digest(found, given if given.isascii() else ""):
            raise InvalidInput(
                "content_hash_mismatch",
                f"The body of {place} is not what its content_hash says.",
                "Send the vCon again from its source.",
            )


def _mpeg_channels(content: bytes) -> int | None:
    """From the channel mode of the first frame, after an ID3 tag if there is one."""
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = content[6:10]
        at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    frame = content[at : at + 4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return None
    return 1 if frame[3] >> 6 == _MONO else 2
