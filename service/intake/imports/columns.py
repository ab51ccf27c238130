"""The columns of rows as fields of one message document, by a mapping."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.intake.imports import values
from service.intake.imports.json_rows import at
from service.intake.imports.mapping import Mapping as RowMapping

_DIRECTIONS = {"in": "inbound", "incoming": "inbound", "out": "outbound", "outgoing": "outbound"}


class Unreadable(Exception):
    """A value that a row cannot have; ``row`` counts within its interaction from 0."""

    def __init__(self, row: int, code: str, detail: str) -> None:
        super().__init__(code)
        self.row, self.code, self.detail = row, code, detail


class Columns:
    """Reads rows by one mapping."""

    def __init__(self, mapping: RowMapping) -> None:
        self._mapping = mapping
        self._zone = ZoneInfo(mapping.zone)
        self._words = mapping.values

    def group(self, row: Mapping[str, Any]) -> str | None:
        """What rows of one interaction have in common."""
        return values.plain(at(row, self._mapping.group_by or ""))

    def fields(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The document of these rows, not yet judged. Raises Unreadable."""
        found = self._metadata(rows)
        found["channel"] = self._mapping.channel
        mapping = self._mapping
        if mapping.answers:
            found["answers"] = [one for number, row in enumerate(rows) for one in self._answers(number, row)]
        elif mapping.log:
            logs = (values.plain(at(row, mapping.log)) for row in rows)
            found["log"] = "\n".join(log for log in logs if log)
        else:
            found["messages"] = self._messages(rows, found)
        if mapping.channel in ("note", "comment", "social") and len(found.get("messages", ())) == 1:
            return self._single(found)
        return found

    def _metadata(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Constants, and of every column the first value that is not empty."""
        found: dict[str, Any] = {}
        for target, constant in self._mapping.constants.items():
            if target != "party":
                _put(found, target, constant)
        for target, column in self._mapping.fields.items():
            for number, row in enumerate(rows):
                value = at(row, column)
                if isinstance(value, bool | int | float) and target.startswith("attributes."):
                    _put(found, target, value)
                    break
                if (text := values.plain(value)) is not None:
                    _put(found, target, self._value(number, target, text))
                    break
        return found

    def _value(self, number: int, target: str, text: str) -> Any:
        text = values.mapped(text, self._words.get(target))
        if target == "started_at":
            return self._time(number, target, text)
        if target == "direction":
            return _DIRECTIONS.get(text.lower(), text.lower())
        return text[:500] if target.startswith("attributes.") else text

    def _time(self, number: int, field: str, text: str) -> str:
        moment = values.moment(text, self._mapping.times, self._zone)
        if moment is None:
            forms = ", ".join(self._mapping.times)
            raise Unreadable(number, "invalid_time", f"{field} is not a time of the form {forms}.")
        return moment.isoformat()

    def _messages(self, rows: Sequence[Mapping[str, Any]], known: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = []
        for number, row in enumerate(rows):
            for entry in self._entries(number, row):
                message = self._message(number, entry, known)
                if message is not None:
                    found.append(message)
        return found

    def _entries(self, number: int, row: Mapping[str, Any]) -> Sequence[Any]:
        path = self._mapping.message.list
        if path is None:
            return [row]
        entries = at(row, path)
        if not isinstance(entries, list):
            raise Unreadable(number, "missing_column", "There is no list where message.list points to.")
        return entries

    def _message(self, number: int, entry: Any, known: Mapping[str, Any]) -> dict[str, Any] | None:
        """One message; None for one without text, of which a row of a conversation may be."""
        columns = self._mapping.message
        said = {
            name: values.plain(at(entry, path)) if path else None
            for name, path in (
                ("text", columns.text),
                ("party", columns.party),
                ("author", columns.author),
                ("sent_at", columns.sent_at),
                ("kind", columns.kind),
            )
        }
        if said["text"] is None and columns.kind is None:
            return None
        found = {name: value for name, value in said.items() if value is not None}
        for name in ("party", "kind"):
            if name in found:
                found[name] = values.mapped(found[name], self._words.get(name)).lower()
        if "party" not in found and "party" in self._mapping.constants:
            found["party"] = str(self._mapping.constants["party"])
        if not {"party", "author"} & found.keys():
            found["party"] = "agent" if self._mapping.channel == "note" else "customer"
            if self._mapping.channel == "chat":
                raise Unreadable(number, "unknown_party", "nothing says who wrote the message.")
        when = self._sent_at(number, entry, found.get("sent_at"), known)
        return {**found, **when}

    def _sent_at(
        self, number: int, entry: Any, written: str | None, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        if written is not None:
            return {"sent_at": self._time(number, "message.sent_at", written)}
        path = self._mapping.message.offset_ms
        text = values.plain(at(entry, path)) if path else None
        if text is None or "started_at" not in known:
            return {}
        offset = values.number(text)
        begin = values.moment(str(known["started_at"]), ("iso",), self._zone)
        if offset is None or begin is None or abs(offset) > 10**12:
            raise Unreadable(number, "invalid_time", "message.offset_ms is not a number of milliseconds.")
        return {"sent_at": (begin + timedelta(milliseconds=offset)).isoformat()}

    def _answers(self, number: int, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = []
        for one in self._mapping.answers:
            text = values.plain(at(row, one.text)) if one.text else None
            scored = values.plain(at(row, one.score)) if one.score else None
            score = values.number(scored) if scored is not None else None
            if scored is not None and score is None:
                name = one.name or one.question or "the score"
                raise Unreadable(number, "invalid_score", f"{name} is not a number.")
            if text is not None or score is not None:
                said = {"question": one.question, "name": one.name, "text": text, "score": score}
                found.append({name: value for name, value in said.items() if value is not None})
        return found

    def _single(self, found: dict[str, Any]) -> dict[str, Any]:
        """A note, comment or post of one text, in the contract's short form."""
        message = found.pop("messages")[0]
        found["text"] = message["text"]
        if "party" in message:
            found["party"] = message["party"]
        if "sent_at" in message:
            found.setdefault("started_at", message["sent_at"])
        return found


def _put(found: dict[str, Any], target: str, value: Any) -> None:
    outer, dot, inner = target.partition(".")
    if dot:
        found.setdefault(outer, {})[inner] = value
    else:
        found[target] = value
