"""A client with a memory instead of a service: what was sent, once for each Message-ID."""

import re
from dataclasses import dataclass, field

from service.cli.client import Client, Sent
from service.cli.collect import Item


@dataclass
class Sender:
    """Takes mails; ``refuse`` maps a word of a mail to the code it is refused with."""

    refuse: dict[bytes, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    attempts: int = 0

    def send(self, item: Item) -> list[Sent]:
        """As the service would answer."""
        self.attempts += 1
        content = item.content or b""
        for word, code in self.refuse.items():
            if word in content:
                return [Sent(item, accepted=False, code=code, detail="no")]
        known = [one for one in self.items if message_id(one.content or b"") == message_id(content)]
        if known and known[0].content != content:
            return [Sent(item, accepted=False, code="external_id_conflict", detail="other content")]
        if not known:
            self.items.append(item)
        return [Sent(item, accepted=True, existing=bool(known))]

    @property
    def client(self) -> Client:
        """Under the name that the command knows."""
        return self  # type: ignore[return-value]

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [message_id(item.content or b"") for item in self.items]


def message_id(content: bytes) -> str:
    """As it stands in the mail's head."""
    match = re.search(rb"(?im)^message-id:\s*<([^>]*)>", content)
    return match[1].decode() if match else ""
