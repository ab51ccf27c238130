"""Romanian."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="scris|scria",
    own="eu|noi|voi|dumneavoastră|dvs|mi|ne|meu|că|care",
    sender="de la|expeditor|de",
    date="trimis|data|trimis la|dată|data trimiterii",
    to="către|la|catre|destinatar",
    copy="cc|copie",
    subject="subiect",
    original=(
        "mesaj original|mesajul original|mesaj inițial|mesaj initial|întâlnire inițială|mesajul initial"
    ),
    forwarded=(
        "mesaj redirecționat|mesaj transmis|mesaj redirectionat|începutul mesajului redirecționat|"
        "mesaj reexpediat|e-mail redirecționat|mesaj înaintat|începutul mesajului transmis"
    ),
    forwards="fwd|redir",
    device=(
        "trimis de pe|trimis din|trimis prin|trimis de la|obțineți outlook|obține outlook|"
        "descărcați outlook|de pe iphone|trimis cu"
    ),
    closing=(
        "cu stimă|cu respect|cu considerație|cu consideratie|cu stima|mulțumesc|multumesc|"
        "mulțumesc anticipat|mulțumesc frumos|vă mulțumesc|o zi bună|o zi frumoasă|toate cele bune|"
        "salutări|cu drag|numai bine|mersi|mulțumim"
    ),
    legal=(
        "acest mesaj|acest e-mail|acest email|informațiile|conținutul acestui|confidențial|"
        "prezentul mesaj|dacă nu sunteți|înainte de a tipări|protejați mediul|notă de confidențialitate"
    ),
    legal_terms=(
        "confidențial|confidential|destinatar|eroare|șterge|interzis|autorizat|mediul|tipări|atașa|răspunder"
    ),
    postscript="ps|p.s",
    away="răspuns automat|absent de la birou|în afara biroului",
    away_text="în afara biroului|răspuns automat|în concediu",
    bounced="nelivrabil|nu poate fi livrat",
    bounced_text="nu a putut fi livrat",
    read="citit",
    read_text="a fost citit",
)
