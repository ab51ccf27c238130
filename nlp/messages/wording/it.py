"""Italian."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="scritto|scrive|scriveva|scrisse",
    own="io|noi|voi|vostro|vostra|mi|ci|mio|che|lei",
    sender="da|mittente",
    date="inviato|data|inviata|data invio|inviato il|data di invio",
    to="a|destinatario",
    copy="cc|ccn|copia",
    subject="oggetto",
    original=(
        "messaggio originale|messaggio originario|appuntamento originale|mail originale|messaggio precedente"
    ),
    forwarded=(
        "messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato|"
        "messaggio rinviato|mail inoltrata|forwarded message"
    ),
    forwards="i|inoltro|fwd|inoltrato",
    device=(
        "inviato da|inviato dal|inviato con|inviata da|inviato dallo|inviato tramite|inviato via|"
        "scarica outlook|ottieni outlook|inviato su|messaggio inviato da|dal mio"
    ),
    closing=(
        "cordiali saluti|cordialmente|distinti saluti|saluti|un saluto|tanti saluti|cari saluti|"
        "i migliori saluti|migliori saluti|grazie|grazie mille|molte grazie|grazie in anticipo|"
        "grazie e saluti|grazie e cordiali saluti|ringraziando|vi ringrazio|la ringrazio|"
        "in attesa di riscontro|in attesa di un vostro riscontro|in fede|buona giornata|buon lavoro|"
        "a presto|con stima|un cordiale saluto|un caro saluto|porgo cordiali saluti|resto in attesa"
    ),
    legal=(
        "questo messaggio|questa e-mail|questa email|questa mail|la presente|le informazioni|"
        "il contenuto|il presente messaggio|ai sensi|riservatezza|avviso di riservatezza|avvertenze|"
        "prima di stampare|se non siete|se avete ricevuto|qualora|informativa|nota di riservatezza|"
        "rispetta l'ambiente"
    ),
    legal_terms=(
        "riservat|destinatari|errore|cancell|distrugg|vietat|autorizz|confidenzial|allegat|ambiente|"
        "stampa|privacy|personali|diffus"
    ),
    postscript="ps|p.s",
    away=(
        "risposta automatica|fuori sede|fuori ufficio|assente dall'ufficio|assente dall’ufficio|"
        "assenza dall'ufficio"
    ),
    away_text="fuori sede|fuori ufficio|risposta automatica|in ferie",
    bounced="non recapitabile|impossibile recapitare|mancato recapito|mancata consegna",
    bounced_text="non è stato possibile|impossibile recapitare|non recapitato",
    read="letto|conferma di lettura|ricevuta di lettura",
    read_text="è stato letto|è stato visualizzato|è stata letta",
)
