"""Who is who in a chat that names its authors: by the document, by words for a role, by who is left."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.transcript import Party

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ROLES: Mapping[Party, str] = {
    Party.AGENT: "agent advisor adviser representative rep operator support advocate assistant supervisor "
    "ügyintéző ügynök operátor munkatárs tanácsadó נציג נציגה מוקדן תמיכה "
    "mitarbeiter berater conseiller conseillère agente operador operatore medewerker konsultant",
    Party.CUSTOMER: "customer client caller user visitor guest shopper consumer patient me "
    "ügyfél vásárló vendég látogató felhasználó לקוח לקוחה אורח מבקר "
    "kunde kundin besucher cliente visiteur usuario utente klant bezoeker klient klientka",
    Party.SYSTEM: "system bot chatbot virtual-assistant automation auto ivr rendszer robot מערכת בוט systeem "
    "sistema système",
}
_KNOWN = {word: party for party, words in _ROLES.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Authors:
    """The party of each author by name, told without regard to case and invisible signs."""

    known: Mapping[str, Party]

    def party(self, name: str, *, otherwise: Party) -> Party:
        """Who the author is; ``otherwise`` where nothing says it."""
        found = self.known.get(_plain(name))
        return found if found is not None else otherwise


def authors_of(document: Mapping[str, Any], names: Iterable[str]) -> Authors:
    """The authors of a document.

    ``authors`` says it by name, ``agent`` and the customer's name name one each; then come words such as
    "Agent", "Visitor 12" or "Ügyfél". Who is left is the customer where an agent is known, and the other
    way round, if it is one alone.
    """
    known = _told(document)
    wanted = list(dict.fromkeys(_plain(name) for name in names))
    for name in wanted:
        party = known.get(name) or _by_word(name)
        if party is not None:
            known[name] = party
    left = [name for name in wanted if name not in known]
    present = {known[name] for name in wanted if name in known}
    if len(left) == 1 and Party.AGENT in present and Party.CUSTOMER not in present:
        known[left[0]] = Party.CUSTOMER
    elif len(left) == 1 and Party.CUSTOMER in present and Party.AGENT not in present:
        known[left[0]] = Party.AGENT
    return Authors(known)


def _told(document: Mapping[str, Any]) -> dict[str, Party]:
    known: dict[str, Party] = {}
    customer = document.get("customer")
    name = customer.get("name") if isinstance(customer, Mapping) else None
    for value, party in ((document.get("agent"), Party.AGENT), (name, Party.CUSTOMER)):
        if isinstance(value, str) and value.strip():
            known[_plain(value)] = party
    given = document.get("authors")
    for author, role in given.items() if isinstance(given, Mapping) else ():
        party = Party.SYSTEM if role == "bot" else role
        if party in tuple(Party):
            known[_plain(str(author))] = Party(party)
    return known


def _by_word(name: str) -> Party | None:
    """ "Agent", "Agent Smith", "Visitor 12", "Support-Team": the first word, or the last."""
    words = [word.strip("()[]#:.,0123456789") for word in name.replace("_", " ").replace("-", " ").split()]
    words = [word for word in words if word]
    for word in (name, *words[:1], *words[-1:]):
        if word in _KNOWN:
            return _KNOWN[word]
    return None


def _plain(name: str) -> str:
    return " ".join(_INVISIBLE.sub("", name).casefold().split())
