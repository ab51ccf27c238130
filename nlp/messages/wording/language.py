"""What one language contributes to the reading of mails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Words and phrases in lower case, separated by ``|``; a language leaves out what it has no word for.

    ``wrote``: verbs of a reply header ("On Monday Jo wrote:"). ``own``: words that show a sentence of one's
    own, which no mail program writes into a reply header. ``sender``, ``date``, ``to``, ``copy``,
    ``subject``: labels of a header block. ``original``, ``forwarded``: what stands between dashes above an
    earlier mail. ``forwards``: prefixes of a forward's subject. ``device``: how a mail program's boast
    begins; ``device_ends``: how it begins or ends. ``closing``: words before one's name. ``legal``: how a
    disclaimer begins; ``legal_terms``: stems of which it has two. ``postscript``: what begins one's words
    below the name. ``away``, ``bounced``, ``read``: how the subject of an automatic reply, of a report and
    of a receipt begins; ``..._text``: what their text says.
    """

    wrote: str = ""
    own: str = ""
    sender: str = ""
    date: str = ""
    to: str = ""
    copy: str = ""
    subject: str = ""
    original: str = ""
    forwarded: str = ""
    forwards: str = ""
    device: str = ""
    device_ends: str = ""
    closing: str = ""
    legal: str = ""
    legal_terms: str = ""
    postscript: str = ""
    away: str = ""
    away_text: str = ""
    bounced: str = ""
    bounced_text: str = ""
    read: str = ""
    read_text: str = ""
