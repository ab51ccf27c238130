"""Slovak."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="napísal|napísala|píše|napísal(a)",
    own="ja|my|vy|vám|váš|vaše|mi|nám|môj|že",
    sender="od|odosielateľ",
    date="odoslané|dátum|odoslaná|poslané|odoslané dňa",
    to="komu|príjemca|pre",
    copy="kópia|skrytá kópia",
    subject="predmet|vec",
    original="pôvodná správa|pôvodný e-mail|originálna správa|povodna sprava|pôvodná schôdza",
    forwarded=(
        "preposlaná správa|presmerovaná správa|začiatok preposlanej správy|preposlaný e-mail|"
        "začiatok preposlaného e-mailu"
    ),
    forwards="fwd|preposl",
    device=(
        "odoslané z|odoslané zo|odoslané pomocou|získať outlook|stiahnuť outlook|z môjho|poslané z|poslané zo"
    ),
    closing=(
        "s pozdravom|s priateľským pozdravom|s úctou|pozdravujem|zdravím|pekný deň|prajem pekný deň|"
        "ďakujem|ďakujem vopred|vopred ďakujem|ďakujem za pomoc|vďaka|ďakujem pekne|ďakujeme|"
        "ďakujem a prajem pekný deň"
    ),
    legal=(
        "táto správa|tento e-mail|tento email|obsah tejto|informácie obsiahnuté|dôverné|upozornenie|"
        "ak nie ste|skôr ako vytlačíte|šetrite prírodu"
    ),
    legal_terms=(
        "dôvern|príjemc|adresát|určen|omylom|vymaž|zmaž|zakázan|neoprávnen|životné prostredie|vytlač|"
        "príloh|zodpovedn"
    ),
    postscript="ps|p.s",
    away="automatická odpoveď|mimo kancelárie",
    away_text="mimo kancelárie|automatická odpoveď|na dovolenke",
    bounced="nedoručiteľné|nedá sa doručiť",
    bounced_text="nebolo možné doručiť",
    read="prečítané",
    read_text="bola prečítaná",
)
