"""German."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="schrieb|geschrieben|schreibt|schrieben",
    own="ich|wir|sie|ihr|ihre|ihrer|mir|uns|mein|unser|ihnen|dass",
    sender="von|absender",
    date="gesendet|datum|gesendet am|gesendet von|sendedatum",
    to="an|empfänger",
    copy="cc|kopie|bcc|blindkopie",
    subject="betreff",
    original=(
        "ursprüngliche nachricht|ursprüngliche mail|ursprüngliche e-mail|originalnachricht|"
        "original-nachricht|originalmail|originalmessage|ursprünglicher termin|originaltermin|"
        "orginalnachricht|ursprgl. nachricht|vorherige nachricht|urspruengliche nachricht"
    ),
    forwarded=(
        "weitergeleitete nachricht|anfang der weitergeleiteten nachricht|"
        "anfang der weitergeleiteten e-mail|weitergeleitete mail|weitergeleitete e-mail|"
        "beginn der weitergeleiteten nachricht|weitergeleitet von|anfang weitergeleitete nachricht"
    ),
    forwards="wg|weitergeleitet|fwd",
    device=(
        "von meinem|gesendet von|gesendet mit|gesendet von meinem|diese nachricht wurde von|"
        "diese e-mail wurde von|von unterwegs|gesendet über|outlook für|holen sie sich outlook|"
        "laden sie outlook|mit meinem|gesendet aus|gesendet vom|von mobil|versendet mit|versandt von|"
        "gesendet per|mobil gesendet"
    ),
    device_ends=("gesendet|gesendet.|herunterladen|herunterladen.|versendet|geschrieben|heruntergeladen"),
    closing=(
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|"
        "freundliche grüße|freundliche grüsse|freundlichen gruß|mit besten grüßen|mit besten grüssen|"
        "beste grüße|beste grüsse|besten gruß|viele grüße|viele grüsse|vielen dank|"
        "vielen dank im voraus|vielen dank und viele grüße|vielen lieben dank|besten dank|"
        "herzlichen dank|herzliche grüße|herzliche grüsse|mit herzlichen grüßen|liebe grüße|"
        "liebe grüsse|lieben gruß|lieben dank|schöne grüße|schönen gruß|schönen tag|schönen tag noch|"
        "einen schönen tag noch|danke|danke schön|danke im voraus|dankeschön|danke und gruß|gruß|gruss|"
        "grüße|grüsse|mfg|lg|vg|bg|hg|hochachtungsvoll|mit vorzüglicher hochachtung|"
        "mit freundlichen grüßen aus|tschüss|bis dann|sonnige grüße|gruesse|mit freundlichen gruessen|"
        "viele gruesse|liebe gruesse|freundliche gruesse"
    ),
    legal=(
        "diese e-mail|diese mail|diese nachricht|dieses e-mail|der inhalt dieser|die in dieser|"
        "die information|vertraulich|disclaimer|haftungsausschluss|wichtiger hinweis|"
        "rechtlicher hinweis|hinweis:|bitte denken sie|bitte prüfen sie|denken sie an die umwelt|"
        "wenn sie nicht der|falls sie nicht|sollten sie nicht|der umwelt zuliebe|"
        "bitte beachten sie: diese|datenschutzhinweis"
    ),
    legal_terms=(
        "vertraulich|adressat|empfänger|bestimmt|irrtümlich|vernicht|lösch|unbefugt|geschützt|umwelt|"
        "ausdruck|haft|weitergabe|unverzüglich|anhäng|privilegiert"
    ),
    postscript="ps|p.s|p. s",
    away=(
        "automatische antwort|abwesenheitsnotiz|abwesenheitsnachricht|abwesenheitsmeldung|"
        "abwesenheitsassistent|abwesenheitsagent|abwesend|außer haus|nicht im büro|autoantwort|"
        "automatische rückantwort"
    ),
    away_text=(
        "nicht im büro|außer haus|bin abwesend|automatische antwort|automatische nachricht|bis zum|im urlaub"
    ),
    bounced=(
        "unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|zustellung nicht möglich|"
        "zustellbenachrichtigung|mail konnte nicht"
    ),
    bounced_text=(
        "konnte nicht zugestellt|nicht zugestellt werden|permanenter fehler|unzustellbar|empfänger unbekannt"
    ),
    read="gelesen|lesebestätigung|ungelesen|nicht gelesen",
    read_text="wurde gelesen|gelesen am|wurde am|wurde angezeigt",
)
