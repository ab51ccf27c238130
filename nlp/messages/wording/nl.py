"""Dutch."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="schreef|geschreven|schrijft",
    own="ik|wij|u|uw|jullie|mij|ons|mijn|jouw|dat",
    sender="van|afzender",
    date="verzonden|datum|verzonden op|verstuurd|verzenddatum|verzonden om",
    to="aan|naar",
    copy="cc|kopie|bcc",
    subject="onderwerp",
    original=(
        "oorspronkelijk bericht|origineel bericht|oorspronkelijke bericht|originele bericht|"
        "oorspronkelijke afspraak|oorspronkelijke e-mail|vorig bericht|oorspronkelijk e-mailbericht"
    ),
    forwarded=(
        "doorgestuurd bericht|begin doorgestuurd bericht|doorgestuurde e-mail|doorgestuurd door|"
        "begin doorgestuurde bericht|doorgezonden bericht"
    ),
    forwards="fw|doorst|fwd",
    device=(
        "verstuurd vanaf|verzonden vanaf|verzonden met|verstuurd met|verstuurd via|verzonden via|"
        "outlook voor|download outlook|outlook downloaden|verstuurd door|verzonden door|vanaf mijn|"
        "dit bericht is verzonden|verstuurd van"
    ),
    device_ends="verzonden|verstuurd|downloaden",
    closing=(
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|"
        "hartelijke groet|hartelijke groeten|met hartelijke groet|groet|groeten|groetjes|mvg|vr.gr|gr|"
        "m.vr.gr|dank|dank u|dank u wel|dank je|dank je wel|bedankt|hartelijk dank|alvast bedankt|"
        "alvast dank|bij voorbaat dank|hoogachtend|met dank|beste groeten|fijne dag|prettige dag|"
        "een fijne dag|tot ziens|bvd"
    ),
    legal=(
        "dit bericht|deze e-mail|dit e-mailbericht|deze mail|de informatie|de inhoud van|disclaimer|"
        "vertrouwelijk|denk aan het milieu|indien u niet|als u niet|bespaar papier|aan dit bericht|"
        "geheimhouding|aan de inhoud"
    ),
    legal_terms=(
        "vertrouwelijk|geadresseerde|bestemd|ten onrechte|abusievelijk|vernietig|verwijder|onbevoegd|"
        "milieu|print|aansprakelijk|bijlage|rechten|openbaar"
    ),
    postscript="ps|p.s",
    away=(
        "automatisch antwoord|automatische antwoord|automatisch antwoordbericht|afwezig|"
        "afwezigheidsbericht|afwezigheidsmelding|niet op kantoor"
    ),
    away_text="afwezig|automatisch antwoord|automatisch bericht|niet op kantoor|met vakantie",
    bounced="onbestelbaar|niet bezorgd|niet bezorgbaar|bezorging mislukt",
    bounced_text="niet worden bezorgd|kon niet|onbestelbaar",
    read="gelezen|leesbevestiging|ongelezen",
    read_text="is gelezen|werd gelezen|gelezen op",
)
