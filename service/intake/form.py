"""Takes a multipart form apart as it comes: the ``file`` part flows on, the others are kept."""

from collections.abc import AsyncIterator
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.errors import InvalidInput
from service.intake import metadata
from service.intake.transcript_documents import MAX_BYTES

_LONGEST_METADATA = 64 * 1024
OVERHEAD_BYTES = 1024 * 1024  # what a form may weigh beside its file
_PARTS = ("file", "metadata", "transcript")
MAPPING_PARTS = ("file", "mapping")


class FormReader:
    """One form with a part ``file`` and maybe the other ``parts``, in any order, nothing else."""

    def __init__(self, content_type: str, parts: tuple[str, ...] = _PARTS) -> None:
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if not boundary:
            raise _malformed("has no boundary")
        self.file_name: str | None = None
        self._parts = parts
        self._kept = {"metadata": bytearray(), "transcript": bytearray(), "mapping": bytearray()}
        self._seen: set[str] = set()
        self._part = ""
        self._headers: dict[bytes, bytes] = {}
        self._header, self._value = b"", b""
        self._pieces: list[bytes] = []
        self._ended = False
        self._parser = self._make_parser(boundary)

    @property
    def metadata(self) -> dict[str, Any]:
        """The fields of the ``metadata`` part, none without one. Raises InvalidInput(metadata_not_json)."""
        return metadata.from_text(bytes(self._kept["metadata"])) if "metadata" in self._seen else {}

    @property
    def transcript(self) -> bytes | None:
        """The ``transcript`` part, None without one."""
        return bytes(self._kept["transcript"]) if "transcript" in self._seen else None

    @property
    def mapping(self) -> bytes | None:
        """The ``mapping`` part, None without one."""
        return bytes(self._kept["mapping"]) if "mapping" in self._seen else None

    async def file(self, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The ``file`` part, piece by piece. Raises InvalidInput(malformed_form, missing_file)."""
        async for chunk in body:
            for piece in self._feed(chunk):
                yield piece
        if not self._ended:
            raise _malformed("ends before its last boundary")
        if "file" not in self._seen:
            raise InvalidInput(
                "missing_file", "The form has no part named file.", "Add the recording as `file`."
            )

    def _feed(self, chunk: bytes) -> list[bytes]:
        self._pieces = []
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise _malformed("is broken") from None
        return self._pieces

    def _make_parser(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._part_data,
                    "on_end": self._end,
                },
            )
        except FormParserError:
            raise _malformed("has a boundary that is too long") from None

    def _begin_part(self) -> None:
        self._headers, self._part = {}, ""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header, self._value = b"", b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name not in self._parts:
            raise metadata.InvalidMetadata(
                [
                    metadata.unknown_field(
                        name, f"is not a part of this form: {' and '.join(self._parts[:2])} are"
                    )
                ]
            )
        if name in self._seen:
            raise _malformed(f"has two parts named {name}")
        self._part = name
        self._seen.add(name)
        if name == "file" and b"filename" in options:
            self.file_name = options[b"filename"].decode("utf-8", "replace")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part == "file":
            self._pieces.append(data[start:end])
            return
        self._kept[self._part] += data[start:end]
        if len(self._kept["mapping"]) > _LONGEST_METADATA:
            raise InvalidInput("bad_mapping", "The mapping is longer than 64 kB.", "Shorten it.")
        if len(self._kept["metadata"]) > _LONGEST_METADATA:
            raise InvalidInput("metadata_too_large", "The metadata is longer than 64 kB.", "Send less of it.")
        if len(self._kept["transcript"]) > MAX_BYTES:
            raise InvalidInput("transcript_too_large", "The transcript is longer than 25 MiB.", "Cut it.")

    def _end(self) -> None:
        self._ended = True


def _malformed(how: str) -> InvalidInput:
    return InvalidInput(
        "malformed_form", f"The multipart form {how}.", "Send multipart/form-data as RFC 7578 describes."
    )
