"""How mails that a machine sent begin, by language: subjects that say so, and opening sentences."""
# ruff: noqa: E501

import re

OPENING = 1_500  # characters of a mail's text in which a machine says what it is


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


# A subject of one's own making ("Out of office chairs") goes on with words; a machine's ends or has a colon.
_END = r"\s*(?:[:\-–—|(\[].*|\bre:.*|\bauto-?reply.*|[!.]*)$"
AWAY_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)?" + _any(
        r"auto(?:matic|mated)?[\s\-]*(?:reply|response|respuesta)", "out[ -]of[ -](?:the[ -])?office", "ooo",
        "vacation (?:reply|response|message)", "away from (?:the office|my (?:mail|desk))",
        r"automatische (?:antwort|antwoord)", r"abwesenheits(?:notiz|nachricht|meldung|assistent|agent)", "abwesend",
        "außer haus", "nicht im büro", "autoresponder", "automatisch antwoord",
        "automatisch antwoordbericht", r"afwezig(?:heids?\w*)?", "niet op kantoor",
        "automatikus (?:válasz|üzenet|értesítés)", r"házon kívül\w*", r"távollét(?:i \w+)?", r"szabadságon vagyok",
        "תשובה אוטומטית", "מענה אוטומטי", "הודעה אוטומטית", "מחוץ למשרד", "לא במשרד",
        "réponse automatique", "absence du bureau", r"absent(?:e)? du bureau", "message d['’]absence",
        "respuesta autom[áa]tica", "fuera de la oficina", "ausencia de la oficina", "contestaci[óo]n autom[áa]tica",
        "risposta automatica", "fuori sede", "fuori ufficio", "assente dall['’]ufficio",
        "resposta autom[áa]tica", "fora do escrit[óo]rio", "ausência do escritório",
        "automatyczna odpowied[źz]", "odpowied[źz] automatyczna", "autoodpowied[źz]", "poza biurem", "nieobecność w biurze",
        "automatiskt? svar", "autosvar", "frånvaro(?:meddelande)?", "ikke på kontoret", "fraværsmelding", "automaattinen vastaus",
        "poissa(?:oloilmoitus)?", "automatick[áa] odpov[ěe][ďd]", "mimo kancel[áa][řr]", "răspuns automat",
        "автоматический ответ", "автоответ", "автоматична відповідь", "нет на работе", "otomatik yan[ıi]t", "ofis dışında",
        "رد تلقائي", "خارج المكتب",
    ) + _END,
    re.IGNORECASE,
)  # fmt: skip
AWAY_TEXT = re.compile(
    r"out of (?:the )?office|currently (?:away|on (?:leave|vacation|holiday))|on annual leave"
    r"|automat(?:ic|ed) (?:reply|response|message)"
    r"|(?:bin|derzeit|momentan) .{0,40}(?:nicht im büro|außer haus|abwesend)|automatische (?:antwort|nachricht)"
    r"|házon kívül|szabadságon (?:vagyok|leszek)|automatikus (?:válasz|üzenet)|nem vagyok elérhető"
    r"|מחוץ למשרד|בחופשה|תשובה אוטומטית|מענה אוטומטי|absent(?:e)? du bureau|réponse automatique|en congés?"
    r"|fuera de la oficina|respuesta automática|fuori (?:sede|ufficio)|risposta automatica"
    r"|fora do escritório|resposta automática|afwezig|automatisch (?:antwoord|bericht)|poza biurem|na urlopie"
    r"|automatyczn\w+ (?:odpowied|wiadomo)",
    re.IGNORECASE,
)
BOUNCE_SUBJECT = re.compile(
    r"^\s*(?:\*+\w+\*+\s*)?" + _any(
        r"undeliver(?:ed|able)", r"(?:mail )?delivery (?:status notification|fail\w*|incomplete|has failed|notification|report|problem)",
        "mail (?:delivery|system) (?:failed|failure|error)", "returned mail", r"returned to sender", r"failure notice",
        r"non[ -]?remis", "undelivered mail", "message (?:not|could not be) delivered", r"warning: (?:could not send|message)",
        "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen", "kézbesíthetetlen", "kézbesítési (?:hiba|jelentés|értesítés)",
        "a levél nem kézbesíthető", "לא ניתן למסירה", "לא ניתן למסור", "הודעה שלא נמסרה", "דוח (?:אי[- ])?מסירה",
        "non remis", "échec de la remise", "no se puede entregar", "no entregado", "error de entrega", "non recapitabile",
        "impossibile recapitare", "mancato recapito", "não (?:foi )?entregue", "falha na entrega", "onbestelbaar", "niet bezorgd",
        "niedostarczalne", "nie dostarczono", "nie można dostarczyć", "kan inte levereras", "kunne ikke leveres", "не удается доставить",
    ),
    re.IGNORECASE,
)  # fmt: skip
BOUNCE_TEXT = re.compile(
    r"could ?n[o']t be delivered|was ?n[o']t delivered|delivery .{0,60}failed|undeliverable|550[ -]\d|\b5\.\d\.\d\b"
    r"|user unknown|mailbox (?:is )?full|recipient(?:'s)? .{0,40}(?:rejected|not found)|permanent(?:er)? (?:error|fehler)"
    r"|konnte nicht zugestellt|nem (?:sikerült kézbesíteni|kézbesíthető)|לא (?:נמסרה|ניתן היה למסור)|n['’]a pas pu être"
    r"|no se (?:pudo|ha podido) entregar|non è stato possibile|não foi possível entregar|niet worden bezorgd",
    re.IGNORECASE,
)
RECEIPT_SUBJECT = re.compile(
    r"^\s*(?:read(?: receipt)?|not read|gelesen|lesebestätigung|olvasva|elolvasva|olvasási visszaigazolás"
    r"|נקרא(?:ה)?|אישור קריאה|lu(?:e)?|accusé de lecture|leído|le[íi]do|confirmación de lectura|letto|lettura|lida"
    r"|gelezen|leesbevestiging|przeczytano|läst|læst|lest|luettu|прочитано|return receipt[^:]*)\s*(?::|-|$)",
    re.IGNORECASE,
)
RECEIPT_TEXT = re.compile(
    r"was (?:read|displayed|deleted) (?:on|at|without)|return receipt for|has been (?:read|displayed)"
    r"|wurde (?:am .{1,60} )?(?:gelesen|angezeigt)|(?:olvasták|elolvasás\w*|megjelenítették|olvasási (?:értesítés|visszaigazolás))"
    r"|נקראה? (?:ב|על)|a été (?:lu|affiché)|(?:fue|se) (?:ley[óo]|leído)|è stato (?:letto|visualizzato)|foi lida"
    r"|is gelezen|zostało? przeczytan",
    re.IGNORECASE,
)
FORWARDED_SUBJECT = re.compile(
    r"^\s*(?:fwd?|wg|tov(?:ább)?|továbbítva|הועבר|tr|rv|enc|i|doorst|vs|pd|vb)\s*:", re.IGNORECASE
)
