"""Swedish."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="skrev|skrivit",
    own="jag|vi|ni|er|ert|mig|oss|min|vår|du|att",
    sender="från|avsändare",
    date="skickat|datum|skickades|skickad",
    to="till|mottagare",
    copy="kopia|cc|hemlig kopia",
    subject="ämne|rubrik",
    original=(
        "originalmeddelande|ursprungligt meddelande|ursprungligt möte|ursprungliga meddelandet|"
        "original meddelande|ursprungligt mail"
    ),
    forwarded=(
        "vidarebefordrat meddelande|vidarebefordrat brev|börja vidarebefordrat meddelande|"
        "vidarebefordrat mail|vidarebefordrat mejl|början på vidarebefordrat meddelande"
    ),
    forwards="vb|vidarebefordrat|fwd",
    device=(
        "skickat från|skickat med|skickat via|hämta outlook|skaffa outlook|ladda ned outlook|från min|"
        "skickades från|ladda ner outlook|sänt från"
    ),
    closing=(
        "med vänlig hälsning|med vänliga hälsningar|vänlig hälsning|vänliga hälsningar|hälsningar|"
        "bästa hälsningar|med bästa hälsningar|mvh|vh|tack|tack på förhand|tack så mycket|stort tack|"
        "tack för hjälpen|ha det bra|hälsning|allt gott|hör av dig|hej då|med hälsning|"
        "tacksam för svar|många hälsningar|kram"
    ),
    legal=(
        "detta meddelande|det här meddelandet|detta e-postmeddelande|informationen i|detta mail|"
        "detta e-mail|sekretess|tänk på miljön|om du inte är|detta mejl|konfidentiellt"
    ),
    legal_terms=(
        "konfidentiel|mottagar|avsedd|av misstag|radera|miljö|skriv ut|obehörig|förbjud|sekretess|"
        "utskrift|bilag|ansvar"
    ),
    postscript="ps|p.s",
    away="automatiskt svar|autosvar|frånvaromeddelande|inte på kontoret",
    away_text="inte på kontoret|autosvar|automatiskt svar|semester",
    bounced="kan inte levereras|olevererbart|gick inte att leverera",
    bounced_text="kunde inte levereras",
    read="läst|läskvitto",
    read_text="har lästs|lästes",
)
