"""Czech."""

from nlp.messages.wording.language import Wording

WORDING = Wording(
    wrote="napsal|napsala|napsal(a)|píše",
    own="já|my|vy|vám|váš|vaše|mi|nám|můj|že",
    sender="od|odesílatel",
    date="odesláno|datum|odeslána|odesláno dne",
    to="komu|příjemce|pro",
    copy="kopie|skrytá kopie",
    subject="předmět|věc",
    original="původní zpráva|původní e-mail|původní schůzka|originální zpráva|puvodni zprava",
    forwarded=(
        "přeposlaná zpráva|předaná zpráva|začátek přeposlané zprávy|přeposlaný e-mail|"
        "začátek předané zprávy|přesměrovaná zpráva"
    ),
    forwards="předá|fwd|přepos",
    device=(
        "odesláno z|odesláno ze|odesláno pomocí|získat outlook|stáhnout outlook|z mého|posláno z|"
        "odesláno přes"
    ),
    closing=(
        "s pozdravem|s přátelským pozdravem|s úctou|s pozdravy|pozdrav|zdravím|hezký den|pěkný den|"
        "přeji hezký den|přeji pěkný den|děkuji|děkuji předem|předem děkuji|děkuji za pomoc|díky|"
        "děkuji a přeji hezký den|mějte se|děkujeme|děkuji moc"
    ),
    legal=(
        "tato zpráva|tento e-mail|tento email|obsah tohoto|obsah této|informace obsažené|důvěrné|"
        "upozornění|než vytisknete|pokud nejste|šetřete přírodu|myslete na životní"
    ),
    legal_terms=(
        "důvěrn|příjemc|adresát|určen|omylem|smaž|vymaž|zakázán|neoprávněn|životní prostředí|vytisk|"
        "přílo|odpovědn"
    ),
    postscript="ps|p.s",
    away="automatická odpověď|mimo kancelář",
    away_text="mimo kancelář|automatická odpověď|na dovolené",
    bounced="nedoručitelné|nelze doručit",
    bounced_text="nelze doručit|nebylo možné doručit",
    read="přečteno",
    read_text="byla přečtena",
)
