"""French."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="écrit|ecrit|écrivait|écrivit",
    own="je|j'ai|nous|vous|votre|vos|mon|notre|moi|m'a|qui|que",
    sender="de|expéditeur|from|de la part de",
    date="envoyé|date|envoyé le|date d'envoi|envoyé à",
    to="à|destinataire|a|pour",
    copy="cc|copie|copie à|cci",
    subject="objet|sujet",
    original=(
        "message d'origine|message original|message d’origine|message initial|courriel original|"
        "e-mail d'origine|rendez-vous d'origine|mail original|message précédent|message reçu"
    ),
    forwarded=(
        "message transféré|message transmis|début du message transféré|début du message réexpédié|"
        "message réexpédié|courriel transféré|e-mail transféré|transféré par|mail transféré|"
        "début du message transmis"
    ),
    forwards="tr|transf|fwd|i",
    device=(
        "envoyé de|envoyé depuis|envoyé à partir|envoyé par|envoyé avec|envoyé via|télécharger outlook|"
        "téléchargez outlook|obtenez outlook|obtenir outlook|provenance|depuis mon|de mon iphone|"
        "courriel envoyé|envoyée de|message envoyé depuis|envoyé d'"
    ),
    closing=(
        "cordialement|bien cordialement|très cordialement|cdlt|cdt|bien à vous|bien à toi|salutations|"
        "meilleures salutations|salutations distinguées|sincères salutations|respectueusement|"
        "sincèrement|merci|merci d'avance|merci beaucoup|merci par avance|merci bien|"
        "avec mes remerciements|en vous remerciant|amicalement|amitiés|bonne journée|bonne soirée|"
        "à bientôt|bonne réception|veuillez agréer|bises|bien amicalement|cordiales salutations|"
        "mes salutations|dans l'attente de votre réponse|dans l'attente de votre retour|"
        "je vous remercie"
    ),
    legal=(
        "ce message|ce courriel|ce mail|cet e-mail|cet email|le présent message|les informations|"
        "l'information|confidentialité|avis de confidentialité|avertissement|avant d'imprimer|"
        "pensez à l'environnement|si vous n'êtes pas|merci de penser|n'imprimez|afin de préserver|"
        "avis :"
    ),
    legal_terms=(
        "confidentiel|destinataire|erreur|détrui|supprim|interdit|autoris|intention exclusive|"
        "pièces jointes|environnement|imprim|responsab|diffus"
    ),
    postscript="ps|p.s|p.-s",
    away=(
        "réponse automatique|absence du bureau|absent du bureau|absente du bureau|message d'absence|"
        "message d’absence|réponse d'absence"
    ),
    away_text="absent du bureau|absente du bureau|réponse automatique|en congé|actuellement absent",
    bounced="non remis|échec de la remise|non distribué|échec de remise|message non délivré",
    bounced_text="n'a pas pu être|n’a pas pu être|échec de la remise",
    read="lu|lue|accusé de lecture|confirmation de lecture",
    read_text="a été lu|a été affiché|accusé de lecture",
)
