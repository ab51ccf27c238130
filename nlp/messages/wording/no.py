"""Norwegian."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="skrev|skrevet",
    own="jeg|vi|dere|deres|meg|oss|min|vår|du|at",
    sender="fra|avsender",
    date="sendt|dato|sendt den",
    to="til|mottaker",
    copy="kopi|cc|blindkopi",
    subject="emne",
    original=(
        "opprinnelig melding|original melding|opprinnelig avtale|opprinnelig e-post|originalmelding|"
        "den opprinnelige meldingen"
    ),
    forwarded=(
        "videresendt melding|videresendt e-post|start på videresendt melding|"
        "begynnelsen på videresendt melding|videresendt epost"
    ),
    forwards="vs|fwd",
    device=(
        "sendt fra|sendt med|hent outlook|få outlook|last ned outlook|skaff deg outlook|fra min|sendt via"
    ),
    closing=(
        "med vennlig hilsen|med vennlige hilsener|vennlig hilsen|vennlige hilsener|hilsen|beste hilsen|"
        "med beste hilsen|mvh|vh|takk|takk på forhånd|tusen takk|mange takk|på forhånd takk|"
        "ha en fin dag|ha en god dag|med hilsen|hilsener|takk for hjelpen|hjertelig hilsen|alt godt"
    ),
    legal=(
        "denne e-posten|denne meldingen|denne e-post|informasjonen i|konfidensiell|tenk på miljøet|"
        "hvis du ikke er|dersom du ikke|taushetsplikt"
    ),
    legal_terms=(
        "konfidensiel|mottaker|beregnet|ved en feil|slett|miljø|utskrift|uautoriser|forbudt|vedlegg|ansvar"
    ),
    postscript="ps|p.s",
    away="automatisk svar|ikke på kontoret|fraværsmelding",
    away_text="ikke på kontoret|automatisk svar|på ferie",
    bounced="kunne ikke leveres|kan ikke leveres",
    bounced_text="kunne ikke leveres",
    read="lest|lesebekreftelse",
    read_text="ble lest",
)
