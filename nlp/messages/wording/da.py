"""Danish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="skrev|skrevet",
    own="jeg|vi|i|jeres|mig|os|min|vores|du|at",
    sender="fra|afsender",
    date="sendt|dato|sendt den",
    to="til|modtager",
    copy="cc|kopi|bcc",
    subject="emne",
    original=(
        "oprindelig meddelelse|original meddelelse|oprindelig besked|oprindelig aftale|"
        "originalmeddelelse|den oprindelige meddelelse|original besked|oprindelig mail|original mail"
    ),
    forwarded=(
        "videresendt meddelelse|videresendt besked|start på videresendt besked|videresendt mail|"
        "start på videresendt meddelelse|begynd videresendt besked|videresendt e-mail"
    ),
    forwards="vs|fwd|videresendt",
    device=("sendt fra|sendt med|sendt via|hent outlook|få outlook|fra min|download outlook|sendt af"),
    closing=(
        "med venlig hilsen|med venlige hilsner|venlig hilsen|venlige hilsner|hilsen|hilsner|"
        "mange hilsner|bedste hilsner|de bedste hilsner|kærlig hilsen|mvh|vh|kh|m.v.h|tak|"
        "tak på forhånd|mange tak|på forhånd tak|tak for hjælpen|god dag|hav en god dag|dbh|med hilsen|"
        "ha' en god dag"
    ),
    legal=(
        "denne e-mail|denne mail|denne meddelelse|oplysningerne i|informationen i|fortrolig|"
        "tænk på miljøet|hvis du ikke er|hvis de ikke er|fortrolighed|denne besked"
    ),
    legal_terms=(
        "fortrolig|modtager|beregnet|ved en fejl|slet|miljø|udskriv|uberettiget|forbudt|vedhæft|ansvar|"
        "tilsigtede"
    ),
    postscript="ps|p.s",
    away="automatisk svar|autosvar|ikke til stede|fraværsmeddelelse",
    away_text="ikke på kontoret|automatisk svar|på ferie",
    bounced="kan ikke leveres|ikke leveret",
    bounced_text="kunne ikke leveres",
    read="læst|læsekvittering",
    read_text="blev læst",
)
